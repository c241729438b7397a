"""What people may see at the desk: dossiers, lists, gates, what can be done, files, messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import attrs

from devrules.desk import attachments
from devrules.desk.directory import directory
from devrules.desk.events import Event, read_event
from devrules.desk.journal import Folded
from devrules.desk.office import Office, Refused
from devrules.desk.ports import DossierRow, Message, Page, Wanted
from devrules.desk.rows import body_of
from devrules.dossier.convert import read_dossier
from devrules.dossier.model import Dossier, Member
from devrules.errors import UsageError
from devrules.findings.gates import GateView
from devrules.law.model import Text
from devrules.process.model import Actor, Option
from devrules.ruleset.process import Reach


class Reading:
    """
    Shows to everyone what concerns them.

    Args:
        office: The desk's office.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def available(self, actor: Actor, dossier: str) -> tuple[Option, ...]:
        """
        List what an actor may do to a dossier now, and why the rest may not be done.

        Raises:
            Refused: When the actor may not even look at it.
        """
        folded = self._visible(actor, dossier)[0]
        return self._office.process.available(folded.dossier, actor, as_of=self._office.today, tree=self._office.tree)

    def preview(self, actor: Actor, dossier: str, gate: str, *, as_of: date | None = None) -> GateView:
        """
        Show the lamps of a gate before it is passed.

        Raises:
            Refused: When the actor may not read all of the dossier: lamps tell what its records say.
            UsageError: When there is no such gate.
        """
        folded = self._whole(actor, dossier, "preview")
        return self._office.rules.preview(folded.dossier, gate, as_of=self._day(as_of))

    def dossier(self, actor: Actor, dossier: str) -> Dossier:
        """
        Show the part of a dossier that an actor may read.

        Raises:
            Refused: When they may read nothing of it.
        """
        return self._visible(actor, dossier)[1]

    def version(self, actor: Actor, dossier: str) -> int:
        """
        Tell the version of a dossier, to be said with the next command.

        Raises:
            Refused: When the actor may not look at it.
        """
        self._visible(actor, dossier)
        return self._office.version(dossier)

    def find(self, actor: Actor, wanted: Wanted | None = None) -> Page:
        """
        List dossiers, of those that the actor may read; each with the part of it that they may read.

        Args:
            actor: Who asks.
            wanted: Which; by default all.
        """
        page = self._office.store.find(self._within_reach(actor, wanted or Wanted()))
        return attrs.evolve(page, rows=tuple(self._shown(actor, row) for row in page.rows))

    def journal(self, actor: Actor, dossier: str) -> tuple[Event | None, ...]:
        """
        Show what was done to a dossier; ``None`` in the place of what was redacted.

        Raises:
            Refused: When the actor may not read all of the dossier.
        """
        self._whole(actor, dossier, "journal")
        entries = self._office.store.events(dossier)
        return tuple(read_event(entry, self._office.process.law.kinds) for entry in entries)

    def candidates(self, actor: Actor, dossier: str, kind: str) -> tuple[Member, ...]:
        """
        List the members who may be named in a record: the full ones, of the branch or of all under its committee.

        Args:
            actor: Who asks.
            dossier: The dossier.
            kind: The kind of record that names them, as ``contact-assignment``.

        Raises:
            Refused: When the actor may not read all of the dossier.
        """
        folded = self._whole(actor, dossier, "candidates")
        return tuple(directory(self._office, folded.dossier, kind) or ())

    def attachment(self, actor: Actor, dossier: str, digest: str) -> bytes:
        """
        Give the content of a file that a record names which the actor may read.

        Raises:
            Refused: When the actor may not look at the dossier.
            UsageError: When no record that they may read names such a file.
            AttachmentLost: When the store does not have it as it was.
        """
        visible = self._visible(actor, dossier)[1]
        if digest not in attachments.digests_of(visible):
            raise UsageError(f"no record of this dossier that you may read has an attachment {digest}")
        return attachments.check(self._office.store.attachment(digest), digest)

    def inbox(self, actor: Actor) -> tuple[Message, ...]:
        """Give the messages that an actor is to read, the newest first."""
        role = self._office.process.law.roles.get(actor.role)
        personal = role is not None and not {"own", "below"} & set(role.reaches)
        return self._office.store.inbox(
            role=actor.role,
            organisation=None if personal else actor.organisation,
            account=self._addressed(actor) if personal else None,
        )

    def read(self, actor: Actor, message: str) -> None:
        """
        Note that an actor has read a message.

        Raises:
            UsageError: When it is none of theirs.
        """
        found = next((one for one in self.inbox(actor) if one.id == message), None)
        if found is None:
            raise UsageError(f"there is no message {message!r} for you")
        self._office.store.put_message(attrs.evolve(found, read=self._office.clock()))

    def _visible(self, actor: Actor, dossier: str) -> tuple[Folded, Dossier]:
        folded = self._office.read(dossier)
        visible = self._office.process.visible(folded.dossier, actor, tree=self._office.tree) if folded else None
        if folded is None or visible is None:
            refusal = self._office.refusal("view", "reach", role=self._office.role_name(actor))
            raise self._office.refuse(dossier, actor, "view", refusal) if folded else Refused(refusal)
        return folded, visible

    def _whole(self, actor: Actor, dossier: str, what: str) -> Folded:
        """Read a dossier for someone who may read all of it."""
        folded = self._visible(actor, dossier)[0]
        if self._office.process.law.roles[actor.role].sees:
            refusal = self._office.refusal(what, "role", role=self._office.role_name(actor), deed=_DEEDS[what])
            raise self._office.refuse(dossier, actor, what, refusal)
        return folded

    def _shown(self, actor: Actor, row: DossierRow) -> DossierRow:
        """Leave out of a row what the actor may not read."""
        if not self._office.process.law.roles[actor.role].sees:
            return row
        kinds = self._office.process.law.kinds
        whole = read_dossier(json.loads(row.body), kinds)
        visible = self._office.process.visible(whole, actor, tree=self._office.tree) or Dossier(row.id)
        return attrs.evolve(row, body=body_of(visible))

    def _addressed(self, actor: Actor) -> str | None:
        """Give by what messages name a person: by their own dossier, or as a member."""
        role = self._office.process.law.roles.get(actor.role)
        return actor.dossier if role and "self" in role.reaches else actor.id

    def _within_reach(self, actor: Actor, wanted: Wanted) -> Wanted:
        """Narrow a list to what the actor's role reaches."""
        role = self._office.process.law.roles.get(actor.role)
        narrow = next((_NARROW[reach] for reach in (role.reaches if role else ()) if reach in _NARROW), _to_nothing)
        return narrow(self._office, actor, wanted)

    def _day(self, as_of: date | None) -> date:
        today = self._office.today
        if as_of is not None and type(as_of) is not date:  # a moment in some zone would be a day, too
            raise UsageError(f"as_of is a datetime.date, not {type(as_of).__name__}")
        if as_of is not None and as_of > today:
            raise UsageError(f"{as_of} is to come: what is done today ({today}) cannot be dated later")
        return as_of or today


def _to_own(_: Office, actor: Actor, wanted: Wanted) -> Wanted:
    own = (actor.dossier,) if actor.dossier else ()
    return attrs.evolve(wanted, ids=tuple(one for one in own if wanted.ids is None or one in wanted.ids))


def _to_assigned(_: Office, actor: Actor, wanted: Wanted) -> Wanted:
    return attrs.evolve(wanted, contact=actor.id)


def _to_branch(_: Office, actor: Actor, wanted: Wanted) -> Wanted:
    """Narrow to the actor's branch, or to those on their way to it."""
    if wanted.receiving is not None:
        return attrs.evolve(wanted, receiving=actor.organisation or "")
    return attrs.evolve(wanted, branches=(actor.organisation,) if actor.organisation else ())


def _to_below(office: Office, actor: Actor, wanted: Wanted) -> Wanted:
    if not actor.organisation:
        return _to_nothing(office, actor, wanted)
    if office.tree is None:
        return attrs.evolve(wanted, superior=actor.organisation)
    below = office.tree.below(actor.organisation)
    chosen = below if wanted.branches is None else [one for one in below if one in wanted.branches]
    return attrs.evolve(wanted, branches=tuple(chosen))


def _to_nothing(_: Office, __: Actor, wanted: Wanted) -> Wanted:
    return attrs.evolve(wanted, branches=())


_DEEDS = {
    "journal": Text("查看纪实", "look at the journal"),
    "preview": Text("查看亮灯提示", "look at the lamps"),
    "candidates": Text("查看党员名单", "look at the members"),
}

_NARROW: dict[Reach, Callable[[Office, Actor, Wanted], Wanted]] = {
    "self": _to_own,
    "assigned": _to_assigned,
    "own": _to_branch,
    "below": _to_below,
}

__all__ = ["Reading"]
