"""What a row says of each field to a dossier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

import attrs

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Member, Organisation, Person, Source
from devrules.dossier.shapes import Record
from devrules.ledger.cells import NONE, Said
from devrules.ledger.model import Column

_KEY = b"devrules.ledger/1"


class Builder:
    """
    Builds the dossiers of the rows under one header.

    Args:
        columns: The columns that the header has.
        kinds: The kinds of record that there are.
        salt: The key of the ids; by default the same for everyone.
    """

    def __init__(self, columns: Iterable[Column], kinds: Kinds, salt: bytes | None = None) -> None:
        self._by_owner: dict[str, dict[str, Column]] = {}
        for column in columns:
            self._by_owner.setdefault(column.owner, {}).setdefault(column.path, column)
        self._all = kinds
        self._kinds = {owner: kinds[owner] for owner in self._by_owner if owner in kinds}
        # A key of BLAKE2 has at most 64 bytes.
        self._key = hashlib.blake2b(salt).digest() if salt else _KEY

    def dossier(self, said: Mapping[str, Said], source: Source) -> Dossier:
        """
        Build the dossier of a row.

        Args:
            said: What the row says of each field, by its path.
            source: Where the row stands.
        """
        members = Members()
        read = {name: self.records(name, said, members.id_of) for name in self._kinds}
        person = Person(**self._scalars("person", said))
        return Dossier(
            id=self.id_of(source, person.name),
            person=person,
            recorded_kinds=self.with_kin(frozenset(path for one in read.values() for path in one.recorded)),
            records={name: one.records for name, one in read.items() if one.records},
            members=tuple(members),
            branch=Organisation(kind="branch", **self._scalars("branch", said)),
            superior=Organisation(**self._scalars("superior", said)),
            blank_kinds=frozenset(name for name, one in read.items() if one.blank),
            source=source,
        )

    def with_kin(self, recorded: frozenset[str]) -> frozenset[str]:
        """Add the kinds that are kept wherever another one is: who notes approvals would note a refusal."""
        kept = {path.partition(".")[0] for path in recorded}
        return recorded | {kind.id for kind in self._all.values() if not kept.isdisjoint(kind.kept_with)}

    def id_of(self, source: Source, name: str) -> str:
        """Make the id of the person in a row: a keyed hash of its place and the name."""
        place = json.dumps([PurePath(source.file).name, source.sheet, source.row, name])
        return hashlib.blake2b(place.encode(), key=self._key, digest_size=6).hexdigest()

    def _scalars(self, owner: str, said: Mapping[str, Said]) -> dict[str, Any]:
        columns = self._by_owner.get(owner, {})
        return {column.field: said[path].value for path, column in columns.items() if said[path].state == "value"}

    def records(self, name: str, said: Mapping[str, Said], id_of: Callable[[str], str]) -> KindRead:
        """
        Build the records of a kind.

        Args:
            name: The kind.
            said: What the row says of its fields, by their paths.
            id_of: Tells the id of the member with a name.
        """
        kind, columns = self._kinds[name], self._by_owner[name]
        told = _without_weak({path: said[path] for path in columns})
        readable = frozenset(path for path, one in told.items() if one.state not in ("unread", "absent"))
        values = {path: one.value for path, one in told.items() if one.state == "value"}
        if not values:
            kept = readable if len(readable) == len(told) else frozenset[str]()
            return KindRead(recorded=kept, blank=all(one.state == "blank" for one in told.values()))
        fields = {columns[path].field: value for path, value in values.items()}
        if any(columns[path].several for path in values):
            made = (kind.type(**{field: day}) for field, days in fields.items() for day in days)
            return KindRead(tuple(made), readable)
        if "people" in fields:
            fields["people"] = tuple(map(id_of, fields["people"]))
        return KindRead((kind.type(**fields),), readable)


@attrs.frozen
class KindRead:
    """What a row says of one kind of record: the records, the fields that are kept, whether all of them are blank."""

    records: tuple[Record, ...] = ()
    recorded: frozenset[str] = frozenset()
    blank: bool = False


class Members:
    """The people of one row; the same name is the same member."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """Tell the id of the member with this name."""
        return self._ids.setdefault(name, f"m{len(self._ids) + 1}")

    def __iter__(self) -> Iterator[Member]:
        return (Member(id=one, name=name) for name, one in self._ids.items())


def _without_weak(told: dict[str, Said]) -> dict[str, Said]:
    """Take zeros and 无 for there being none, where nothing else in the row says that the record is there."""
    values = [one for one in told.values() if one.state == "value"]
    if values and not values[0].weak:
        return told
    # A word that is all that the ledger has of the record can mean nothing else.
    alone = len(told) == 1 and all(isinstance(one.value, str) for one in values)
    if alone or not all(one.weak for one in values):
        return told
    return {path: NONE if one.state == "value" else one for path, one in told.items()}
