"""Days that a spreadsheet keeps as numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from devrules.days.interval import Day
from devrules.days.plausible import FIRST, LAST, DayError, plausible_day

# Excel counts a 29 February 1900 that never was; from 1 March 1900 on, this is the day before its day 1.
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL = (date(1900, 3, 1) - _EPOCH).days
_LAST_SERIAL = (LAST - _EPOCH).days

_YEAR_AND_MONTH = re.compile(r"([0-9]{4})\.([0-9]{1,2})")


def read_serial(number: float) -> Day:
    """
    Read a day that a spreadsheet keeps as a serial number.

    Args:
        number: The serial number in the 1900 system of Excel, such as 45047 for 2023-05-01.

    Returns:
        The day.

    Raises:
        DayError: When *number* has a fraction or is no plausible day.
    """
    # This way round, NaN is refused too.
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        span = f"{_FIRST_SERIAL}..{_LAST_SERIAL}"
        raise DayError(str(number), f"数字不是日期：序号须在{span}之内 / no day: serial numbers are {span}")
    if number != int(number):
        raise DayError(str(number), "序号带有时刻 / the serial number has a time of day")
    return Day.on(_EPOCH + timedelta(days=int(number)))


def read_number(value: float) -> Day:
    """
    Read a day from a cell that holds a number.

    The size tells the forms apart: 20230501, 202305, 2023, 2023.5 for May 2023, and any other is a serial number.

    Args:
        value: The number.

    Returns:
        The day, the month or the year.

    Raises:
        DayError: When *value* is none of these, or could be two: 2023.1 is January, or an October that lost its nought.
    """
    if value % 1:
        return _fraction(value)
    digits = f"{value:.0f}"
    if len(digits) == len("YYYYMMDD"):
        return plausible_day(digits, int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if len(digits) == len("YYYYMM"):
        return plausible_day(digits, int(digits[:4]), int(digits[4:]))
    return plausible_day(digits, int(digits)) if FIRST.year <= value <= LAST.year else read_serial(value)


def _fraction(value: float) -> Day:
    match = _YEAR_AND_MONTH.fullmatch(str(value))
    if match is None or not FIRST.year <= int(value) <= LAST.year:
        return read_serial(value)
    if match[2] == "1":
        raise DayError(str(value), "1月，或丢了零的10月 / January, or an October that lost its nought")
    return plausible_day(str(value), int(match[1]), int(match[2]))
