"""The text that durable-rules compiles."""

from __future__ import annotations

import json

import pytest

from devrules.engine.api import Outcome
from devrules.engine.buckets import MAX_PROPS, pack
from devrules.engine.to_durable import Text, fnv1a, short_names, to_durable
from devrules.program.conditions import AllOf, AnyOf, Plain, Test

A, B, C = Test("a", "==", 1), Test("b", "<=", 2), Test("c", ">", -3)


def text_of(*conditions: Plain) -> Text:
    """The text of a bucket with a rule for each condition."""
    (bucket,) = pack([Outcome(f"r{number}", "pass", when) for number, when in enumerate(conditions)], size=100)
    return to_durable(bucket)


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        (A, {"p0": 1}),
        (Test("a", "<", 1), {"$lt": {"p0": 1}}),
        (Test("a", "<=", 1), {"$lte": {"p0": 1}}),
        (Test("a", ">", 1), {"$gt": {"p0": 1}}),
        (Test("a", ">=", 1), {"$gte": {"p0": 1}}),
        (AllOf((A, B)), {"$and": [{"p0": 1}, {"$lte": {"p1": 2}}]}),
        (AnyOf((A, B)), {"$or": [{"p0": 1}, {"$lte": {"p1": 2}}]}),
        (
            AllOf((A, AnyOf((B, C)))),
            {"$or": [{"$and": [{"p0": 1}, {"$lte": {"p1": 2}}]}, {"$and": [{"p0": 1}, {"$gt": {"p2": -3}}]}]},
        ),
        (AllOf(()), {"s": 1}),
    ],
)
def test_a_condition_is_written_as_its_branches(when: Plain, condition: object) -> None:
    """Properties get short names; what always holds is a test of what every fact has."""
    assert {"all": [{"m": condition}]} == json.loads(text_of(when).rules)["0"]


def test_what_never_holds_is_not_written() -> None:
    """Only the sentinel is."""
    assert ["whole"] == list(json.loads(text_of(AnyOf(())).rules))


def test_the_sentinel_comes_last() -> None:
    """It proves that the others were reached."""
    assert "whole" == list(json.loads(text_of(A, B).rules))[-1]
    assert {"all": [{"m": {"s": 1}}]} == json.loads(text_of(A, B).rules)["whole"]


def test_many_branches_become_several_rules_of_one_outcome() -> None:
    """A condition of the C module holds a limited number of signs."""
    text = text_of(A, AnyOf(tuple(Test("x", "==", number) for number in range(30))))

    assert {"0": 0, "1": 1, "2": 1, "3": 1} == text.owners
    assert ["0", "1", "2", "3", "whole"] == list(json.loads(text.rules))


def test_the_names_lead_back_to_the_properties() -> None:
    """Sorted, as the bucket has them."""
    assert (("p0", "a"), ("p1", "b"), ("p2", "id"), ("p3", "党龄")) == text_of(
        AllOf((Test("id", "==", 1), B, A, Test("党龄", "==", 1)))
    ).names


def test_short_names_have_hashes_of_their_own() -> None:
    """Also apart from those with a meaning."""
    names = short_names(MAX_PROPS)

    assert MAX_PROPS == len(names)
    assert MAX_PROPS + 3 == len({fnv1a(name) for name in [*names, "s", "id", "sid"]})


def test_the_hash_is_the_one_of_the_c_module() -> None:
    """Its source gives these for its own names."""
    assert 926444256 == fnv1a("id")
    assert 3593476751 == fnv1a("sid")
