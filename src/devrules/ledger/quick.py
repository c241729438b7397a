"""Rows in which nothing is odd to dossiers, by what was read in other rows; any other row is left to the slow way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, TypeVar

import attrs

from devrules.dossier.model import Dossier, Member, Organisation, Person, Source
from devrules.dossier.shapes import Record
from devrules.ledger.agree import birth_fits
from devrules.ledger.build import Builder
from devrules.ledger.cells import Said, read_cell
from devrules.ledger.model import OWNERS, Column, Columns
from devrules.ledger.placeholders import is_odd
from devrules.ledger.sheet import Cell

_MOST = 65536
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_EACH_ITS_OWN = ("name", "id-number", "phone")


class QuickRows:
    """
    Reads rows without anything odd, several times as fast as the slow way and to the same dossiers.

    Cells of one kind of record say the same in every row in which they stand, so they are read once. Odd is whatever
    needs a look at the rest of the row or a word in the report: a cell that is not understood, a 1 January, a birth
    that the ID number contradicts, no name.

    Args:
        known: The columns that are known, each with its place; no two fill the same field.
        columns: All columns, for how cells are read.
        builder: The builder of the slow way.
    """

    def __init__(self, known: Sequence[tuple[int, Column]], columns: Columns, builder: Builder) -> None:
        by_owner: dict[str, list[tuple[int, Column]]] = {}
        for at, column in known:
            by_owner.setdefault(column.owner, []).append((at, column))
        self._build = builder
        self._totals = columns.totals
        self._person = [(column.field, at, _Cells(column, columns)) for at, column in by_owner.get("person", ())]
        self._places = {owner: _Place(owner, by_owner.get(owner, ()), columns) for owner in OWNERS if owner != "person"}
        self._kinds = [_Kind(name, own, columns, builder) for name, own in by_owner.items() if name not in OWNERS]
        self._name_at = next(at for field, at, _ in self._person if field == "name")
        self._kept: dict[tuple[_Kept, ...], tuple[frozenset[str], frozenset[str]]] = {}
        self._members: dict[tuple[int, str], Member] = {}

    def dossier(self, row: Sequence[Cell], source: Source) -> Dossier | None:
        """Read a row; ``None`` where something in it is odd."""
        person = self._read_person(row)
        if person is None:
            return None
        ids: dict[str, str] = {}
        records: dict[str, tuple[Record, ...]] = {}
        kept = []
        for kind in self._kinds:
            part = kind.part(row)
            if part is None:
                return None
            kept.append(part.kept)
            if part.records:
                records[kind.name] = part.with_members(ids) if part.names else part.records
        branch, superior = self._places["branch"].read(row), self._places["superior"].read(row)
        if branch is None or superior is None:
            return None
        recorded, blank = self._all_kept(tuple(kept))
        return Dossier(
            id=self._build.id_of(source, person.name),
            person=person,
            recorded_kinds=recorded,
            records=records,
            members=tuple(map(self._member, range(1, len(ids) + 1), ids)),
            branch=branch,
            superior=superior,
            blank_kinds=blank,
            source=source,
        )

    def _read_person(self, row: Sequence[Cell]) -> Person | None:
        fields: dict[str, Any] = {}
        for field, at, cells in self._person:
            said = cells.said(row[at])
            if said.state == "value":
                fields[field] = said.value
            elif said.state == "unread":
                return None
        name = fields.get("name")
        # A note that is merged across the row stands in the column of names, too.
        odd = name is None or name in self._totals or not birth_fits(fields.get("id_number"), fields.get("birth"))
        return None if odd or row.count(row[self._name_at]) > 1 else Person(**fields)

    def _all_kept(self, kept: tuple[_Kept, ...]) -> tuple[frozenset[str], frozenset[str]]:
        found = self._kept.get(kept)
        if found is None:
            recorded = self._build.with_kin(frozenset(path for one in kept for path in one.recorded))
            found = recorded, frozenset(one.name for one in kept if one.blank)
            _remember(self._kept, kept, found)
        return found

    def _member(self, number: int, name: str) -> Member:
        found = self._members.get((number, name))
        return found or _remember(self._members, (number, name), Member(f"m{number}", name))


class _Cells:
    """The cells of one column, each text read once."""

    def __init__(self, column: Column, columns: Columns) -> None:
        self._column = column
        self._columns = columns
        self._memo: dict[Cell, Said] = {}
        self._repeats = column.form not in _EACH_ITS_OWN

    def said(self, cell: Cell) -> Said:
        if not self._repeats:
            return read_cell(cell, self._column, self._columns)
        found = self._memo.get(cell)
        return found or _remember(self._memo, cell, read_cell(cell, self._column, self._columns))


class _Place:
    """The columns about an organisation."""

    def __init__(self, owner: str, own: Sequence[tuple[int, Column]], columns: Columns) -> None:
        self._kind = "branch" if owner == "branch" else None
        self._cells = [(column.field, at, _Cells(column, columns)) for at, column in own]
        self._get = itemgetter(*(at for at, _ in own)) if own else lambda _: None
        self._memo: dict[Any, Organisation | None] = {}

    def read(self, row: Sequence[Cell]) -> Organisation | None:
        key = self._get(row)
        if key in self._memo:
            return self._memo[key]
        told = {field: cells.said(row[at]) for field, at, cells in self._cells}
        odd = any(said.state == "unread" for said in told.values())
        fields = {field: said.value for field, said in told.items() if said.state == "value"}
        return _remember(self._memo, key, None if odd else Organisation(kind=self._kind, **fields))


@attrs.frozen(eq=False)
class _Kept:
    """What a row shows to be kept of a kind; the same object wherever it is the same."""

    name: str
    recorded: frozenset[str]
    blank: bool


@attrs.frozen(eq=False)
class _Part:
    """What the cells of one kind say: *records* name people by *names* until a row knows their ids."""

    records: tuple[Record, ...]
    kept: _Kept
    names: tuple[str, ...] = ()
    _by_ids: dict[tuple[str, ...], tuple[Record, ...]] = attrs.field(factory=dict)

    def with_members(self, ids: dict[str, str]) -> tuple[Record, ...]:
        people = tuple([ids.setdefault(name, f"m{len(ids) + 1}") for name in self.names])
        found = self._by_ids.get(people)
        if found is None:
            found = self._by_ids[people] = tuple(attrs.evolve(one, people=people) for one in self.records)  # type: ignore[call-arg]  # only kinds with people have names
        return found


class _Kind:
    """The columns of one kind of record; what stands in them together is read once."""

    def __init__(self, name: str, own: Sequence[tuple[int, Column]], columns: Columns, builder: Builder) -> None:
        self.name = name
        self._own = [(at, column, _Cells(column, columns)) for at, column in own]
        self._build = builder
        self._get: Callable[[Sequence[Cell]], Any] = itemgetter(*(at for at, _ in own))
        self._memo: dict[Any, _Part | None] = {}
        self._kept: dict[tuple[frozenset[str], bool], _Kept] = {}

    def part(self, row: Sequence[Cell]) -> _Part | None:
        key = self._get(row)
        if key in self._memo:
            return self._memo[key]
        return _remember(self._memo, key, self._read(row))

    def _read(self, row: Sequence[Cell]) -> _Part | None:
        told: dict[str, Said] = {}
        for at, column, cells in self._own:
            said = told[column.path] = cells.said(row[at])
            if said.state == "unread" or is_odd(said, column):
                return None
        read = self._build.records(self.name, told, str)
        kept = self._kept.get((read.recorded, read.blank))
        if kept is None:
            kept = self._kept[read.recorded, read.blank] = _Kept(self.name, read.recorded, read.blank)
        names = tuple(name for record in read.records for name in getattr(record, "people", None) or ())
        return _Part(read.records, kept, names)


def _remember(memo: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Keep a value, and forget all when there are too many."""
    if len(memo) >= _MOST:
        memo.clear()
    memo[key] = value
    return value
