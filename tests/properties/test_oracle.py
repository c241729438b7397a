"""
An oracle for imprecise days: no pass and no fail is contradicted by any completion.

A completion replaces every imprecise day by one of its days, and is judged by the same rules; on exact days only, they
are plain comparisons of dates. It knows nothing of intervals, and so does not share the mistakes of those who do.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from cases import told
from completions import completions, imprecise, with_blurred_days
from dossiers import Noise, Sample, samples
from judging import OneByOne
from programs import national_program, national_ruleset, random_program

from devrules.api.rules import SUBJECTS
from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Document, Talk
from devrules.program.program import Program
from devrules.ruleset.model import Subject

pytestmark = pytest.mark.timeout(300)

SMALL = Noise(blur=0.2, wide=False, gaps=0.05, odd=0.2)
LARGE = Noise(blur=0.5, gaps=0.2, odd=0.3)
FIRM = ("pass", "fail")


def contradictions(program: Program, batch: list[Sample], most: int, random: Random) -> list[str]:
    """Name every pass and fail that a completion contradicts."""
    python = OneByOne(program)
    found: list[str] = []
    for sample in batch:
        expected = python.expect(sample)
        firm = {rule: verdict for rule, verdict in expected.verdicts.items() if verdict in FIRM}
        for completed in completions(sample.dossier, sample.as_of, random, most):
            outcome = python.expect(Sample(completed, sample.as_of))
            if outcome.clash is not None:
                continue  # nothing is said of any rule then
            verdicts = outcome.verdicts
            found += [
                f"{rule}: {verdict}, but {verdicts.get(rule, 'unknown')} of {completed} on {sample.as_of}"
                for rule, verdict in firm.items()
                if verdicts.get(rule) != verdict
            ]
    return found


@pytest.mark.parametrize("noise", [SMALL, LARGE], ids=["small", "large"])
def test_no_completion_contradicts_the_national_rules(program: Program, noise: Noise) -> None:
    """Whatever the days turn out to be, a pass stays a pass and a fail a fail."""
    random = Random(7)  # noqa: S311

    assert [] == contradictions(program, samples(7, 250, program.kinds, noise), 24, random)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_completion_contradicts_the_cases(subject: Subject) -> None:
    """Nor does one of the cases with imprecise days, whatever they are about."""
    program = national_program(subject)
    open_ = [one.sample for one in told(program, [national_ruleset()]) if imprecise(one.sample.dossier)]
    random = Random(9)  # noqa: S311

    assert open_
    assert [] == contradictions(program, random.sample(open_, min(250, len(open_))), 16, random)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_completion_contradicts_blurred_cases(subject: Subject) -> None:
    """Nor where up to two days of any case are recorded less precisely than they are there."""
    program, random = national_program(subject), Random(10)  # noqa: S311
    cases = [one.sample for one in told(program, [national_ruleset()])]
    batch = [
        Sample(with_blurred_days(one.dossier, random, 2), one.as_of)
        for one in random.sample(cases, min(400, len(cases)))
    ]

    assert [] == contradictions(program, batch, 12, random)


def test_nothing_stands_in_for_a_day_that_may_be_stated(program: Program) -> None:
    """Which application came first is open; only one has the day of receipt, which decides on the talk."""
    march, april = date(2020, 3, 1), date(2020, 4, 9)
    written = Document(day=Day(march, march + timedelta(days=8)))
    received = Document(received=Day(march, march + timedelta(days=5)), day=Day.on(march))
    dossier = Dossier(
        "1",
        recorded_kinds=frozenset(program.kinds),
        records={"application": (written, received), "talk": (Talk(day=Day.on(april)),)},
    )

    assert [] == contradictions(program, [Sample(dossier, date(2021, 1, 1))], 100, Random(1))  # noqa: S311
    assert "talk-within-one-month" not in OneByOne(program).expect(Sample(dossier, date(2021, 1, 1))).verdicts


@pytest.mark.parametrize("seed", range(6))
def test_no_completion_contradicts_random_rules(seed: int) -> None:
    """The same for whatever a rule may be made of."""
    random = Random(seed)  # noqa: S311
    program = random_program(random)
    batch = samples(seed, 40, program.kinds, SMALL) + samples(seed, 20, program.kinds, LARGE)

    assert [] == contradictions(program, batch, 16, random)
