"""Outcomes to one generated Python function: the evaluator that every other engine is compared with."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

from devrules.engine.api import Fact, Outcome
from devrules.engine.checks import check_fact, check_outcomes, tests_of, verdicts_of
from devrules.program.conditions import Plain, Test

_Compiled: TypeAlias = Callable[[Fact], list[int]]


class Reference:
    """
    Judges by plain Python, compiled once.

    Args:
        outcomes: The outcomes of all rules.

    Raises:
        InvalidRuleset: When a constant is not a whole number of 64 bits.
    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        check_outcomes(outcomes)
        self._outcomes = tuple(outcomes)
        self._holding = _compile(self._outcomes)

    @property
    def name(self) -> str:
        """``reference``."""
        return "reference"

    def judge(self, fact: Fact) -> dict[str, str]:
        """
        Tell the verdict of every rule that reached one.

        Args:
            fact: The ends of the known measures.

        Returns:
            Rule id to verdict, in the order of the outcomes.

        Raises:
            EngineDisagreement: When two outcomes of one rule hold at once.
            InvalidInput: When a value is not a whole number of 64 bits.
        """
        check_fact(fact)
        outcomes = self._outcomes
        return verdicts_of([outcomes[index] for index in self._holding(fact)])


def _compile(outcomes: Sequence[Outcome]) -> _Compiled:
    # Seven times as fast as nested closures. Only our operators, whole numbers and the repr of names go in.
    namespace: dict[str, object] = {"nan": math.nan}
    exec(compile(_source(outcomes), "<devrules reference>", "exec"), namespace)  # noqa: S102
    return cast("_Compiled", namespace["holding"])


def _source(outcomes: Sequence[Outcome]) -> str:
    tests = (test for outcome in outcomes for test in tests_of(outcome.when))
    variables = {prop: f"p{index}" for index, prop in enumerate(dict.fromkeys(test.prop for test in tests))}
    lines = ["def holding(fact):", " get = fact.get", " found = []", " add = found.append"]
    # An absent property is NaN: every comparison with it is false.
    lines += [f" {variable} = get({prop!r}, nan)" for prop, variable in variables.items()]
    lines += [f" if {_expression(outcome.when, variables)}: add({index})" for index, outcome in enumerate(outcomes)]
    return "\n".join([*lines, " return found"])


def _expression(plain: Plain, variables: dict[str, str]) -> str:
    if isinstance(plain, Test):
        return f"{variables[plain.prop]} {plain.op} {plain.value}"
    joiner, empty = _JOINERS[type(plain).__name__]
    parts = [_expression(part, variables) for part in plain.parts]
    return f"({joiner.join(parts)})" if parts else empty


_JOINERS = {"AllOf": (" and ", "True"), "AnyOf": (" or ", "False")}
