"""Whatever the rules and the dossiers: SQL measures and judges as Python does, and durable-rules judges alike."""

from __future__ import annotations

from itertools import chain
from random import Random

import attrs
import pytest
from dossiers import Sample, samples
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import Expected, OneByOne
from programs import random_program
from strategies import dossiers

from devrules.engine.crosscheck import CrossChecked
from devrules.engine.durable import Durable
from devrules.engine.reference import Reference
from devrules.errors import EngineDisagreement
from devrules.population.api import ColumnEngine, Judged
from devrules.program.program import Program


def differences(program: Program, expected: Expected, judged: Judged) -> list[str]:
    """Name the measures and the rules on which the two differ."""
    pairs = zip(program.measures, expected.values, judged.values, strict=True)
    found = [f"{one!r}: {python} by Python, {sql} by SQL" for one, python, sql in pairs if python != sql]
    verdicts = expected.verdicts, judged.verdicts
    rules = {rule for one in verdicts for rule in one if verdicts[0].get(rule) != verdicts[1].get(rule)}
    return found + [f"{rule}: {verdicts[0].get(rule)} by Python, {verdicts[1].get(rule)} by SQL" for rule in rules]


def disagreements(engine: ColumnEngine, program: Program, batch: list[Sample]) -> list[tuple[Sample, object]]:
    """Judge a batch both ways; of a dossier with two outcomes of one rule both must say so, and of which."""
    python = OneByOne(program)
    expected = [(sample, python.expect(sample)) for sample in batch]
    clear = [(sample, one) for sample, one in expected if one.clash is None]
    clashing = [(sample, one) for sample, one in expected if one.clash is not None]
    dossiers_, days = [sample.dossier for sample, _ in clear], [sample.as_of for sample, _ in clear]
    judged = engine.judge(program, dossiers_, days)

    found: list[tuple[Sample, object]] = [
        (sample, differing)
        for (sample, one), other in zip(clear, judged, strict=True)
        if (differing := differences(program, one, other))
    ]
    return found + [
        (sample, f"{one.clash} has two outcomes by Python, {by_sql} by SQL")
        for sample, one in clashing[:1]
        if (by_sql := clash(engine, program, sample)) != one.clash
    ]


def clash(engine: ColumnEngine, program: Program, sample: Sample) -> str | None:
    """Name the rule of which the engine finds two outcomes, if there is one."""
    try:
        engine.judge(program, [sample.dossier], [sample.as_of])
    except EngineDisagreement as error:
        return error.rule
    return None


@pytest.mark.timeout(600)  # DuckDB plans the whole law first
def test_sql_is_python_on_the_national_rules(program: Program, duckdb_engine: ColumnEngine) -> None:
    """Every measure and verdict of two thousand dossiers is the same by DuckDB and by the reference."""
    assert [] == disagreements(duckdb_engine, program, samples(1, 2000, program.kinds))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(5))
def test_sql_is_python_on_random_rules(seed: int, duckdb_engine: ColumnEngine) -> None:
    """Whatever a rule may be made of, DuckDB and the reference read it alike."""
    program = random_program(Random(seed))  # noqa: S311

    assert [] == disagreements(duckdb_engine, program, samples(seed, 150, program.kinds))


def test_two_outcomes_at_once_are_so_by_both(duckdb_engine: ColumnEngine) -> None:
    """A rule that passes in two ways at once is named by DuckDB and by the reference."""
    program = random_program(Random(0), rules=4)  # noqa: S311
    batch = samples(0, 150, program.kinds)
    found = chain.from_iterable(OneByOne(program).expect(sample).verdicts.items() for sample in batch)
    passing = next((rule, verdict) for rule, verdict in found if verdict == "pass")
    twice = [attrs.evolve(one, verdict="manual") for one in program.outcomes if (one.rule, one.verdict) == passing]
    program = attrs.evolve(program, outcomes=(*program.outcomes, *twice))

    assert passing[0] in {OneByOne(program).expect(sample).clash for sample in batch}
    assert [] == disagreements(duckdb_engine, program, batch)


def test_a_dossier_comes_to_the_same_in_any_company(duckdb_engine: ColumnEngine) -> None:
    """The order of the dossiers, and the others among them, change nothing."""
    program = random_program(Random(6), rules=4)  # noqa: S311
    batch = samples(2, 60, program.kinds)
    forward = duckdb_engine.judge(program, [one.dossier for one in batch], [one.as_of for one in batch])
    batch.reverse()
    backward = duckdb_engine.judge(program, [one.dossier for one in batch], [one.as_of for one in batch])

    assert forward == backward[::-1]


@pytest.mark.timeout(300)
def test_durable_rules_is_the_reference_on_the_national_rules(program: Program, durable_rules: str) -> None:
    """The cross-check finds nothing on a thousand dossiers."""
    assert durable_rules
    checked = OneByOne(program, CrossChecked(Durable(program.outcomes), Reference(program.outcomes)))

    assert [None] * 1000 == [checked.expect(sample).clash for sample in samples(3, 1000, program.kinds)]


@given(data=st.data())
@settings(deadline=None, max_examples=15)
def test_durable_rules_is_the_reference_on_random_rules(data: st.DataObject, durable_rules: str) -> None:
    """A clash of outcomes, too, is the same clash."""
    assert durable_rules
    program = random_program(Random(data.draw(st.integers(0, 2**32))))  # noqa: S311
    reference = OneByOne(program)
    durable = OneByOne(program, Durable(program.outcomes))

    for sample in data.draw(st.lists(dossiers(program.kinds), min_size=20, max_size=20)):
        expected, found = reference.expect(sample), durable.expect(sample)
        assert (expected.clash, expected.verdicts) == (found.clash, found.verdicts)
