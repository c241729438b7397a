"""What every part of the desk needs: the process, the store, the clock, who is where; and how a unit comes about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import uuid4

import attrs

from devrules.days import to_date
from devrules.desk.events import Event
from devrules.desk.journal import Folded, fold
from devrules.desk.organisations import OrganisationTree
from devrules.desk.ports import Conflict, Store, StoredEvent, Unit
from devrules.desk.seal import seal
from devrules.dossier.model import Dossier, Member
from devrules.errors import DevrulesError
from devrules.findings.gates import GateView
from devrules.law.model import Text
from devrules.process.decide import Process
from devrules.process.model import Actor, Refusal

_TRIES = 20


class Refused(DevrulesError):
    """A command was refused; *refusal* says by which rule and why."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


class Rules(Protocol):
    """What the desk asks of the rules."""

    @property
    def process(self) -> Process:
        """The process."""

    def preview(self, dossier: Dossier, gate_id: str, *, as_of: date) -> GateView:
        """Look at a gate as it would be passed now."""


Members = Callable[[str], "Sequence[Member] | None"]
"""Gives the members of an organisation; ``None`` where it does not know."""


def now() -> datetime:
    """Tell the time by the clock of the machine."""
    return datetime.now(UTC)


@attrs.frozen
class Office:
    """
    What every part of the desk needs.

    Args:
        rules: The rules.
        store: Where things are kept.
        clock: Tells the time, with its zone.
        tree: The tree of organisations; without one, only the committee above a branch is known.
        members: The directory of members; without one, whoever is named is taken to be a member.
    """

    rules: Rules
    store: Store
    clock: Callable[[], datetime] = now
    tree: OrganisationTree | None = None
    members: Members | None = None

    @property
    def process(self) -> Process:
        """The process."""
        return self.rules.process

    @property
    def today(self) -> date:
        """The date in China."""
        return to_date(self.clock())

    def read(self, dossier: str) -> Folded | None:
        """Read a dossier from its journal; ``None`` where there is none."""
        if not is_written(dossier):
            return None
        entries = self.store.events(dossier)
        return fold(entries, dossier, self.process.law.kinds) if entries else None

    def version(self, dossier: str) -> int:
        """Give the number of the last entry that changed a dossier; refusals change nothing."""
        return max((entry.number for entry in self.store.events(dossier) if entry.granted), default=0)

    def name(self, organisation: str | None) -> str | None:
        """Give the name of an organisation, where it is known."""
        return self.tree.name(organisation) if self.tree and organisation else None

    def entry(
        self, stream: str, actor: Actor, verb: str, rule: str | None = None, *, granted: bool = True, **said: Any
    ) -> StoredEvent:
        """Seal the next entry of a stream; *said* is what else an :class:`~devrules.desk.events.Event` says."""
        entries = self.store.events(stream)
        last = entries[-1] if entries else None
        event = Event(
            stream=stream,
            number=last.number + 1 if last else 1,
            at=self.clock(),
            actor=actor,
            verb=verb,
            rule=rule or verb,
            granted=granted,
            **said,
        )
        return seal(event, last, kinds=self.process.law.kinds)

    def refuse(self, stream: str, actor: Actor, verb: str, refusal: Refusal, *, reason: str | None = None) -> Refused:
        """
        Write a refusal into the journal, and give the error to raise.

        Where the dossier is out of the actor's reach, the journal of the actor's own organisation has it: strangers
        leave no entries in a dossier. A refusal changes nothing, so when someone else writes at the same moment it is
        simply written after that.
        """
        stranger = bool({"role", "reach"} & set(refusal.unmet))
        where = stream_of(actor.organisation or actor.id) if stranger else stream
        for _ in range(_TRIES):
            entry = self.entry(
                where, actor, verb, refusal.rule, granted=False, about=stream, unmet=refusal.unmet, reason=reason
            )
            try:
                self.store.commit(Unit(command=uuid4().hex, events=(entry,)))
            except Conflict:
                continue
            break
        return Refused(refusal)

    def refusal(self, rule: str, name: str, **words: Text) -> Refusal:
        """Make a refusal for what no guard of the process says."""
        text = self.process.law.text.refusals.get(name, Text(name, name))
        zh, en = (
            text.said(lang).format_map(_Blank({key: word.said(lang) for key, word in words.items()}))
            for lang in ("zh", "en")
        )
        return Refusal(rule, (name,), (Text(zh, en),))

    def role_name(self, actor: Actor) -> Text:
        """Give the name of an actor's role; of one that the process does not know, what it is called."""
        role = self.process.law.roles.get(actor.role)
        return role.name if role else Text(actor.role, actor.role)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def is_written(text: str) -> bool:
    """Tell whether a text can be kept at all: half a character, as JSON may hold it, cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def stream_of(organisation: str) -> str:
    """Name the stream of an organisation, for what belongs to no dossier."""
    return f"organisation:{organisation}"


def unique(parts: Iterable[str]) -> tuple[str, ...]:
    """Leave out what is there twice."""
    return tuple(dict.fromkeys(parts))


__all__ = ["Members", "Office", "Refused", "Rules", "is_written", "now", "stream_of", "unique"]
