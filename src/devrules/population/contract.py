"""
Dossiers as columns: the tables and columns of ``devrules.population/1``, a dossier as their rows, and back.

Derived from the shapes of records, so that no field is written twice. It depends on no ruleset: the same folder serves
whatever is asked of it. Days are pairs of columns, ``<name>_low`` and ``<name>_high``, of dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal, TypeAlias

import attrs

from devrules.days import Day
from devrules.dossier.kinds import FieldType, Kinds, field_types
from devrules.dossier.model import Dossier, Member, Organisation, Person, Sanction, Source
from devrules.dossier.shapes import SHAPES, Attachment, Record

FORMAT = "devrules.population/1"
"""The format and its version, as the files state them."""
ColumnKind: TypeAlias = Literal["number", "text", "flag", "date", "list", "attachments"]
PlainRow: TypeAlias = dict[str, Any]
_KEY: dict[str, ColumnKind] = {"dossier": "number"}
_PARTS = ("person", "branch", "superior")
_COLUMN: dict[FieldType, ColumnKind] = {
    "number": "number",
    "text": "text",
    "flag": "flag",
    "people": "list",
    "attachments": "attachments",
}


def columns() -> dict[str, dict[str, ColumnKind]]:
    """Tell the columns of each table."""
    dossier: dict[str, ColumnKind] = {**_KEY, "id": "text", "subject": "text"}
    dossier |= {"recorded_kinds": "list", "blank_kinds": "list"}
    dossier |= {"source_file": "text", "source_sheet": "text", "source_row": "number"}
    for part in _PARTS:
        of = Person if part == "person" else Organisation
        dossier |= _laid_out({f"{part}_{name}": of for name, of in field_types(of).items()})
    shapes = {name: of for shape in SHAPES.values() for name, of in field_types(shape).items()}
    return {
        "dossier": dossier,
        "record": {**_KEY, "kind": "text", "position": "number", **_laid_out(shapes)},
        "member": {**_KEY, **_laid_out(field_types(Member)), "sanctions_recorded": "flag"},
        "sanction": {**_KEY, "member": "text", **_laid_out(field_types(Sanction))},
    }


def columns_of(shape: type[Record]) -> dict[str, ColumnKind]:
    """Tell the columns that a record of a shape fills, beside its dossier, its kind and its position."""
    return _laid_out(field_types(shape))


def rows_of(dossier: Dossier, number: int) -> Iterator[tuple[str, PlainRow]]:
    """
    Yield the rows of a dossier, each with the table that it belongs to.

    Args:
        dossier: The dossier.
        number: What to call it in every table.
    """
    key = {"dossier": number}
    row: PlainRow = {**key, "id": dossier.id, "subject": dossier.subject}
    row |= {"recorded_kinds": sorted(dossier.recorded_kinds), "blank_kinds": sorted(dossier.blank_kinds)}
    if dossier.source is not None:
        row |= {f"source_{name}": value for name, value in attrs.asdict(dossier.source).items()}
    for part in _PARTS:
        row |= {f"{part}_{name}": value for name, value in _cells(getattr(dossier, part)).items()}
    yield "dossier", row
    for kind, records in dossier.records.items():
        for position, record in enumerate(records):
            yield "record", {**key, "kind": kind, "position": position, **_cells(record)}
    for member in dossier.members:
        yield "member", {**key, **_cells(member), "sanctions_recorded": member.sanctions is not None}
        for sanction in member.sanctions or ():
            yield "sanction", {**key, "member": member.id, **_cells(sanction)}


def dossier_of(rows: Mapping[str, Sequence[Mapping[str, Any]]], kinds: Kinds) -> Dossier:
    """
    Make the dossier of its rows again.

    Args:
        rows: Table to the rows of one dossier, records in the order of their positions.
        kinds: The kinds of record.
    """
    (row,) = rows["dossier"]
    records: dict[str, list[Any]] = {}
    for one in rows["record"]:
        records.setdefault(one["kind"], []).append(_made(kinds[one["kind"]].type, one))
    sanctions: dict[str, list[Sanction]] = {}
    for one in rows["sanction"]:
        sanctions.setdefault(one["member"], []).append(_made(Sanction, one))
    return Dossier(
        row["id"],
        recorded_kinds=frozenset(row["recorded_kinds"] or ()),
        blank_kinds=frozenset(row["blank_kinds"] or ()),
        person=_made(Person, row, "person_"),
        branch=_made(Organisation, row, "branch_"),
        superior=_made(Organisation, row, "superior_"),
        records={kind: tuple(of_kind) for kind, of_kind in records.items()},
        members=tuple(_member(one, sanctions) for one in rows["member"]),
        source=_made(Source, row, "source_") if row["source_file"] is not None else None,
        subject=row["subject"],
    )


@cache  # for every record of every dossier the same again
def _fields(cls: type) -> tuple[tuple[str, FieldType], ...]:
    return tuple(field_types(cls).items())


def _laid_out(fields: Mapping[str, FieldType]) -> dict[str, ColumnKind]:
    found: dict[str, ColumnKind] = {}
    for name, of in fields.items():
        found |= {f"{name}_low": "date", f"{name}_high": "date"} if of == "day" else {name: _COLUMN[of]}
    return found


def _cells(part: Any) -> PlainRow:
    found: PlainRow = {}
    cls: Any = type(part)
    for name, of in _fields(cls):
        value = getattr(part, name)
        if value is None:
            continue
        if of == "day":
            found |= {f"{name}_low": value.low.isoformat(), f"{name}_high": value.high.isoformat()}
        elif of == "attachments":
            found[name] = [attrs.asdict(one) for one in value]
        else:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _member(row: Mapping[str, Any], sanctions: Mapping[str, Sequence[Sanction]]) -> Member:
    member: Member = _made(Member, row)
    recorded = row["sanctions_recorded"] or member.id in sanctions
    return attrs.evolve(member, sanctions=tuple(sanctions.get(member.id, ()))) if recorded else member


def _made(cls: Any, row: Mapping[str, Any], prefix: str = "") -> Any:
    """Make an object of cells; one that is empty is what the class takes by default."""
    given: dict[str, Any] = {}
    for name, of in _fields(cls):
        column = f"{prefix}{name}"
        if of == "day":
            low, high = row[f"{column}_low"], row[f"{column}_high"]
            value: Any = Day(_date(low), _date(high)) if low is not None else None
        elif of == "attachments" and name == "attachments":
            value = tuple(Attachment(one["name"], one["digest"]) for one in row[column] or ()) or None
        else:
            value = tuple(row[column]) if isinstance(row[column], list) else row[column]
        if value is not None:
            given[name] = value
    return cls(**given)


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
