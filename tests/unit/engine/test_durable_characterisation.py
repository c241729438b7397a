"""
What the C module of durable-rules does, in the part of it that is used, and at the edges of that part.

These tests speak to the C module itself. When a new release or interpreter changes one of these answers, they tell.
"""

from __future__ import annotations

import importlib
import itertools
import json
import operator
from collections.abc import Callable, Iterator
from typing import Any

import pytest

LOWEST, HIGHEST = -(2**63), 2**63 - 1

OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "$lt": operator.lt,
    "$lte": operator.le,
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$neq": operator.ne,
}

numbers = itertools.count()


class Rules:
    """A ruleset of the C module, with a sentinel that fires on ``s``, and warmed up by it."""

    def __init__(self, module: Any, conditions: dict[str, object]) -> None:
        self.module = module
        rules = {name: {"all": [{"m": condition}]} for name, condition in {**conditions, "whole": {"s": 1}}.items()}
        self.handle = module.create_ruleset(f"characterisation-{next(numbers)}", json.dumps(rules))
        self.texts({})

    def texts(self, fact: dict[str, int]) -> list[str]:
        """What the C module says of each firing."""
        try:
            _, state = self.module.assert_fact(self.handle, json.dumps({"sid": "0", "id": "0", "s": 1, **fact}))
            _, text = self.module.start_action_for_state(self.handle, state)
            return list(self._all(text, state))
        finally:
            self.module.delete_state(self.handle, "0")

    def fired(self, **fact: int) -> list[str]:
        """The names of the rules that fire, but for the sentinel."""
        names = [next(iter(json.loads(text))) for text in self.texts(fact)]
        assert "whole" == names.pop()
        return names

    def _all(self, text: str | None, state: int) -> Iterator[str]:
        while text:
            yield text
            text = self.module.complete_and_start_action(self.handle, state)


@pytest.fixture
def module(durable_rules: str) -> Any:
    """The C module."""
    assert durable_rules
    return importlib.import_module("durable_rules_engine")


@pytest.fixture
def rules(module: Any) -> Callable[..., Rules]:
    """Compiles conditions, each under its name."""
    return lambda **conditions: Rules(module, conditions)


def test_these_tests_describe_this_release(durable_rules: str) -> None:
    """Another one needs another look, at the limits in its source too."""
    assert "2.0.28" == durable_rules


@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize("constant", [LOWEST, -1, 0, 5, 2**31, 2**53 + 1, HIGHEST])
def test_a_comparison(rules: Callable[..., Rules], sign: str, constant: int) -> None:
    """It compares whole numbers of 64 bits exactly."""
    compiled = rules(r={sign: {"x": constant}})

    for value in {LOWEST, LOWEST + 1, constant, HIGHEST - 1, HIGHEST, 0, 4, 6, 2**53}:
        assert OPERATORS[sign](value, constant) == bool(compiled.fired(x=value))


@pytest.mark.parametrize("constant", [LOWEST, -1, 0, 5, 2**53 + 1, HIGHEST])
def test_equality(rules: Callable[..., Rules], constant: int) -> None:
    """It is written without an operator."""
    compiled = rules(r={"x": constant})

    for value in {LOWEST, -1, 0, 5, 2**53, constant, HIGHEST}:
        assert (value == constant) == bool(compiled.fired(x=value))


@pytest.mark.parametrize("condition", [{"x": 0}, *({sign: {"x": 0}} for sign in OPERATORS)], ids=str)
def test_an_absent_property_satisfies_nothing(rules: Callable[..., Rules], condition: object) -> None:
    """Not even "unequal"."""
    assert [] == rules(r=condition).fired(y=1)


def test_and_or_nest(rules: Callable[..., Rules]) -> None:
    """As anybody would read them."""
    nested = {"$and": [{"$or": [{"$and": [{"a": 1}, {"b": 1}]}, {"c": 1}]}, {"$or": [{"d": 1}, {"e": 1}]}]}
    compiled = rules(r=nested)

    for a, b, c, d, e in itertools.product((0, 1), repeat=5):
        assert bool(((a and b) or c) and (d or e)) == bool(compiled.fired(a=a, b=b, c=c, d=d, e=e))


def test_or_fires_once_for_each_branch_that_holds(rules: Callable[..., Rules]) -> None:
    """An outcome may fire several times."""
    compiled = rules(r={"$or": [{"a": 1}, {"b": 1}, {"c": 1}]})

    assert [0, 1, 2, 3] == [
        len(compiled.fired(a=a, b=b, c=c)) for a, b, c in ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1))
    ]


def test_and_of_ors_fires_the_product(rules: Callable[..., Rules]) -> None:
    """Two branches and three branches fire six times."""
    either, any_of_three = {"$or": [{"a": 1}, {"b": 1}]}, {"$or": [{"c": 1}, {"d": 1}, {"e": 1}]}

    assert ["r"] * 6 == rules(r={"$and": [either, any_of_three]}).fired(a=1, b=1, c=1, d=1, e=1)


def test_rules_fire_in_the_order_of_writing(rules: Callable[..., Rules]) -> None:
    """So the sentinel, which is written last, fires last."""
    compiled = rules(z={"x": 1}, a={"x": 1}, m={"x": 1})

    assert ["z", "a", "m"] == compiled.fired(x=1)


def test_rules_may_share_a_condition_or_its_beginning(rules: Callable[..., Rules]) -> None:
    """Each fires for itself."""
    compiled = rules(a={"x": 1}, b={"x": 1}, c={"$and": [{"x": 1}, {"y": 1}]}, d={"$and": [{"x": 1}, {"y": 2}]})

    assert ["a", "b", "c"] == compiled.fired(x=1, y=1)


def test_the_text_of_a_firing_begins_with_the_name(rules: Callable[..., Rules]) -> None:
    """The name is read from there, without parsing the rest."""
    (text, _) = rules(talk={"x": 1}).texts({"x": 1})

    assert text.startswith('{"talk":{"m":{')


def test_a_fact_that_nothing_matches_is_not_handled(module: Any) -> None:
    """The sentinel is there so that this never happens."""
    handle = module.create_ruleset(f"characterisation-{next(numbers)}", '{"r": {"all": [{"m": {"x": 1}}]}}')

    assert [0, 1] == [module.assert_fact(handle, json.dumps({"sid": "0", "x": x, "id": x}))[0] for x in (1, 2)]


def test_a_session_that_is_taken_away_leaves_nothing(rules: Callable[..., Rules]) -> None:
    """The same fact fires again, and an old one does not."""
    compiled = rules(a={"x": 1}, b={"x": 2})

    assert [["a"], ["b"], ["a"]] == [compiled.fired(x=x) for x in (1, 2, 1)]


def test_sixty_two_matches_at_once_fit(rules: Callable[..., Rules]) -> None:
    """Beside the sentinel, and with room to spare: buckets stop at 48."""
    compiled = rules(**{f"r{n}": {f"x{n}": 1} for n in range(62)})

    assert 62 == len(compiled.fired(**{f"x{n}": 1 for n in range(62)}))


def test_more_than_sixty_four_matches_at_once_are_an_error(module: Any, rules: Callable[..., Rules]) -> None:
    """It does not crash, once the ruleset is warm, and the next fact is judged as ever."""
    compiled = rules(**{f"r{n}": {f"x{n}": 1} for n in range(70)})

    with pytest.raises(module.error, match="303"):
        compiled.fired(**{f"x{n}": 1 for n in range(70)})
    assert ["r1"] == compiled.fired(x1=1)


def test_it_is_beginnings_that_fill_the_stack(module: Any, rules: Callable[..., Rules]) -> None:
    """Conditions that do not hold fill it too, if their first tests do; behind one first test they do not."""
    apart = rules(**{f"r{n}": {"$and": [{"$gte": {"x": n}}, {"y": n}]} for n in range(70)})
    behind = rules(**{f"r{n}": {"$and": [{"y": n}, {"$gte": {"x": n}}]} for n in range(70)})

    with pytest.raises(module.error, match="303"):
        apart.fired(x=100, y=1)
    assert ["r1"] == behind.fired(x=100, y=1)


def test_a_fact_holds_252_properties(module: Any, rules: Callable[..., Rules]) -> None:
    """With the session and the id; buckets stop at 200."""
    compiled = rules(r={"x250": 1})

    assert ["r"] == compiled.fired(**{f"x{n}": 1 for n in range(251)})
    with pytest.raises(module.error, match="302"):
        module.assert_fact(compiled.handle, json.dumps({"sid": "0", "id": "0", **{f"x{n}": 1 for n in range(253)}}))


@pytest.mark.parametrize(("amount", "fits"), [(14, True), (15, False)])
def test_a_condition_holds_fourteen_branches(module: Any, rules: Callable[..., Rules], amount: int, fits: bool) -> None:
    """A rule is split at twelve."""
    condition = {"$or": [{"$and": [{"x": n}, {"y": 1}]} for n in range(amount)]}

    if fits:
        assert ["r"] == rules(r=condition).fired(x=1, y=1)
    else:
        with pytest.raises(module.error, match="113"):
            rules(r=condition)


def test_names_with_equal_hashes_are_mixed_up(rules: Callable[..., Rules]) -> None:
    """Why properties get names of our own."""
    assert ["r"] == rules(r={"costarring": 1}).fired(liquid=1)


def test_a_rule_with_a_run_key_is_refused(module: Any) -> None:
    """The form of the library's own host is not the one of the C module."""
    with pytest.raises(module.error, match="105"):
        module.create_ruleset("run", '{"r": {"all": [{"m": {"x": 1}}], "run": "f"}}')


def test_rulesets_can_be_deleted(module: Any) -> None:
    """The C module holds 131,071 of them at once."""
    for _ in range(1_000):
        handle = module.create_ruleset("brief", '{"r": {"all": [{"m": {"x": 1}}]}}')
        module.delete_ruleset(handle)

    with pytest.raises(module.error, match="111"):
        module.assert_fact(handle, '{"x": 1}')
