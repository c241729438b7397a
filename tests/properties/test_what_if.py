"""One edition in force on every day: what it finds where it is in force anyway, and that all engines find the same."""

from __future__ import annotations

from random import Random

import pytest
from dossiers import Sample, samples
from judging import OneByOne
from programs import EDITIONS, random_program

from devrules.engine.crosscheck import CrossChecked
from devrules.engine.durable import Durable
from devrules.engine.reference import Reference
from devrules.population.api import ColumnEngine
from devrules.program.as_if import as_if, compile_as_if
from devrules.program.from_ruleset import compile_what_can_be
from devrules.program.model import Compiled
from devrules.program.program import Program

NATIONAL = ("xize-2014", "xize-2026")


def what_if(program: Program, edition: str) -> Program:
    """Compile the rules of a random program anew, less those that cannot be compiled."""
    return compile_what_can_be(as_if(program.rulesets, edition), program.calendar)[0]


def differing(program: Program, fixed: Program, edition: str, batch: list[Sample]) -> list[str]:
    """Name the verdicts that differ though the act surely falls under *edition*, or under one with the same body."""
    real, other = OneByOne(program), OneByOne(fixed)
    found = []
    for sample in batch:
        one, two = real.expect(sample), other.expect(sample)
        for compiled in program.rules:
            ends = one.values[program.index[compiled.edition]]
            if ends and _alike(compiled, edition, ends):
                verdicts = one.verdicts.get(compiled.id), two.verdicts.get(compiled.id)
                found += [f"{compiled.id}: {verdicts}"] * (verdicts[0] != verdicts[1])
    return found


def _alike(compiled: Compiled, edition: str, ends: tuple[int, int]) -> bool:
    """Tell whether the editions that may be in force make the same check as *edition*; any does of another law."""
    names = [one.id for one in compiled.editions]
    if edition not in names:
        return True
    group = compiled.group(names.index(edition) + 1)
    return group is not None and group.first <= ends[0] and ends[1] <= group.last


@pytest.mark.parametrize("edition", NATIONAL)
def test_where_an_edition_is_in_force_it_finds_what_is_found(program: Program, edition: str) -> None:
    """Five hundred dossiers: every rule whose act falls under the edition ends as in an audit."""
    fixed = compile_as_if(program.rulesets, edition, program.calendar, "person")

    assert [] == differing(program, fixed, edition, samples(4, 500, program.kinds))


@pytest.mark.parametrize("seed", range(4))
def test_where_an_edition_is_in_force_it_finds_what_is_found_by_random_rules(seed: int) -> None:
    """Whatever a rule may be made of, in each of three editions."""
    program = random_program(Random(seed))  # noqa: S311
    batch = samples(seed, 60, program.kinds)

    assert [] == [one for edition in EDITIONS for one in differing(program, what_if(program, edition), edition, batch)]


@pytest.mark.parametrize("edition", NATIONAL)
def test_every_day_falls_under_the_edition(program: Program, edition: str) -> None:
    """However old the act is, and however little is known of its day."""
    fixed = compile_as_if(program.rulesets, edition, program.calendar, "person")
    own = [rule for rule in fixed.rules if edition in {one.id for one in rule.editions}]
    one_by_one = OneByOne(fixed)

    for sample in samples(5, 100, fixed.kinds):
        values = one_by_one.expect(sample).values
        assert {(2, 2)} == {values[fixed.index[rule.edition]] for rule in own}
        assert {edition} == {rule.editions[1].id for rule in own}


@pytest.mark.timeout(600)
def test_durable_rules_is_the_reference_in_a_what_if(program: Program, durable_rules: str) -> None:
    """The cross-check finds nothing on two hundred dossiers, by either edition."""
    assert durable_rules
    for edition in NATIONAL:
        fixed = compile_as_if(program.rulesets, edition, program.calendar, "person")
        checked = OneByOne(fixed, CrossChecked(Durable(fixed.outcomes), Reference(fixed.outcomes)))

        assert [None] * 200 == [checked.expect(sample).clash for sample in samples(6, 200, fixed.kinds)]


def by_columns(engine: ColumnEngine, fixed: Program, batch: list[Sample]) -> list[tuple[object, object]]:
    """List where a column-wise engine and Python differ, in a value or a verdict."""
    one_by_one = OneByOne(fixed)
    expected = [(sample, one) for sample in batch if (one := one_by_one.expect(sample)).clash is None]
    judged = engine.judge(fixed, [sample.dossier for sample, _ in expected], [sample.as_of for sample, _ in expected])
    pairs = [
        ((one.values, one.verdicts), (two.values, two.verdicts)) for (_, one), two in zip(expected, judged, strict=True)
    ]
    return [(one, two) for one, two in pairs if one != two]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("edition", EDITIONS)
def test_sql_is_python_in_a_what_if_of_random_rules(edition: str, duckdb_engine: ColumnEngine) -> None:
    """Values and verdicts alike."""
    fixed = what_if(random_program(Random(7)), edition)  # noqa: S311

    assert [] == by_columns(duckdb_engine, fixed, samples(7, 100, fixed.kinds))


@pytest.mark.timeout(600)  # DuckDB plans the whole law first
def test_sql_is_python_in_a_what_if_of_the_national_rules(program: Program, duckdb_engine: ColumnEngine) -> None:
    """By the older edition, which then comes after the newer one."""
    fixed = compile_as_if(program.rulesets, NATIONAL[0], program.calendar, "person")

    assert [] == by_columns(duckdb_engine, fixed, samples(8, 300, fixed.kinds))
