"""Rulesets to a program: bodies by edition, groups of editions, outcomes that exclude one another, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import attrs

from devrules.days import WorkingDays
from devrules.dossier.kinds import Kind
from devrules.errors import InvalidRuleset, Problem
from devrules.law.model import Edition, Regulation
from devrules.plain import nearest
from devrules.program import measures as m
from devrules.program.checks import CheckError, Context, compile_check
from devrules.program.conditions import Compare, Condition
from devrules.program.model import Body, Compiled, Group
from devrules.program.outcomes import measures, notes, outcomes
from devrules.program.paths import PathError, scalar, split
from devrules.program.program import Program
from devrules.program.resolve import resolve
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.model import Rule, Ruleset, Value, When


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
    taken = m.in_order(list(chain.from_iterable(map(measures, compiled))))
    names = {measure: f"m{n}" for n, measure in enumerate(taken)}
    program = Program(
        rulesets=linker.rulesets,
        kinds=linker.kinds,
        stages=tuple(stage for ruleset in rulesets for stage in ruleset.stages),
        gates=tuple(gate for ruleset in rulesets for gate in ruleset.gates),
        calendar=calendar,
        rules=compiled,
        measures=tuple(taken),
        names=names,
        outcomes=tuple(chain.from_iterable(outcomes(rule, names) for rule in compiled)),
        notes={rule.id: notes(rule, names) for rule in compiled},
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
        self.rulesets = tuple(
            attrs.evolve(ruleset, rules=tuple(map(self._resolved, ruleset.rules))) for ruleset in rulesets
        )
        self.rules: list[Rule] = [rule for ruleset in self.rulesets for rule in ruleset.rules]
        ids = [rule.id for rule in self.rules]
        for rule in self.rules:
            if ids.count(rule.id) > 1:
                self._problem(rule, "another ruleset has a rule of this name", "an overlay only adds: rename it")
        for ruleset in rulesets:
            self._check_editions(ruleset)
            self._check_process(ruleset)
            self._check_overlay(ruleset)

    def _resolved(self, rule: Rule) -> Rule:
        resolved, problems = resolve(rule, self.parameters)
        self.problems += problems
        return resolved

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
        named = (name for judged in judges for name in (judged, self.kinds[judged].stand_in))
        kinds = [self.kinds[name] for name in named if name in self.kinds]
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
        submission = self.kinds.get(self.gates[rule.before].submission)
        return None if submission is None else submission.step

    def _applies(self, when: When) -> Condition:
        if when.present is not None:
            if when.present not in self.kinds:
                raise CheckError(f"when.present = {when.present!r}, which is no kind of record")
            return Compare(m.Present((when.present,)), ">=", 1)
        if when.value is None:
            raise CheckError("when: expected present or value")
        wanted = int(when.is_ is not False)
        if when.value.partition(".")[0] in self.kinds:
            kind, pick, name, field_type = split(when.value, self.kinds)
            value: m.Measure = m.Field(kind.id, pick, name, when.among)
        else:
            value = scalar(when.value, when.among, when.assume)
            field_type = value.type
        if field_type != ("text" if when.among else "flag"):
            raise CheckError(f"when.value = {when.value!r}: expected {'a text' if when.among else 'yes or no'}")
        return Compare(value, "==", wanted)

    def _check_editions(self, ruleset: Ruleset) -> None:
        """Tell an edition that is misspelt; else a rule would silently ask nothing in it."""
        known = [edition.id for regulation in self.regulations for edition in regulation.editions]
        named = [("parameters", name, edition) for name, values in ruleset.parameters.items() for edition in values]
        named += [("kinds", f"{kind.id}.required", one) for kind in ruleset.kinds.values() for one in kind.required]
        for file, name, edition in named:
            if edition not in known:
                where = f"{ruleset.path / file}.toml {name}.{edition}"
                self.problems.append(Problem(where, f"there is no edition {edition!r}", nearest(edition, known)))

    def _check_process(self, ruleset: Ruleset) -> None:
        named = [(f"process.toml stages.{one.id}", kind) for one in ruleset.stages for kind in one.entered_by]
        named += [(f"process.toml gates.{one.id}", one.submission) for one in ruleset.gates]
        named += [(f"kinds.toml {one.id}.stand_in", one.stand_in) for one in ruleset.kinds.values() if one.stand_in]
        for place, kind in named:
            if kind not in self.kinds:
                self.problems.append(
                    Problem(
                        f"{ruleset.path}/{place}", f"there is no kind of record {kind!r}", nearest(kind, self.kinds)
                    )
                )

    def _check_overlay(self, ruleset: Ruleset) -> None:
        for rule in ruleset.rules:
            if not ruleset.national and rule.strength != "local":
                self._problem(rule, f"strength = {rule.strength!r} in an overlay, which is not the law", "write local")

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


__all__ = ["compile_rulesets", "compile_what_can_be"]
