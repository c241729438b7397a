"""A bucket to the ruleset text that durable-rules compiles, and to the names that it uses in it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence

import attrs

from devrules.engine.branches import Branch
from devrules.engine.buckets import Bucket
from devrules.program.conditions import Op

SENTINEL = "whole"
"""The rule that always fires, and last: when it has fired, all others that could have."""

ALWAYS = "s"
"""The property that is 1 in every fact."""

_TAKEN = (ALWAYS, "sid", "id")
_OPERATORS: dict[Op, str] = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
_BRANCHES_AT_ONCE = 12  # a condition may hold 31 signs: two for "or", two for each "and"


@attrs.frozen
class Text:
    """
    A bucket as durable-rules reads it.

    Args:
        rules: The ruleset, as JSON.
        owners: The name of each rule in it to the index of the outcome in the bucket.
        names: The name of each property in it, and the property.
    """

    rules: str
    owners: Mapping[str, int]
    names: tuple[tuple[str, str], ...]


def to_durable(bucket: Bucket) -> Text:
    """
    Write a bucket for durable-rules.

    Args:
        bucket: What fits into one ruleset.

    Returns:
        Its text. An outcome is one rule, or several where it has many branches.
    """
    short = dict(zip(bucket.props, short_names(len(bucket.props)), strict=True))
    owners: dict[str, int] = {}
    rules: dict[str, object] = {}
    for index, branches in enumerate(bucket.branches):
        for portion in _portions(branches):
            name = str(len(owners))
            owners[name], rules[name] = index, _any_of(portion, short)
    rules[SENTINEL] = _all_of((), short)
    text = json.dumps({name: {"all": [{"m": condition}]} for name, condition in rules.items()})
    return Text(text, owners, tuple((name, prop) for prop, name in short.items()))


def short_names(amount: int) -> list[str]:
    """
    Make names for the properties of a bucket.

    The C module tells names apart by a hash of 32 bits only, and gives ``id`` and ``sid`` a meaning of its own. With
    names of our own, what a measure is called does not matter, and the facts are short.

    Args:
        amount: How many.

    Returns:
        Names whose hashes all differ, also from those that are used for something else.
    """
    taken = {fnv1a(name) for name in _TAKEN}
    names: list[str] = []
    for number in itertools.count():
        if len(names) == amount:
            break
        name = f"p{number}"
        if (hashed := fnv1a(name)) not in taken:
            taken.add(hashed)
            names.append(name)
    return names


def fnv1a(name: str) -> int:
    """
    Hash a name as the C module does.

    Args:
        name: An ASCII name.

    Returns:
        Its FNV-1a hash of 32 bits.
    """
    hashed = 2166136261
    for byte in name.encode("ascii"):
        hashed = (hashed ^ byte) * 16777619 % 2**32
    return hashed


def _portions(branches: Sequence[Branch]) -> Iterator[Sequence[Branch]]:
    for start in range(0, len(branches), _BRANCHES_AT_ONCE):
        yield branches[start : start + _BRANCHES_AT_ONCE]


def _any_of(branches: Sequence[Branch], short: Mapping[str, str]) -> object:
    return _joined("$or", [_all_of(branch, short) for branch in branches])


def _all_of(branch: Branch, short: Mapping[str, str]) -> object:
    return _joined("$and", list(_comparisons(branch, short)))


def _joined(joiner: str, parts: list[object]) -> object:
    return parts[0] if len(parts) == 1 else {joiner: parts}


def _comparisons(branch: Branch, short: Mapping[str, str]) -> Iterator[object]:
    if not branch:
        yield {ALWAYS: 1}
    for test in branch:
        comparison = {short[test.prop]: test.value}
        yield comparison if test.op == "==" else {_OPERATORS[test.op]: comparison}
