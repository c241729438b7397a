"""Numbers are days, months, years or serial numbers by their size, or refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.days import Day, DayError, read_number, read_serial


@pytest.mark.parametrize(
    ("number", "expected"),
    [(61, "1900-03-01"), (45047, "2023-05-01"), (45047.0, "2023-05-01"), (73415, "2100-12-31")],
)
def test_serial_numbers(number: float, expected: str) -> None:
    """A serial number counts the days in the 1900 system of Excel."""
    assert expected == str(read_serial(number))


@pytest.mark.parametrize("number", [60, 0, -1, 73416, 10**20, float("nan"), float("inf")])
def test_implausible_serial_numbers(number: float) -> None:
    """A number before March 1900, where Excel counts wrong, or after 2100 is no day."""
    with pytest.raises(DayError) as caught:
        read_serial(number)

    assert (str(number), True) == (caught.value.text, "61..73415" in caught.value.reason)


def test_a_serial_number_with_a_time() -> None:
    """A fraction is a time of day, and refused."""
    with pytest.raises(DayError, match="time of day"):
        read_serial(45047.5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (20230501, "2023-05-01"),
        (20230501.0, "2023-05-01"),
        (202305, "2023-05"),
        (2023, "2023"),
        (45047, "2023-05-01"),
        (45047.0, "2023-05-01"),
        (2023.5, "2023-05"),
        (2023.05, "2023-05"),
        (2023.01, "2023-01"),
        (2023.12, "2023-12"),
        (2100.05, "2100-05"),
    ],
)
def test_the_size_tells_the_forms_apart(value: float, expected: str) -> None:
    """Eight digits are a day, six a month, four a year, five a serial number."""
    assert expected == str(read_number(value))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (20231301, "没有第13月 / there is no month 13"),
        (20230230, "2023年2月没有30日 / there is no day 30 in 2023-02"),
        (202300, "没有第0月 / there is no month 0"),
        (230501, "2305年不在1800..2100之内 / the year 2305 is not in 1800..2100"),
        (2023.1, "1月，或丢了零的10月 / January, or an October that lost its nought"),
        (2023.13, "没有第13月 / there is no month 13"),
        (2023.125, "序号带有时刻 / the serial number has a time of day"),
        (5047.5, "序号带有时刻 / the serial number has a time of day"),
        (45047.5, "序号带有时刻 / the serial number has a time of day"),
    ],
)
def test_numbers_that_are_no_day(value: float, reason: str) -> None:
    """A number that looks like a day but is none is refused with the reason."""
    with pytest.raises(DayError) as caught:
        read_number(value)

    assert (str(value), reason) == (caught.value.text, caught.value.reason)


@given(st.integers() | st.floats())
def test_no_number_breaks_the_reader(value: float) -> None:
    """Any number is read as a plausible day or refused with a reason, never otherwise."""
    try:
        day = read_number(value)
    except DayError as error:
        held = " / " in error.reason
    else:
        held = date(1800, 1, 1) <= day.low <= day.high <= date(2100, 12, 31)

    assert held


@given(st.dates(date(1910, 1, 1), date(2100, 12, 31)))
def test_a_day_in_either_number_is_that_day(day: date) -> None:
    """A day written in eight digits and the same day as a serial number agree."""
    serial = (day - date(1900, 3, 1)) // timedelta(days=1) + 61

    assert Day.on(day) == read_number(serial) == read_number(int(f"{day:%Y%m%d}"))
