"""
Conditions over measures, and what they become: tests over the flat fact that every engine judges.

A measure has two ends, ``low`` and ``high``, or is absent. A condition over measures therefore says two things of a
dossier: when it surely holds and when it surely fails. Both are plain tests over the ends; an absent end satisfies no test.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Literal, TypeAlias

import attrs

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


@attrs.frozen
class AllOf:
    """Every part holds; an empty one always does."""

    parts: tuple[Plain, ...]

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.parts)) + ")" if self.parts else "always"


@attrs.frozen
class AnyOf:
    """At least one part holds; an empty one never does."""

    parts: tuple[Plain, ...]

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.parts)) + ")" if self.parts else "never"


Plain: TypeAlias = Test | AllOf | AnyOf
