"""Working days are counted by what is published, and are not known beyond it."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.days import ChineseCalendar, Combined, WorkingDays, nth_working_day, working_days
from devrules.days.toml_calendar import CalendarYear, TomlCalendar
from devrules.errors import InvalidInput

CHINA = ChineseCalendar()
DAY = timedelta(days=1)
known_days = st.dates(CHINA.first, CHINA.last)


def weekdays(*years: int) -> TomlCalendar:
    """A calendar that knows no holidays."""
    return TomlCalendar("weekdays", tuple(CalendarYear(year) for year in years))


@attrs.frozen
class Patchy:
    """A calendar of every day, one of which is not published."""

    first: date
    last: date
    hole: date

    def number(self, day: date) -> int | None:
        """Count every day."""
        return None if day == self.hole or not self.first <= day <= self.last else (day - self.first).days + 1


def test_the_span_is_whole_years() -> None:
    """The calendar begins with 2004 and ends with a year that chinesecalendar knows."""
    assert date(2004, 1, 1) == CHINA.first
    assert date(max(chinese_calendar.holidays).year, 12, 31) == CHINA.last
    assert date(2026, 12, 31) <= CHINA.last


def test_outside_the_span_nothing_is_known() -> None:
    """There is no number for a day whose year is not published."""
    assert CHINA.number(CHINA.first - DAY) is None
    assert CHINA.number(CHINA.last + DAY) is None
    assert CHINA.number(CHINA.first) == 0


@given(known_days)
def test_it_agrees_with_chinesecalendar(day: date) -> None:
    """A day counts exactly if chinesecalendar calls it a working day."""
    assert int(chinese_calendar.is_workday(day)) == working_days(CHINA, day, day)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 6, 1), date(2026, 6, 5), 5),
        (date(2026, 6, 6), date(2026, 6, 7), 0),
        (date(2026, 5, 1), date(2026, 5, 5), 0),
        (date(2026, 5, 9), date(2026, 5, 9), 1),
        (date(2026, 6, 5), date(2026, 6, 4), 0),
        (date(2003, 6, 5), date(2003, 6, 4), 0),
        (date(2004, 1, 1), date(2004, 1, 2), 1),
        (date(2003, 12, 31), date(2004, 1, 2), None),
        (date(9998, 1, 1), date(9999, 12, 31), None),
        (date.min, date(2004, 1, 2), None),
    ],
)
def test_working_days_of_a_span(start: date, end: date, expected: int | None) -> None:
    """Both ends count; an empty span has none; what is not published is not known."""
    assert expected == working_days(CHINA, start, end)


def test_the_end_of_what_is_published() -> None:
    """A span that ends a day too late is not known."""
    assert working_days(Patchy(CHINA.last, CHINA.last, date.min), CHINA.last, CHINA.last) == 1
    assert working_days(CHINA, CHINA.last, CHINA.last + DAY) is None


@given(st.lists(known_days, min_size=3, max_size=3).map(sorted))
def test_working_days_add_up(days: list[date]) -> None:
    """A span has as many working days as its two parts together."""
    start, middle, end = days
    left, right, whole = (working_days(CHINA, *span) for span in ((start, middle), (middle + DAY, end), (start, end)))

    assert left is not None
    assert right is not None
    assert left + right == whole


@given(known_days, st.integers(1, 300))
def test_the_nth_working_day_is_the_first_that_makes_n(start: date, n: int) -> None:
    """Up to that day there are n working days, up to the day before there are fewer."""
    found = nth_working_day(CHINA, start, n)

    if found is None:
        assert (working_days(CHINA, start, CHINA.last) or 0) < n
    else:
        assert n == working_days(CHINA, start, found)
        assert n - 1 == working_days(CHINA, start, found - DAY)


def test_the_nth_working_day_is_not_known_outside() -> None:
    """A start outside the span, or an end that would be, gives nothing."""
    assert nth_working_day(CHINA, date(2003, 12, 31), 1) is None
    assert nth_working_day(CHINA, CHINA.last + DAY, 1) is None
    assert nth_working_day(CHINA, CHINA.last, 2) is None


def test_working_days_are_counted_from_one() -> None:
    """There is no working day number nought."""
    with pytest.raises(ValueError, match="number 0"):
        nth_working_day(CHINA, date(2026, 6, 1), 0)


def test_a_later_calendar_extends() -> None:
    """Days up to the end of the first calendar are counted by it, later days by the second."""
    both = Combined(weekdays(2027), weekdays(2028, 2029))

    assert (date(2027, 1, 1), date(2029, 12, 31)) == (both.first, both.last)
    assert both.number(date(2027, 1, 1)) == 1
    assert both.number(date(2027, 12, 31)) == 261
    assert both.number(date(2028, 1, 3)) == 262
    assert working_days(both, date(2027, 12, 31), date(2028, 1, 3)) == 2


def test_an_earlier_calendar_extends() -> None:
    """The second calendar may lie before the first."""
    both = Combined(weekdays(2028), weekdays(2027))

    assert (date(2027, 1, 1), date(2028, 12, 31)) == (both.first, both.last)
    assert working_days(both, date(2027, 12, 31), date(2028, 1, 3)) == 2


def test_the_second_calendar_takes_precedence() -> None:
    """A year that both know is counted by the second, the years around it by the first."""
    labour_day = date(2026, 5, 1)
    both = Combined(CHINA, weekdays(2026))

    assert working_days(CHINA, labour_day, labour_day) == 0
    assert working_days(both, labour_day, labour_day) == 1
    assert CHINA.number(date(2025, 12, 31)) == both.number(date(2025, 12, 31))
    assert (CHINA.first, CHINA.last) == (both.first, both.last)


def test_the_first_calendar_goes_on_after_the_second() -> None:
    """A year in the middle is replaced, and those after it are still known."""
    both = Combined(CHINA, weekdays(2020))

    assert count_by(both, date(2026, 6, 1), date(2026, 6, 5)) == 5
    assert count_by(both, date(2020, 1, 1), date(2020, 1, 1)) == 1


def count_by(calendar: WorkingDays, start: date, end: date) -> int | None:
    """Count by any calendar that fits the protocol."""
    return working_days(calendar, start, end)


def test_a_combination_knows_nothing_outside() -> None:
    """Before the first day and after the last of both there is no number."""
    both = Combined(weekdays(2027), weekdays(2028))

    assert both.number(date(2026, 12, 31)) is None
    assert both.number(date(2029, 1, 1)) is None


def test_a_hole_inside_a_calendar_stays_unknown() -> None:
    """What one of the calendars does not know is not counted as nought."""
    patchy = Patchy(date(2027, 1, 1), date(2027, 12, 31), hole=date(2027, 12, 31))

    assert Combined(patchy, weekdays(2028)).number(date(2028, 1, 3)) is None


def test_a_hole_between_two_calendars_is_refused() -> None:
    """Two calendars that do not adjoin cannot be one."""
    with pytest.raises(InvalidInput) as caught:
        Combined(weekdays(2026), weekdays(2028))

    assert "between 2026-12-31 and 2028-01-01" in str(caught.value)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.sampled_from([(2026, 2027), (2027,), (2028,), (2030,)]))
def test_a_combination_with_itself_changes_nothing(day: date, years: tuple[int, ...]) -> None:
    """Replacing years by the same years gives the same numbers."""
    base = weekdays(*range(2026, 2031))

    assert base.number(day) == Combined(base, weekdays(*years)).number(day)
