"""Who wants to do what to a dossier, and what comes of it: new records, or a refusal that names the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import Record
from devrules.law.model import Text
from devrules.ruleset.process import Hearing


@attrs.frozen
class Actor:
    """
    Someone who acts.

    Args:
        id: The host's own id of the account; of a contact, the id of the member.
        role: One of the roles of the process.
        organisation: The organisation for which they act.
        dossier: For an applicant: the id of their own dossier.
    """

    id: str
    role: str
    organisation: str | None = None
    dossier: str | None = None


@attrs.frozen(kw_only=True)
class Command:
    """
    What someone wants to do.

    Args:
        verb: What: one of the commands of the process, as ``record``, ``file``, ``send-back``.
        kind: The kind of record that it is about, for verbs of steps.
        record: The record to put; of ``edit``, what it shall be.
        target: The id of the record that is meant, for ``approve``, ``return``, ``edit``, ``delete`` and ``explain``.
        reason: Why.
        stage: The stage to go back to.
        content: The text of a statement.
        acknowledge: Whether to go through a gate although lamps are on.
        person: The person's data, to replace what is there.
        members: Members that the record names and that the dossier does not know yet.
        branch: The branch that takes the dossier over.
        superior: The committee above that branch.
    """

    verb: str
    kind: str | None = None
    record: Record | None = None
    target: str | None = None
    reason: str | None = None
    stage: str | None = None
    content: str | None = None
    acknowledge: bool = False
    person: Person | None = None
    members: tuple[Member, ...] = ()
    branch: Organisation | None = None
    superior: Organisation | None = None


@attrs.frozen
class PutRecord:
    """A record of a kind is new, or replaces the one with its id."""

    kind: str
    record: Record


@attrs.frozen
class PutPerson:
    """The person's data are these."""

    person: Person


@attrs.frozen
class PutMember:
    """A member is new, or replaces the one with its id."""

    member: Member


@attrs.frozen
class PutBranch:
    """The dossier lies in this branch, under this committee."""

    branch: Organisation
    superior: Organisation


@attrs.frozen
class PutDossier:
    """The dossier is adopted as it came from elsewhere, with what its source keeps; only its id is the one here."""

    dossier: Dossier


Change: TypeAlias = PutRecord | PutPerson | PutMember | PutBranch | PutDossier


@attrs.frozen
class Refusal:
    """
    Why something may not be done.

    Args:
        rule: The rule of the process, as ``record:talk``.
        unmet: What does not hold, by the names of the guards, the first to be mended first.
        says: The same for users, a sentence each.
        lamps: The rules whose lamps are on, where these are in the way.
    """

    rule: str
    unmet: tuple[str, ...]
    says: tuple[Text, ...]
    lamps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "; ".join(text.zh for text in self.says)


@attrs.frozen
class Decided:
    """
    A command that was granted.

    Args:
        rule: The rule of the process that let it pass.
        changes: What changes, in order.
        dossier: The dossier with the changes.
        hearings: Who is to hear of it.
        lamps: The rules whose lamps were on when a gate was passed.
        ended: Whether the process has ended by it.
    """

    rule: str
    changes: tuple[Change, ...]
    dossier: Dossier
    hearings: tuple[Hearing, ...] = ()
    lamps: tuple[str, ...] = ()
    ended: bool = False


@attrs.frozen
class Option:
    """
    Something that an actor might do.

    Args:
        rule: The rule of the process, as ``record:talk``.
        verb: The command.
        kind: The kind of record, if it is about one.
        refusal: Why it may not be done now; ``None``: it may.
        asks: What must be stated with it.
    """

    rule: str
    verb: str
    kind: str | None
    refusal: Refusal | None = None
    asks: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be done now."""
        return self.refusal is None


def apply(dossier: Dossier, changes: tuple[Change, ...]) -> Dossier:
    """
    Make the changes.

    Args:
        dossier: The dossier.
        changes: What changes, in order.
    """
    for change in changes:
        match change:
            case PutRecord(kind, record):
                dossier = attrs.evolve(dossier, records=_with(dossier.records, kind, record))
            case PutPerson(person):
                dossier = attrs.evolve(dossier, person=person)
            case PutMember(member):
                others = tuple(one for one in dossier.members if one.id != member.id)
                dossier = attrs.evolve(dossier, members=(*others, member))
            case PutBranch(branch, superior):
                dossier = attrs.evolve(dossier, branch=branch, superior=superior)
            case PutDossier(adopted):
                dossier = attrs.evolve(adopted, id=dossier.id)
    return dossier


def _with(records: Mapping[str, tuple[Record, ...]], kind: str, record: Record) -> dict[str, tuple[Record, ...]]:
    there = records.get(kind, ())
    if record.id is not None and any(one.id == record.id for one in there):
        return {**records, kind: tuple(record if one.id == record.id else one for one in there)}
    return {**records, kind: (*there, record)}


__all__ = [
    "Actor",
    "Change",
    "Command",
    "Decided",
    "Option",
    "PutBranch",
    "PutDossier",
    "PutMember",
    "PutPerson",
    "PutRecord",
    "Refusal",
    "apply",
]
