"""Working days to SQL: what is looked up in the calendar, one row a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sqlglot import exp

from devrules.population.sql import Ends, Sql, alias, both, chosen, column, ends, known, named, number, when
from devrules.program import measures as m
from devrules.program.conditions import Names

LookedUp: TypeAlias = m.WorkingDays | m.NextWorkingDay
"""The measures that ask the calendar."""


def calendar_name(height: int) -> str:
    """Name the query that looks up what the measures of one height ask."""
    return f"working_days_{height}"


def looked_up(nodes: Sequence[LookedUp], below: str, names: Names) -> exp.Select:
    """Write the query: the two ends of each of *nodes*."""
    query = exp.select(alias(column("d", "b"), "d")).from_(exp.to_table(below).as_("b"))
    for node in nodes:
        for which, day in _days(node, names).items():
            name = f"{names[node]}_{which}"
            query = query.join(f"calendar AS {name}", on=column("day", name).eq(day), join_type="left", copy=False)
        query = query.select(*named(names[node], _ends(node, names)), copy=False)
    return query


def _days(node: LookedUp, names: Names) -> dict[str, Sql]:
    """Tell the day of each look-up."""
    if isinstance(node, m.NextWorkingDay):
        day = ends(names[node.day], "b")
        return {"low": day.low, "high": day.high}
    start, end = ends(names[node.start], "b"), ends(names[node.end], "b")
    # The days before the first one are left out of a count that includes both ends.
    return {
        "start_low": start.low - number(1),
        "start_high": start.high - number(1),
        "end_low": end.low,
        "end_high": end.high,
    }


def _ends(node: LookedUp, names: Names) -> Ends:
    """Give both ends; absent if either is."""
    name = names[node]
    if isinstance(node, m.NextWorkingDay):
        low, high = column("rolled", f"{name}_low"), column("rolled", f"{name}_high")
    else:
        start, end = ends(names[node.start], "b"), ends(names[node.end], "b")
        low = _worked(start.high, end.low, f"{name}_start_high", f"{name}_end_low")
        high = _worked(start.low, end.high, f"{name}_start_low", f"{name}_end_high")
    complete = both(known(low), known(high))
    return Ends(when(complete, low), when(complete, high))


def _worked(start: Sql, end: Sql, before_start: str, up_to_end: str) -> Sql:
    """Count from *start* to *end*: where the end comes before the start it is 0 even outside the calendar."""
    counted = column("number", up_to_end) - column("number", before_start)
    return chosen([(end < start, number(0))], counted)
