"""A dossier, an actor and a command to the flat fact by which the process is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from devrules.dossier.model import Dossier
from devrules.dossier.shapes import RETURNED, SUBMITTED, WITHDRAWN, Assignment, Record, Submission
from devrules.process.law import ProcessLaw
from devrules.process.model import Actor, Command
from devrules.process.permissions import Codes
from devrules.process.state import State, counting, effective
from devrules.ruleset.process import Reach, Step


class Tree(Protocol):
    """The tree of organisations, as far as the process asks for it."""

    def above(self, organisation: str) -> Sequence[str]:
        """List the organisations over one, the nearest first."""


def reach_of(dossier: Dossier, state: State, actor: Actor, law: ProcessLaw, tree: Tree | None) -> Reach | None:
    """
    Tell how an actor stands to a dossier: the first of the reaches of their role that holds.

    Args:
        dossier: The dossier.
        state: Where it is in the process.
        actor: Who acts.
        law: The process.
        tree: The tree of organisations; without one, only the committee above the branch is known.
    """
    role = law.roles.get(actor.role)
    holds: dict[Reach, bool] = {
        "self": actor.dossier is not None and actor.dossier == dossier.id,
        "assigned": actor.id in state.contacts,
        "own": _same(actor.organisation, dossier.branch.id),
        "below": _below(dossier, actor, tree),
        "receiving": state.transfer is not None and _same(actor.organisation, state.transfer[1].to),
    }
    return next((reach for reach in (role.reaches if role else ()) if holds[reach]), None)


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _below(dossier: Dossier, actor: Actor, tree: Tree | None) -> bool:
    over = {dossier.superior.id} if dossier.superior.id else set()
    if tree is not None and dossier.branch.id:
        over |= set(tree.above(dossier.branch.id))
    return actor.organisation in over


def standing_fact(
    dossier: Dossier, state: State, role: str, reach: Reach | None, law: ProcessLaw, as_of: date
) -> dict[str, int]:
    """
    Tell what the standing guards read.

    Args:
        dossier: The dossier.
        state: Where it is in the process.
        role: The role of who acts.
        reach: How they stand to the dossier.
        law: The process.
        as_of: The day of the act.
    """
    codes = Codes(law)
    there = effective(dossier)
    fact = {
        "role": codes.role(role),
        "reach": codes.reach(reach),
        "day": as_of.toordinal(),
        "stage": codes.stage(state.stage),
        "ended": int(state.ended),
        "owed": int(bool(state.owed)),
        "transfer": int(state.transfer is not None),
    }
    for gate in law.gates:
        filed = gate in state.filed
        fact[f"filed.{gate}"] = int(filed)
        # Later stages have gates of their own; what a filing covers stays sealed in them, too.
        fact[f"locked.{gate}"] = int(filed and state.stage in law.stages_of_gate(gate))
        fact[f"waiting.{gate}"] = int(gate in state.waiting)
    for kind in law.kinds:
        last = _last(there, law, kind)
        fact[f"last.{kind}"] = codes.outcome(getattr(last, "outcome", None)) if last else 0
        fact[f"counts.{kind}"] = int(counting(there, kind, law.kinds))
    for kind, step in law.steps.items():
        if step.once:
            # What an earlier filing covers belongs to an earlier round: after an extension one applies again.
            fact[f"approved.{kind}"] = int(any(not _sealed(there, one, law, kind) for one in there.get(kind, ())))
    return fact


def asked_fact(
    dossier: Dossier,
    command: Command,
    law: ProcessLaw,
    state: State,
    members: Sequence[str] | None,
    author: str | None = None,
) -> dict[str, int]:
    """
    Tell what the guards read that ask for something with the command.

    Args:
        dossier: The dossier.
        command: What is to be done.
        law: The process.
        state: Where the dossier is.
        members: The members who may be named; ``None`` where nobody knows them.
        author: The member who writes in their own name only; ``None``: whoever acts writes for others, too.
    """
    codes = Codes(law)
    target = find_target(dossier, command, law)
    record = command.record
    outcome = getattr(record, "outcome", None)
    to = command.branch.id if command.branch else None
    return {
        "given.reason": _stated(command.reason),
        "given.content": int(_stated(command.content) or (record is not None and _says_something(record))),
        "given.to": int(bool(to) and to != dossier.branch.id),
        "given.earlier": int(_can_go_back(command.stage or "", effective(dossier), state, law)),
        "given.outcome": codes.outcome(outcome) if outcome else 0,
        "given.dues": _stated(getattr(record, "dues", None)),
        "given.by": int(_named_by(record, dossier, command, state)),
        "given.author": int(author is None or all(_written_by(one, author, dossier) for one in (record, target))),
        "given.attachments": int(record is not None and bool(record.attachments)),
        "given.members": int(_members_known(dossier, command, law, members)),
        "target.there": int(target is not None and target.status not in (WITHDRAWN, RETURNED)),
        "target.submitted": int(target is not None and target.status == SUBMITTED),
        "target.sealed": int(target is not None and _sealed(effective(dossier), target, law, command.kind)),
        "target.owed": int(command.target is None or any(one.id == command.target for one in state.owed)),
        "acknowledged": int(command.acknowledge),
    }


def find_target(dossier: Dossier, command: Command, law: ProcessLaw) -> Record | None:
    """
    Find the record that a command means: the one with its *target*, else the last one that waits for review.

    Args:
        dossier: The dossier.
        command: The command.
        law: The process.
    """
    kinds = target_kinds(law.steps.get(command.kind or ""), command.kind)
    records = [record for kind in kinds for record in dossier.records.get(kind, ())]
    if command.target is not None:
        return next((record for record in records if record.id == command.target), None)
    submitted = [record for record in records if record.status == SUBMITTED]
    return submitted[-1] if submitted else None


def target_kinds(step: Step | None, kind: str | None) -> tuple[str, ...]:
    """List the kinds under which the records of a step are kept."""
    return tuple(dict.fromkeys((kind or "", *(step.recorded_as.values() if step else ()))))


def _last(there: Mapping[str, Sequence[Record]], law: ProcessLaw, kind: str) -> Record | None:
    """Find the last record of a step; where it keeps some as another kind, their days tell which is the last."""
    kinds = target_kinds(law.steps.get(kind), kind)
    records = [record for one in kinds for record in there.get(one, ())]
    if len(kinds) > 1:
        records.sort(key=lambda record: record.act_day.low if record.act_day else date.min)
    return records[-1] if records else None


def _stated(text: str | None) -> int:
    return int(text is not None and bool(text.strip()))


def _says_something(record: Record) -> bool:
    return bool(_stated(record.content) or record.attachments)


def _can_go_back(stage: str, there: Mapping[str, Sequence[Record]], state: State, law: ProcessLaw) -> bool:
    """
    Tell whether a stage is an earlier one, or the present one after something was sent up in it.

    Whoever was adopted may have skipped a stage, as far as is known: there is no way back into it.
    """
    stages = list(law.stages)
    if stage not in stages or state.stage not in stages:
        return False
    if stage == state.stage:
        return any(stage in law.stages_of_gate(gate) for gate in state.filed)
    reached = any(counting(there, kind, law.kinds) for kind in law.text.stages_by.get(stage, ()))
    return stages.index(stage) < stages.index(state.stage) and (reached or stage == stages[0])


def _named_by(record: Record | None, dossier: Dossier, command: Command, state: State) -> bool:
    """Tell whether *by* names a contact or sponsor, by id or name; whose names are not known may be anybody."""
    by = getattr(record, "by", None)
    if not _stated(by):
        return False
    known = [member for member in (*dossier.members, *command.members) if member.id in state.contacts]
    return not state.contacts or by in state.contacts or any(member.name == by for member in known)


def _written_by(record: Record | None, author: str, dossier: Dossier) -> bool:
    """Tell whether a record is in the name of a member, by id or name; one that does not say whose it is, is so."""
    by = getattr(record, "by", None)
    names = {member.name for member in dossier.members if member.id == author and member.name}
    return by is None or by == author or by in names


def _members_known(dossier: Dossier, command: Command, law: ProcessLaw, members: Sequence[str] | None) -> bool:
    """Tell whether members are named, all of whom may be."""
    named = command.record.people if isinstance(command.record, Assignment) else None
    step = law.steps.get(command.kind or "")
    if step is not None and step.members_from == "branch" and any(_elsewhere(dossier, command, named or ())):
        return False
    return bool(named) and (members is None or all(one in members for one in named or ()))


def _elsewhere(dossier: Dossier, command: Command, named: Sequence[str]) -> Iterator[bool]:
    """Yield for each member of whom it is known where they belong whether that is another branch."""
    for member in (*dossier.members, *command.members):
        if member.id in named and member.branch is not None and dossier.branch.id is not None:
            yield member.branch != dossier.branch.id


def _sealed(there: Mapping[str, Sequence[Record]], target: Record, law: ProcessLaw, kind: str | None) -> bool:
    """Tell whether a filing that stands covers the record; one that does not say what it covers covers all."""
    step = law.steps.get(kind or "")
    gates = {law.gates[gate].submission for gate in step.locked_by} if step else set()
    filings = [one for submission in gates for one in there.get(submission, ()) if isinstance(one, Submission)]
    return any(one.covers is None or target.id in one.covers for one in filings)


__all__ = ["Tree", "asked_fact", "find_target", "reach_of", "standing_fact", "target_kinds"]
