"""A day is an interval of possible days, compared in three values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.days import Day, Period

ANCHOR = date(2026, 5, 1)


def day(low: str, high: str | None = None) -> Day:
    """Spell a day shortly."""
    return Day(date.fromisoformat(low), date.fromisoformat(high or low))


def all_of(interval: Day) -> list[date]:
    """List every day that an interval can be."""
    return [interval.low + timedelta(days=n) for n in range((interval.high - interval.low).days + 1)]


def only(values: set[bool]) -> bool | None:
    """Tell what holds for all, if it is the same."""
    return values.pop() if len(values) == 1 else None


@st.composite
def small_days(draw: st.DrawFn) -> Day:
    """Intervals of up to five days that often touch and overlap."""
    low = ANCHOR + timedelta(days=draw(st.integers(0, 8)))
    return Day(low, low + timedelta(days=draw(st.integers(0, 4))))


@st.composite
def any_days(draw: st.DrawFn) -> Day:
    """Any intervals, whole months and years among them."""
    low, high = sorted((draw(st.dates()), draw(st.dates())))
    month = Day.parse(f"{low:%Y-%m}".zfill(7))
    year = Day.parse(f"{low.year:04}")
    return draw(st.sampled_from((Day(low, high), Day.on(low), month, year)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-01", day("2023-05-01")),
        ("2023-05", day("2023-05-01", "2023-05-31")),
        ("2024-02", day("2024-02-01", "2024-02-29")),
        ("2023", day("2023-01-01", "2023-12-31")),
        ("2023-05-03/2023-06-10", day("2023-05-03", "2023-06-10")),
    ],
)
def test_each_form_is_read_and_written(text: str, expected: Day) -> None:
    """A day is read from each of the four forms and written back in the same."""
    parsed = Day.parse(text)

    assert expected == parsed
    assert text == str(parsed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-01/2023-05-01", "2023-05-01"),
        ("2023-05-01/2023-05-31", "2023-05"),
        ("2023-01-01/2023-12-31", "2023"),
    ],
)
def test_the_shortest_form_is_written(text: str, expected: str) -> None:
    """An interval that is a day, a month or a year is written as one."""
    assert expected == str(Day.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-02-30",
        "2023-13",
        "2023-00",
        "0000",
        "2023-5-1",
        "20230501",
        "2023-W18-1",
        "2023-05-01 ",
        "2023-05-01T00:00:00",
        "2023-05-01\n",
        "２０２３",
        "2023/2024",
        "2023-05-01/",
        "/2023-05-01",
        "2023-05-03/2023-06-10/2023-07-01",
        "2023-06-10/2023-05-03",
    ],
)
def test_anything_else_is_refused_by_its_text(text: str) -> None:
    """Another form, an impossible day, trailing rubbish and a wrong order are errors that name the text."""
    with pytest.raises(ValueError, match="is not a day") as caught:
        Day.parse(text)

    assert repr(text) in str(caught.value)


def test_low_is_not_after_high() -> None:
    """An interval whose ends are in the wrong order is refused."""
    with pytest.raises(ValueError, match="2026-05-02 and 2026-05-01"):
        day("2026-05-02", "2026-05-01")


def test_a_moment_is_no_day() -> None:
    """A datetime, which is a date to Python, is refused."""
    with pytest.raises(TypeError, match="without a time of day"):
        Day.on(datetime(2026, 5, 1))  # noqa: DTZ001 - the point is that it is refused


def test_exact() -> None:
    """Only a day with equal ends is exact."""
    assert Day.on(ANCHOR).exact
    assert not Day.parse("2026-05").exact


def test_plus_moves_both_ends() -> None:
    """A month after some day of January is some day from 1 to 28 February."""
    assert Day.parse("2026-02") == Day.parse("2026-01").plus(Period(months=1))


@pytest.mark.parametrize(
    ("one", "other", "before", "not_after"),
    [
        ("2026-05-01", "2026-05-02", True, True),
        ("2026-05-01", "2026-05-01", False, True),
        ("2026-05-02", "2026-05-01", False, False),
        ("2026-04", "2026-05", True, True),
        ("2026-05", "2026-05-31", None, True),
        ("2026-05-01", "2026-05", None, True),
        ("2026-05", "2026-05-01", False, None),
        ("2026-05", "2026-05", None, None),
        ("2026-05", "2026-04", False, False),
    ],
)
def test_comparisons_have_three_values(one: str, other: str, *, before: bool | None, not_after: bool | None) -> None:
    """A comparison is True or False only if no possible day makes it otherwise."""
    assert before is Day.parse(one).before(Day.parse(other))
    assert not_after is Day.parse(one).not_after(Day.parse(other))


@given(small_days(), small_days())
def test_comparisons_agree_with_every_completion(one: Day, other: Day) -> None:
    """What the ends say is what all pairs of possible days say."""
    pairs = list(product(all_of(one), all_of(other)))

    assert only({a < b for a, b in pairs}) is one.before(other)
    assert only({a <= b for a, b in pairs}) is one.not_after(other)


@given(any_days())
def test_what_is_written_reads_back(interval: Day) -> None:
    """A day survives being written and read."""
    assert interval == Day.parse(str(interval))
