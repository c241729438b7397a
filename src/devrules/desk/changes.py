"""A change to plain data and back: an object whose ``put`` says what is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from devrules.dossier.convert import read_dossier, read_part, read_record, write_dossier, write_part
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem
from devrules.plain import nearest, printable, shown
from devrules.process.model import Change, PutBranch, PutDossier, PutMember, PutPerson, PutRecord


@attrs.frozen
class _Record:
    """A record whose shape depends on its kind."""

    kind: str
    record: Any


@attrs.frozen
class _Dossier:
    """A dossier in its own form."""

    dossier: Any


_FORMS: Mapping[str, type[Any]] = {
    "record": _Record,
    "person": PutPerson,
    "member": PutMember,
    "branch": PutBranch,
    "dossier": _Dossier,
}
_PUTS: Mapping[type[Any], str] = {PutPerson: "person", PutMember: "member", PutBranch: "branch"}


def write_change(change: Change) -> dict[str, Any]:
    """Write a change as plain data; :func:`read_change` gives the same change back."""
    match change:
        case PutRecord(kind, record):
            return {"put": "record", "kind": kind, "record": write_part(record)}
        case PutDossier(dossier):
            return {"put": "dossier", "dossier": write_dossier(dossier)}
        case _:
            return {"put": _PUTS[type(change)], **write_part(change)}


def read_change(data: Any, kinds: Kinds, *, where: str) -> Change:
    """
    Read a change, strictly.

    Args:
        data: An object as :func:`write_change` writes it.
        kinds: The kinds of record that there are.
        where: What to call it in errors.

    Raises:
        InvalidInput: With every problem found, each with its path.
    """
    if not isinstance(data, Mapping):
        raise InvalidInput([Problem(where, f"a change is an object, not {shown(data)}")])
    rest = dict(data)
    put = rest.pop("put", None)
    if not isinstance(put, str) or put not in _FORMS:
        said = printable(f"expected one of {', '.join(_FORMS)}, found {shown(put)}")
        raise InvalidInput([Problem(f"{where} $.put", said, nearest(str(put), _FORMS))])
    part: _Record | _Dossier | PutPerson | PutMember | PutBranch = read_part(rest, _FORMS[put], where=where)
    match part:
        case _Record(kind, record):
            return PutRecord(kind, read_record(kind, record, kinds, where=where, path="$.record"))
        case _Dossier(dossier):
            return PutDossier(read_dossier(dossier, kinds, where=f"{where} $.dossier"))
        case _:
            return part


def touched(change: Change) -> frozenset[tuple[str, ...]]:
    """Name what a change puts; changes that share a name put the same thing. A record without an id has no name."""
    match change:
        case PutRecord(kind, record):
            return frozenset() if record.id is None else frozenset({("record", kind, record.id)})
        case PutMember(member):
            return frozenset({("member", member.id)})
        case PutDossier(dossier):
            return frozenset().union(*map(touched, _parts(dossier)))
        case _:
            return frozenset({(_PUTS[type(change)],)})


def _parts(dossier: Dossier) -> Iterator[Change]:
    """Take a dossier apart into the changes that would make it."""
    yield PutPerson(dossier.person)
    yield PutBranch(dossier.branch, dossier.superior)
    yield from map(PutMember, dossier.members)
    for kind, records in dossier.records.items():
        yield from (PutRecord(kind, record) for record in records)
