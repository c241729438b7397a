"""A command that was granted to what it changes: records that are new, replaced, returned or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

import attrs

from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import (
    EFFECTIVE,
    RETURNED,
    SUBMITTED,
    WITHDRAWN,
    Assignment,
    Document,
    Record,
    Submission,
    Termination,
    Transfer,
)
from devrules.process.facts import find_target, target_kinds
from devrules.process.law import ProcessLaw
from devrules.process.model import Change, Command, PutBranch, PutMember, PutPerson, PutRecord
from devrules.process.state import State, answers, decisions_at, effective
from devrules.ruleset.process import Step


@attrs.frozen
class Deed:
    """A granted command and all that its effects depend on."""

    dossier: Dossier
    command: Command
    law: ProcessLaw
    state: State
    as_of: date
    lamps: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of record that it leaves."""
        if self.command.kind is not None:
            return self.command.kind
        written = self.law.commands[self.command.verb]
        return written.kind_in.get(self.state.stage, written.kind or "")

    @property
    def day(self) -> Day:
        """The day on which it is done."""
        return Day.on(self.as_of)

    def new_id(self, kind: str) -> str:
        """Give the next record of a kind its id: none of which a filing or a statement speaks already."""
        taken = {record.id for record in self.dossier.records.get(kind, ())}
        number = len(taken) + 1
        taken |= set(self._spoken_of())
        while f"{kind}-{number}" in taken:
            number += 1
        return f"{kind}-{number}"

    def _spoken_of(self) -> Iterator[str]:
        """Yield the ids that records name; what was redacted is not there, but its id may still be named."""
        for record in (record for there in self.dossier.records.values() for record in there):
            match record:
                case Submission(covers=covers):
                    yield from covers or ()
                case Document(about=about) if about:
                    yield about


def changes_of(deed: Deed) -> tuple[Change, ...]:
    """
    Tell what a command changes.

    Args:
        deed: The command, granted.
    """
    return tuple(_EFFECTS[deed.command.verb](deed)) if deed.command.verb in _EFFECTS else ()


def reviewed_by(step: Step, stage: str) -> tuple[str, ...]:
    """Tell who reviews what is handed in at a stage; empty: it counts at once."""
    return step.review if not step.review_stages or stage in step.review_stages else ()


def _hand_in(deed: Deed) -> Iterator[Change]:
    step = deed.law.steps[deed.kind]
    reviewed = bool(reviewed_by(step, deed.state.stage))
    if step.once:
        for record in deed.dossier.records.get(deed.kind, ()):
            if record.status == SUBMITTED:
                yield PutRecord(deed.kind, attrs.evolve(record, status=WITHDRAWN))
    yield _put(deed, deed.kind, SUBMITTED if reviewed else EFFECTIVE)


def _approve(deed: Deed) -> Iterator[Change]:
    yield PutRecord(deed.kind, attrs.evolve(_target(deed), status=EFFECTIVE))
    left = deed.law.steps[deed.kind].leaves
    if left is not None:
        yield PutRecord(left, _dated(deed, deed.law.kinds[left].type(id=deed.new_id(left))))


def _return(deed: Deed) -> Iterator[Change]:
    yield PutRecord(deed.kind, attrs.evolve(_target(deed), status=RETURNED, returned_for=deed.command.reason))


def _record(deed: Deed) -> Iterator[Change]:
    yield from _members_named(deed)
    yield _put(deed, _kept_as(deed), EFFECTIVE)


def _edit(deed: Deed) -> Iterator[Change]:
    old, kept_as = _target(deed), _kept_as(deed)
    was = next(kind for kind in _kinds(deed) if old in deed.dossier.records.get(kind, ()))
    yield from _members_named(deed)
    if kept_as == was:
        given = _given(deed, was)
        kept = given.attachments or old.attachments
        yield PutRecord(was, attrs.evolve(given, id=old.id, status=old.status, attachments=kept))
    else:
        yield PutRecord(was, attrs.evolve(old, status=WITHDRAWN))
        yield _put(deed, kept_as, old.status)


def _delete(deed: Deed) -> Iterator[Change]:
    old = _target(deed)
    was = next(kind for kind in _kinds(deed) if old in deed.dossier.records.get(kind, ()))
    yield PutRecord(was, attrs.evolve(old, status=WITHDRAWN))


def _file(deed: Deed) -> Iterator[Change]:
    gate = deed.law.gate_filed_by(deed.kind)
    there = effective(deed.dossier)
    covered = [
        record.id
        for step in deed.law.steps.values()
        if gate is not None and gate.id in step.locked_by
        for kind in target_kinds(step, step.kind)
        for record in there.get(kind, ())
        if record.id is not None
    ]
    # A decision that is there already was made on an earlier filing.
    covered += [one.id for one in (decisions_at(there, deed.law, gate.id) if gate else ()) if one.id is not None]
    filing = cast("Submission", _given(deed, deed.kind))
    yield PutRecord(
        deed.kind,
        attrs.evolve(
            filing,
            id=deed.new_id(deed.kind),
            status=EFFECTIVE,
            day=filing.day or deed.day,
            covers=tuple(sorted(set(covered))),
            lamps=deed.lamps,
        ),
    )


def _decide(deed: Deed) -> Iterator[Change]:
    kind = _kept_as(deed)
    record = _dated(deed, _given(deed, kind))
    yield PutRecord(kind, attrs.evolve(record, id=deed.new_id(kind), status=EFFECTIVE))


def _explain(deed: Deed) -> Iterator[Change]:
    filing = next((one for one in deed.state.owed if one.id == deed.command.target), deed.state.owed[0])
    given = deed.command.record if isinstance(deed.command.record, Document) else Document()
    statement = attrs.evolve(
        given,
        id=deed.new_id(deed.kind),
        status=EFFECTIVE,
        day=deed.day,
        received=deed.day,
        content=deed.command.content or given.content,
        about=filing.id,
    )
    yield PutRecord(deed.kind, statement)


def _send_back(deed: Deed) -> Iterator[Change]:
    for kind, record in _undone(deed):
        yield PutRecord(kind, attrs.evolve(record, status=RETURNED, returned_for=deed.command.reason))
    yield _ending(deed, deed.command.stage)


def _undone(deed: Deed) -> Iterator[tuple[str, Record]]:
    """Yield what no longer counts; within a stage, only what stands and its decision, not an earlier round."""
    there = effective(deed.dossier)
    stages = list(deed.law.stages)
    if deed.command.stage != deed.state.stage:
        later = stages[stages.index(deed.command.stage or "") :]
        yield from (
            (kind, record) for kind in dict.fromkeys(_kinds_undone(deed.law, later)) for record in there.get(kind, ())
        )
        return
    for gate in deed.state.filed:
        if deed.state.stage in deed.law.stages_of_gate(gate):
            submission, decided_by = deed.law.gates[gate].submission, deed.law.gates[gate].decided_by
            yield submission, there[submission][-1]
            answered = answers(there, deed.law, gate)
            yield from ((kind, one) for kind in decided_by for one in there.get(kind, ()) if one in answered)


def _kinds_undone(law: ProcessLaw, later: list[str]) -> Iterator[str]:
    """Yield the kinds of filings in *later* stages, of their decisions, and of what brought to later ones."""
    for gate in law.gates.values():
        if set(law.stages_of_gate(gate.id)) & set(later):
            yield gate.submission
            yield from gate.decided_by
    for stage in later[1:]:
        yield from law.text.stages_by.get(stage, ())


def _terminate(deed: Deed) -> Iterator[Change]:
    yield _ending(deed, deed.state.stage)


def _ending(deed: Deed, stage: str | None) -> Change:
    record = Termination(id=deed.new_id(deed.kind), day=deed.day, reason=deed.command.reason, stage=stage)
    return PutRecord(deed.kind, record)


def _hand_over(deed: Deed) -> Iterator[Change]:
    given = deed.command.record if isinstance(deed.command.record, Transfer) else Transfer()
    branch = deed.command.branch
    move = attrs.evolve(
        given,
        id=deed.new_id(deed.kind),
        status=EFFECTIVE,
        left=given.left or deed.day,
        received=None,
        to=branch.id if branch else None,
    )
    if deed.state.transfer is not None:  # the one under way leads elsewhere now
        kind, other = deed.state.transfer
        yield PutRecord(kind, attrs.evolve(other, status=WITHDRAWN))
    yield PutRecord(deed.kind, move)


def _take_over(deed: Deed) -> Iterator[Change]:
    if deed.state.transfer is None:
        return
    kind, move = deed.state.transfer
    given = deed.command.record if isinstance(deed.command.record, Transfer) else Transfer()
    taken = attrs.evolve(
        move,
        received=given.received or deed.day,
        reviewed=given.reviewed or move.reviewed,
        outcome=given.outcome or move.outcome,
    )
    yield PutRecord(kind, taken)
    stated = deed.command.branch or attrs.evolve(deed.dossier.branch, name=None)
    branch = attrs.evolve(stated, id=move.to)  # where it was handed over to, and nowhere else
    yield PutBranch(branch, deed.command.superior or deed.dossier.superior)


def _describe(deed: Deed) -> Iterator[Change]:
    if deed.command.person is not None:
        yield PutPerson(deed.command.person)


def _members_named(deed: Deed) -> Iterator[Change]:
    """Put the members whom the record names; of others a command has nothing to say."""
    named = deed.command.record.people if isinstance(deed.command.record, Assignment) else None
    yield from (PutMember(member) for member in deed.command.members if member.id in (named or ()))


def _put(deed: Deed, kind: str, status: str) -> Change:
    return PutRecord(kind, attrs.evolve(_given(deed, kind), id=deed.new_id(kind), status=status))


def _dated(deed: Deed, record: Record) -> Record:
    """Give a record that says nothing of its day the day on which it is made."""
    if record.act_day is not None:
        return record
    dated: dict[str, Any] = {record.ACT_DAY: deed.day}
    return attrs.evolve(record, **dated)


def _given(deed: Deed, kind: str) -> Record:
    return deed.command.record or deed.law.kinds[kind].type()


def _target(deed: Deed) -> Record:
    return cast("Record", find_target(deed.dossier, deed.command, deed.law))


def _kept_as(deed: Deed) -> str:
    outcome: str = getattr(deed.command.record, "outcome", None) or ""
    return deed.law.steps[deed.kind].recorded_as.get(outcome, deed.kind)


def _kinds(deed: Deed) -> tuple[str, ...]:
    return target_kinds(deed.law.steps.get(deed.kind), deed.kind)


_EFFECTS: dict[str, Callable[[Deed], Iterator[Change]]] = {
    "hand-in": _hand_in,
    "approve": _approve,
    "return": _return,
    "record": _record,
    "edit": _edit,
    "delete": _delete,
    "file": _file,
    "decide": _decide,
    "explain": _explain,
    "send-back": _send_back,
    "terminate": _terminate,
    "hand-over": _hand_over,
    "take-over": _take_over,
    "describe": _describe,
}

__all__ = ["Deed", "changes_of", "reviewed_by"]
