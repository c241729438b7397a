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
from devrules.program.applies import applies
from devrules.program.checks import CheckError, Context, compile_check
from devrules.program.conditions import Every
from devrules.program.model import Body, Compiled, Group
from devrules.program.outcomes import measures, notes, outcomes
from devrules.program.paths import PathError
from devrules.program.program import Program
from devrules.program.resolve import resolve
from devrules.ruleset.checks import Check
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.model import Part, Rule, Ruleset, Subject, Value
from devrules.ruleset.process import Ending


def compile_rulesets(rulesets: Sequence[Ruleset], calendar: WorkingDays, subject: Subject = "person") -> Program:
    """
    Compile rulesets to one program.

    Args:
        rulesets: The national ones first, then the overlays.
        calendar: The working days.
        subject: Whom the program judges: only the rules about them are compiled.

    Raises:
        InvalidRuleset: With every rule that cannot be compiled, and why.
    """
    program, problems = compile_what_can_be(rulesets, calendar, subject)
    if problems:
        raise InvalidRuleset(problems)
    return program


def compile_what_can_be(
    rulesets: Sequence[Ruleset], calendar: WorkingDays, subject: Subject = "person"
) -> tuple[Program, list[Problem]]:
    """Compile rulesets as :func:`compile_rulesets` does; leave out the rules that cannot be, and tell why."""
    linker = _Linker(rulesets, subject)
    wanted = [rule for rule in linker.rules if rule.subject == subject]
    compiled = tuple(rule for rule in map(linker.compile, wanted) if rule is not None)
    taken = m.in_order(list(chain.from_iterable(map(measures, compiled))))
    names = {measure: f"m{n}" for n, measure in enumerate(taken)}
    program = Program(
        rulesets=linker.rulesets,
        kinds=linker.kinds,
        stages=linker.stages,
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

    def __init__(self, rulesets: Sequence[Ruleset], subject: Subject) -> None:
        self.kinds: dict[str, Kind] = {}
        self.parameters: dict[str, Mapping[str, Value]] = {}
        self.problems: list[Problem] = []
        for ruleset in rulesets:
            self._add(self.kinds, ruleset.kinds, "kind", ruleset)
            self._add(self.parameters, ruleset.parameters, "parameter", ruleset)
        self.regulations: list[Regulation] = [one for ruleset in rulesets for one in ruleset.regulations]
        self.stages = tuple(stage for ruleset in rulesets for stage in ruleset.stages)
        self.special = tuple(kind for ruleset in rulesets for kind in ruleset.special_ways)
        self.endings = self._endings(rulesets) if subject == "person" else ()
        self.as_of = m.AsOf(self.endings)
        self.gates = {gate.id: gate for ruleset in rulesets for gate in ruleset.gates}
        self.bases = {rule.id: rule for ruleset in rulesets for rule in ruleset.rules}
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

    def _endings(self, rulesets: Sequence[Ruleset]) -> tuple[Ending, ...]:
        """List what ends the process of a person; that the kinds exist is asked of the process as a whole."""
        written = (one for ruleset in rulesets for one in ruleset.process.endings)
        return tuple(one for one in written if self.kinds.keys() >= {one.by, *one.unless})

    def _resolved(self, rule: Rule) -> Rule:
        resolved, problems = resolve(rule, self.parameters, self.bases, self.regulations)
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
        day = m.JudgedDay(own, kinds, first.step or first.place, self.as_of)
        editions, bodies = self._bodies(rule, regulation)
        starts = tuple(edition.in_force.toordinal() for edition in editions)
        return Compiled(
            rule=rule,
            regulation=regulation.id,
            editions=editions,
            day=day,
            edition=m.EditionOf(day, starts),
            groups=tuple(_grouped(bodies)),
            applies=Every(tuple(applies(one, self.kinds) for one in rule.when)) if rule.when else None,
            special=None if rule.always or not self.special else m.There(self.special),
            over=m.Over(self.endings) if self.endings else None,
        )

    def _judged(self, judges: Sequence[str]) -> tuple[tuple[str, ...], m.Measure]:
        """Find the day of the first of some acts that is recorded, stand-ins included."""
        named = (name for judged in judges for name in (judged, self.kinds[judged].stand_in))
        kinds = [self.kinds[name] for name in named if name in self.kinds]
        days = tuple(dict.fromkeys(m.ActDay(kind.id, kind.counts) for kind in kinds))
        return tuple(dict.fromkeys(kind.id for kind in kinds)), days[0] if len(days) == 1 else m.FirstKnown(days)

    def _bodies(self, rule: Rule, regulation: Regulation) -> tuple[tuple[Edition, ...], list[Body | None]]:
        """
        Compile a rule's bodies, with the editions in which it has them.

        One that extends a rule of the law begins anew, under its own edition, where an edition of the law changes it.
        """
        editions: list[Edition] = []
        bodies: list[Body | None] = []
        for edition in regulation.editions:
            parts = [one for one in rule.parts if one.edition == edition.id]
            for part in parts or [Part(edition.id, edition.in_force, rule.bodies.get(edition.id))]:
                since = attrs.evolve(edition, in_force=part.since)
                body = self._body(rule, since, part.check)
                if not (editions and editions[-1].id == edition.id and bodies[-1] == body):
                    editions.append(since)
                    bodies.append(body)
        return tuple(editions), bodies

    def _body(self, rule: Rule, edition: Edition, check: Check | None) -> Body | None:
        if check is None:
            return None
        values = {}
        for name in parameters_of(check):
            known = self.parameters.get(name, {})
            value = known.get(edition.id) or known.get(self._basis(rule, edition))
            if value is None:
                raise CheckError(f"parameter {name!r} has no value in {edition.id}")
            values[name] = value
        context = Context(self.kinds, edition.id, values, self._gate_step(rule), rule.judges, self.stages, self.as_of)
        return attrs.evolve(compile_check(check, context), as_of=self.as_of)

    def _basis(self, rule: Rule, edition: Edition) -> str:
        """Tell the edition of the law that a rule which extends a national one starts from; empty for any other."""
        regulation = self._regulation(self.bases[rule.extends]) if rule.extends in self.bases else None
        found = regulation and regulation.in_force(edition.in_force)
        return found.id if found else ""

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
        for one in ruleset.kinds.values():
            named += [
                (f"kinds.toml {one.id}.{key}", kind)
                for key, kind in (("stand_in", one.stand_in), ("takes_from", one.takes_from))
                if kind is not None
            ]
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
    """Join adjacent editions with the same body, though a fail may be in doubt in some of them only."""
    alike = [body and attrs.evolve(body, softened=()) for body in bodies]
    first = 1
    for n, body in enumerate(alike, start=1):
        if n == len(bodies) or alike[n] != body:
            yield _group(first, bodies[first - 1 : n])
            first = n + 1


def _group(first: int, bodies: Sequence[Body | None]) -> Group:
    body, last = bodies[0], first + len(bodies) - 1
    if body is None or all(one == body for one in bodies):
        return Group(first, last, body)
    softened = tuple((n, one.softened) for n, one in enumerate(bodies, start=first) if one is not None)
    return Group(first, last, attrs.evolve(body, softened=()), softened)


__all__ = ["compile_rulesets", "compile_what_can_be"]
