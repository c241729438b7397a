"""Values as intervals: the two ends of a number or a day, and what is reckoned from them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from devrules.days import Day, Period, shift
from devrules.program.view import NO_DAY, Ends

Value: TypeAlias = Ends | None
Values: TypeAlias = list[Value]


@lru_cache(maxsize=65536)
def shifted(ordinal: int, period: Period) -> int:
    """Tell the ordinal of the day one *period* after that of *ordinal*."""
    return shift(date.fromordinal(ordinal), period).toordinal()


def begins(ordinal: int, months: int) -> int:
    """Tell the first day from *ordinal* on with which so many months of the calendar year begin."""
    day = date.fromordinal(ordinal)
    passed = (day.month - 1) % months
    first = day.replace(day=1)
    if not passed and day == first:
        return ordinal
    return shifted(first.toordinal(), Period(months=months - passed))


def multiple(period: Period, times: int) -> Period:
    """Tell the period that is *times* as long."""
    return Period(months=period.months * times, days=period.days * times)


def ends_of(value: Any) -> Ends:
    """Tell the ends of what a field states: a day, a number, or how many there are in a list."""
    if isinstance(value, Day):
        return value.low.toordinal(), value.high.toordinal()
    number = len(value) if isinstance(value, tuple) else int(value)
    return number, number


def span(values: list[Value]) -> Value:
    """Tell the ends of what any of *values* may be; absent where one of them is."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def enclosed(earlier: list[Ends], later: list[Ends], as_of: int) -> Ends:
    """
    Tell between which days lies what was done after *earlier* and before *later*, even if they are out of order.

    With nothing earlier it is as old as what follows; with nothing later it was done by the as-of day.
    """
    until = min((low for low, _ in later), default=as_of), min((high for _, high in later), default=as_of)
    if not earlier:
        return until if later else (NO_DAY[0], as_of)
    since = max(low for low, _ in earlier), max(high for _, high in earlier)
    return min(since[0], until[0]), max(since[1], until[1])


def earliest(begin: Ends, known: list[Ends], *, unsaid: bool) -> Value:
    """The earliest day from *begin* on, else the latest; where one is *unsaid* it may be that."""
    surely = [high for low, high in known if low >= begin[1]]
    if unsaid:
        return (begin[0], min(surely)) if surely else None
    lows = [max(low, begin[0]) for low, high in known if high >= begin[0]]
    if surely:
        return min(lows), min(surely)
    return min([*lows, max(low for low, _ in known)]), max(high for _, high in known)
