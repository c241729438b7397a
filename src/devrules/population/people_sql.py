"""The people whom a record names to how many of them surely, and possibly, meet a test: one row a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from devrules.population.sql import (
    Ends,
    Sql,
    alias,
    both,
    column,
    either,
    ends,
    first_known,
    flag,
    highest,
    named,
    number,
    or_no_day,
    shifted,
    total,
    unknown,
)
from devrules.program import measures as m
from devrules.program.conditions import Names
from devrules.program.program import Program

_RECORD = ("d", "n")
_PERSON = (*_RECORD, "person")


def people_tested(program: Program) -> list[m.People]:
    """List the measures for which people are tested one by one."""
    return [node for node in program.measures if isinstance(node, m.People) and node.test != "all"]


def told_name(records: str) -> str:
    """Name the query that tells how many people of each record meet the tests."""
    return f"{records}_told"


def told(tested: Sequence[m.People], records: str, kind: int, names: Names) -> Iterator[tuple[str, exp.Select]]:
    """
    Yield the named queries, up to :func:`told_name`.

    Args:
        tested: The measures of one kind.
        records: The query with the records of the kind.
        kind: The number of the kind.
        names: What the measures are called.
    """
    sanctioned = [node for node in tested if node.test in ("under-sanction", "within-effect")]
    sanctions = f"{records}_sanctioned" if sanctioned else None
    if sanctions is not None:
        yield sanctions, _sanctioned(sanctioned, records, kind, names)
    yield told_name(records), _told(tested, records, kind, sanctions, names)


def _sanctioned(nodes: Sequence[m.People], records: str, kind: int, names: Names) -> exp.Select:
    """Tell of each person whether any sanction of the kinds in question holds on the day of the record."""
    on = or_no_day(ends("act", "r"))
    approved, restored = or_no_day(ends("approved", "s")), ends("restored", "s")
    items: list[Sql] = [column(name, "s") for name in _PERSON]
    for node in nodes:
        if node.test == "under-sanction":
            of = column("sanction", "s").isin(*node.sanctions)
            one = Ends(_not_restored(restored.low, on.high), _not_restored(restored.high, on.low))
            told = Ends(both(of, approved.high <= on.low, one.low), both(of, approved.low <= on.high, one.high))
        else:
            told = _within_effect(node, approved, on)
        items += named(names[node], Ends(highest(flag(told.low)), highest(flag(told.high))))
    return (
        exp.select(*items)
        .from_(exp.to_table("sanction").as_("s"))
        .join(f"{records} AS r", on=_same(_RECORD, "r", "s"))
        .where(column("kind", "s").eq(number(kind)))
        .group_by(*(column(name, "s") for name in _PERSON))
    )


def _within_effect(node: m.People, approved: Ends, on: Ends) -> Ends:
    """Tell whether a sanction has effect: from the day it was approved until a period later."""
    surely: list[Sql] = []
    maybe: list[Sql] = []
    for sanction, period in zip(node.sanctions, node.periods, strict=True):
        of = column("sanction", "s").eq(exp.Literal.string(sanction))
        surely.append(both(of, approved.high <= on.low, on.high < shifted(approved.low, period)))
        maybe.append(both(of, approved.low <= on.high, on.low < shifted(approved.high, period)))
    return Ends(either(*surely), either(*maybe))


def _not_restored(restored: Sql, on: Sql) -> Sql:
    return either(unknown(restored), restored > on)


def _told(tested: Sequence[m.People], records: str, kind: int, sanctions: str | None, names: Names) -> exp.Select:
    items: list[Sql] = [alias(column(name, "p"), name) for name in _RECORD]
    for node in tested:
        one = _one(node, names)
        items += named(names[node], Ends(total(one.low), total(one.high)))
    query = (
        exp.select(*items)
        .from_(exp.to_table("participant").as_("p"))
        .join(f"{records} AS r", on=_same(_RECORD, "r", "p"))
        .where(column("kind", "p").eq(number(kind)))
        .group_by(*(column(name, "p") for name in _RECORD))
    )
    if sanctions is None:
        return query
    return query.join(f"{sanctions} AS s", on=_same(_PERSON, "s", "p"), join_type="left")


def _one(node: m.People, names: Names) -> Ends:
    """Tell whether the test surely, and possibly, holds of one person."""
    match node.test:
        case "not-full":
            return _not_full()
        case "self":
            return Ends(column("own", "p"), column("namesake", "p"))
    return _under_sanction(names[node])


def _not_full() -> Ends:
    since, on = ends("since", "p"), or_no_day(ends("act", "r"))
    surely = first_known(since.low > on.high, exp.false())
    return Ends(flag(surely), flag(either(unknown(since.low), since.high > on.low)))


def _under_sanction(name: str) -> Ends:
    unsure = column("unknown_sanctions", "p").eq(number(1))
    found = ends(name, "s")
    return Ends(
        first_known(found.low, number(0)),
        exp.Case().when(unsure, number(1)).else_(first_known(found.high, number(0))),
    )


def _same(names: Sequence[str], left: str, right: str) -> Sql:
    return both(*(column(name, left).eq(column(name, right)) for name in names))
