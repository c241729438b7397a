"""A date or a moment to the date that it is in China, and back."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def to_date(value: date | datetime) -> date:
    """
    Take the date in China.

    Args:
        value: A date, which is taken as it is, or a moment with a time zone.

    Returns:
        The date; a moment is moved to Asia/Shanghai first.

    Raises:
        ValueError: When *value* is a moment without a time zone.
    """
    if not isinstance(value, datetime):
        return value
    if value.utcoffset() is None:
        raise ValueError(
            f"{value.isoformat()} has no time zone, so its date in China is not known: "
            "at 20:00 in UTC it is the next day in Shanghai; give a date, or a datetime with tzinfo"
        )
    return value.astimezone(ZoneInfo("Asia/Shanghai")).date()


def first_moment(day: date) -> datetime:
    """Take the moment in which a day begins in China."""
    return datetime.combine(day, time(), ZoneInfo("Asia/Shanghai"))
