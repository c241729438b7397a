"""What a row says of the fields of one kind of record to its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from devrules.dossier.kinds import Kind
from devrules.dossier.shapes import Record
from devrules.ledger.cells import NONE, Said
from devrules.ledger.model import Column
from devrules.ledger.once import remember


@attrs.frozen(eq=False)
class Kept:
    """What a row shows to be kept of a kind, and whether all its cells are blank; equal ones are one object."""

    kind: str
    recorded: frozenset[str]
    blank: bool


@attrs.frozen(eq=False)
class KindRead:
    """
    What a row says of one kind of record.

    Args:
        kept: What it shows to be kept.
        records: The records, but for one with people.
        fields: The fields of the record with people, whose ids are still to come.
        people: Their names.
    """

    kept: Kept
    records: tuple[Record, ...] = ()
    fields: Mapping[str, Any] | None = None
    people: tuple[str, ...] = ()


class RecordBuilder:
    """
    Builds the records of one kind.

    Args:
        kind: The kind.
        columns: One column for each of its fields that a ledger has.
    """

    def __init__(self, kind: Kind, columns: Sequence[Column]) -> None:
        self.name = kind.id
        self.paths = tuple(column.path for column in columns)
        self._type = kind.type
        self._columns = columns
        self._kept: dict[tuple[str, ...], Kept] = {}
        self._of_days: dict[tuple[str, Any], Record] = {}

    def read(self, told: Sequence[Said]) -> KindRead:
        """Tell what a row says of the kind, by what it says of each of the fields."""
        told = _without_weak(told)
        kept = self._kept_by(tuple([one.state for one in told]))
        known = [(column, one.value) for column, one in zip(self._columns, told, strict=True) if one.state == "value"]
        if not known:
            return KindRead(kept)
        if any(column.several for column, _ in known):
            return KindRead(kept, tuple([self._of_day(column.field, day) for column, days in known for day in days]))
        fields = {column.field: value for column, value in known}
        if "people" in fields:
            return KindRead(kept, fields=fields, people=fields["people"])
        return KindRead(kept, (self._type(**fields),))

    def with_people(self, read: KindRead, ids: dict[str, str]) -> tuple[Record, ...]:
        """Build the record with people; *ids* has those of the row by name, and gets the new ones."""
        people = tuple([ids.setdefault(name, f"m{len(ids) + 1}") for name in read.people])
        return (self._type(**{**(read.fields or {}), "people": people}),)

    def _kept_by(self, states: tuple[str, ...]) -> Kept:
        found = self._kept.get(states)
        if found is None:
            told = dict(zip(self.paths, states, strict=True))
            recorded = frozenset(path for path, state in told.items() if state not in ("unread", "absent"))
            # Without a record, the kind is kept only if every cell could be read.
            kept = recorded if "value" in states or len(recorded) == len(told) else frozenset[str]()
            found = self._kept[states] = Kept(self.name, kept, blank={"blank"} == set(states))
        return found

    def _of_day(self, field: str, day: Any) -> Record:
        found = self._of_days.get((field, day))
        return found or remember(self._of_days, (field, day), self._type(**{field: day}))


def _without_weak(told: Sequence[Said]) -> Sequence[Said]:
    """Take zeros and 无 for there being none, where nothing else in the row says that the record is there."""
    values = [one for one in told if one.state == "value"]
    if not all(one.weak for one in values):
        return told
    # A word that is all that the ledger has of the record can mean nothing else.
    if len(told) == 1 and all(isinstance(one.value, str) for one in values):
        return told
    return [NONE if one.state == "value" else one for one in told]
