"""How rules are shared out among buckets."""

from __future__ import annotations

import pytest

from devrules.engine.api import Outcome
from devrules.engine.buckets import MAX_BRANCHES, MAX_PROPS, pack, worst_case
from devrules.errors import InvalidRuleset
from devrules.program.conditions import AllOf, AnyOf, Plain, Test

OLD, NEW = Test("edition.high", "<=", 1), Test("edition.low", ">=", 2)


def is_one(name: str) -> Test:
    """A test that excludes no test of another property."""
    return Test(name, "==", 1)


def any_of(names: str) -> AnyOf:
    """As many branches as there are letters."""
    return AnyOf(tuple(map(is_one, names)))


def rule(name: str, *conditions: Plain) -> list[Outcome]:
    """A rule with these outcomes."""
    return [Outcome(name, f"verdict {number}", when) for number, when in enumerate(conditions)]


@pytest.mark.parametrize(
    ("conditions", "most"),
    [
        ([is_one("a")], 1),
        ([AnyOf(())], 0),
        ([AllOf(())], 1),
        ([any_of("abc")], 3),
        ([AllOf((any_of("abc"), any_of("de")))], 6),
        ([is_one("a"), is_one("b")], 2),
        ([is_one("a"), is_one("a")], 2),
        ([is_one("a"), AllOf((is_one("a"), is_one("b")))], 2),
        ([Test("x", "<", 3), Test("x", ">=", 3)], 1),
        ([Test("x", "==", value) for value in range(100)], 1),
        ([AllOf((OLD, any_of("abc"))), AllOf((NEW, any_of("de")))], 3),
        ([AllOf((OLD, any_of("abc"))), AllOf((is_one("n"), any_of("de")))], 5),
        ([AllOf((is_one("a"), is_one("b"), OLD)), AllOf((is_one("c"), NEW))], 1),
        ([AllOf((Test("edition.low", ">=", n), Test("edition.high", "<=", n), is_one("a"))) for n in (1, 2)], 1),
        ([AllOf((Test("edition.low", ">=", n), Test("edition.high", "<=", n), is_one("a"))) for n in (1, 2, 3)], 2),
        ([AllOf((NEW, OLD, any_of("abc")))], 1),
    ],
)
def test_the_worst_case(conditions: list[Plain], most: int) -> None:
    """Branches add up, all-of multiplies, and of outcomes whose beginnings exclude one another the largest counts."""
    assert most == worst_case(rule("r", *conditions))


def test_a_worst_case_beyond_writing_out_is_still_counted() -> None:
    """Ten to the tenth branches are counted, not listed."""
    assert 10**10 == worst_case(rule("r", AllOf((any_of("abcdefghij"),) * 10)))


def test_a_bucket_holds_whole_rules_in_order() -> None:
    """The outcomes of a rule stay together even where they are written apart."""
    first, second = rule("a", Test("x", "<", 1), Test("x", ">", 1)), rule("b", is_one("y"))

    buckets = pack([first[0], second[0], first[1]], size=1)

    assert [(first[0], first[1]), (second[0],)] == [bucket.outcomes for bucket in buckets]
    assert [("x",), ("y",)] == [bucket.props for bucket in buckets]


def test_the_properties_are_sorted() -> None:
    """Each once, also those of parts that can never hold."""
    (bucket,) = pack(rule("a", AllOf((is_one("z"), any_of("ba"), is_one("b"), Test("b", "==", 2)))))

    assert ("a", "b", "z") == bucket.props


def test_packing_is_deterministic() -> None:
    """The same outcomes give the same buckets."""
    outcomes = [outcome for number in range(50) for outcome in rule(f"r{number}", any_of("abc"), is_one("d"))]

    assert pack(outcomes) == pack(list(outcomes))


def test_nothing_gives_no_bucket() -> None:
    """No outcomes, no buckets."""
    assert [] == pack([])


@pytest.mark.parametrize(
    ("width", "limit", "size", "sizes"),
    [
        ("a", 48, 20, [20, 20, 5]),
        ("abcdef", 48, 20, [8, 8, 8, 8, 8, 5]),
        ("abc", 7, 20, [2] * 22 + [1]),
        ("a", 48, 40, [40, 5]),
    ],
)
def test_a_bucket_ends_at_either_limit(width: str, limit: int, size: int, sizes: list[int]) -> None:
    """Whichever comes first: rules, or conditions that can match at once."""
    outcomes = [outcome for number in range(45) for outcome in rule(f"r{number}", any_of(width))]

    assert sizes == [len(bucket.outcomes) for bucket in pack(outcomes, limit, size)]


def test_a_bucket_ends_at_the_branches() -> None:
    """Branches that exclude one another still take up room in the C module."""
    ladder = [Test("x", "==", value) for value in range(MAX_BRANCHES // 2)]

    buckets = pack([outcome for name in "abc" for outcome in rule(name, *ladder)])

    assert [MAX_BRANCHES, MAX_BRANCHES // 2] == [len(bucket.outcomes) for bucket in buckets]


def test_a_bucket_ends_at_the_properties() -> None:
    """A fact of the C module holds a limited number of them."""
    props = [is_one(f"p{number}") for number in range(MAX_PROPS + 1)]
    outcomes = [*rule("a", AllOf(tuple(props[:-1]))), *rule("b", props[-1])]

    assert [MAX_PROPS, 1] == [len(bucket.props) for bucket in pack(outcomes)]


@pytest.mark.parametrize(
    ("when", "what"),
    [
        (any_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"), "49 conditions can match at once, more than 48"),
        (
            AnyOf(tuple(Test("x", "==", n) for n in range(MAX_BRANCHES + 1))),
            "251 branches in its conditions, more than 250",
        ),
        (
            AllOf(tuple(is_one(f"p{n}") for n in range(MAX_PROPS + 1))),
            "201 properties in its conditions, more than 200",
        ),
    ],
)
def test_a_rule_that_no_bucket_can_hold_is_refused(when: Plain, what: str) -> None:
    """By its name and its count, and with all others of its kind."""
    with pytest.raises(InvalidRuleset) as caught:
        pack([*rule("wide", when), *rule("good", is_one("a")), *rule("wide-too", when)])

    assert {"rule wide", "rule wide-too"} == {problem.where for problem in caught.value.problems}
    assert what in {problem.what for problem in caught.value.problems}
