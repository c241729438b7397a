"""Rulesets to a program: bodies by edition, groups of editions, outcomes that exclude one another, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from devrules.days import WorkingDays
from devrules.dossier.kinds import Kind
from devrules.errors import InvalidRuleset, Problem
from devrules.law.model import Edition, Regulation
from devrules.program import measures as m
from devrules.program.checks import AS_OF, CheckError, Context, compile_check
from devrules.program.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Every,
    Names,
    Outcome,
    Plain,
    Some,
    compared,
    never,
    surely,
)
from devrules.program.model import Body, Compiled, Group, Wanted
from devrules.program.paths import PathError, scalar, split
from devrules.program.program import Program
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.model import Rule, Ruleset, Value, When

SOFTENED = "softened"
"""Not a note that users see: a fail that rests on an assumed beginning, and so may be none."""


def compile_rulesets(rulesets: Sequence[Ruleset], calendar: WorkingDays) -> Program:
    """
    Compile rulesets to one program.

    Args:
        rulesets: The national ones first, then the overlays.
        calendar: The working days.

    Raises:
        InvalidRuleset: With every rule that cannot be compiled, and why.
    """
    program, problems = compile_what_can_be(rulesets, calendar)
    if problems:
        raise InvalidRuleset(problems)
    return program


def compile_what_can_be(rulesets: Sequence[Ruleset], calendar: WorkingDays) -> tuple[Program, list[Problem]]:
    """Compile rulesets as :func:`compile_rulesets` does; leave out the rules that cannot be, and tell why."""
    linker = _Linker(rulesets)
    compiled = tuple(rule for rule in (linker.compile(rule) for rule in linker.rules) if rule is not None)
    measures = m.in_order(list(chain.from_iterable(map(_measures, compiled))))
    names = {measure: f"m{n}" for n, measure in enumerate(measures)}
    program = Program(
        rulesets=tuple(rulesets),
        kinds=linker.kinds,
        stages=tuple(stage for ruleset in rulesets for stage in ruleset.stages),
        gates=tuple(gate for ruleset in rulesets for gate in ruleset.gates),
        calendar=calendar,
        rules=compiled,
        measures=tuple(measures),
        names=names,
        outcomes=tuple(chain.from_iterable(_outcomes(rule, names) for rule in compiled)),
        notes={rule.id: _notes(rule, names) for rule in compiled},
    )
    return program, linker.problems


class _Linker:
    """What rules refer to across files, and what is wrong with their references."""

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        self.kinds: dict[str, Kind] = {}
        self.parameters: dict[str, Mapping[str, Value]] = {}
        self.problems: list[Problem] = []
        for ruleset in rulesets:
            self._add(self.kinds, ruleset.kinds, "kind", ruleset)
            self._add(self.parameters, ruleset.parameters, "parameter", ruleset)
        self.regulations: list[Regulation] = [one for ruleset in rulesets for one in ruleset.regulations]
        self.gates = {gate.id: gate for ruleset in rulesets for gate in ruleset.gates}
        self.rules: list[Rule] = [rule for ruleset in rulesets for rule in ruleset.rules]
        ids = [rule.id for rule in self.rules]
        for rule in self.rules:
            if ids.count(rule.id) > 1:
                self._problem(rule, "another ruleset has a rule of this name", "an overlay only adds: rename it")
        self._check_process(rulesets)

    def compile(self, rule: Rule) -> Compiled | None:
        try:
            return self._compiled(rule)
        except (CheckError, PathError) as error:
            self._problem(rule, str(error))
        return None

    def _compiled(self, rule: Rule) -> Compiled | None:
        regulation = self._regulation(rule)
        if regulation is None:
            return None
        for judged in rule.judges:
            if judged not in self.kinds:
                raise CheckError(f"judges {judged!r}, which is no kind of record")
        kinds, own = self._judged(rule.judges)
        first = self.kinds[rule.judges[0]]
        day = m.JudgedDay(own, kinds, first.step or first.place)
        starts = tuple(edition.in_force.toordinal() for edition in regulation.editions)
        return Compiled(
            rule=rule,
            regulation=regulation.id,
            editions=regulation.editions,
            day=day,
            edition=m.EditionOf(day, starts),
            groups=tuple(_grouped([self._body(rule, edition) for edition in regulation.editions])),
            applies=None if rule.when is None else self._applies(rule.when),
        )

    def _judged(self, judges: Sequence[str]) -> tuple[tuple[str, ...], m.Measure]:
        """Find the day of the first of some acts that is recorded, stand-ins included."""
        kinds = [self.kinds[name] for judged in judges for name in (judged, self.kinds[judged].stand_in) if name]
        days = tuple(dict.fromkeys(m.ActDay(kind.id, kind.counts) for kind in kinds))
        return tuple(dict.fromkeys(kind.id for kind in kinds)), days[0] if len(days) == 1 else m.FirstKnown(days)

    def _body(self, rule: Rule, edition: Edition) -> Body | None:
        check = rule.bodies.get(edition.id)
        if check is None:
            return None
        values = {}
        for name in parameters_of(check):
            value = self.parameters.get(name, {}).get(edition.id)
            if value is None:
                raise CheckError(f"parameter {name!r} has no value in {edition.id}")
            values[name] = value
        return compile_check(check, Context(self.kinds, edition.id, values, self._gate_step(rule)))

    def _regulation(self, rule: Rule) -> Regulation | None:
        """Find the regulation whose editions the rule's bodies belong to."""
        for regulation in self.regulations:
            editions = {edition.id for edition in regulation.editions}
            if editions.issuperset(rule.bodies):
                return regulation
        self._problem(rule, f"no regulation has the editions {', '.join(rule.bodies)}", "see regulations.toml")
        return None

    def _gate_step(self, rule: Rule) -> int | None:
        if rule.before is None:
            return None
        if rule.before not in self.gates:
            raise CheckError(f"before = {rule.before!r}: there is no such gate ({', '.join(self.gates)})")
        return self.kinds[self.gates[rule.before].submission].step

    def _applies(self, when: When) -> Condition:
        if when.present is not None:
            if when.present not in self.kinds:
                raise CheckError(f"when.present = {when.present!r}, which is no kind of record")
            return Compare(m.Present((when.present,)), ">=", 1)
        if when.value is None:
            raise CheckError("when: expected present or value")
        wanted = int(when.is_ is not False)
        if when.value.partition(".")[0] in self.kinds:
            kind, pick, name, _ = split(when.value, self.kinds)
            return Compare(m.Field(kind.id, pick, name, when.among), "==", wanted)
        return Compare(scalar(when.value, when.among, when.assume), "==", wanted)

    def _check_process(self, rulesets: Sequence[Ruleset]) -> None:
        for ruleset in rulesets:
            named = [(f"stages.{one.id}", kind) for one in ruleset.stages for kind in one.entered_by]
            named += [(f"gates.{one.id}", one.submission) for one in ruleset.gates]
            for place, kind in named:
                if kind not in self.kinds:
                    where = f"{ruleset.path / 'process.toml'} {place}"
                    self.problems.append(Problem(where, f"there is no kind of record {kind!r}"))
            for kind_id, kind_read in ruleset.kinds.items():
                if kind_read.stand_in is not None and kind_read.stand_in not in self.kinds:
                    where = f"{ruleset.path / 'kinds.toml'} {kind_id}.stand_in"
                    self.problems.append(Problem(where, f"there is no kind of record {kind_read.stand_in!r}"))

    def _add(self, into: dict[str, Any], new: Mapping[str, Any], what: str, ruleset: Ruleset) -> None:
        for name, one in new.items():
            if name in into:
                self.problems.append(
                    Problem(
                        f"{ruleset.path} {name}", f"another ruleset has a {what} of this name", "an overlay only adds"
                    )
                )
            into[name] = one

    def _problem(self, rule: Rule, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(rule.place or rule.id, what, remedy))


def _grouped(bodies: Sequence[Body | None]) -> Iterator[Group]:
    """Join adjacent editions with the same body."""
    first = 1
    for n, body in enumerate(bodies, start=1):
        if n == len(bodies) or bodies[n] != body:
            yield Group(first, n, body)
            first = n + 1


def _measures(compiled: Compiled) -> Iterator[m.Measure]:
    """Yield the measures that a rule's outcomes, notes and findings read."""
    yield compiled.edition
    yield from compared(compiled.applies) if compiled.applies is not None else ()
    for group in compiled.groups:
        if group.body is not None:
            yield from _body_measures(group.body)


def _body_measures(body: Body) -> Iterator[m.Measure]:
    conditions = [body.ok, _overdue(body), _waiting(body), *body.close, *body.other_readings]
    yield from chain.from_iterable(compared(condition) for condition in conditions)
    yield from (shown.measure for shown in body.measured)
    yield from (one for one in (body.due, body.grace) if one is not None)
    yield from body.anchors
    yield from body.assumed


def _outcomes(compiled: Compiled, names: Names) -> Iterator[Outcome]:
    """
    Compile a rule's outcomes: one a verdict and a group of editions.

    A group without a body is not applicable. Days before the first edition have no outcome: unknown.
    """
    for group in compiled.groups:
        guard = _guard(compiled, group, names)
        if group.body is None:
            yield Outcome(compiled.id, "not_applicable", AllOf(guard))
            continue
        if compiled.applies is not None:
            yield Outcome(compiled.id, "not_applicable", AllOf((*guard, never(compiled.applies, names))))
            guard = (*guard, surely(compiled.applies, names))
        for verdict, when in _verdicts(group.body, names):
            yield Outcome(compiled.id, verdict, AllOf((*guard, when)))


def _guard(compiled: Compiled, group: Group, names: Names) -> tuple[Plain, ...]:
    return (
        surely(Compare(compiled.edition, ">=", group.first), names),
        surely(Compare(compiled.edition, "<=", group.last), names),
    )


def _verdicts(body: Body, names: Names) -> Iterator[tuple[str, Plain]]:
    yield "pass", surely(body.ok, names)
    failed = [never(body.ok, names)] if body.refutable and body.idle is None else []
    if body.idle is not None:
        failed.append(AllOf((never(body.idle, names), never(body.ok, names))))
    if body.wanted:
        failed.append(surely(_overdue(body), names))
    yield "fail", AnyOf(tuple(failed))
    waiting = [surely(_waiting(body), names)] if body.wanted else []
    if body.idle is not None:
        waiting.append(surely(body.idle, names))
    if waiting:
        yield "pending", AnyOf(tuple(waiting))


def _overdue(body: Body) -> Condition:
    """Tell when something that is wanted is missing and can no longer be expected."""
    return Some(tuple(chain([_past_due(body)] if _bound(body) else [], map(_gone, _undated(body)))))


def _waiting(body: Body) -> Condition:
    """Tell when something that is wanted is missing and still expected."""
    if not _bound(body):
        return _all_open(body.wanted)
    missing = _missing(body.wanted[0])
    in_time = Compare(_time_over(body), "<=", 0)
    anchors = body.wanted[1:]
    if not anchors:
        return Every((missing, in_time))
    return Every((missing, Some((in_time, _all_open(anchors)))))


def _all_open(wanted: tuple[Wanted, ...]) -> Condition:
    """Each is there or not yet due by the process, and one is missing."""
    open_ = [Some((Compare(one.there, ">=", 1), Compare(one.late, "<=", 0))) for one in wanted]
    return Every((*open_, Some(tuple(map(_missing, wanted)))))


def _bound(body: Body) -> bool:
    return body.due is not None and body.due_binds


def _undated(body: Body) -> tuple[Wanted, ...]:
    return body.wanted[1:] if _bound(body) else body.wanted


def _past_due(body: Body) -> Condition:
    return Every((_missing(body.wanted[0]), Compare(_time_over(body), ">", 0)))


def _time_over(body: Body) -> m.Measure:
    due = body.grace or body.due
    assert due is not None  # noqa: S101  # only called for bodies with a due day
    return m.Between(due, AS_OF)


def _missing(wanted: Wanted) -> Condition:
    return Compare(wanted.there, "<=", 0)


def _gone(wanted: Wanted) -> Condition:
    return Every((_missing(wanted), Compare(wanted.late, ">=", 1)))


def _notes(compiled: Compiled, names: Names) -> dict[str, Plain]:
    found: dict[str, list[Plain]] = {"transition": [], "borderline": [], "assumed": [], SOFTENED: []}
    found["transition"] += _not_yet_public(compiled, names)
    for group in compiled.groups:
        if group.body is None:
            continue
        guard = _guard(compiled, group, names)
        if group.first > 1:
            start = compiled.editions[group.first - 1].in_force.toordinal()
            for anchor in group.body.anchors:
                found["transition"].append(AllOf((*guard, surely(Compare(anchor, "<", start), names))))
        found["borderline"] += [AllOf((*guard, close)) for close in _close(group.body, names)]
        for note, measures in (("assumed", group.body.assumed), (SOFTENED, group.body.softened)):
            found[note] += [AllOf((*guard, surely(Compare(one, ">=", 1), names))) for one in measures]
    return {note: AnyOf(tuple(plains)) for note, plains in found.items() if plains}


def _not_yet_public(compiled: Compiled, names: Names) -> Iterator[Plain]:
    """The act was done while its edition was in force but could not be read yet."""
    for edition in compiled.editions:
        if edition.public is not None:
            since = Compare(compiled.day, ">=", edition.in_force.toordinal())
            until = Compare(compiled.day, "<", edition.public.toordinal())
            yield surely(Every((since, until)), names)


def _close(body: Body, names: Names) -> Iterator[Plain]:
    """One day, or another accepted reading, would change the verdict."""
    yield from (surely(close, names) for close in body.close)
    for other in body.other_readings:
        yield AllOf((surely(body.ok, names), never(other, names)))
        yield AllOf((never(body.ok, names), surely(other, names)))


__all__ = ["compile_rulesets", "compile_what_can_be"]
