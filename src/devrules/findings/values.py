"""Measured values as days, plain data, and days as readers write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from devrules.days import Day
from devrules.program.model import Measured


def day_of(value: tuple[int, int]) -> Day:
    """Turn the ends of a measured day into a day."""
    return Day(date.fromordinal(value[0]), date.fromordinal(value[1]))


def plain(shown: Measured, value: tuple[int, int]) -> Any:
    """Write a measured value as plain data."""
    low, high = value
    if shown.type == "day":
        day = day_of(value)
        return str(day.low) if day.exact else {"low": str(day.low), "high": str(day.high)}
    if shown.type == "flag":
        low, high = bool(low), bool(high)
    return low if low == high else {"low": low, "high": high}


def day_text(day: Day, lang: str) -> str:
    """Write a day for readers: in its shortest form, a span with both ends; in Chinese ``2021年2月28日``."""
    parts = [_chinese(one) if lang == "zh" else one for one in str(day).split("/")]
    return ("至" if lang == "zh" else " to ").join(parts)


def _chinese(written: str) -> str:
    return "".join(f"{int(part)}{unit}" for part, unit in zip(written.split("-"), "年月日", strict=False))
