"""A day that is known, or known only to lie between two days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

import attrs

from devrules.days.period import Period, shift

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_FORMS = "a day is written 2023-05-01, 2023-05, 2023 or 2023-05-03/2023-06-10"


def _plain(_: Day, attribute: attrs.Attribute[date], value: date) -> None:
    # A datetime is a date to isinstance(), but the two do not compare.
    if isinstance(value, datetime):
        raise TypeError(f"{attribute.name} is a date without a time of day, not {value!r}")


@attrs.frozen
class Day:
    """
    An imprecise day: every day from *low* to *high* is possible.

    Args:
        low: The earliest day that it can be.
        high: The latest day that it can be; the same as *low* for a day that is known.

    Raises:
        ValueError: When *high* is before *low*.
    """

    low: date = attrs.field(validator=_plain)
    high: date = attrs.field(validator=_plain)

    @high.validator
    def _in_order(self, _: attrs.Attribute[date], value: date) -> None:
        if value < self.low:
            raise ValueError(f"a day cannot lie between {self.low} and {value}: the second is before the first")

    @classmethod
    def on(cls, day: date) -> Day:
        """
        Make a day that is known exactly.

        Args:
            day: The day.

        Returns:
            The day with equal ends.
        """
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> Day:
        """
        Read a day as the library writes it.

        Args:
            text: ``2023-05-01``, ``2023-05``, ``2023``, or ``2023-05-03/2023-06-10`` for any other interval.

        Returns:
            The day, as precise as it is written.

        Raises:
            ValueError: When *text* is in another form, or names a day that does not exist.
        """
        try:
            return _parse(text)
        except ValueError as error:
            raise ValueError(f"{text!r} is not a day: {error}") from None

    @property
    def exact(self) -> bool:
        """Whether only one day is possible."""
        return self.low == self.high

    def plus(self, period: Period) -> Day:
        """
        Move both ends by *period*.

        Args:
            period: Months and days; working days need a calendar and are refused.

        Returns:
            The moved day, as imprecise as this one.
        """
        return Day(shift(self.low, period), shift(self.high, period))

    def before(self, other: Day) -> bool | None:
        """
        Tell whether this day is before *other*, for all that the two can be.

        Args:
            other: The day to compare with. It is taken to vary by itself, even if it is the same object.

        Returns:
            True or False if that holds for every possible pair of days; None if it depends.
        """
        if self.high < other.low:
            return True
        return False if self.low >= other.high else None

    def not_after(self, other: Day) -> bool | None:
        """
        Tell whether this day is *other* or before it, for all that the two can be.

        Args:
            other: The day to compare with. It is taken to vary by itself, even if it is the same object.

        Returns:
            True or False if that holds for every possible pair of days; None if it depends.
        """
        if self.high <= other.low:
            return True
        return False if self.low > other.high else None

    def __str__(self) -> str:
        if self.exact:
            return self.low.isoformat()
        if self == _year(self.low.year):
            return f"{self.low.year:04}"
        if self == _month(self.low.year, self.low.month):
            return f"{self.low.year:04}-{self.low.month:02}"
        return f"{self.low.isoformat()}/{self.high.isoformat()}"


def _year(year: int) -> Day:
    return Day(date(year, 1, 1), date(year, 12, 31))


def _month(year: int, month: int) -> Day:
    first = date(year, month, 1)
    return Day(first, first.replace(day=monthrange(year, month)[1]))


def _date(text: str) -> date:
    # date.fromisoformat() alone would also take 20230501 and 2023-W18-1.
    if not _DAY.fullmatch(text):
        raise ValueError(_FORMS)
    return date.fromisoformat(text)


def _parse(text: str) -> Day:
    if _YEAR.fullmatch(text):
        return _year(int(text))
    if _MONTH.fullmatch(text):
        return _month(int(text[:4]), int(text[5:]))
    low, slash, high = text.partition("/")
    return Day(_date(low), _date(high)) if slash else Day.on(_date(text))
