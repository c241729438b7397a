"""
Conditions over measures, and what they become: tests over the flat fact that every engine judges.

A measure has two ends, ``low`` and ``high``, or is absent. A condition over measures therefore says two things of a
dossier: when it surely holds and when it surely fails. Both are plain tests over the ends; an absent end satisfies no
test.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import attrs

from devrules.program.measures import Measure

Op: TypeAlias = Literal["<", "<=", ">", ">=", "=="]

OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


@attrs.frozen
class Test:
    """One property of the flat fact compared with a constant; false where the fact has no such property."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    prop: str
    op: Op
    value: int

    def __str__(self) -> str:
        return f"{self.prop} {self.op} {self.value}"

    def props(self) -> set[str]:
        """Collect the properties that are tested."""
        return {self.prop}


@attrs.frozen
class AllOf:
    """Every part holds; an empty one always does."""

    parts: tuple[Plain, ...]

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.parts)) + ")" if self.parts else "always"

    def props(self) -> set[str]:
        """Collect the properties that are tested."""
        return _props(self.parts)


@attrs.frozen
class AnyOf:
    """At least one part holds; an empty one never does."""

    parts: tuple[Plain, ...]

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.parts)) + ")" if self.parts else "never"

    def props(self) -> set[str]:
        """Collect the properties that are tested."""
        return _props(self.parts)


Plain: TypeAlias = Test | AllOf | AnyOf


def _props(parts: tuple[Plain, ...]) -> set[str]:
    return {prop for part in parts for prop in part.props()}


@attrs.frozen
class Outcome:
    """
    One way a rule can end.

    The outcomes of a rule exclude one another: the compiler sees to it, and the engines check it.
    """

    rule: str
    verdict: str
    when: Plain


@attrs.frozen
class Compare:
    """A measure compared with a constant."""

    measure: Measure
    op: Op
    value: int

    def __str__(self) -> str:
        return f"{self.measure} {self.op} {self.value}"


@attrs.frozen
class Every:
    """Every part holds."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.parts)) + ")" if self.parts else "always"


@attrs.frozen
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.parts)) + ")"


Condition: TypeAlias = Compare | Every | Some

_SURELY: dict[str, tuple[tuple[str, Op], ...]] = {
    "<": (("high", "<"),),
    "<=": (("high", "<="),),
    ">": (("low", ">"),),
    ">=": (("low", ">="),),
    "==": (("low", ">="), ("high", "<=")),
}
_NEVER: dict[str, tuple[tuple[str, Op], ...]] = {
    "<": (("low", ">="),),
    "<=": (("low", ">"),),
    ">": (("high", "<="),),
    ">=": (("high", "<"),),
    "==": (("low", ">"), ("high", "<")),
}


Names: TypeAlias = Mapping[Measure, str]
"""What the fact calls each measure; its ends are ``<name>.low`` and ``<name>.high``."""


def surely(condition: Condition, names: Names) -> Plain:
    """Tell when *condition* holds for every value that its measures may have."""
    match condition:
        case Compare(op="=="):
            return AllOf(_tests(condition, _SURELY, names))
        case Compare():
            return _tests(condition, _SURELY, names)[0]
        case Every(parts):
            return AllOf(tuple(surely(part, names) for part in parts))
        case Some(parts):
            return AnyOf(tuple(surely(part, names) for part in parts))


def never(condition: Condition, names: Names) -> Plain:
    """Tell when *condition* fails for every value that its measures may have."""
    match condition:
        case Compare(op="=="):
            return AnyOf(_tests(condition, _NEVER, names))
        case Compare():
            return _tests(condition, _NEVER, names)[0]
        case Every(parts):
            return AnyOf(tuple(never(part, names) for part in parts))
        case Some(parts):
            return AllOf(tuple(never(part, names) for part in parts))


def _tests(compare: Compare, ends: dict[str, tuple[tuple[str, Op], ...]], names: Names) -> tuple[Test, ...]:
    name = names[compare.measure]
    return tuple(Test(f"{name}.{end}", op, compare.value) for end, op in ends[compare.op])


def holds(plain: Plain, fact: Mapping[str, int]) -> bool:
    """Tell whether *plain* holds of *fact*; a tree walk, for single questions."""
    match plain:
        case Test(prop, op, value):
            return prop in fact and OPERATORS[op](fact[prop], value)
        case AllOf(parts):
            return all(holds(part, fact) for part in parts)
        case AnyOf(parts):
            return any(holds(part, fact) for part in parts)


def compared(condition: Condition) -> list[Measure]:
    """List the measures that *condition* compares."""
    if isinstance(condition, Compare):
        return [condition.measure]
    return [measure for part in condition.parts for measure in compared(part)]
