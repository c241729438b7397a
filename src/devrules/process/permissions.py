"""
The process to rules that durable-rules judges.

Everything that can be done is one rule over a flat fact of whole numbers, and each of its guards one more, which tells
what is wrong where it may not be done.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from devrules.process.law import ProcessLaw
from devrules.program.conditions import AllOf, AnyOf, Outcome, Plain, Test
from devrules.ruleset.process import CommandText, Need, Reach, Step, Verb

ALLOWED = "allowed"
MET = "met"
REACHES: tuple[Reach, ...] = ("self", "assigned", "own", "below", "receiving")
NEVER_DAY = date.max.toordinal()


@attrs.frozen
class Guard:
    """
    Something that must hold.

    Args:
        name: What refusals call it.
        when: When it holds.
        of: What it is about, for the sentence that says what is wrong: a kind, a gate, outcomes, stages.
    """

    name: str
    when: Plain
    of: tuple[str, ...] = ()


@attrs.frozen
class Permission:
    """
    Something that can be done.

    Args:
        id: The rule, as ``record:talk``.
        verb: The command.
        kind: The kind of record.
        standing: What must hold of the dossier and the actor.
        asked: What must hold of what is handed over with the command.
        asks: What must be stated, in words.
    """

    id: str
    verb: str
    kind: str | None
    standing: tuple[Guard, ...]
    asked: tuple[Guard, ...]
    asks: tuple[str, ...] = ()

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the rules: whether it is allowed, and for every guard whether it is met."""
        yield Outcome(self.id, ALLOWED, AllOf(tuple(guard.when for guard in self.standing)))
        for n, guard in enumerate((*self.standing, *self.asked)):
            yield Outcome(f"{self.id}/{n}", MET, guard.when)


class Codes:
    """Names to the whole numbers that stand for them in the fact; 0 stands for none."""

    def __init__(self, law: ProcessLaw) -> None:
        self._stages = list(law.stages)
        self._roles = list(law.roles)
        self._outcomes = list(law.text.outcomes)

    def stage(self, stage: str) -> int:
        """Number a stage, in order."""
        return self._stages.index(stage) + 1 if stage in self._stages else 0

    def role(self, role: str) -> int:
        """Number a role."""
        return self._roles.index(role) + 1 if role in self._roles else 0

    def reach(self, reach: Reach | None) -> int:
        """Number a reach."""
        return REACHES.index(reach) + 1 if reach else 0

    def outcome(self, outcome: str | None) -> int:
        """Number an outcome; one that the process does not know, like none at all, is 1."""
        return self._outcomes.index(outcome) + 2 if outcome in self._outcomes else 1


def permissions(law: ProcessLaw) -> dict[str, Permission]:
    """
    Compile the process.

    Args:
        law: The process.

    Returns:
        By its name, everything that can be done.
    """
    compiler = _Compiler(law)
    found = [*compiler.commands(), *(one for step in law.steps.values() for one in compiler.step(step))]
    return {permission.id: permission for permission in found}


_FROM_REVIEW: tuple[Verb, ...] = ("approve", "return")
_FROM_RECORD: tuple[Verb, ...] = ("record", "edit", "delete")


class _Compiler:
    def __init__(self, law: ProcessLaw) -> None:
        self.law = law
        self.codes = Codes(law)

    def commands(self) -> Iterator[Permission]:
        for command in self.law.text.commands:
            if command.roles:
                asked = [self._asked(one) for one in command.asks]
                if any(need.owed for need in command.needs):
                    asked.append(_is("owed", "target.owed", 1))
                standing = tuple(self._command_guards(command))
                yield Permission(command.id, command.id, None, standing, tuple(asked), command.asks)

    def _command_guards(self, command: CommandText) -> Iterator[Guard]:
        yield from self._actor(command.roles, command.reaches)
        if not command.after_end:
            yield _is("going", "ended", 0)
        if command.stages:
            yield self._stage([(0, NEVER_DAY, command.stages)])
        yield from (self._need(need, ()) for need in command.needs)
        if "receiving" in command.reaches and len(command.reaches) == 1:
            yield _is("transfer", "transfer", 1)

    def step(self, step: Step) -> Iterator[Permission]:
        if step.hand_in:
            once = [_is("once", f"approved.{step.kind}", 0)] if step.once else []
            yield self._permission("hand-in", step, step.hand_in, once)
        if step.review:
            yield from (self._review(verb, step) for verb in _FROM_REVIEW)
        if step.record:
            yield from (
                self._permission(verb, step, step.record, asked=self._recorded(verb, step)) for verb in _FROM_RECORD
            )
        if step.file:
            yield self._filing(step)
        if step.decide:
            yield self._permission("decide", step, step.decide, asked=self._outcome(step))

    def _review(self, verb: Verb, step: Step) -> Permission:
        asked = [_is("submitted", "target.submitted", 1)]
        if verb == "return":
            asked.append(self._asked("reason"))
        return self._permission(verb, step, step.review, asked=asked)

    def _recorded(self, verb: Verb, step: Step) -> list[Guard]:
        asked: list[Guard] = []
        if verb != "record":
            asked = [_is("target", "target.there", 1), _is("sealed", "target.sealed", 0)]
        if verb != "delete":
            asked += self._outcome(step)
            asked += (self._asked(one) for one in step.asks)
            if step.members_from:
                asked.append(_is("members", "given.members", 1, (step.members_from,)))
        return [*asked, self._asked("author")]

    def _outcome(self, step: Step) -> list[Guard]:
        if not step.outcomes:
            return []
        among = _among("given.outcome", [self.codes.outcome(outcome) for outcome in step.outcomes])
        return [Guard("outcome", among, step.outcomes)]

    def _filing(self, step: Step) -> Permission:
        gate = self.law.gate_filed_by(step.kind)
        name = gate.id if gate else step.kind
        unlit = Test("lamps", "==", 0)
        asked = [self._asked(one) for one in step.asks]
        asked.append(Guard("lamps", AnyOf((unlit, Test("acknowledged", "==", 1))), (name,)))
        return self._permission("file", step, step.file, [_is("filed", f"filed.{name}", 0, (name,))], asked)

    def _permission(
        self,
        verb: Verb,
        step: Step,
        roles: Sequence[str],
        more: Sequence[Guard] = (),
        asked: Sequence[Guard] = (),
    ) -> Permission:
        command = self.law.commands[verb]
        standing = [*self._actor(roles, command.reaches), _is("going", "ended", 0), *self._open(step), *more]
        asks = tuple(dict.fromkeys(guard.name for guard in asked if guard.name in _STATED))
        return Permission(f"{verb}:{step.kind}", verb, step.kind, tuple(standing), tuple(asked), asks)

    def _actor(self, roles: Sequence[str], reaches: Sequence[Reach]) -> Iterator[Guard]:
        yield Guard("role", _among("role", [self.codes.role(role) for role in roles]), tuple(roles))
        yield Guard("reach", _among("reach", [self.codes.reach(reach) for reach in reaches]))

    def _open(self, step: Step) -> Iterator[Guard]:
        periods = list(self._periods(step))
        yield self._stage([(first, last, stages) for first, last, stages, _ in periods])
        yield from (_is("locked", f"locked.{gate}", 0, (gate,)) for gate in step.locked_by)
        for first, last, _, needs in periods:
            outside = () if (first, last) == (0, NEVER_DAY) else (Test("day", "<", first), Test("day", ">", last))
            yield from (self._need(need, outside) for need in needs)

    def _periods(self, step: Step) -> Iterator[tuple[int, int, tuple[str, ...], tuple[Need, ...]]]:
        """Yield from when until when which stages and needs hold, the editions in the order of their days."""
        opening = (step.stages, step.needs)
        first = 0
        for edition in sorted(step.editions, key=lambda one: self.law.in_force[one]):
            start = self.law.in_force[edition]
            yield first, (start - timedelta(days=1)).toordinal(), *opening
            first, opening = start.toordinal(), (step.editions[edition].stages, step.editions[edition].needs)
        yield first, NEVER_DAY, *opening

    def _stage(self, periods: Sequence[tuple[int, int, Sequence[str]]]) -> Guard:
        parts = []
        for first, last, stages in periods:
            among = _among("stage", [self.codes.stage(stage) for stage in stages])
            whole = (first, last) == (0, NEVER_DAY)
            parts.append(among if whole else AllOf((Test("day", ">=", first), Test("day", "<=", last), among)))
        named = tuple(dict.fromkeys(stage for _, _, stages in periods for stage in stages))
        return Guard("stage", parts[0] if len(parts) == 1 else AnyOf(tuple(parts)), named)

    def _need(self, need: Need, outside: tuple[Plain, ...]) -> Guard:
        name, prop, of = _need_prop(need)
        when: Plain = Test(prop, "==", 1)
        if need.unless:
            when = _none_of(prop, [self.codes.outcome(outcome) for outcome in need.among])
        elif need.among:
            ended_so = _among(f"last.{need.present}", [self.codes.outcome(outcome) for outcome in need.among])
            when = AnyOf((when, ended_so))
        if need.stages:
            outside = (*outside, _none_of("stage", [self.codes.stage(stage) for stage in need.stages]))
        return Guard(name, AnyOf((*outside, when)) if outside else when, of)

    def _asked(self, name: str) -> Guard:
        return _is(name, f"given.{name}", 1)


_STATED = ("reason", "outcome", "dues", "by", "attachments", "members")


def _need_prop(need: Need) -> tuple[str, str, tuple[str, ...]]:
    if need.present:
        return "present", f"counts.{need.present}", (need.present,)
    if need.unless:
        return "unless", f"last.{need.unless}", (need.unless, *need.among)
    if need.waiting:
        return "waiting", f"waiting.{need.waiting}", (need.waiting,)
    return "owed", "owed", ()


def _is(name: str, prop: str, value: int, of: tuple[str, ...] = ()) -> Guard:
    return Guard(name, Test(prop, "==", value), of)


def _among(prop: str, codes: Sequence[int]) -> Plain:
    tests = tuple(Test(prop, "==", code) for code in codes)
    return tests[0] if len(tests) == 1 else AnyOf(tests)


def _none_of(prop: str, codes: Sequence[int]) -> Plain:
    """Every code is avoided: the ranges between and around them."""
    ordered = sorted(set(codes))
    parts: list[Plain] = [Test(prop, "<", ordered[0])]
    parts += [AllOf((Test(prop, ">", low), Test(prop, "<", high))) for low, high in itertools.pairwise(ordered)]
    parts.append(Test(prop, ">", ordered[-1]))
    return AnyOf(tuple(parts))


__all__ = ["ALLOWED", "MET", "REACHES", "Codes", "Guard", "Permission", "permissions"]
