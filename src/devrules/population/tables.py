"""
Dossiers to tables: plain rows of numbers and texts, as wide as a program needs them.

Days are pairs of columns, ``<name>_low`` and ``<name>_high``, of proleptic ordinals; flags are 0 and 1; people and
attachments are counted. No name and no free text goes in: a text that no rule asks for is only said to be there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Literal, TypeAlias

import attrs

from devrules.days import Day, WorkingDays
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Sanction
from devrules.dossier.shapes import EFFECTIVE, Assignment, Record
from devrules.errors import InvalidInput, Problem
from devrules.population.layout import Layout
from devrules.program.view import filed, kept_kinds

ColumnType: TypeAlias = Literal["number", "flag", "text"]
"""A flag is 0 or 1."""
Cell: TypeAlias = int | str | None
Row: TypeAlias = Sequence[Cell]
Reader: TypeAlias = Callable[[Any], tuple[Cell, ...]]

_SCALARS: Mapping[str, ColumnType] = {"text": "text", "flag": "flag"}
OTHER = "(other)"
"""What stands for every text that no rule asks for."""
NOT_STATED = (None, None)
HIGHEST = 2**63 - 1
MOVED = 2**20
"""Added to the place of a record that one kind takes over from another: it comes after the kind's own."""


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
        self._kinds = kinds
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
        found = {"dossier": list[Row](), "participant": list[Row](), "sanction": list[Row]()}
        records: list[list[Row]] = [[] for _ in self._records]
        for d, (dossier, day) in enumerate(zip(dossiers, as_of, strict=True)):
            key = (d, day.toordinal())
            found["dossier"].append((*key, *self._kept(dossier), *self._scalar(dossier)))
            there = filed(dossier, self._kinds)
            for kind, of_kind in zip(self._records, records, strict=True):
                if kind.kind in there:
                    of_kind.extend(kind.rows(key, there[kind.kind]))
                    if kind.tested:
                        kind.add_people(d, dossier, found["participant"], found["sanction"])
        # Kind by kind: what reads one kind need not look at the others.
        found["record"] = list(chain.from_iterable(records))
        return [Table(name, columns(layout)[name], rows) for name, rows in found.items()]

    def _kept(self, dossier: Dossier) -> tuple[int, ...]:
        recorded = frozenset(dossier.recorded_kinds)
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
    """Writes the records of one kind as rows."""

    def __init__(self, layout: Layout, kinds: Kinds, kind: str) -> None:
        self.kind = kind
        self.tested = kind in layout.tested
        self._number = layout.kinds[kind]
        self._words = layout.words
        places = {name: at for at, name in enumerate(columns(layout)["record"])}
        self._blank: list[Cell] = [None] * len(places)
        self._blank[places["kind"]] = self._number
        self._people = places["distinct_people"] if kinds[kind].type is Assignment else None
        self._lists = [
            (name, places[list_column(name, words)], frozenset(words)) for of, name, words in layout.lists if of == kind
        ]
        self._fields = [
            (name, places[f"{name}_low" if layout.day(name) else name], reader(layout.fields[name], layout.words))
            for name in layout.read[kind]
        ]

    def rows(self, key: tuple[int, int], records: Sequence[Record]) -> Iterator[Row]:
        """Yield a row for each record that is in effect; *key* has the place of the dossier and its as-of day."""
        for n, record in enumerate(records):
            if record.status == EFFECTIVE:
                row = self._blank.copy()
                row[0], row[3] = key
                row[2] = n
                if (day := record.act_day) is not None:
                    row[4:6] = _day(day)
                self._put_fields(row, record)
                yield row

    def _put_fields(self, row: list[Cell], record: Record) -> None:
        for name, at, read in self._fields:
            if (value := getattr(record, name)) is not None:
                cells = read(value)
                row[at : at + len(cells)] = cells
        for name, at, words in self._lists:
            if value := getattr(record, name):
                row[at] = int(words <= set(value))
        if self._people is not None and isinstance(record, Assignment) and record.people is not None:
            row[self._people] = len(set(record.people))

    def add_people(self, d: int, dossier: Dossier, participants: list[Row], sanctions: list[Row]) -> None:
        """Add a row for each person whom a record names, and for each of their sanctions."""
        members = {member.id: member for member in dossier.members}
        for n, record in enumerate(dossier.records[self.kind]):
            named = (record.people or ()) if isinstance(record, Assignment) and record.status == EFFECTIVE else ()
            for person, name in enumerate(dict.fromkeys(named)):
                key, member = (d, self._number, n, person), members[name]
                own = member.id == dossier.id
                namesake = own or bool(member.name and member.name == dossier.person.name)
                told = (int(member.sanctions is None), int(own), int(namesake))
                participants.append((*key, *_day(member.full_since), *told))
                sanctions += [(*key, *self._sanction(one)) for one in member.sanctions or ()]

    def _sanction(self, sanction: Sanction) -> Row:
        word = sanction.kind if sanction.kind in self._words else OTHER
        return word, *_day(sanction.approved), *_day(sanction.rights_restored)


def columns(layout: Layout) -> dict[str, dict[str, ColumnType]]:
    """Tell the columns of each table."""
    key = ("d", "kind", "n")
    record = [*key, "as_of", "act_low", "act_high", "distinct_people"]
    return {
        "dossier": _numbers("d", "as_of") | _flags(map(kept_column, layout.kept)) | _typed(layout.scalars),
        "record": _numbers(*record)
        | _flags(list_column(name, words) for _, name, words in layout.lists)
        | _typed(layout.fields),
        "participant": _numbers(*key, "person", "since_low", "since_high")
        | _flags(("unknown_sanctions", "own", "namesake")),
        "sanction": _numbers(*key, "person")
        | {"sanction": "text"}
        | _numbers("approved_low", "approved_high", "restored_low", "restored_high"),
    }


def list_column(name: str, words: Sequence[str]) -> str:
    """Name the column that tells whether a list includes some words."""
    return f"{name} includes {' '.join(words)}"


def kept_column(kept: str) -> str:
    """Name the column that tells whether the source keeps a kind or a field."""
    return f"keeps {kept}"


def calendar_table(calendar: WorkingDays) -> Table:
    """
    Number the working days: each day of the span, and the day before it, with how many there were up to it.

    Beside it stands the first working day that is not before the day.
    """
    first, last = calendar.first.toordinal(), calendar.last.toordinal()
    numbers = [(day, calendar.number(date.fromordinal(day))) for day in range(first, last + 1)]
    rows: list[Row] = []
    rolled = None
    for (day, counted), (_, before) in zip(reversed(numbers), [*reversed(numbers[:-1]), (0, 0)], strict=True):
        rolled = day if counted != before else rolled
        if counted is not None:
            rows.append((day, counted, rolled))
    return Table("calendar", _numbers("day", "number", "rolled"), [(first - 1, 0, None), *reversed(rows)])


def _numbers(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, "number")


def _flags(names: Iterable[str]) -> dict[str, ColumnType]:
    return dict.fromkeys(names, "flag")


def _typed(fields: Mapping[str, str]) -> dict[str, ColumnType]:
    found: dict[str, ColumnType] = {}
    for name, of in fields.items():
        names = (f"{name}_low", f"{name}_high") if of == "day" else (name,)
        found |= dict.fromkeys(names, _SCALARS.get(of, "number"))
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
