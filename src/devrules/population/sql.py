"""Small pieces of SQL, as SQLGlot expressions that DuckDB and Spark both understand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs
from sqlglot import exp

from devrules.days import Period
from devrules.program.view import NO_DAY

Sql: TypeAlias = exp.Expr
FIRST_DAY, LAST_DAY = NO_DAY
# An addition of more leaves the calendar of Python from either end of it; the databases must not overflow.
MOST_MONTHS = 12 * 10_000
MOST_DAYS = 4_000_000
NULL = exp.null()


@attrs.frozen
class Ends:
    """The two ends of a measure."""

    low: Sql
    high: Sql

    @classmethod
    def same(cls, value: Sql) -> Ends:
        """Make the ends of what is known exactly."""
        return cls(value, value)


def column(name: str, table: str | None = None) -> Sql:
    """Name a column."""
    return exp.column(name, table=table, quoted=True)


def ends(name: str, table: str | None = None) -> Ends:
    """Name the two columns of a measure or a day."""
    return Ends(column(f"{name}_low", table), column(f"{name}_high", table))


def named(name: str, value: Ends) -> list[Sql]:
    """Give the two ends the names of their columns."""
    return [alias(value.low, f"{name}_low"), alias(value.high, f"{name}_high")]


def alias(value: Sql, name: str) -> Sql:
    """Give an expression a name."""
    return exp.alias_(_own(value), name, quoted=True, copy=False)


def number(value: int) -> Sql:
    """Write a number."""
    return exp.convert(value)


def when(condition: Sql, then: Sql, otherwise: Sql | None = None) -> Sql:
    """``CASE WHEN``; without *otherwise* it is null where *condition* does not hold."""
    return chosen([(condition, then)], otherwise)


def chosen(branches: Iterable[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
    """``CASE`` with several branches."""
    # All at once: adding one branch after another copies those before it each time.
    ifs = [exp.If(this=_own(condition), true=_own(then)) for condition, then in branches]
    return exp.Case(ifs=ifs, default=None if otherwise is None else _own(otherwise))


def known(value: Sql) -> Sql:
    """``IS NOT NULL``."""
    return exp.not_(unknown(value), copy=False)


def unknown(value: Sql) -> Sql:
    """``IS NULL``."""
    return exp.Is(this=_own(value), expression=exp.null())


def both(*conditions: Sql) -> Sql:
    """``AND``."""
    return exp.and_(*map(_own, conditions), copy=False)


def either(*conditions: Sql) -> Sql:
    """``OR``."""
    return exp.or_(*map(_own, conditions), copy=False)


def flag(condition: Sql) -> Sql:
    """Write 1 where *condition* holds, else 0."""
    return when(condition, number(1), number(0))


def first_known(*values: Sql) -> Sql:
    """``COALESCE``."""
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))


def least(*values: Sql) -> Sql:
    """``LEAST``; as DuckDB and Spark have it, nulls are left out."""
    return exp.Least(this=values[0], expressions=list(values[1:]), ignore_nulls=True)


def greatest(*values: Sql) -> Sql:
    """``GREATEST``; as DuckDB and Spark have it, nulls are left out."""
    return exp.Greatest(this=values[0], expressions=list(values[1:]), ignore_nulls=True)


def lowest(value: Sql) -> Sql:
    """``MIN``."""
    return exp.Min(this=value)


def highest(value: Sql) -> Sql:
    """``MAX``."""
    return exp.Max(this=value)


def how_many(among: Sql | None = None) -> Sql:
    """Count the rows, or those that *among* holds of; DuckDB is far slower with ``FILTER``."""
    return exp.Count(this=exp.Star() if among is None else when(among, number(1)))


def total(value: Sql) -> Sql:
    """``SUM``, as a whole number of 64 bits."""
    return exp.cast(exp.Sum(this=value), "bigint")


def clamped(ends: Ends, as_of: Sql) -> Ends:
    """What is recorded was done by the as-of day; a day that is later as a whole is left as it is."""
    high = greatest(ends.low, least(ends.high, as_of))
    return Ends(ends.low, when(ends.low <= as_of, high, ends.high))


def or_no_day(ends: Ends) -> Ends:
    """Take any day where none is stated."""
    return Ends(first_known(ends.low, number(FIRST_DAY)), first_known(ends.high, number(LAST_DAY)))


def shifted(ordinal: Sql, period: Period, times: Sql | None = None) -> Sql:
    """
    Add a period, or *times* as much, to the ordinal of a day: months first, clamped to the month's end, then days.

    See :func:`devrules.days.shift`. Null where *ordinal* is.
    """
    months = _times(max(-MOST_MONTHS, min(period.months, MOST_MONTHS)), times)
    days = _times(max(-MOST_DAYS, min(period.days, MOST_DAYS)), times)
    moved = ordinal
    if period.months:
        moved = _within_calendar(_ordinal(_added(_date(moved), months, "MONTH")))
    if period.days:
        moved = _within_calendar(moved + days)
    return moved if moved is ordinal else when(known(ordinal), moved)


def begins(ordinal: Sql, months: int) -> Sql:
    """
    Find the first day from *ordinal* on with which so many months of the calendar year begin.

    See :func:`devrules.program.ends.begins`. Null where *ordinal* is.
    """
    day = _date(ordinal)
    passed = exp.paren((exp.Month(this=day) - number(1)) % number(months))
    first = exp.paren(ordinal - exp.Day(this=day) + number(1))
    on_it = both(passed.eq(number(0)), first.eq(ordinal))
    following = _within_calendar(_ordinal(_added(_date(first), exp.paren(number(months) - passed), "MONTH")))
    return when(known(ordinal), when(on_it, ordinal, following))


def _own(value: Sql) -> Sql:
    """Give *value*, or a copy of it if it has its place already: to copy everything takes longer than to write it."""
    return value if value.parent is None else value.copy()


def _times(count: int, times: Sql | None) -> Sql:
    return number(count) if times is None else exp.paren(times * number(count))


def _within_calendar(ordinal: Sql) -> Sql:
    return least(greatest(ordinal, number(FIRST_DAY)), number(LAST_DAY))


def _date(ordinal: Sql) -> Sql:
    return _added(_epoch(), exp.paren(ordinal - number(FIRST_DAY)), "DAY")


def _ordinal(day: Sql) -> Sql:
    return exp.DateDiff(this=day, expression=_epoch(), unit=exp.var("DAY")) + number(FIRST_DAY)


def _added(day: Sql, count: Sql, unit: str) -> Sql:
    return exp.cast(exp.DateAdd(this=day, expression=count, unit=exp.var(unit)), "date")


def _epoch() -> Sql:
    return exp.cast(exp.Literal.string("0001-01-01"), "date")
