"""What a row says of each field to a dossier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Member, Organisation, Person, Source
from devrules.dossier.shapes import Record
from devrules.ledger.cells import Said
from devrules.ledger.model import Column
from devrules.ledger.once import remember
from devrules.ledger.records import Kept, KindRead, RecordBuilder

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
        self.kinds = [
            RecordBuilder(kinds[owner], list(own.values())) for owner, own in self._by_owner.items() if owner in kinds
        ]
        self._kept: dict[tuple[Kept, ...], tuple[frozenset[str], frozenset[str]]] = {}
        self._members: dict[tuple[int, str], Member] = {}
        # A key of BLAKE2 has at most 64 bytes.
        self._key = hashlib.blake2b(salt).digest() if salt else _KEY
        self._begun: dict[tuple[str, str | None], hashlib.blake2b] = {}

    def dossier(self, said: Mapping[str, Said], source: Source) -> Dossier:
        """
        Build the dossier of a row.

        Args:
            said: What the row says of each field, by its path.
            source: Where the row stands.
        """
        return self.put_together(
            source,
            Person(**self._scalars("person", said)),
            Organisation(kind="branch", **self._scalars("branch", said)),
            Organisation(**self._scalars("superior", said)),
            [kind.read([said[path] for path in kind.paths]) for kind in self.kinds],
        )

    def put_together(
        self, source: Source, person: Person, branch: Organisation, superior: Organisation, read: Sequence[KindRead]
    ) -> Dossier:
        """Make a dossier of its parts; *read* is what the row says of each of the kinds."""
        ids: dict[str, str] = {}
        records: dict[str, tuple[Record, ...]] = {}
        for kind, one in zip(self.kinds, read, strict=True):
            if one.fields is not None:
                records[kind.name] = kind.with_people(one, ids)
            elif one.records:
                records[kind.name] = one.records
        recorded, blank = self._all_kept(tuple([one.kept for one in read]))
        return Dossier(
            id=self._id_of(source, person.name),
            person=person,
            recorded_kinds=recorded,
            records=records,
            members=tuple([self._member(number, name) for number, name in enumerate(ids, 1)]),
            branch=branch,
            superior=superior,
            blank_kinds=blank,
            source=source,
        )

    def _all_kept(self, kept: tuple[Kept, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """Tell what is kept, and of which kinds only blank cells say that there are none."""
        found = self._kept.get(kept)
        if found is None:
            recorded = self._with_kin(frozenset(path for one in kept for path in one.recorded))
            found = remember(self._kept, kept, (recorded, frozenset(one.kind for one in kept if one.blank)))
        return found

    def _with_kin(self, recorded: frozenset[str]) -> frozenset[str]:
        """Add the kinds that are kept wherever another one is: who notes approvals would note a refusal."""
        kept = {path.partition(".")[0] for path in recorded}
        return recorded | {kind.id for kind in self._all.values() if not kept.isdisjoint(kind.kept_with)}

    def _id_of(self, source: Source, name: str) -> str:
        """Make the id of the person in a row: a keyed hash of its place and the name."""
        sheet = (source.file, source.sheet)
        begun = self._begun.get(sheet)
        if begun is None:
            place = json.dumps([PurePath(source.file).name, source.sheet])
            begun = self._begun[sheet] = hashlib.blake2b(place[:-1].encode(), key=self._key, digest_size=6)
        whole = begun.copy()
        whole.update(f", {source.row}, {json.dumps(name)}]".encode())
        return whole.hexdigest()

    def _member(self, number: int, name: str) -> Member:
        found = self._members.get((number, name))
        return found or remember(self._members, (number, name), Member(f"m{number}", name))

    def _scalars(self, owner: str, said: Mapping[str, Said]) -> dict[str, Any]:
        columns = self._by_owner.get(owner, {})
        return {column.field: said[path].value for path, column in columns.items() if said[path].state == "value"}
