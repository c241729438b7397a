"""
Dossiers to tables: plain rows of numbers and texts, as wide as a program needs them.

Days are pairs of columns, ``<name>_low`` and ``<name>_high``, of proleptic ordinals; flags are 0 and 1; people and
attachments are counted. No name and no free text goes in: a text that no rule asks for is only said to be there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

import attrs

from devrules.days import Day, WorkingDays
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Member
from devrules.dossier.shapes import EFFECTIVE, Assignment, Record
from devrules.errors import InvalidInput, Problem
from devrules.population.layout import Layout
from devrules.program.view import kept_kinds

ColumnType: TypeAlias = Literal["number", "text"]
Cell: TypeAlias = int | str | None
Row: TypeAlias = Sequence[Cell]
Reader: TypeAlias = Callable[[Any], tuple[Cell, ...]]

OTHER = "(other)"
"""What stands for every text that no rule asks for."""
NOT_STATED = (None, None)
HIGHEST = 2**63 - 1


@attrs.frozen
class Table:
    """A table: its columns with their types, and its rows."""

    name: str
    columns: Mapping[str, ColumnType]
    rows: Iterable[Row]


class Tables:
    """
    Turns dossiers into tables for one program.

    Args:
        layout: What the program reads.
        kinds: The kinds of record.
    """

    def __init__(self, layout: Layout, kinds: Kinds) -> None:
        self._layout = layout
        self._records = [_Records(layout, kinds, kind) for kind in layout.kinds]
        self._scalars = [(*path.partition(".")[::2], self._reader(of)) for path, of in layout.scalars.items()]
        self._flags: dict[frozenset[str], tuple[int, ...]] = {}

    def of(self, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> list[Table]:
        """
        Turn dossiers into tables; a dossier is called by its place among them.

        Args:
            dossiers: The dossiers.
            as_of: The day on which each of them is judged.

        Raises:
            InvalidInput: When a number has more than 64 bits.
        """
        layout = self._layout
        rows: dict[str, list[Row]] = {"dossier": [], "record": [], "participant": [], "sanction": []}
        for d, (dossier, day) in enumerate(zip(dossiers, as_of, strict=True)):
            rows["dossier"].append((d, day.toordinal(), *self._kept(dossier), *self._scalar(dossier)))
            members = {member.id: member for member in dossier.members} if layout.tested else {}
            for records in self._records:
                records.add(d, dossier, members, rows)
        return [Table(name, columns(layout)[name], found) for name, found in rows.items()]

    def _kept(self, dossier: Dossier) -> tuple[int, ...]:
        recorded = dossier.recorded_kinds
        if recorded not in self._flags:
            kinds = kept_kinds(dossier)
            self._flags[recorded] = tuple(
                int(kept in recorded or kept.partition(".")[0] in (recorded if "." in kept else kinds))
                for kept in self._layout.kept
            )
        return self._flags[recorded]

    def _scalar(self, dossier: Dossier) -> Iterator[Cell]:
        for owner, name, read in self._scalars:
            yield from read(getattr(getattr(dossier, owner), name))

    def _reader(self, of: str) -> Reader:
        return reader(of, self._layout.words)


class _Records:
    """Adds the records of one kind to the rows."""

    def __init__(self, layout: Layout, kinds: Kinds, kind: str) -> None:
        self.kind = kind
        self.number = layout.kinds[kind]
        self.people_at: int | None = None
        self.tested = kind in layout.tested
        self.words = layout.words
        places = {name: at for at, name in enumerate(columns(layout)["record"])}
        self.blank: list[Cell] = [None] * len(places)
        self.blank[places["kind"]] = self.number
        self.blank[places["step"]] = kinds[kind].step
        if kinds[kind].type is Assignment:
            self.people_at = places["distinct_people"]
        self.fields = [
            (name, places[f"{name}_low" if layout.day(name) else name], reader(layout.fields[name], layout.words))
            for name in layout.read[kind]
        ]

    def add(self, d: int, dossier: Dossier, members: Mapping[str, Member], rows: Mapping[str, list[Row]]) -> None:
        for n, record in enumerate(dossier.records.get(self.kind, ())):
            if record.status == EFFECTIVE:
                rows["record"].append(self._row(d, n, record))
                if self.tested and isinstance(record, Assignment):
                    self._add_people((d, self.number, n), record, members, rows)

    def _row(self, d: int, n: int, record: Record) -> Row:
        row = self.blank.copy()
        row[0], row[2] = d, n
        row[4:6] = _day(record.act_day)
        for name, at, read in self.fields:
            if (value := getattr(record, name)) is not None:
                cells = read(value)
                row[at : at + len(cells)] = cells
        if self.people_at is not None and isinstance(record, Assignment) and record.people is not None:
            row[self.people_at] = len(set(record.people))
        return row

    def _add_people(
        self, key: tuple[int, int, int], record: Assignment, members: Mapping[str, Member], rows: Mapping[str, list[Row]]
    ) -> None:
        for person, name in enumerate(dict.fromkeys(record.people or ())):
            member = members[name]
            rows["participant"].append((*key, person, *_day(member.full_since), int(member.sanctions is None)))
            for sanction in member.sanctions or ():
                word = sanction.kind if sanction.kind in self.words else OTHER
                ends = (*_day(sanction.approved), *_day(sanction.rights_restored))
                rows["sanction"].append((*key, person, word, *ends))


def columns(layout: Layout) -> dict[str, dict[str, ColumnType]]:
    """Tell the columns of each table."""
    key = ("d", "kind", "n")
    record = [*key, "step", "act_low", "act_high", "distinct_people"]
    return {
        "dossier": _numbers("d", "as_of", *map(kept_column, layout.kept)) | _typed(layout.scalars),
        "record": _numbers(*record) | _typed(layout.fields),
        "participant": _numbers(*key, "person", "since_low", "since_high", "unknown_sanctions"),
        "sanction": _numbers(*key, "person")
        | {"sanction": "text"}
        | _numbers("approved_low", "approved_high", "restored_low", "restored_high"),
    }


def kept_column(kept: str) -> str:
    """Name the column that tells whether the source keeps a kind or a field."""
    return f"keeps {kept}"


def calendar_table(calendar: WorkingDays) -> Table:
    """Number the working days: each day of the span, and the day before it, with how many there were up to it."""
    first, last = calendar.first.toordinal(), calendar.last.toordinal()
    numbered = ((day, calendar.number(date.fromordinal(day))) for day in range(first, last + 1))
    rows = [(first - 1, 0), *((day, number) for day, number in numbered if number is not None)]
    return Table("calendar", _numbers("day", "number"), rows)


def _numbers(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, "number")


def _typed(fields: Mapping[str, str]) -> dict[str, ColumnType]:
    found: dict[str, ColumnType] = {}
    for name, of in fields.items():
        names = (f"{name}_low", f"{name}_high") if of == "day" else (name,)
        found |= dict.fromkeys(names, "text" if of == "text" else "number")
    return found


def reader(of: str, words: frozenset[str]) -> Reader:
    """Make the function that turns a value of a field into cells."""
    if of == "day":
        return _day
    if of == "text":
        return lambda value: (value if value is None or value in words else OTHER,)
    if of in ("people", "attachments"):
        return lambda value: (len(value) or None,)
    return _number


def _day(day: Day | None) -> tuple[Cell, Cell]:
    return NOT_STATED if day is None else (day.low.toordinal(), day.high.toordinal())


def _number(value: int | None) -> tuple[Cell]:
    if value is not None and not -HIGHEST <= value <= HIGHEST:
        raise InvalidInput([Problem("dossier", f"{value!r} is not a whole number of 64 bits")])
    return (None if value is None else int(value),)
