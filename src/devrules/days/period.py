"""A length of time as the law writes it, and its one addition to a day."""

from __future__ import annotations

import re
from datetime import date

import attrs
from dateutil.relativedelta import relativedelta

from devrules.days.numerals import numeral

_PART = re.compile(r"(0|-?[1-9][0-9]*) (year|month|day|working day)s?")
_MONTHS_A_YEAR = 12
_TWO = 2
_FORMS = "a period is written 1 month, 6 months, 18 years, 3 days or 5 working days"


@attrs.frozen(cache_hash=True)  # it is part of every key under which a shifted day is kept
class Period:
    """
    A length of time: calendar months, days and working days, each counted for itself.

    Args:
        months: Calendar months; a year is twelve.
        days: Days.
        workdays: Working days, which only a calendar can count.
    """

    months: int = 0
    days: int = 0
    workdays: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """
        Read a period as rulesets write it.

        Args:
            text: ``1 month``, ``18 years``, ``3 days`` or ``5 working days``; several units are joined with a comma.

        Returns:
            The period.

        Raises:
            ValueError: When *text* is in another form, or names a unit twice.
        """
        units: dict[str, int] = {}
        for part in text.split(", "):
            match = _PART.fullmatch(part)
            if match is None or match[2] in units:
                raise ValueError(f"{text!r} is not a period: {_FORMS}")
            units[match[2]] = int(match[1])
        months = units.get("year", 0) * _MONTHS_A_YEAR + units.get("month", 0)
        return cls(months, units.get("day", 0), units.get("working day", 0))

    def zh(self) -> str:
        """
        Write the period in Chinese.

        Returns:
            ``一个月``, ``十八年``, ``三天`` or ``五个工作日``; several units are joined with 零.
        """
        return "零".join(_chinese(number, unit) for number, unit in self._parts()) or "零天"

    def __str__(self) -> str:
        parts = [f"{number} {unit}{'' if abs(number) == 1 else 's'}" for number, unit in self._parts()]
        return ", ".join(parts) or "0 days"

    def _parts(self) -> list[tuple[int, str]]:
        whole_years = self.months % _MONTHS_A_YEAR == 0
        months = (self.months // _MONTHS_A_YEAR, "year") if whole_years else (self.months, "month")
        return [part for part in (months, (self.days, "day"), (self.workdays, "working day")) if part[0]]


_MEASURE_WORDS = {"year": "年", "month": "个月", "day": "天", "working day": "个工作日"}


def _chinese(number: int, unit: str) -> str:
    # Two before a measure word is 两; 十二 and 二十二 keep 二.
    count = "两" if abs(number) == _TWO else numeral(abs(number))
    return ("负" if number < 0 else "") + count + _MEASURE_WORDS[unit]


def shift(day: date, period: Period) -> date:
    """
    Add *period* to *day* in one calendar addition.

    Months come first and are clamped to the month's end (31 January and a month is 28 February), then days. Adding
    month by month drifts, so add all months at once.

    Args:
        day: The anchor.
        period: Months and days, which may be negative.

    Returns:
        The day; a day outside the calendar of Python is clamped to its first or last.

    Raises:
        ValueError: When *period* has working days, which only a calendar can count.
    """
    if period.workdays:
        raise ValueError(f"cannot add {period} to a day: working days need a calendar")
    return _add_days(_add_months(day, period.months), period.days)


def _add_months(day: date, months: int) -> date:
    try:
        moved: date = day + relativedelta(months=months)
    except (ValueError, OverflowError):
        return date.max if months > 0 else date.min
    return moved


def _add_days(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
