"""
Outcomes to buckets that durable-rules can judge in one go.

durable-rules keeps the conditions that match and are still to be followed on a stack of 64; a full stack ends the run
with error 303. Conditions are tried test by test along a tree of shared beginnings, so what has to be bounded is how
many places of that tree can match at once, which is never less than the number of firings.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs

from devrules.engine.api import Outcome
from devrules.engine.branches import Branch, count_branches, exclude, ordered
from devrules.engine.checks import tests_of
from devrules.errors import InvalidRuleset, Problem
from devrules.program.conditions import Test

MAX_BRANCHES = 250  # below the 256 that share one list in the C module, and the 511 that share one table
MAX_PROPS = 200  # below the 252 that a fact of the C module can hold


@attrs.frozen
class Bucket:
    """
    Rules that are judged together.

    Args:
        outcomes: All outcomes of these rules.
        branches: The branches of each outcome, in the order in which their tests are to be tried.
        props: The properties that they use, sorted.
    """

    outcomes: tuple[Outcome, ...]
    branches: tuple[tuple[Branch, ...], ...]
    props: tuple[str, ...]


def worst_case(outcomes_of_one_rule: Iterable[Outcome]) -> int:
    """
    Bound how many conditions of a rule can match at once.

    Outcomes that begin with tests that exclude one another (the guards of two editions) count as the larger of them.

    Args:
        outcomes_of_one_rule: The outcomes of one rule.

    Returns:
        A bound that is never too low. It is also one on the firings.
    """
    return _Load.of("", list(outcomes_of_one_rule)).worst


def pack(outcomes: Iterable[Outcome], limit: int = 48, size: int = 20) -> list[Bucket]:
    """
    Share the rules out among buckets, in their order and whole.

    Args:
        outcomes: The outcomes of all rules.
        limit: How many conditions may match at once in a bucket.
        size: How many rules a bucket may hold.

    Returns:
        The buckets; the same outcomes always give the same.

    Raises:
        InvalidRuleset: Naming every rule that no bucket can hold, with its count.
    """
    loads = [_Load.of(rule, parts) for rule, parts in _by_rule(outcomes).items()]
    problems = [problem for load in loads for problem in load.problems(limit)]
    if problems:
        raise InvalidRuleset(problems)
    return [_bucket(group) for group in _groups(loads, limit, size)]


@attrs.frozen
class _Load:
    """What one rule takes up in a bucket."""

    rule: str
    outcomes: tuple[Outcome, ...]
    count: int
    branches: tuple[tuple[Branch, ...], ...]
    worst: int
    props: frozenset[str]

    @classmethod
    def of(cls, rule: str, outcomes: list[Outcome]) -> _Load:
        count = sum(count_branches(outcome.when) for outcome in outcomes)
        props = frozenset(test.prop for outcome in outcomes for test in tests_of(outcome.when))
        if count > MAX_BRANCHES:  # too many to write out; no tree of them can be wider than their number
            return cls(rule, tuple(outcomes), count, (), count, props)
        branches = ordered([outcome.when for outcome in outcomes])
        worst = _widest(_tree(itertools.chain.from_iterable(branches)))
        return cls(rule, tuple(outcomes), count, tuple(branches), worst, props)

    def problems(self, limit: int) -> Iterator[Problem]:
        for count, most, what in (
            (self.worst, limit, "conditions can match at once"),
            (self.count, MAX_BRANCHES, "branches in its conditions"),
            (len(self.props), MAX_PROPS, "properties in its conditions"),
        ):
            if count > most:
                remedy = "let its outcomes begin with tests that exclude one another, or split the rule"
                yield Problem(f"rule {self.rule}", f"{count} {what}, more than {most}", remedy)


def _by_rule(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    rules: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        rules.setdefault(outcome.rule, []).append(outcome)
    return rules


def _groups(loads: Sequence[_Load], limit: int, size: int) -> Iterator[list[_Load]]:
    # Next-fit, not best-fit: rules that stand together in the law use the same properties.
    group: list[_Load] = []
    for load in loads:
        if group and not _fit([*group, load], limit, size):
            yield group
            group = []
        group.append(load)
    if group:
        yield group


def _fit(group: list[_Load], limit: int, size: int) -> bool:
    return (
        len(group) <= size
        and sum(load.worst for load in group) <= limit
        and sum(load.count for load in group) <= MAX_BRANCHES
        and len(_props(group)) <= MAX_PROPS
    )


def _props(group: list[_Load]) -> frozenset[str]:
    return frozenset().union(*(load.props for load in group))


def _bucket(group: list[_Load]) -> Bucket:
    outcomes = itertools.chain.from_iterable(load.outcomes for load in group)
    branches = itertools.chain.from_iterable(load.branches for load in group)
    return Bucket(tuple(outcomes), tuple(branches), tuple(sorted(_props(group))))


@attrs.define
class _Node:
    """A place in the tree of shared beginnings."""

    ends: int = 0
    next: dict[Test, _Node] = attrs.Factory(dict)


def _tree(branches: Iterable[Branch]) -> _Node:
    root = _Node()
    for branch in branches:
        node = root
        for test in branch:
            node = node.next.setdefault(test, _Node())
        node.ends += 1
    return root


def _widest(node: _Node, path: Branch = ()) -> int:
    """Bound the places below *node* that can wait at once, and the firings there."""
    children = [
        (max(1, _widest(child, (*path, test))), test)
        for test, child in node.next.items()
        if not any(exclude(test, passed) for passed in path)
    ]
    classes: list[list[Test]] = []
    below = 0
    for width, test in sorted(children, key=lambda child: -child[0]):
        fitting = (members for members in classes if all(exclude(test, member) for member in members))
        members = next(fitting, None)
        if members is None:
            classes.append([test])
            below += width  # the widest of its class, because the children come in that order
        else:
            members.append(test)
    return node.ends + below
