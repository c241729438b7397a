"""The completions of a dossier: every imprecise day replaced by one of its days; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from math import prod
from random import Random
from typing import Any, TypeAlias

import attrs
from days import blurred

from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Record

Path: TypeAlias = tuple[str | int, ...]
"""Where a day stands: the names of attributes and keys, and places in tuples."""


def completions(dossier: Dossier, as_of: date, random: Random, most: int) -> Iterator[Dossier]:
    """
    Yield every completion of *dossier*; where there are more than *most*, some of them.

    What is recorded as done was done by *as_of*, so the day of an act is no later.
    """
    open_days = {path: _possible(dossier, path, day, as_of) for path, day in _days(dossier, ()) if not day.exact}
    if prod(len(days) for days in open_days.values()) <= most:
        chosen: Iterator[tuple[int, ...]] = product(*open_days.values())
    else:
        chosen = _some(random, list(open_days.values()), most)
    for days in chosen:
        completed = dossier
        for path, day in zip(open_days, days, strict=True):
            completed = _put(completed, path, Day.on(date.fromordinal(day)))
        yield completed


def imprecise(dossier: Dossier) -> bool:
    """Tell whether a dossier has more than one completion."""
    return not all(day.exact for _, day in _days(dossier, ()))


def with_blurred_days(dossier: Dossier, random: Random, most: int) -> Dossier:
    """Record up to so many of the exact days of a dossier less precisely."""
    exact = [(path, day) for path, day in _days(dossier, ()) if day.exact]
    for path, day in random.sample(exact, min(most, len(exact))):
        dossier = _put(dossier, path, blurred(random, day.low, wide=random.random() < 0.5))
    return dossier


def _some(random: Random, open_days: list[range], most: int) -> Iterator[tuple[int, ...]]:
    yield tuple(days[0] for days in open_days)
    yield tuple(days[-1] for days in open_days)
    for _ in range(most - 2):
        yield tuple(random.choice((days[0], days[-1], random.choice(days))) for days in open_days)


def _days(value: Any, path: Path) -> Iterator[tuple[Path, Day]]:
    """Find every day."""
    if isinstance(value, Day):
        yield path, value
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _days(one, (*path, place))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _days(one, (*path, name))
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _days(getattr(value, field.name), (*path, field.name))


def _possible(dossier: Dossier, path: Path, day: Day, as_of: date) -> range:
    high = day.high
    owner: Any = dossier
    for step in path[:-1]:
        owner = owner[step] if isinstance(owner, tuple | dict) else getattr(owner, str(step))
    done = isinstance(owner, Record) and path[-1] in ("day", "received", owner.ACT_DAY, _act_field(owner))
    if done and day.low <= as_of:
        high = min(high, as_of)
    return range(day.low.toordinal(), (high + timedelta(days=1)).toordinal())


def _act_field(record: Record) -> str | None:
    """Name the field that the day of the act is taken from."""
    names = (record.ACT_DAY, *record.OTHER_DAYS)
    return next((name for name in names if getattr(record, name) is not None), None)


def _put(value: Any, path: Path, day: Day) -> Any:
    """Copy *value* with *day* at *path*."""
    if not path:
        return day
    step, rest = path[0], path[1:]
    if isinstance(value, tuple):
        return tuple(_put(one, rest, day) if place == step else one for place, one in enumerate(value))
    if isinstance(value, dict):
        return {**value, step: _put(value[step], rest, day)}
    return attrs.evolve(value, **{str(step): _put(getattr(value, str(step)), rest, day)})
