"""Outcomes to SQL: one column a rule with its verdict, and one that names a rule with two outcomes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from sqlglot import exp

from devrules.population.sql import Sql, alias, chosen, column, flag, number
from devrules.program.conditions import AllOf, Outcome, Plain, Test

CLASH = "clash"
"""The column that names the first rule of which two outcomes hold."""

_COMPARISONS: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "==": exp.EQ}


def rules_of(outcomes: Sequence[Outcome]) -> list[str]:
    """List the rules, in the order of their outcomes."""
    return list(dict.fromkeys(outcome.rule for outcome in outcomes))


def tests(outcomes: Sequence[Outcome], below: str) -> exp.Select:
    """
    Add a column for each outcome that tells whether it holds.

    An absent end satisfies no test: the column is then null, which no ``CASE`` takes for true; nothing is ever negated.
    """
    items = [alias(_condition(outcome.when), _outcome(n)) for n, outcome in enumerate(outcomes)]
    return exp.select(exp.Star(), *items).from_(below, copy=False)


def verdicts(outcomes: Sequence[Outcome]) -> Iterator[Sql]:
    """Yield the columns of the verdicts, in the order of :func:`rules_of`, and the one of the clash."""
    clashes: list[tuple[Sql, Sql]] = []
    numbered = sorted(enumerate(outcomes), key=_by_rule(outcomes))
    for n, (_, of_rule) in enumerate(groupby(numbered, key=_by_rule(outcomes))):
        ways = list(of_rule)
        branches = [(column(_outcome(at)), exp.Literal.string(one.verdict)) for at, one in ways]
        yield alias(chosen(branches), f"v{n}")
        held = _sum([flag(column(_outcome(at))) for at, _ in ways])
        clashes.append((held > number(1), exp.Literal.string(ways[0][1].rule)))
    yield alias(chosen(clashes) if clashes else exp.null(), CLASH)


def _by_rule(outcomes: Sequence[Outcome]) -> Callable[[tuple[int, Outcome]], int]:
    place = {rule: n for n, rule in enumerate(rules_of(outcomes))}
    return lambda numbered: place[numbered[1].rule]


def _outcome(n: int) -> str:
    return f"o{n}"


def _condition(plain: Plain) -> Sql:
    if isinstance(plain, Test):
        name, _, end = plain.prop.rpartition(".")
        return _COMPARISONS[plain.op](this=column(f"{name}_{end}"), expression=number(plain.value))
    parts = [_condition(part) for part in plain.parts]
    if isinstance(plain, AllOf):
        return exp.paren(exp.and_(*parts)) if parts else exp.true()
    return exp.paren(exp.or_(*parts)) if parts else exp.false()


def _sum(values: Sequence[Sql]) -> Sql:
    added = values[0]
    for value in values[1:]:
        added = added + value
    return exp.paren(added)
