from __future__ import annotations

from itertools import product

import pytest

from devrules.program.conditions import (
    OPERATORS,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Every,
    Some,
    compared,
    holds,
    never,
    surely,
)
from devrules.program.measures import AsOf, Count, Measure

TALKS, LOGS = Count("talk"), Count("log")
NAMES: dict[Measure, str] = {TALKS: "talks", LOGS: "logs"}
ENDS = [(low, high) for low, high in product(range(4), repeat=2) if low <= high]

CONDITIONS: list[Condition] = [
    *(Compare(TALKS, op, value) for op, value in product(OPERATORS, range(4))),  # type: ignore[arg-type]  # they are Ops
    Every((Compare(TALKS, ">=", 1), Compare(LOGS, "<", 2))),
    Some((Compare(TALKS, ">=", 1), Compare(LOGS, "==", 2))),
    Some((Every((Compare(TALKS, ">", 0), Compare(LOGS, ">", 0))), Compare(LOGS, "<=", 0))),
    Every(()),
]


def true(condition: Condition, values: dict[Measure, int]) -> bool:
    """What a condition says of exact values."""
    if isinstance(condition, Compare):
        return OPERATORS[condition.op](values[condition.measure], condition.value)
    return {Every: all, Some: any}[type(condition)](true(part, values) for part in condition.parts)


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_surely_and_never_are_right_for_every_value(condition: Condition) -> None:
    """Whatever surely holds holds for every value between the ends; nothing is missed where a measure stands once."""
    once = len(compared(condition)) == len(set(compared(condition)))
    for talks, logs in product(ENDS, repeat=2):
        fact = {"talks.low": talks[0], "talks.high": talks[1], "logs.low": logs[0], "logs.high": logs[1]}
        possible = {
            true(condition, {TALKS: a, LOGS: b})
            for a in range(talks[0], talks[1] + 1)
            for b in range(logs[0], logs[1] + 1)
        }

        told = holds(surely(condition, NAMES), fact), holds(never(condition, NAMES), fact)
        assert told in ((possible == {True}, possible == {False}), (False, False))
        assert not once or told == (possible == {True}, possible == {False})


@pytest.mark.parametrize("condition", [one for one in CONDITIONS if one != Every(())], ids=str)
def test_what_is_absent_neither_surely_holds_nor_never_does(condition: Condition) -> None:
    """Then the rule is unknown."""
    assert (False, False) == (holds(surely(condition, NAMES), {}), holds(never(condition, NAMES), {}))


def test_one_known_part_may_settle_a_condition() -> None:
    """For the rest is then of no account."""
    both = Every((Compare(TALKS, ">=", 1), Compare(LOGS, ">=", 1)))
    either = Some(both.parts)

    assert holds(never(both, NAMES), {"talks.low": 0, "talks.high": 0})
    assert holds(surely(either, NAMES), {"talks.low": 1, "talks.high": 1})


def test_conditions_read_like_phrases() -> None:
    """So do the tests that they become."""
    condition = Some((Compare(TALKS, ">=", 1), Every((Compare(AsOf(), "<", 2), Compare(LOGS, "==", 0)))))

    assert "(number of talk >= 1 or (as-of day < 2 and number of log == 0))" == str(condition)
    assert "(talks.low >= 1 and talks.high <= 1)" == str(surely(Compare(TALKS, "==", 1), NAMES))
    assert ("always", "never") == (str(AllOf(())), str(AnyOf(())))


def test_lists_what_is_compared_and_tested() -> None:
    """Engines are given no more than that."""
    condition = Some((Compare(TALKS, ">=", 1), Every((Compare(LOGS, "<", 2),))))

    assert [TALKS, LOGS] == compared(condition)
    assert {"talks.low", "logs.high"} == surely(condition, NAMES).props()
