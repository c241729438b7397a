"""A moment has the date that it is in China."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from devrules.days import first_moment, to_date


def test_a_date_stays() -> None:
    """A date is taken as it is."""
    assert date(2026, 5, 11) == to_date(date(2026, 5, 11))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 5, 10, 15, 59, tzinfo=UTC), date(2026, 5, 10)),
        (datetime(2026, 5, 10, 16, 0, tzinfo=UTC), date(2026, 5, 11)),
        (datetime(2026, 5, 11, 0, 0, tzinfo=timezone(timedelta(hours=8))), date(2026, 5, 11)),
        (datetime(2026, 5, 11, 8, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 5, 11)),
        (datetime(2026, 5, 11, 0, 30, tzinfo=timezone(timedelta(hours=9))), date(2026, 5, 10)),
    ],
)
def test_a_moment_is_moved_to_shanghai(moment: datetime, expected: date) -> None:
    """From 16:00 in UTC on it is the next day in China."""
    assert expected == to_date(moment)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    """Its date in China is not known, and the error says so."""
    with pytest.raises(ValueError, match="no time zone"):
        to_date(datetime(2026, 5, 11, 8, 0))  # noqa: DTZ001 - the point is that it is refused


def test_a_day_begins_at_midnight_in_china() -> None:
    """And that moment is still of the day, the one before no more."""
    begins = first_moment(date(2026, 5, 11))

    assert datetime(2026, 5, 10, 16, 0, tzinfo=UTC) == begins
    assert [date(2026, 5, 10), date(2026, 5, 11)] == [to_date(begins - timedelta(microseconds=1)), to_date(begins)]
