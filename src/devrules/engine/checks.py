"""What every engine demands of its rules and facts, and how firings become verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from devrules.engine.api import Fact, Outcome
from devrules.errors import EngineDisagreement, InvalidInput, InvalidRuleset, Problem
from devrules.program.conditions import Plain, Test

LOWEST = -(2**63)
HIGHEST = 2**63 - 1

_ONLY_INT = {int}


def check_fact(fact: Fact) -> None:
    """
    Refuse a fact that the engines would not all read alike.

    Args:
        fact: Property name to a whole number of 64 bits; a bool is not a number here.

    Raises:
        InvalidInput: Naming every property whose value is something else.
    """
    values = fact.values()
    # Whole columns in C first: a loop over the values would cost more than judging them.
    if set(map(type, values)) <= _ONLY_INT and (not values or (min(values) >= LOWEST and max(values) <= HIGHEST)):
        return
    raise InvalidInput(Problem(str(name), _wrong(value)) for name, value in fact.items() if not _fits(value))


def check_outcomes(outcomes: Iterable[Outcome]) -> None:
    """
    Refuse constants that the engines would not all read alike.

    Args:
        outcomes: The outcomes of all rules.

    Raises:
        InvalidRuleset: Naming every rule and property whose constant is not a whole number of 64 bits.
    """
    problems = [
        Problem(f"rule {outcome.rule}", f"{test.prop}: {_wrong(test.value)}")
        for outcome in outcomes
        for test in tests_of(outcome.when)
        if not _fits(test.value)
    ]
    if problems:
        raise InvalidRuleset(problems)


def tests_of(plain: Plain) -> Iterator[Test]:
    """
    Give every test in a condition, in the order in which it is written.

    Args:
        plain: The condition.

    Yields:
        Its tests; one that is written twice comes twice.
    """
    if isinstance(plain, Test):
        yield plain
        return
    for part in plain.parts:
        yield from tests_of(part)


def verdicts_of(fired: Sequence[Outcome]) -> dict[str, str]:
    """
    Turn the outcomes that hold into one verdict a rule.

    Args:
        fired: The outcomes that hold, each once.

    Returns:
        Rule id to verdict.

    Raises:
        EngineDisagreement: When two outcomes of one rule hold.
    """
    verdicts = {outcome.rule: outcome.verdict for outcome in fired}
    if len(verdicts) == len(fired):
        return verdicts
    rules = [outcome.rule for outcome in fired]
    clash = next(rule for rule in rules if rules.count(rule) > 1)
    raise EngineDisagreement(clash, [outcome.verdict for outcome in fired if outcome.rule == clash])


def _fits(value: object) -> bool:
    # Not isinstance: True is an int, and an IntEnum prints its name.
    return type(value) is int and LOWEST <= value <= HIGHEST


def _wrong(value: object) -> str:
    return f"{value!r} is not a whole number of 64 bits"
