"""A TOML file to a calendar of working days, for years that the core does not know yet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from devrules.days.tally import Tally
from devrules.errors import InvalidInput, Problem

_FRIDAY = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LIST = "write [] if there is none"


@attrs.frozen
class CalendarYear:
    """
    How the working days of one year depart from Monday to Friday.

    Args:
        year: The year.
        off: Days from Monday to Friday that are off.
        worked: Saturdays and Sundays that are worked.
    """

    year: int
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


@attrs.frozen
class TomlCalendar:
    """
    A calendar of working days that was read from a file.

    Args:
        name: What the calendar calls itself.
        years: Its years, one after the other without a hole.
    """

    name: str
    years: tuple[CalendarYear, ...]

    @property
    def first(self) -> date:
        """The first day that the calendar knows."""
        return self._tally.first

    @property
    def last(self) -> date:
        """The last day that the calendar knows."""
        return self._tally.last

    def number(self, day: date) -> int | None:
        """
        Count the working days from the first day that the calendar knows.

        Args:
            day: The last day to count.

        Returns:
            Their number, or None where the calendar does not know *day*.
        """
        return self._tally.number(day)

    @cached_property
    def _tally(self) -> Tally:
        off = frozenset(day for year in self.years for day in year.off)
        worked = frozenset(day for year in self.years for day in year.worked)

        def is_working(day: date) -> bool:
            return day in worked or (day.weekday() <= _FRIDAY and day not in off)

        return Tally.of(self.years[0].year, self.years[-1].year, is_working)


def read_calendar(path: str | PathLike[str]) -> TomlCalendar:
    """
    Read a calendar of working days.

    The file has a ``name`` and for each year a table ``[[year]]`` with ``year``, ``off`` (the days from Monday to
    Friday that are off) and ``worked`` (the Saturdays and Sundays that are worked). A list may be empty, but not left
    out.

    Args:
        path: The TOML file.

    Returns:
        The calendar.

    Raises:
        InvalidInput: When the file cannot be read or something in it is wrong; all problems at once.
    """
    reader = _Reader(str(path))
    calendar = reader.calendar(_load(path))
    if reader.problems:
        raise InvalidInput(reader.problems)
    return calendar


def _load(path: str | PathLike[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"the file cannot be read: {error.strerror}")]) from error
    except ValueError as error:
        raise InvalidInput([Problem(str(path), f"the file is not TOML in UTF-8: {error}")]) from error


@attrs.define
class _Reader:
    """Reads on after a problem, so that one pass finds them all."""

    file: str
    problems: list[Problem] = attrs.field(factory=list)

    def calendar(self, raw: dict[str, Any]) -> TomlCalendar:
        self.no_other_keys("", raw, {"name", "year"})
        name = raw.get("name")
        if not isinstance(name, str) or not name.strip():
            self.problem("name", _shown("a calendar has a name", raw, "name"), 'write it as name = "…"')
        years = tuple(self.years(raw.get("year")))
        self.in_a_row(years)
        return TomlCalendar(str(name), tuple(sorted(years, key=lambda year: year.year)))

    def years(self, raw: object) -> Iterator[CalendarYear]:
        if not isinstance(raw, list) or not raw or not all(isinstance(table, dict) for table in raw):
            self.problem("year", "a calendar has at least one year", "begin each year with a line [[year]]")
            return
        for index, table in enumerate(raw):
            yield from self.year(f"year[{index}]", table)

    def year(self, where: str, raw: dict[str, Any]) -> Iterator[CalendarYear]:
        self.no_other_keys(f"{where}.", raw, {"year", "off", "worked"})
        year = raw.get("year")
        # True is an int to isinstance().
        if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
            what = _shown(f"a year is a number from {_FIRST_YEAR} to {_LAST_YEAR}", raw, "year")
            self.problem(f"{where}.year", what, "write it as year = 2027")
            return
        off = frozenset(self.days(f"{where}.off", raw.get("off"), year, weekend=False))
        worked = frozenset(self.days(f"{where}.worked", raw.get("worked"), year, weekend=True))
        yield CalendarYear(year, off, worked)

    def days(self, where: str, raw: object, year: int, *, weekend: bool) -> Iterator[date]:
        if not isinstance(raw, list):
            # A list left out would turn every holiday of the year into a working day.
            self.problem(where, "a list of days is missing" if raw is None else f"{raw!r} is not a list", _LIST)
            return
        for index, day in enumerate(raw):
            if not isinstance(day, date) or isinstance(day, datetime):
                self.problem(f"{where}[{index}]", f"{day!r} is not a day", "write it as 2027-01-01, without quotes")
            else:
                self.day(f"{where}[{index}]", day, year, weekend=weekend)
                yield day

    def day(self, where: str, day: date, year: int, *, weekend: bool) -> None:
        on_weekend = day.weekday() > _FRIDAY
        if day.year != year:
            self.problem(where, f"{day} is not in {year}", "move it to the table of its year")
        elif on_weekend != weekend:
            what = f"{day} is a {day:%A}, so it is {'off' if on_weekend else 'worked'} anyway"
            self.problem(where, what, "remove it, or correct the day")

    def in_a_row(self, years: tuple[CalendarYear, ...]) -> None:
        known: set[int] = set()
        for year in (year.year for year in years):
            if year in known:
                self.problem("year", f"{year} stands twice", "put all its days into one table")
            known.add(year)
        for year in sorted(set(range(min(known, default=0), max(known, default=0))) - known):
            self.problem("year", f"{year} is missing between {min(known)} and {max(known)}", "add a table for it")

    def no_other_keys(self, prefix: str, raw: dict[str, Any], known: set[str]) -> None:
        for key in sorted(set(raw) - known):
            self.problem(f"{prefix}{key}", f"the key {key!r} is not known", f"known are {', '.join(sorted(known))}")

    def problem(self, where: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.file}: {where}", what, remedy))


def _shown(what: str, raw: dict[str, Any], key: str) -> str:
    return f"{what}, not {raw[key]!r}" if key in raw else f"{what}; there is none"
