"""
Conditions to branches, and which tests exclude one another.

A branch is a conjunction of tests. durable-rules fires once for every branch that holds.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from devrules.engine.checks import HIGHEST, LOWEST
from devrules.program.conditions import AllOf, Plain, Test

Branch: TypeAlias = tuple[Test, ...]
"""Tests that must all hold, in the order in which an engine tries them; an empty one always holds."""


def count_branches(plain: Plain) -> int:
    """
    Count the branches of a condition without writing them out.

    Args:
        plain: The condition.

    Returns:
        How many branches `branches_of` would have to look at: a product for all-of, a sum for any-of.
    """
    if isinstance(plain, Test):
        return 1
    counts = map(count_branches, plain.parts)
    return math.prod(counts) if isinstance(plain, AllOf) else sum(counts)


def branches_of(plain: Plain) -> list[Branch]:
    """
    Write a condition as its branches.

    Args:
        plain: The condition.

    Returns:
        The branches that can hold, each once, with no test twice. The condition holds when one of them does.
    """
    return list(dict.fromkeys(branch for branch in _expand(plain) if not _contradicts_itself(branch)))


def ordered(conditions: Sequence[Plain]) -> list[tuple[Branch, ...]]:
    """
    Write the conditions of one rule as branches, with the tests first that most other branches contradict.

    Branches that exclude one another then part at their first tests (the editions that they belong to, the side of a
    limit), and an engine that tries test by test follows few of them at a time.

    Args:
        conditions: When each outcome of the rule holds.

    Returns:
        The branches of each condition.
    """
    written = [branches_of(condition) for condition in conditions]
    weight = _weights([branch for branches in written for branch in branches])
    return [tuple(tuple(sorted(branch, key=lambda test: -weight[test])) for branch in branches) for branches in written]


def exclude(one: Test, other: Test) -> bool:
    """
    Tell whether two tests can never hold of one fact.

    Args:
        one: A test.
        other: Another, of the same property, or of the other end of the same measure.

    Returns:
        True only if it is certain, given that no measure's ``low`` lies above its ``high``.
    """
    if one.prop == other.prop:
        return _disjoint(one, other)
    return _low_above_high(one, other) or _low_above_high(other, one)


def _expand(plain: Plain) -> list[Branch]:
    if isinstance(plain, Test):
        return [(plain,)]
    parts = [_expand(part) for part in plain.parts]
    if isinstance(plain, AllOf):
        return [_without_doubles(choice) for choice in itertools.product(*parts)]
    return [branch for part in parts for branch in part]


def _without_doubles(branches: tuple[Branch, ...]) -> Branch:
    return tuple(dict.fromkeys(itertools.chain.from_iterable(branches)))


def _contradicts_itself(branch: Branch) -> bool:
    # Not `exclude`: what is dropped here is never judged, so it must not rest on what facts ought to look like.
    return any(one.prop == other.prop and _disjoint(one, other) for one, other in itertools.combinations(branch, 2))


def _weights(branches: Iterable[Branch]) -> dict[Test, int]:
    """Count for each test the branches that contradict it."""
    holders: defaultdict[Test, set[int]] = defaultdict(set)
    measures: defaultdict[str, list[Test]] = defaultdict(list)
    for number, branch in enumerate(branches):
        for test in branch:
            if test not in holders:
                measures[_measure(test)].append(test)
            holders[test].add(number)
    return {
        test: len(set().union(*(holders[rival] for rival in rivals if exclude(test, rival))))
        for rivals in measures.values()
        for test in rivals
    }


def _measure(test: Test) -> str:
    return test.prop.rpartition(".")[0] or test.prop


def _disjoint(one: Test, other: Test) -> bool:
    low, high = _range(one)
    other_low, other_high = _range(other)
    return max(low, other_low) > min(high, other_high)


def _low_above_high(lower: Test, upper: Test) -> bool:
    measure, _, end = lower.prop.rpartition(".")
    return end == "low" and upper.prop == f"{measure}.high" and _range(lower)[0] > _range(upper)[1]


def _range(test: Test) -> tuple[int, int]:
    value = test.value
    match test.op:
        case "<":
            return LOWEST, value - 1
        case "<=":
            return LOWEST, value
        case ">":
            return value + 1, HIGHEST
        case ">=":
            return value, HIGHEST
        case "==":
            return value, value
