"""Rules and their cases to what the cases exercise: verdicts and sides of limits, by rule and edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from devrules.api import Rules
from devrules.dossier.convert import ALL, read_dossier
from devrules.errors import InvalidInput
from devrules.program.conditions import Compare, Condition, Every, compared, holds, surely
from devrules.program.evaluate import Evaluator, Value
from devrules.program.measures import Measure, in_order
from devrules.program.model import Body, Compiled
from devrules.program.program import Program
from devrules.program.view import View
from devrules.ruleset.cases import cases_of
from devrules.ruleset.model import Case

SIDES: Mapping[int, str] = {1: "inside", 0: "limit", -1: "beyond"}
"""By how many days a case keeps to a limit: one day to spare, on its last day, one day too far."""


@attrs.frozen
class Edge:
    """
    A limit where one day changes the verdict.

    Args:
        margin: By how many days the limit is kept; it is 0 on its last day.
        guards: What else must hold for this limit to be the one that counts.
    """

    margin: Measure
    guards: tuple[Condition, ...] = ()


@attrs.frozen
class Limit:
    """An edge of a rule, and the sides of it that cases show."""

    edge: Edge
    shown: frozenset[str]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The sides that no case shows."""
        return tuple(side for side in SIDES.values() if side not in self.shown)


@attrs.frozen
class Covered:
    """
    What the cases of one rule exercise in one edition.

    Args:
        rule: The rule's id.
        edition: The edition's id.
        verdicts: How many cases end in each verdict.
        limits: Its limits, and which of their sides are shown.
        wanted: The verdicts that must be shown, in whichever edition.
        body: The first of the editions that ask the same: a side shown in one of them is shown for all.
    """

    rule: str
    edition: str
    verdicts: Mapping[str, int]
    limits: tuple[Limit, ...]
    wanted: tuple[str, ...]
    body: str


def coverage(rules: Rules) -> Iterator[Covered]:
    """
    Yield what the cases exercise: one line for each rule and each edition in which it has a body.

    A case counts for the edition under which its act surely falls. What a case expects is taken as true:
    ``devrules rules test`` is what checks it.
    """
    cases: dict[str, list[Case]] = {}
    for case in cases_of(rules.rulesets):
        cases.setdefault(case.rule, []).append(case)
    for compiled in rules.compiled:
        yield from _covered(rules.program, compiled, cases.get(compiled.id, []))


def lacking(rows: Sequence[Covered], *, each_edition: bool = False) -> Iterator[str]:
    """
    Yield, in a line each, what the cases should show and do not.

    Args:
        rows: What they exercise.
        each_edition: Whether every side is wanted in each edition; else once in those that ask the same.
    """
    for rule in dict.fromkeys(row.rule for row in rows):
        own = [row for row in rows if row.rule == rule]
        for verdict in own[0].wanted:
            if not any(row.verdicts.get(verdict) for row in own):
                yield f"{rule}: no case ends in {verdict}"
        bodies: dict[str, list[Covered]] = {}
        for row in own:
            bodies.setdefault(row.edition if each_edition else row.body, []).append(row)
        for same in bodies.values():
            yield from _lacking_sides(same)


def _lacking_sides(same: Sequence[Covered]) -> Iterator[str]:
    """Tell which sides no case shows, of rows that have the same limits."""
    editions = ", ".join(row.edition for row in same)
    for limits in zip(*(row.limits for row in same), strict=True):
        shown = frozenset[str]().union(*(limit.shown for limit in limits))
        if missing := Limit(limits[0].edge, shown).lacking:
            yield f"{same[0].rule}: {editions}: no case {' or '.join(missing)}: {limits[0].edge.margin}"


def edges(body: Body) -> Iterator[Edge]:
    """Yield the limits of *body* where one day changes the verdict."""
    for close in body.close:
        yield from _edges(close, ())


def _edges(condition: Condition, guards: tuple[Condition, ...]) -> Iterator[Edge]:
    if not isinstance(condition, Every):
        return
    for margin in {part.measure: None for part in condition.parts if isinstance(part, Compare)}:
        own = [part for part in condition.parts if isinstance(part, Compare) and part.measure == margin]
        if {(part.op, part.value) for part in own} == {(">=", -1), ("<=", 0)}:
            yield Edge(margin, guards)
            return
    for part in condition.parts:
        yield from _edges(part, (*guards, *(other for other in condition.parts if other is not part)))


def _covered(program: Program, compiled: Compiled, cases: list[Case]) -> Iterator[Covered]:
    bodies = {n: group.body for n in range(1, len(compiled.editions) + 1) if (group := compiled.group(n)) is not None}
    found = {n: list(edges(body)) for n, body in bodies.items() if body is not None}
    taken = [*_taken(program, compiled, cases, [edge for own in found.values() for edge in own])]
    manual = all(body.attest for body in bodies.values() if body is not None)
    for n, own in found.items():
        there = [(case, values) for case, values in taken if values.get(compiled.edition) == (n, n)]
        limits = tuple(
            Limit(edge, frozenset(side for _, values in there for side in _sides(edge, values))) for edge in own
        )
        verdicts = Counter[str](case.expect.verdict for case, _ in there)
        wanted = ("manual",) if manual else ("pass", "fail")
        group = compiled.group(n)
        body = compiled.editions[(group.first if group else n) - 1].id
        yield Covered(compiled.id, compiled.editions[n - 1].id, verdicts, limits, wanted, body)


def _taken(
    program: Program, compiled: Compiled, cases: list[Case], limits: list[Edge]
) -> Iterator[tuple[Case, dict[Measure, Value]]]:
    """Take off each case the measures that tell its edition and its side of the limits."""
    guards = [measure for edge in limits for guard in edge.guards for measure in compared(guard)]
    measures = [*in_order([compiled.edition, *(edge.margin for edge in limits), *guards])]
    evaluator = Evaluator(measures, program.kinds, program.calendar)
    for case in cases:
        try:
            data = {"subject": compiled.rule.subject, **case.dossier}
            dossier = read_dossier(data, program.kinds, where=case.place, recorded=ALL)
        except InvalidInput:
            continue
        values = evaluator.values(View(dossier, case.as_of, program.kinds))
        yield case, dict(zip(measures, values, strict=True))


def _sides(edge: Edge, values: Mapping[Measure, Value]) -> Iterator[str]:
    ends = values[edge.margin]
    if ends is None or ends[0] != ends[1] or ends[0] not in SIDES:
        return
    names = {measure: str(n) for n, measure in enumerate(values)}
    fact = {
        f"{names[one]}.{end}": own[n] for one, own in values.items() if own for n, end in enumerate(("low", "high"))
    }
    if all(holds(surely(guard, names), fact) for guard in edge.guards):
        yield SIDES[ends[0]]
