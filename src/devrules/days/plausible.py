"""Year, month and day as someone wrote them to a day, or to a refusal that says why."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from devrules.days.interval import Day

# What lies outside is a slip of the pen or a number that is no date.
FIRST, LAST = date(1800, 1, 1), date(2100, 12, 31)

_MONTHS = 12


class DayError(ValueError):
    """
    A text or number that cannot be read as a day.

    Args:
        text: The text as it was written.
        reason: Why it is refused, in Chinese and English, such as ``没有第13月 / there is no month 13``.
    """

    def __init__(self, text: str, reason: str) -> None:
        # Both arguments go up, so that the error can be pickled on its way out of a worker process.
        super().__init__(text, reason)
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.text!r}: {self.reason}"


def plausible_day(text: str, year: int, month: int | None = None, day: int | None = None) -> Day:
    """
    Build a day, as precise as it was written.

    Args:
        text: The text that the numbers come from, for the error.
        year: The year.
        month: The month, or None if only the year was written.
        day: The day of the month, or None if only the month was written.

    Returns:
        The day, the month or the year.

    Raises:
        DayError: When there is no such month or day, or the year is not plausible.
    """
    if not FIRST.year <= year <= LAST.year:
        span = f"{FIRST.year}..{LAST.year}"
        raise DayError(text, f"{year}年不在{span}之内 / the year {year} is not in {span}")
    if month is None:
        return Day(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= _MONTHS:
        raise DayError(text, f"没有第{month}月 / there is no month {month}")
    last = monthrange(year, month)[1]
    if day is None:
        return Day(date(year, month, 1), date(year, month, last))
    if not 1 <= day <= last:
        raise DayError(text, f"{year}年{month}月没有{day}日 / there is no day {day} in {year:04}-{month:02}")
    return Day.on(date(year, month, day))
