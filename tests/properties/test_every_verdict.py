"""The generator of dossiers reaches every verdict of every national rule, so that agreement on them says something."""

from __future__ import annotations

from collections import Counter

from dossiers import samples
from judging import OneByOne
from programs import national_program

from devrules.program.program import Program

DOSSIERS = 4000
OFTEN = 50


def possible(program: Program) -> dict[str, set[str]]:
    """Tell the verdicts that each rule has an outcome for; it may always be unknown."""
    verdicts = {compiled.id: {"unknown"} for compiled in program.rules}
    for outcome in program.outcomes:
        if outcome.verdict != "pending" or awaits(program, outcome.rule):
            verdicts[outcome.rule].add(outcome.verdict)
    return verdicts


def awaits(program: Program, rule: str) -> bool:
    """Tell whether a rule can wait for anything: not for what must be there for it to apply."""
    compiled = next(one for one in program.rules if one.id == rule)
    there = None if compiled.rule.when is None else compiled.rule.when.present
    bodies = [group.body for group in compiled.groups if group.body is not None]
    return any(body.idle or any(there not in wanted.kinds for wanted in body.wanted) for body in bodies)


def reached(program: Program) -> Counter[tuple[str, str]]:
    """Count how often each rule comes to each verdict."""
    python = OneByOne(program)
    found: Counter[tuple[str, str]] = Counter()
    for sample in samples(5, DOSSIERS, program.kinds):
        expected = python.expect(sample)
        if expected.clash is None:
            found.update((rule.id, expected.verdicts.get(rule.id, "unknown")) for rule in program.rules)
    return found


def test_every_rule_reaches_every_verdict() -> None:
    """Each verdict that a rule can come to, it comes to at least fifty times."""
    program = national_program()
    counts = reached(program)
    rare = [
        f"{rule:40} {verdict:15} {counts[rule, verdict]:5}"
        for rule, verdicts in possible(program).items()
        for verdict in sorted(verdicts)
        if counts[rule, verdict] < OFTEN
    ]

    assert not rare, "\n".join(["too rare:", *rare])
