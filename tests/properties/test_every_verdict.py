"""
All engines agree wherever the national rules can lead: every verdict of every rule, fifty times and more.

The dossiers are those of the rules' own cases, multiplied. ``DEVRULES_DOSSIERS`` asks for more of them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

import attrs
import pytest
from cases import Company, Wanted, by_wanted, told
from dossiers import Sample
from judging import Expected, OneByOne
from programs import national_program, national_ruleset

from devrules.api.rules import SUBJECTS
from devrules.engine.durable import Durable
from devrules.population.api import ColumnEngine
from devrules.program.program import Program
from devrules.ruleset.model import Subject

OFTEN = 50
DOSSIERS = int(os.environ.get("DEVRULES_DOSSIERS", "0"))
"""So many dossiers of each subject at least; what is asked for above goes first."""

pytestmark = pytest.mark.timeout(600 + DOSSIERS // 10)


@attrs.define
class Judged:
    """What the reference makes of the multiplied cases of one subject."""

    program: Program
    samples: list[Sample] = attrs.field(factory=list)
    expected: list[Expected] = attrs.field(factory=list)
    counts: Counter[Wanted] = attrs.field(factory=Counter)
    changed: list[str] = attrs.field(factory=list)
    wanted: set[Wanted] = attrs.field(factory=set)

    def add(self, sample: Sample, expected: Expected) -> None:
        """Count what every rule came to."""
        self.samples.append(sample)
        self.expected.append(expected)
        self.counts.update((rule.id, expected.verdicts.get(rule.id, "unknown")) for rule in self.program.rules)


@pytest.fixture(scope="module", params=SUBJECTS)
def judged(request: pytest.FixtureRequest) -> Judged:
    """The cases of one subject, multiplied and judged by the reference."""
    return judge(request.param)


def judge(subject: Subject) -> Judged:
    """Judge every case, then more of those that lead to what is still rare."""
    program = national_program(subject)
    python = OneByOne(program)
    cases = told(program, [national_ruleset()])
    company = Company(cases, Random(11))  # noqa: S311
    found = Judged(program, wanted={one.wanted for one in cases})
    for one in cases:
        found.add(one.sample, python.expect(one.sample))
    streams = {wanted: company.again(samples) for wanted, samples in by_wanted(cases).items()}
    for wanted, sample in _more(found, streams):
        expected = python.expect(sample)
        found.add(sample, expected)
        if expected.verdicts.get(wanted[0], "unknown") != wanted[1]:
            found.changed.append(f"{wanted}: {expected.verdicts.get(wanted[0], 'unknown')} of {sample}")
    return found


def _more(found: Judged, streams: dict[Wanted, Iterator[Sample]]) -> Iterator[tuple[Wanted, Sample]]:
    for wanted, stream in streams.items():
        for sample in islice(stream, OFTEN):
            if found.counts[wanted] >= OFTEN:
                break
            yield wanted, sample
    for wanted in cycle(streams):
        if len(found.samples) >= DOSSIERS:
            break
        yield wanted, next(streams[wanted])


def test_every_rule_reaches_every_verdict(judged: Judged) -> None:
    """Each verdict that a rule can come to, it comes to at least fifty times; see the tests of the cases for which."""
    rare = [f"{wanted}: {judged.counts[wanted]}" for wanted in sorted(judged.wanted) if judged.counts[wanted] < OFTEN]

    assert [] == rare


def test_company_changes_no_verdict(judged: Judged) -> None:
    """Drafts, further pages, other names and another order of the kinds say nothing to any rule."""
    assert [] == judged.changed


def test_no_rule_has_two_outcomes(judged: Judged) -> None:
    """The outcomes of a rule exclude one another."""
    assert set() == {one.clash for one in judged.expected} - {None}


def test_durable_rules_is_the_reference(judged: Judged, durable_rules: str) -> None:
    """durable-rules comes to the same verdicts."""
    assert durable_rules
    durable = Durable(judged.program.outcomes)
    differing = [
        sample
        for sample, one in zip(judged.samples, judged.expected, strict=True)
        if durable.judge(one.fact) != one.verdicts
    ]

    assert [] == differing


def test_sql_is_python(judged: Judged, duckdb_engine: ColumnEngine) -> None:
    """DuckDB takes the same measures and comes to the same verdicts, in whatever order the dossiers come."""
    pairs = list(zip(judged.samples, judged.expected, strict=True))
    Random(12).shuffle(pairs)  # noqa: S311
    dossiers, days = [one.dossier for one, _ in pairs], [one.as_of for one, _ in pairs]
    by_sql = duckdb_engine.judge(judged.program, dossiers, days)
    differing = [
        sample
        for (sample, one), other in zip(pairs, by_sql, strict=True)
        if (one.values, one.verdicts) != (other.values, other.verdicts)
    ]

    assert [] == differing
