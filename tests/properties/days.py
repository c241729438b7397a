"""Random days: exact ones on a timeline, and the imprecise forms in which people record them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from random import Random

from devrules.days import Day, Period, shift

FIRST = date(2012, 1, 1)
LAST = date(2027, 12, 31)
CHANGES = (date(2014, 5, 28), date(2026, 5, 11), date(2026, 5, 18), date(2019, 10, 1))
"""Days on which an edition changes, or can first be read, in some of the programs."""


def plus(day: date, days: int = 0, months: int = 0) -> date:
    """A day so much later."""
    return shift(day, Period(months=months, days=days))


def near(random: Random, day: date, *, most: int = 3) -> date:
    """The day itself, or one close by."""
    return day + timedelta(days=random.choice((0, 0, -1, 1, random.randint(-most, most))))


def any_day(random: Random) -> date:
    """A day within the years of the editions, often next to the day of a change."""
    if random.random() < 0.3:
        return near(random, random.choice(CHANGES))
    return FIRST + timedelta(days=random.randrange((LAST - FIRST).days))


def blurred(random: Random, day: date, *, wide: bool = True) -> Day:
    """The day as someone may have recorded it: its month, its year, an interval around it."""
    form = random.randrange(4 if wide else 2)
    if form == 0:
        return Day(day - timedelta(days=random.randrange(3)), day + timedelta(days=random.randrange(3)))
    if form == 1:
        return Day(day, day + timedelta(days=random.randrange(12)))
    if form == 2:
        return Day(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Day(date(day.year, 1, 1), date(day.year, 12, 31))
