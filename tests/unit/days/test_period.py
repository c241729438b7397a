"""Periods are read, written in two languages, and added once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.days import Period, shift

numbers = st.integers(-2000, 2000)
periods = st.builds(Period, numbers, numbers, numbers)


@pytest.mark.parametrize(
    ("text", "expected", "zh"),
    [
        ("1 month", Period(months=1), "一个月"),
        ("2 months", Period(months=2), "两个月"),
        ("6 months", Period(months=6), "六个月"),
        ("18 months", Period(months=18), "十八个月"),
        ("1 year", Period(months=12), "一年"),
        ("18 years", Period(months=216), "十八年"),
        ("3 days", Period(days=3), "三天"),
        ("10 days", Period(days=10), "十天"),
        ("12 days", Period(days=12), "十二天"),
        ("20 days", Period(days=20), "二十天"),
        ("99 days", Period(days=99), "九十九天"),
        ("100 days", Period(days=100), "100天"),
        ("5 working days", Period(workdays=5), "五个工作日"),
        ("1 working day", Period(workdays=1), "一个工作日"),
        ("-3 days", Period(days=-3), "负三天"),
        ("1 month, 3 days", Period(months=1, days=3), "一个月零三天"),
        ("0 days", Period(), "零天"),
    ],
)
def test_periods_are_read_and_written(text: str, expected: Period, zh: str) -> None:
    """A period is written in English as it is read, and in Chinese with numerals and measure words."""
    parsed = Period.parse(text)

    assert expected == parsed
    assert text == str(parsed)
    assert zh == parsed.zh()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12 months", "1 year"), ("1 year, 6 months", "18 months"), ("0 months", "0 days"), ("1 days", "1 day")],
)
def test_other_ways_to_write_a_period(text: str, expected: str) -> None:
    """The same length is always written the same way."""
    assert expected == str(Period.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "month",
        "1",
        "1 week",
        "1month",
        "one month",
        "1.5 months",
        "01 month",
        "1 month ",
        "P1M",
        "５ days",
        "1 day, 2 days",
    ],
)
def test_anything_else_is_refused_by_its_text(text: str) -> None:
    """Another form, or a unit that stands twice, is an error that names the text."""
    with pytest.raises(ValueError, match="is not a period") as caught:
        Period.parse(text)

    assert repr(text) in str(caught.value)


def test_working_days_need_a_calendar() -> None:
    """Working days cannot be added without a calendar."""
    with pytest.raises(ValueError, match="5 working days"):
        shift(date(2026, 6, 1), Period(workdays=5))


@pytest.mark.parametrize(
    ("anchor", "period", "expected"),
    [
        (date(9999, 12, 1), Period(months=1), date.max),
        (date(1, 1, 31), Period(months=-1), date.min),
        (date(2026, 1, 1), Period(months=10**12), date.max),
        (date(2026, 1, 1), Period(months=-(10**12)), date.min),
        (date(9999, 12, 1), Period(days=31), date.max),
        (date(1, 1, 31), Period(days=-31), date.min),
        (date(2026, 1, 1), Period(days=10**30), date.max),
        (date(2026, 1, 1), Period(days=-(10**30)), date.min),
        (date(2026, 1, 1), Period(months=1, days=-(10**30)), date.min),
    ],
)
def test_no_addition_leaves_the_calendar(anchor: date, period: Period, expected: date) -> None:
    """A day beyond the first or last that Python knows is clamped to it."""
    assert expected == shift(anchor, period)


@given(periods)
def test_what_is_written_reads_back(period: Period) -> None:
    """A period survives being written and read."""
    assert period == Period.parse(str(period))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-1200, 1200))
def test_months_land_in_their_month(anchor: date, months: int) -> None:
    """N months later is N months on, on the same day of the month or on its last."""
    moved = shift(anchor, Period(months=months))

    assert anchor.year * 12 + anchor.month + months == moved.year * 12 + moved.month
    assert moved.day == anchor.day or (moved.day < anchor.day and (moved + timedelta(days=1)).day == 1)


@given(st.dates(), st.dates(), st.integers(), st.integers())
def test_addition_keeps_the_order(one: date, other: date, months: int, days: int) -> None:
    """Of two days, the earlier is not later after the same addition, however far that goes."""
    earlier, later = sorted((one, other))
    period = Period(months=months, days=days)

    assert shift(earlier, period) <= shift(later, period)
