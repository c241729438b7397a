"""Plain rows to dossiers, by what was made of other rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import attrs

from devrules.dossier.model import Dossier, Member, Organisation, Person, Source
from devrules.dossier.shapes import Record
from devrules.ledger.build import Builder
from devrules.ledger.model import OWNERS
from devrules.ledger.once import Field, remember
from devrules.ledger.sheet import Cell


class QuickRows:
    """
    Builds the dossiers of plain rows: the same as the builder does, several times as fast.

    Cells of one kind of record say the same in every row in which they stand, so what they say is built once.

    Args:
        fields: The columns that are known, by the field that they fill.
        builder: The builder of any row.
    """

    def __init__(self, fields: Mapping[str, Field], builder: Builder) -> None:
        by_owner: dict[str, list[Field]] = {}
        for field in fields.values():
            by_owner.setdefault(field.column.owner, []).append(field)
        self._build = builder
        self._person = by_owner.get("person", [])
        self._branch = _Place(by_owner.get("branch", []), kind="branch")
        self._superior = _Place(by_owner.get("superior", []), kind=None)
        self._kinds = [_Kind(name, own, builder) for name, own in by_owner.items() if name not in OWNERS]
        self._kept: dict[tuple[_Kept, ...], tuple[frozenset[str], frozenset[str]]] = {}
        self._members: dict[tuple[int, str], Member] = {}

    def dossier(self, row: Sequence[Cell], source: Source) -> Dossier:
        """Build the dossier of a plain row."""
        person = Person(**_values(self._person, row))
        ids: dict[str, str] = {}
        records: dict[str, tuple[Record, ...]] = {}
        kept = []
        for kind in self._kinds:
            part = kind.part(row)
            kept.append(part.kept)
            if part.records:
                records[kind.name] = part.with_members(ids) if part.names else part.records
        recorded, blank = self._all_kept(tuple(kept))
        return Dossier(
            id=self._build.id_of(source, person.name),
            person=person,
            recorded_kinds=recorded,
            records=records,
            members=tuple(map(self._member, range(1, len(ids) + 1), ids)),
            branch=self._branch.read(row),
            superior=self._superior.read(row),
            blank_kinds=blank,
            source=source,
        )

    def _all_kept(self, kept: tuple[_Kept, ...]) -> tuple[frozenset[str], frozenset[str]]:
        found = self._kept.get(kept)
        if found is None:
            recorded = self._build.with_kin(frozenset(path for one in kept for path in one.recorded))
            found = recorded, frozenset(one.name for one in kept if one.blank)
            remember(self._kept, kept, found)
        return found

    def _member(self, number: int, name: str) -> Member:
        found = self._members.get((number, name))
        return found or remember(self._members, (number, name), Member(f"m{number}", name))


def _values(fields: Sequence[Field], row: Sequence[Cell]) -> dict[str, Any]:
    told = {field.column.field: field.of(row) for field in fields}
    return {name: said.value for name, said in told.items() if said.state == "value"}


def _getter(fields: Sequence[Field]) -> Callable[[Sequence[Cell]], Any]:
    places = [at for field in fields for at in field.places]
    return itemgetter(*places) if places else lambda _: None


class _Place:
    """The columns about an organisation."""

    def __init__(self, fields: Sequence[Field], kind: str | None) -> None:
        self._kind = kind
        self._fields = fields
        self._get = _getter(fields)
        self._memo: dict[Any, Organisation] = {}

    def read(self, row: Sequence[Cell]) -> Organisation:
        key = self._get(row)
        found = self._memo.get(key)
        return found or remember(self._memo, key, Organisation(kind=self._kind, **_values(self._fields, row)))


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
    """The columns of one kind of record; what stands in them together is built once."""

    def __init__(self, name: str, fields: Sequence[Field], builder: Builder) -> None:
        self.name = name
        self._fields = fields
        self._build = builder
        self._get = _getter(fields)
        self._memo: dict[Any, _Part] = {}
        self._kept: dict[tuple[frozenset[str], bool], _Kept] = {}

    def part(self, row: Sequence[Cell]) -> _Part:
        key = self._get(row)
        return self._memo.get(key) or remember(self._memo, key, self._read(row))

    def _read(self, row: Sequence[Cell]) -> _Part:
        told = {field.column.path: field.of(row) for field in self._fields}
        read = self._build.records(self.name, told, str)
        kept = self._kept.get((read.recorded, read.blank))
        if kept is None:
            kept = self._kept[read.recorded, read.blank] = _Kept(self.name, read.recorded, read.blank)
        names = tuple(name for record in read.records for name in getattr(record, "people", None) or ())
        return _Part(read.records, kept, names)
