"""Conditions as branches, and tests that exclude one another."""

from __future__ import annotations

import pytest

from devrules.engine.branches import branches_of, count_branches, exclude, ordered
from devrules.engine.checks import LOWEST
from devrules.program.conditions import AllOf, AnyOf, Op, Plain, Test

A, B, C, D = (Test(name, "==", 1) for name in "abcd")


@pytest.mark.parametrize(
    ("plain", "branches"),
    [
        (A, [(A,)]),
        (AllOf(()), [()]),
        (AnyOf(()), []),
        (AllOf((A, B)), [(A, B)]),
        (AnyOf((A, B)), [(A,), (B,)]),
        (AllOf((A, AnyOf((B, C)), D)), [(A, B, D), (A, C, D)]),
        (AllOf((AnyOf((A, B)), AnyOf((C, D)))), [(A, C), (A, D), (B, C), (B, D)]),
        (AllOf((A, AnyOf(()))), []),
    ],
)
def test_a_condition_is_its_branches(plain: Plain, branches: list[tuple[Test, ...]]) -> None:
    """All-of multiplies, any-of adds, and the order is the one of writing."""
    assert branches == branches_of(plain)
    assert len(branches) == count_branches(plain)


def test_doubles_are_dropped() -> None:
    """Neither a branch nor a test in a branch comes twice."""
    assert [(A, B)] == branches_of(AnyOf((AllOf((A, B, A)), AllOf((A, B)))))


def test_a_branch_that_contradicts_itself_is_dropped() -> None:
    """No fact has one property at two values."""
    assert [(B,)] == branches_of(AnyOf((AllOf((A, Test("a", "==", 2))), B)))


def test_a_low_above_its_high_is_not_dropped() -> None:
    """Whether a measure's ends are in order is a matter of the fact; what is dropped would never be judged."""
    tests = (Test("m.low", ">=", 2), Test("m.high", "<=", 1))

    assert [tests] == branches_of(AllOf(tests))


def test_the_tests_that_most_branches_contradict_come_first() -> None:
    """So that branches part early; of equals, the one that is written first."""
    old, new = Test("edition.high", "<=", 1), Test("edition.low", ">=", 2)
    met, missed = Test("slack.low", ">=", 0), Test("slack.high", "<", 0)

    assert [((old, A, B), (old, C)), ((new, met, A),), ((new, missed, B),)] == ordered(
        [AllOf((AnyOf((AllOf((A, B)), C)), old)), AllOf((A, met, new)), AllOf((B, missed, new))]
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("x", "==", 0), ("x", "==", 1)),
        (("x", "<", 3), ("x", ">=", 3)),
        (("x", "<=", 3), ("x", ">", 3)),
        (("x", "<", 3), ("x", "==", 3)),
        (("x", "<", LOWEST), ("x", "<", 5)),
        (("edition.low", ">=", 2), ("edition.high", "<=", 1)),
        (("edition.low", "==", 2), ("edition.high", "==", 1)),
    ],
)
def test_these_exclude_one_another(one: tuple[str, Op, int], other: tuple[str, Op, int]) -> None:
    """Ranges that do not meet, and a low that would lie above its high; in either order."""
    assert exclude(Test(*one), Test(*other))
    assert exclude(Test(*other), Test(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("x", "==", 0), ("x", "==", 0)),
        (("x", "<=", 3), ("x", ">=", 3)),
        (("x", "==", 0), ("y", "==", 1)),
        (("edition.low", "<=", 1), ("edition.high", ">=", 2)),
        (("edition.low", ">=", 2), ("edition.high", "<=", 2)),
        (("edition.low", ">=", 2), ("slack.high", "<=", 1)),
        (("low", ">=", 2), ("high", "<=", 1)),
    ],
)
def test_these_do_not(one: tuple[str, Op, int], other: tuple[str, Op, int]) -> None:
    """Ranges that meet, different measures, and names that are no ends of a measure."""
    assert not exclude(Test(*one), Test(*other))
    assert not exclude(Test(*other), Test(*one))
