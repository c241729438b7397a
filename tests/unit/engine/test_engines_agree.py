"""Whatever the rules and the fact: durable-rules, the reference and a plain reading of the conditions say the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devrules.engine.api import Fact, Outcome
from devrules.engine.branches import branches_of
from devrules.engine.buckets import pack, worst_case
from devrules.engine.checks import HIGHEST, LOWEST
from devrules.engine.crosscheck import CrossChecked
from devrules.engine.durable import Durable
from devrules.engine.reference import Reference
from devrules.program.conditions import OPERATORS, AllOf, AnyOf, Plain, Test

MEASURES = ["edition", "slack", "年龄"]
ENDS = ("low", "high")

values = st.integers(-2, 4) | st.sampled_from([LOWEST, LOWEST + 1, HIGHEST - 1, HIGHEST])
props = st.builds("{}.{}".format, st.sampled_from(MEASURES), st.sampled_from(ENDS))
tests = st.builds(Test, props, st.sampled_from(list(OPERATORS)), values)
some = st.lists(tests, max_size=3).map(tuple)
joined = tests | st.builds(AllOf, some) | st.builds(AnyOf, some)
conditions: st.SearchStrategy[Plain] = (
    joined
    | st.builds(AllOf, st.lists(joined, max_size=2).map(tuple))
    | st.builds(AnyOf, st.lists(joined, max_size=3).map(tuple))
)


@st.composite
def by_edition(draw: st.DrawFn) -> list[tuple[str, Plain]]:
    """Outcomes apart by the edition that they belong to."""
    bodies = draw(st.lists(conditions, min_size=1, max_size=3))
    return [(f"edition {n}", AllOf((Test("edition.low", "==", n), body))) for n, body in enumerate(bodies)]


@st.composite
def by_threshold(draw: st.DrawFn) -> list[tuple[str, Plain]]:
    """Outcomes apart by the side of a limit."""
    prop, limit = draw(props), draw(st.integers(-2, 4))
    below, above = AllOf((Test(prop, "<", limit), draw(conditions))), AllOf((Test(prop, ">=", limit), draw(conditions)))
    return [("pass", below), ("fail", above)]


@st.composite
def programs(draw: st.DrawFn) -> list[Outcome]:
    """Some rules whose outcomes exclude one another."""
    rules = draw(st.lists(by_edition() | by_threshold(), max_size=6))
    return [Outcome(f"r{n}", verdict, when) for n, outcomes in enumerate(rules) for verdict, when in outcomes]


@st.composite
def facts(draw: st.DrawFn) -> dict[str, int]:
    """Measures with ends in order, some or all of them unknown."""
    known = draw(st.lists(st.sampled_from([f"{measure}.{end}" for measure in MEASURES for end in ENDS]), unique=True))
    ends = {f"{m}.{end}": value for m in MEASURES for end, value in zip(ENDS, sorted(draw(_pairs)), strict=True)}
    return {prop: ends[prop] for prop in known}


_pairs = st.tuples(values, values)


def read(plain: Plain, fact: Fact) -> bool:
    """The conditions as they are written."""
    if isinstance(plain, Test):
        return plain.prop in fact and OPERATORS[plain.op](fact[plain.prop], plain.value)
    return {AllOf: all, AnyOf: any}[type(plain)](read(part, fact) for part in plain.parts)


def verdicts(outcomes: Sequence[Outcome], fact: Fact) -> dict[str, str]:
    """What the conditions say."""
    return {outcome.rule: outcome.verdict for outcome in outcomes if read(outcome.when, fact)}


@given(programs(), st.lists(facts(), min_size=1, max_size=5))
def test_the_reference_reads_what_is_written(outcomes: list[Outcome], some_facts: list[Fact]) -> None:
    """The generated code is the condition."""
    engine = Reference(outcomes)

    for fact in some_facts:
        assert verdicts(outcomes, fact) == engine.judge(fact)


@pytest.mark.usefixtures("durable_rules")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs(), st.lists(facts(), min_size=1, max_size=5))
def test_durable_rules_reads_what_is_written(outcomes: list[Outcome], some_facts: list[Fact]) -> None:
    """And so the two engines never differ."""
    engine = CrossChecked(Durable(outcomes), Reference(outcomes))

    for fact in some_facts:
        assert verdicts(outcomes, fact) == engine.judge(fact)


@given(st.lists(conditions, max_size=4), facts())
def test_the_worst_case_is_never_too_low(whens: list[Plain], fact: Fact) -> None:
    """However the outcomes overlap, no fact makes more branches hold."""
    outcomes = [Outcome("r", str(number), when) for number, when in enumerate(whens)]
    holding = sum(read(AllOf(branch), fact) for when in whens for branch in branches_of(when))

    assert holding <= worst_case(outcomes)


@given(conditions, facts())
def test_the_branches_are_the_condition(when: Plain, fact: Fact) -> None:
    """It holds when one of them does."""
    assert read(when, fact) == any(read(AllOf(branch), fact) for branch in branches_of(when))


@given(programs(), st.integers(1, 5))
def test_packing_loses_nothing(outcomes: list[Outcome], size: int) -> None:
    """Every outcome is in one bucket, in order, and no rule is in two."""
    buckets = pack(outcomes, size=size)
    rules = [{outcome.rule for outcome in bucket.outcomes} for bucket in buckets]

    assert outcomes == [outcome for bucket in buckets for outcome in bucket.outcomes]
    assert sum(map(len, rules)) == len(set().union(*rules))
