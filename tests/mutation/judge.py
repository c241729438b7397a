"""Mutants to survivors: each is compiled alone and judged, by the reference engine, on its rule's own cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

import attrs
from mutation.mutants import LAW_ONLY, Mutant, Tweak, alone, mutants, unchanged

import devrules
from devrules.days import WorkingDays
from devrules.dossier.convert import ALL, read_dossier
from devrules.dossier.model import Dossier
from devrules.engine.reference import Reference
from devrules.errors import EngineDisagreement
from devrules.findings.finding import Finding
from devrules.findings.judge import Judge
from devrules.findings.model import Judgement
from devrules.plugin import Plugins
from devrules.program import measures as m
from devrules.program.evaluate import Evaluator
from devrules.program.from_ruleset import compile_what_can_be
from devrules.program.model import Compiled
from devrules.program.outcomes import measures, notes, outcomes
from devrules.program.program import Program
from devrules.program.view import View
from devrules.ruleset.model import Case, Ruleset
from devrules.testing.cases import differences


@attrs.frozen
class Ready:
    """A case with its dossier as the measures read it."""

    case: Case
    dossier: Dossier
    view: View


@attrs.frozen
class Result:
    """
    How the mutants of a rule fared.

    Args:
        rule: The rule.
        killed: How many a case noticed.
        survived: The names of those that none did.
        same: How many compile to what the rule itself does, and so are no change.
        invalid: How many do not compile.
        wrong: The cases that the rule itself does not meet when it is alone: the run is worth nothing then.
    """

    rule: str
    killed: int
    survived: tuple[str, ...]
    same: int = 0
    invalid: int = 0
    wrong: tuple[str, ...] = ()


@cache
def everything() -> tuple[devrules.Rules, dict[str, tuple[Ready, ...]]]:
    """Load the national rules and every overlay, and make their cases ready, once a process."""
    offered = chain.from_iterable(Plugins().call("devrules_rulesets"))
    rules = devrules.load(overlays=[one.id for one in offered if not one.national], engine="reference")
    kinds = rules.program.kinds
    ready: defaultdict[str, list[Ready]] = defaultdict(list)
    subjects = {compiled.id: compiled.rule.subject for compiled in rules.compiled}
    for case in chain.from_iterable(ruleset.cases for ruleset in rules.rulesets):
        data: dict[str, Any] = {"subject": subjects[case.rule], **case.dossier}
        dossier = read_dossier(data, kinds, where=case.place, recorded=ALL)
        ready[case.rule].append(Ready(case, dossier, View(dossier, case.as_of, kinds)))
    return rules, {rule: tuple(found) for rule, found in ready.items()}


def rule_ids() -> list[str]:
    """List the rules that have mutants."""
    return [compiled.id for compiled in everything()[0].compiled]


def compiled_alone(ruleset: Ruleset, calendar: WorkingDays, tweak: Tweak = unchanged) -> Program | None:
    """Compile a ruleset of one rule; ``None`` where it cannot be."""
    program, problems = compile_what_can_be([ruleset], calendar, ruleset.rules[0].subject)
    if problems or not program.rules:
        return None
    if tweak is unchanged:
        return program
    rule = tweak(program.rules[0])
    taken = m.in_order(list(measures(rule)))
    names = {measure: f"m{n}" for n, measure in enumerate(taken)}
    return attrs.evolve(
        program,
        rules=(rule,),
        measures=tuple(taken),
        names=names,
        outcomes=tuple(outcomes(rule, names)),
        notes={rule.id: notes(rule, names)},
    )


def failed(program: Program, cases: Sequence[Ready]) -> Iterator[str]:
    """Yield the cases that end otherwise than they say."""
    engine = Reference(program.outcomes)
    evaluator = Evaluator(program.measures, program.kinds, program.calendar)
    judge = Judge(program)
    for ready in cases:
        values = evaluator.values(ready.view)
        fact = judge.fact(values)
        judgement = Judgement(program, ready.dossier, ready.case.as_of, values, ready.view)
        try:
            finding: Finding = judge.findings(judgement, engine.judge(fact), fact)[0]
        except EngineDisagreement:  # two verdicts at once, which no case expects
            yield ready.case.says
            continue
        if next(differences(ready.case, finding), None) is not None:
            yield ready.case.says


def run_rule(rule: str) -> Result:
    """Try every mutant of one rule."""
    rules, cases = everything()
    own = alone(rules.rulesets, rule)
    original = compiled_alone(own, rules.program.calendar)
    assert original is not None, rule
    wrong = tuple(failed(original, cases[rule]))
    seen = {_meaning(original)}
    counted = {"killed": 0, "same": 0, "invalid": 0}
    survived: list[str] = []
    local = own.rules[0].strength == "local"
    for mutant in mutants(own, original.rules[0]):
        if local and mutant.operator in LAW_ONLY:
            continue
        fate = _fate(mutant, seen, cases[rule], rules.program.calendar)
        if fate == "survived":
            survived.append(mutant.id)
        else:
            counted[fate] += 1
    return Result(rule, survived=tuple(survived), wrong=wrong, **counted)


def _fate(mutant: Mutant, seen: set[str], cases: Sequence[Ready], calendar: WorkingDays) -> str:
    program = compiled_alone(mutant.ruleset, calendar, mutant.tweak)
    if program is None:
        return "invalid"
    meaning = _meaning(program)
    if meaning in seen:
        return "same"
    seen.add(meaning)
    return "killed" if any(failed(program, cases)) else "survived"


def _meaning(program: Program) -> str:
    """Write what a rule means to a reader of its findings: two mutants that mean the same are one."""
    compiled: Compiled = program.rules[0]
    rule = compiled.rule
    cited = {edition: found[0].article for edition, found in rule.citations.items() if found}
    parts = (compiled.groups, compiled.applies, compiled.special, compiled.edition, rule.strength, rule.before, cited)
    return repr(parts)
