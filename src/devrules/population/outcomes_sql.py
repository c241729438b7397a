"""Outcomes to SQL: one column a rule with its verdict, and one that names a rule with two outcomes at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlglot import exp

from devrules.population.sql import Sql, alias, chosen, column, number, when
from devrules.program.conditions import AllOf, Outcome, Plain, Test

CLASH = "clash"
"""The column that names the first rule of which two outcomes hold."""

_COMPARISONS: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "==": exp.EQ}


def rules_of(outcomes: Sequence[Outcome]) -> list[str]:
    """List the rules, in the order of their outcomes."""
    return list(dict.fromkeys(outcome.rule for outcome in outcomes))


def held(outcomes: Sequence[Outcome], below: str) -> exp.Select:
    """
    Add two columns for each rule: the number of its first outcome that holds, and that of its last one.

    A ``CASE`` asks only what it must: to work out every outcome takes longer. An absent end satisfies no test: the
    condition is then null, which no ``CASE`` takes for true; nothing is ever negated.
    """
    items: list[Sql] = []
    for n, (_, ways) in enumerate(_of_rules(outcomes)):
        shared, own = _shared([one.when for one in ways])
        branches = [(_condition(one), number(at)) for at, one in enumerate(own)]
        for name, asked in ((f"first {n}", branches), (f"last {n}", branches[::-1])):
            items.append(alias(when(_condition(shared), chosen(asked)) if shared.parts else chosen(asked), name))
    return exp.select(exp.Star(), *items).from_(below, copy=False)


def verdicts(outcomes: Sequence[Outcome]) -> Iterator[Sql]:
    """Yield the columns of the verdicts, in the order of :func:`rules_of`, and the one of the clash."""
    clashes: list[tuple[Sql, Sql]] = []
    for n, (rule, ways) in enumerate(_of_rules(outcomes)):
        first, last = column(f"first {n}"), column(f"last {n}")
        # The outcomes with one verdict stand together.
        ends = {one.verdict: number(at) for at, one in enumerate(ways)}
        yield alias(chosen((first <= end, exp.Literal.string(verdict)) for verdict, end in ends.items()), f"v{n}")
        clashes.append((first.neq(last), exp.Literal.string(rule)))
    yield alias(chosen(clashes) if clashes else exp.null(), CLASH)


def _shared(conditions: Sequence[Plain]) -> tuple[AllOf, Sequence[Plain]]:
    """Take out what all *conditions* ask for: it is asked once, and the rest only where it holds."""
    listed = [one.parts if isinstance(one, AllOf) else (one,) for one in conditions]
    shared = tuple(part for part in listed[0] if all(part in parts for parts in listed))
    return AllOf(shared), [AllOf(tuple(part for part in parts if part not in shared)) for parts in listed]


def _of_rules(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Sequence[Outcome]]]:
    """Yield each rule with its outcomes, verdict by verdict."""
    ways: dict[str, dict[str, list[Outcome]]] = {rule: {} for rule in rules_of(outcomes)}
    for one in outcomes:
        ways[one.rule].setdefault(one.verdict, []).append(one)
    for rule, of_rule in ways.items():
        yield rule, list(chain.from_iterable(of_rule.values()))


def _condition(plain: Plain) -> Sql:
    if isinstance(plain, Test):
        name, _, end = plain.prop.rpartition(".")
        return _COMPARISONS[plain.op](this=column(f"{name}_{end}"), expression=number(plain.value))
    parts = [_condition(part) for part in plain.parts]
    if isinstance(plain, AllOf):
        return exp.paren(exp.and_(*parts)) if parts else exp.true()
    return exp.paren(exp.or_(*parts)) if parts else exp.false()
