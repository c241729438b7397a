"""Rulesets to their cases."""

from __future__ import annotations

from collections.abc import Iterable

from devrules.errors import InvalidRuleset, Problem
from devrules.ruleset.model import Case, Ruleset


def cases_of(rulesets: Iterable[Ruleset]) -> tuple[Case, ...]:
    """
    List the cases of several rulesets, in their order.

    Raises:
        InvalidRuleset: With everything that is wrong with the cases of any of them.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for ruleset in rulesets:
        try:
            cases += ruleset.cases
        except InvalidRuleset as error:
            problems += error.problems
    if problems:
        raise InvalidRuleset(problems)
    return tuple(cases)
