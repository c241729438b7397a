"""
Days that are known imprecisely, periods, and working days: what is written to what can be compared.

Reading order: `interval` (what a day is), `period` (what may be added to it), `calendar` (working days), `chinese`
(days as people write them), `shanghai` (moments).
"""

from __future__ import annotations

from devrules.days.calendar import (
    ChineseCalendar,
    Combined,
    TomlCalendar,
    WorkingDays,
    nth_working_day,
    read_calendar,
    working_days,
)
from devrules.days.chinese import DayError, read_day, read_days, read_number, read_serial
from devrules.days.interval import Day
from devrules.days.period import Period, shift
from devrules.days.shanghai import first_moment, to_date

__all__ = [
    "ChineseCalendar",
    "Combined",
    "Day",
    "DayError",
    "Period",
    "TomlCalendar",
    "WorkingDays",
    "first_moment",
    "nth_working_day",
    "read_calendar",
    "read_day",
    "read_days",
    "read_number",
    "read_serial",
    "shift",
    "to_date",
    "working_days",
]
