"""Days to numbers of working days, for the years whose working days are published."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Protocol

import attrs
from chinese_calendar.constants import holidays, workdays  # type: ignore[import-untyped]

from devrules.days.tally import Tally
from devrules.days.toml_calendar import TomlCalendar, read_calendar
from devrules.errors import InvalidInput, Problem

__all__ = [
    "ChineseCalendar",
    "Combined",
    "TomlCalendar",
    "WorkingDays",
    "nth_working_day",
    "read_calendar",
    "working_days",
]

_DAY = timedelta(days=1)
_FRIDAY = 4


class WorkingDays(Protocol):
    """A calendar of working days over a span of days without a hole."""

    @property
    def first(self) -> date:
        """The first day that the calendar knows."""

    @property
    def last(self) -> date:
        """The last day that the calendar knows."""

    def number(self, day: date) -> int | None:
        """
        Count the working days from the first day that the calendar knows.

        Args:
            day: The last day to count.

        Returns:
            Their number, or None where the working days of the year are not published.
        """


@attrs.frozen
class ChineseCalendar:
    """The working days that the State Council has published, from the package chinesecalendar."""

    @property
    def first(self) -> date:
        """The first day that the package knows."""
        return _published().first

    @property
    def last(self) -> date:
        """The last day that the installed release of the package knows."""
        return _published().last

    def number(self, day: date) -> int | None:
        """
        Count the working days from the first day that the package knows.

        Args:
            day: The last day to count.

        Returns:
            Their number, or None where the working days of the year are not published.
        """
        return _published().number(day)


@cache
def _published() -> Tally:
    return Tally.of(min(holidays).year, max(holidays).year, _is_working)


def _is_working(day: date) -> bool:
    # The package's own is_workday() looks for its first and last year at every call.
    return day in workdays or (day.weekday() <= _FRIDAY and day not in holidays)


@attrs.frozen
class Combined:
    """
    Two calendars as one: what *extra* knows holds, the rest is from *base*.

    Args:
        base: The calendar to start from.
        extra: The calendar whose days come first, before or after or inside those of *base*.

    Raises:
        InvalidInput: When days lie between the two that neither knows.
    """

    base: WorkingDays
    extra: WorkingDays = attrs.field()

    @extra.validator
    def _adjoins(self, _: attrs.Attribute[WorkingDays], extra: WorkingDays) -> None:
        earlier, later = sorted((self.base, extra), key=lambda calendar: calendar.first)
        if later.first - earlier.last > _DAY:
            what = f"no calendar has the days between {earlier.last} and {later.first}"
            raise InvalidInput([Problem("working-day calendars", what, "add the years that are missing")])

    @property
    def first(self) -> date:
        """The first day that either calendar knows."""
        return min(self.base.first, self.extra.first)

    @property
    def last(self) -> date:
        """The last day that either calendar knows."""
        return max(self.base.last, self.extra.last)

    def number(self, day: date) -> int | None:
        """
        Count the working days from the first day that either calendar knows.

        Args:
            day: The last day to count.

        Returns:
            Their number, or None where neither calendar knows *day*.
        """
        if not self.first <= day <= self.last:
            return None
        parts = list(self._parts(day))
        return None if None in parts else sum(part for part in parts if part is not None)

    def _parts(self, day: date) -> Iterator[int | None]:
        if self.base.first < self.extra.first:
            yield working_days(self.base, self.base.first, min(day, self.extra.first - _DAY))
        yield working_days(self.extra, self.extra.first, min(day, self.extra.last))
        if day > self.extra.last:
            yield working_days(self.base, self.extra.last + _DAY, day)


def working_days(calendar: WorkingDays, start: date, end: date) -> int | None:
    """
    Count the working days of a span, both ends included.

    Args:
        calendar: The calendar to count by.
        start: The first day; it counts if it is a working day.
        end: The last day; it counts if it is a working day.

    Returns:
        Their number, 0 when *end* is before *start*, or None when the calendar does not know one of the two.
    """
    if end < start:
        return 0
    before, up_to = _number_before(calendar, start), calendar.number(end)
    return None if before is None or up_to is None else up_to - before


def _number_before(calendar: WorkingDays, day: date) -> int | None:
    # Nothing is known of the day before the first, and nothing needs to be.
    return 0 if day == calendar.first else calendar.number(day - _DAY) if day > date.min else None


def nth_working_day(calendar: WorkingDays, start: date, n: int) -> date | None:
    """
    Find the day on which the *n*-th working day falls.

    Args:
        calendar: The calendar to count by.
        start: The first day; it counts if it is a working day.
        n: Which working day is wanted, from 1 on.

    Returns:
        That day, or None when the calendar does not know *start* or ends too soon.

    Raises:
        ValueError: When *n* is not positive.
    """
    if n < 1:
        raise ValueError(f"there is no working day number {n}: they are counted from 1")
    if not calendar.first <= start <= calendar.last:
        return None
    days = range(start.toordinal(), calendar.last.toordinal() + 1)
    index = bisect_left(days, n, key=lambda ordinal: working_days(calendar, start, date.fromordinal(ordinal)) or 0)
    return date.fromordinal(days[index]) if index < len(days) else None
