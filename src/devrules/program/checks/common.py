"""What several checks share: bounds by parameters, records that are wanted, days that hold instead."""

from __future__ import annotations

import attrs

from devrules.program import measures as m
from devrules.program.conditions import Compare, Condition, Every
from devrules.program.context import CheckError, Context
from devrules.program.model import Wanted
from devrules.program.paths import Read, read_days


def on_the_edge(margin: m.Measure) -> Condition:
    """Tell when one day would change a verdict that turns on *margin*, which is 0 on the last day that passes."""
    return Every((Compare(margin, ">=", -1), Compare(margin, "<=", 0)))


def bounds(
    number: m.Measure, at_least: str | None, at_most: str | None, context: Context
) -> tuple[Condition, tuple[tuple[str, str], ...]]:
    """Compare a number with parameters."""
    conditions: list[Condition] = []
    required: list[tuple[str, str]] = []
    for name, op, said in ((at_least, ">=", "at_least"), (at_most, "<=", "at_most")):
        if name is not None:
            conditions.append(Compare(number, op, context.number(name)))  # type: ignore[arg-type]  # one of Op
            required.append((said, context.said(name)))
    if not conditions:
        raise CheckError("expected at_least, at_most or both")
    return conditions[0] if len(conditions) == 1 else Every(tuple(conditions)), tuple(required)


def wanted(read: Read, context: Context) -> Wanted:
    """Want a record of the kinds whose day is judged."""
    if not read.kinds or read.of_person:
        raise CheckError("the day that is judged must be that of a record")
    return context.want(*read.kinds)


def wanted_if_any(read: Read, context: Context, instead: Read | None = None) -> tuple[Wanted, ...]:
    """
    Want the record where a limit begins, unless it may begin with the person or has no place in the process.

    Where a record is there whose day holds *instead*, nothing is wanted.
    """
    placed = [kind for kind in read.kinds if context.kinds[kind].step is not None]
    if not placed or read.of_person:
        return ()
    wanted = context.want(*read.kinds)
    if instead is None:
        return (wanted,)
    kind = instead.kinds[0]
    return (attrs.evolve(wanted, there=m.IfPresent(kind, m.Present((kind,)), wanted.there)),)


def day_instead(path: str | None, context: Context) -> Read | None:
    """Find the day that holds instead where there is a record of its kind."""
    if path is None:
        return None
    read = read_days((path,), context.kinds)
    if not read.kinds:
        raise CheckError(f"unless = {path!r}: expected the day of a record")
    return read
