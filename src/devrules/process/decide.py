"""
Who may do what now, and what comes of it: dossier and command to new records, or to a refusal.

Pure: it reads no clock and keeps no state, so a host with tables of its own needs no more than this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import attrs

from devrules.dossier.model import Dossier
from devrules.dossier.shapes import EFFECTIVE, Assignment, Record
from devrules.engine.api import Engine
from devrules.engine.choose import EngineKind, make_engine
from devrules.errors import UsageError
from devrules.plain import hinted, nearest
from devrules.process.effects import Deed, changes_of, reviewed_by
from devrules.process.facts import Tree, asked_fact, reach_of, standing_fact
from devrules.process.law import ProcessLaw
from devrules.process.model import Actor, Command, Decided, Option, Refusal, apply
from devrules.process.permissions import ALLOWED, Guard, Permission, permissions
from devrules.process.refusals import refusal
from devrules.process.state import State, state_of
from devrules.ruleset.process import Hearing, Reach

Lamps: TypeAlias = Callable[[Dossier, str, date], tuple[str, ...]]
"""Tells the rules whose lamps are on when a dossier is looked at before a gate on a day."""


class Process:
    """
    The process, ready to decide.

    Args:
        law: The process.
        lamps: What looks at a gate.
        engine: ``auto``, ``durable`` or ``reference``, as for rules.
    """

    def __init__(self, law: ProcessLaw, lamps: Lamps, engine: EngineKind = "auto") -> None:
        self.law = law
        self.permissions = permissions(law)
        self._lamps = lamps
        self._wanted = engine
        self._engines: dict[str, Engine] = {}

    @cached_property
    def engine(self) -> Engine:
        """The engine that judges everything that can be done at once."""
        outcomes = [outcome for permission in self.permissions.values() for outcome in permission.outcomes()]
        return make_engine(self._wanted, outcomes)

    def _engine_for(self, permission: Permission) -> Engine:
        """Give the engine that judges one thing that can be done: a command need not be judged by all rules."""
        if permission.id not in self._engines:
            self._engines[permission.id] = make_engine(self._wanted, list(permission.outcomes()))
        return self._engines[permission.id]

    def state(self, dossier: Dossier) -> State:
        """Tell where a dossier is in the process."""
        return state_of(dossier, self.law)

    def available(self, dossier: Dossier, actor: Actor, *, as_of: date, tree: Tree | None = None) -> tuple[Option, ...]:
        """
        List what an actor may do now, and why the rest may not be done.

        Args:
            dossier: The dossier.
            actor: Who asks.
            as_of: The day.
            tree: The tree of organisations; without one, only the committee above the branch is known.

        Returns:
            Everything that can be done to a dossier, in the order of the process.
        """
        state = self.state(dossier)
        reach = reach_of(dossier, state, actor, self.law, tree)
        verdicts = self.engine.judge(standing_fact(dossier, state, actor.role, reach, self.law, as_of))
        return tuple(self._option(one, verdicts, state, actor.role) for one in self.permissions.values())

    def may(self, verb: str, role: str, reach: Reach | None = "own") -> Refusal | None:
        """
        Tell why someone may not do what is about no dossier (codes, opening one); ``None``: they may.

        Args:
            verb: The command.
            role: Their role.
            reach: How they stand to the organisation that it is about.
        """
        permission = self._permission(Command(verb=verb))
        nobody = Dossier(id="")
        state = self.state(nobody)
        fact = standing_fact(nobody, state, role, reach, self.law, date.min)
        return self._option(permission, self._engine_for(permission).judge(fact), state, role).refusal

    def preview(self, dossier: Dossier, gate: str, *, as_of: date) -> tuple[str, ...]:
        """
        List the rules whose lamps would be on if a gate were passed now.

        Args:
            dossier: The dossier.
            gate: The gate.
            as_of: The day.

        Raises:
            UsageError: When there is no such gate.
        """
        if gate not in self.law.gates:
            raise UsageError(hinted(f"there is no gate {gate!r}", nearest(gate, self.law.gates)))
        return self._lamps(self.as_filed(dossier, gate, as_of=as_of), gate, as_of)

    def as_filed(self, dossier: Dossier, gate: str, *, as_of: date, filing: Command | None = None) -> Dossier:
        """
        Give a dossier as it would be once it was sent through a gate: the filing is looked at, too.

        Args:
            dossier: The dossier.
            gate: The gate.
            as_of: The day.
            filing: The command, if there is one already.
        """
        command = filing or Command(verb="file", kind=self.law.gates[gate].submission)
        return apply(dossier, changes_of(Deed(dossier, command, self.law, self.state(dossier), as_of)))

    def decide(
        self,
        dossier: Dossier,
        command: Command,
        actor: Actor,
        *,
        as_of: date,
        tree: Tree | None = None,
        members: Sequence[str] | None = None,
    ) -> Decided | Refusal:
        """
        Decide on a command.

        Args:
            dossier: The dossier.
            command: What is to be done.
            actor: Who wants to do it.
            as_of: The day on which it is done.
            tree: The tree of organisations; without one, only the committee above the branch is known.
            members: The members who may be named as contacts and sponsors; ``None`` where nobody knows them.

        Returns:
            What changes, or why it may not be done.

        Raises:
            UsageError: When there is no such command.
        """
        permission = self._permission(command)
        state = self.state(dossier)
        reach = reach_of(dossier, state, actor, self.law, tree)
        fact = standing_fact(dossier, state, actor.role, reach, self.law, as_of)
        author = actor.id if reach == "assigned" else None
        command = _in_own_name(command, author)
        fact |= asked_fact(dossier, command, self.law, state, members, author)
        lamps = self._at_gate(dossier, command, as_of)
        fact["lamps"] = len(lamps)
        verdicts = self._engine_for(permission).judge(fact)
        unmet = _unmet(permission, verdicts, (*permission.standing, *permission.asked))
        if unmet or permission.id not in verdicts:
            return refusal(permission, unmet, law=self.law, state=state, role=actor.role, lamps=lamps)
        deed = Deed(dossier, command, self.law, state, as_of, lamps)
        changes = changes_of(deed)
        after = apply(dossier, changes)
        return Decided(
            rule=permission.id,
            changes=changes,
            dossier=after,
            hearings=tuple(self._hearings(command, lamps, state.stage)),
            lamps=lamps,
            ended=self.state(after).ended,
        )

    def visible(self, dossier: Dossier, actor: Actor, *, tree: Tree | None = None) -> Dossier | None:
        """
        Give the part of a dossier that an actor may read; ``None``: nothing of it.

        Args:
            dossier: The dossier.
            actor: Who reads.
            tree: The tree of organisations.
        """
        state = self.state(dossier)
        reach = reach_of(dossier, state, actor, self.law, tree)
        fact = standing_fact(dossier, state, actor.role, reach, self.law, date.min)
        if _VIEW not in self._engine_for(self.permissions[_VIEW]).judge(fact):
            return None
        sees = self.law.roles[actor.role].sees
        records = {
            kind: shown
            for kind, there in dossier.records.items()
            if (not sees or kind in sees) and (shown := tuple(one for one in there if self._shown(kind, one, actor)))
        }
        named = _named(records)
        members = tuple(one for one in dossier.members if not sees or one.id in named)
        return attrs.evolve(dossier, records=records, members=members)

    def _shown(self, kind: str, record: Record, actor: Actor) -> bool:
        """Show what is effective to all; what is not approved only to those who hand it in and who review it."""
        step = self.law.steps.get(kind)
        if step is None or not step.review or record.status == EFFECTIVE:
            return True
        return actor.role in step.hand_in + step.review

    def _permission(self, command: Command) -> Permission:
        name = f"{command.verb}:{command.kind}" if command.kind else command.verb
        if name not in self.permissions:
            hint = nearest(name, self.permissions)
            raise UsageError(hinted(f"the process knows no command {name!r}", hint))
        return self.permissions[name]

    def _at_gate(self, dossier: Dossier, command: Command, as_of: date) -> tuple[str, ...]:
        gate = self.law.gate_filed_by(command.kind or "") if command.verb == "file" else None
        if gate is None:
            return ()
        return self._lamps(self.as_filed(dossier, gate.id, as_of=as_of, filing=command), gate.id, as_of)

    def _option(self, permission: Permission, verdicts: Mapping[str, str], state: State, role: str) -> Option:
        refused = None
        if verdicts.get(permission.id) != ALLOWED:
            unmet = _unmet(permission, verdicts, permission.standing)
            refused = refusal(permission, unmet, law=self.law, state=state, role=role)
        return Option(permission.id, permission.verb, permission.kind, refused, permission.asks)

    def _hearings(self, command: Command, lamps: tuple[str, ...], stage: str) -> list[Hearing]:
        step = self.law.steps.get(command.kind or "")
        reviewers = reviewed_by(step, stage) if step and command.verb == "hand-in" else ()
        return [
            attrs.evolve(hearing, who=reviewers or hearing.who)
            for hearing in self.law.text.hearings
            if hearing.on == command.verb
            and (not hearing.kinds or command.kind in hearing.kinds)
            and (lamps or not hearing.lamps)
        ]


_VIEW = "view"


def _named(records: Mapping[str, Sequence[Record]]) -> frozenset[str]:
    """Name the members of whom records speak."""
    there = (record for some in records.values() for record in some if isinstance(record, Assignment))
    return frozenset(person for record in there for person in record.people or ())


def _in_own_name(command: Command, author: str | None) -> Command:
    """Let what a contact or sponsor writes say who wrote it."""
    record = command.record
    if author is None or record is None or getattr(record, "by", author) is not None:
        return command
    own: dict[str, Any] = {"by": author}
    return attrs.evolve(command, record=attrs.evolve(record, **own))


def _unmet(permission: Permission, verdicts: Mapping[str, str], guards: Sequence[Guard]) -> list[Guard]:
    """List the guards that do not hold; who cannot reach a dossier is told no more about it."""
    unmet = [guard for n, guard in enumerate(guards) if f"{permission.id}/{n}" not in verdicts]
    return [guard for guard in unmet if guard.name in _OF_ACTOR] or unmet


_OF_ACTOR = ("role", "reach")


__all__ = ["Lamps", "Process"]
