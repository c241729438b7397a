"""The arithmetic of days as practice does it: published examples and both sides of the limits in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from devrules.days import ChineseCalendar, Day, Period, nth_working_day, read_day, shift, to_date, working_days

CHINA = ChineseCalendar()


def after(anchor: str, period: str) -> str:
    """Add a period to a day, both as written."""
    return shift(date.fromisoformat(anchor), Period.parse(period)).isoformat()


@pytest.mark.parametrize(
    ("anchor", "period", "expected"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-01-30", "1 month", "2026-02-28"),
        ("2026-01-29", "1 month", "2026-02-28"),
        ("2026-01-28", "1 month", "2026-02-28"),
        ("2025-08-31", "1 month", "2025-09-30"),
        ("2025-11-30", "3 months", "2026-02-28"),
        ("2025-08-31", "6 months", "2026-02-28"),
        ("2019-10-01", "1 month", "2019-11-01"),
        ("2025-10-15", "1 month", "2025-11-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(anchor: str, period: str, expected: str) -> None:
    """A month is a calendar month; where the day does not exist, the month's last day stands for it."""
    assert expected == after(anchor, period)


@pytest.mark.parametrize(
    ("anchor", "days", "months", "by_days", "by_months"),
    [
        ("2026-01-31", "30 days", "1 month", "2026-03-02", "2026-02-28"),
        ("2026-06-30", "90 days", "3 months", "2026-09-28", "2026-09-30"),
        ("2023-09-01", "365 days", "1 year", "2024-08-31", "2024-09-01"),
        ("2000-03-01", "6570 days", "18 years", "2018-02-25", "2018-03-01"),
    ],
)
def test_days_do_not_stand_for_months(anchor: str, days: str, months: str, by_days: str, by_months: str) -> None:
    """30, 90, 365 and 6570 days are not a month, three months, a year and eighteen years."""
    assert by_days == after(anchor, days)
    assert by_months == after(anchor, months)


def test_months_are_added_at_once() -> None:
    """Three single months drift away from the month's end, three at once do not."""
    month_by_month = after(after(after("2026-01-31", "1 month"), "1 month"), "1 month")

    assert month_by_month == "2026-04-28"
    assert after("2026-01-31", "3 months") == "2026-04-30"


@pytest.mark.parametrize(
    ("anchor", "period", "expected"),
    [
        ("2017-08-09", "1 year", "2018-08-09"),
        ("2022-07-01", "1 year", "2023-07-01"),
        ("2025-09-16", "1 year", "2026-09-16"),
        ("2019-09-01", "1 year", "2020-09-01"),
        ("2020-02-29", "12 months", "2021-02-28"),
        ("2008-02-29", "18 years", "2026-02-28"),
        ("2010-01-01", "18 years", "2028-01-01"),
    ],
)
def test_a_year_is_full_on_the_same_day(anchor: str, period: str, expected: str) -> None:
    """On the anniversary the year is full; on the day before it is not."""
    full = Day.on(date.fromisoformat(anchor)).plus(Period.parse(period))
    day_before = full.plus(Period(days=-1))

    assert expected == str(full)
    assert full.not_after(read_day(expected)) is True
    assert full.not_after(day_before) is False


@pytest.mark.parametrize(
    ("anchor", "day", "kept"),
    [
        ("2024-10-20", "2026-07-01", True),
        ("2024-11-10", "2026-08-15", True),
        ("2024-12-01", "2026-08-20", True),
        ("2024-09-15", "2026-05-10", True),
        ("2016-04-10", "2017-04-14", True),
        ("2018-03-20", "2019-06-15", True),
        ("2018-06-16", "2019-06-15", False),
    ],
)
def test_a_year_has_passed(anchor: str, day: str, *, kept: bool) -> None:
    """From activist to prospect a year is kept or not, on exact days."""
    assert kept is read_day(anchor).plus(Period.parse("1 year")).not_after(read_day(day))


@pytest.mark.parametrize(("period", "kept"), [("45 days", True), ("2 months", False), ("3 months", False)])
def test_fifty_six_days(period: str, *, kept: bool) -> None:
    """From 14 April to 9 June are 56 days: more than 45, less than two months."""
    start, end = read_day("2017-04-14"), read_day("2017-06-09")

    assert (end.low - start.low).days == 56
    assert kept is start.plus(Period.parse(period)).not_after(end)


def test_probation_by_months_only() -> None:
    """A probation of which only the months are known ends and is extended in months."""
    meeting = read_day("2011-07")

    assert str(meeting.plus(Period.parse("1 year"))) == "2012-07"
    assert str(meeting.plus(Period.parse("1 year")).plus(Period.parse("1 year"))) == "2013-07"


def test_a_month_may_still_decide() -> None:
    """Training in May is before 15 June on whatever day it was, and not comparable with 15 May."""
    training = read_day("2019-05")

    assert training.before(read_day("2019-06-15")) is True
    assert training.before(read_day("2019-05-15")) is None


def test_days_that_do_not_agree() -> None:
    """An admission two months before its meeting's anniversary is another day than the meeting."""
    assert read_day("2020-07-01").before(read_day("2019-09-01")) is False
    assert read_day("2020-07-01").not_after(read_day("2019-09-01")) is False


def test_extension_by_half_a_year_to_a_year() -> None:
    """An extension from 2023-07-01 ends between 2024-01-01 and 2024-07-01."""
    assert (after("2023-07-01", "6 months"), after("2023-07-01", "12 months")) == ("2024-01-01", "2024-07-01")


def test_the_talk_is_in_time() -> None:
    """For an application of 2025-10-15 the last day is 2025-11-15, itself included."""
    limit = read_day("2025-10-15").plus(Period.parse("1 month"))

    assert read_day("2025-11-05").not_after(limit) is True
    assert read_day("2025-11-15").not_after(limit) is True
    assert read_day("2025-11-16").not_after(limit) is False
    assert read_day("2025年11月").not_after(limit) is None


@pytest.mark.parametrize(
    ("start", "first_counted", "first_not_counted"),
    [
        (date(2026, 6, 1), date(2026, 6, 5), date(2026, 6, 8)),
        (date(2026, 2, 12), date(2026, 2, 25), date(2026, 2, 26)),
        (date(2026, 4, 30), date(2026, 5, 9), date(2026, 5, 11)),
        (date(2026, 9, 30), date(2026, 10, 12), date(2026, 10, 13)),
        (date(2026, 9, 21), date(2026, 9, 28), date(2026, 9, 29)),
        (date(2026, 6, 15), date(2026, 6, 22), date(2026, 6, 23)),
        (date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 8)),
    ],
)
def test_the_fifth_working_day(start: date, first_counted: date, first_not_counted: date) -> None:
    """Five working days from a day on, by both ways to count, with holidays and the weekends worked for them."""
    next_day = start + timedelta(days=1)

    assert first_counted == nth_working_day(CHINA, start, 5)
    assert first_not_counted == nth_working_day(CHINA, next_day, 5)
    assert working_days(CHINA, start, first_counted) == 5
    assert working_days(CHINA, start, first_counted - timedelta(days=1)) == 4


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_weekends_that_are_worked(day: str) -> None:
    """The weekends that 2026 works for its holidays are working days."""
    on = date.fromisoformat(day)

    assert on.weekday() >= 5
    assert working_days(CHINA, on, on) == 1


def test_the_first_of_may_trap() -> None:
    """A notice from 2026-05-01 to 05-07 looks like five working days and has two; the fifth is 05-11."""
    assert working_days(CHINA, date(2026, 5, 1), date(2026, 5, 7)) == 2
    assert date(2026, 5, 11) == nth_working_day(CHINA, date(2026, 5, 1), 5)


def test_beyond_the_published_years_nothing_is_said() -> None:
    """A notice in a year that is not published yet has no number of working days."""
    start = date(CHINA.last.year + 1, 6, 1)

    assert working_days(CHINA, start, start + timedelta(days=6)) is None
    assert nth_working_day(CHINA, start, 5) is None


def test_today_is_that_of_china() -> None:
    """Between midnight and eight in Beijing, the date in UTC is a day behind."""
    for hour, expected in ((15, 10), (16, 11), (23, 11)):
        assert date(2026, 5, expected) == to_date(datetime(2026, 5, 10, hour, 59, tzinfo=UTC))


@pytest.mark.parametrize("text", ["2023.5.8", "2023年5月8日", "２０２３．５．８", "２０２３年５月８日"])
def test_one_day_in_many_hands(text: str) -> None:
    """Points, characters and full-width figures write the same day."""
    assert Day.parse("2023-05-08") == read_day(text)
