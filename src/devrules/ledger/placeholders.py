"""Days that only fill a cell: the 1 January of every date in a row, and steps before 1920."""

from __future__ import annotations

import attrs

from devrules.days import Day
from devrules.ledger.cells import Said
from devrules.ledger.merge import Entry
from devrules.ledger.model import Column
from devrules.ledger.reasons import EVERY_NEW_YEAR, TOO_EARLY

_FIRST_YEAR = 1920
_LEAST = 2


def without_placeholders(entries: list[Entry]) -> list[Entry]:
    """
    Take the days that only fill a cell for what they are.

    Args:
        entries: The cells of one row.

    Returns:
        The same, with those days not understood.
    """
    dated = [entry for entry in entries if _days(entry)]
    steps = [entry for entry in dated if entry.column.of_record]
    new_years = {entry.heading.at for entry in dated if all(map(_is_new_year, _days(entry)))}
    filler = len(new_years) >= _LEAST and bool(steps) and all(entry.heading.at in new_years for entry in steps)
    return [_judged(entry, filler=filler and entry.heading.at in new_years) for entry in entries]


def is_step(column: Column) -> bool:
    """Tell whether a column holds the days of a step."""
    return column.of_record and column.form in ("day", "days")


def is_new_year(said: Said) -> bool:
    """Tell whether the cell of a step says nothing but 1 January, as days do that only fill a row."""
    return said.state == "value" and all(map(_is_new_year, _listed(said)))


def is_too_early(said: Said) -> bool:
    """Tell whether the cell of a step says a year in which it cannot have been."""
    return said.state == "value" and any(day.high.year < _FIRST_YEAR for day in _listed(said))


def _judged(entry: Entry, *, filler: bool) -> Entry:
    if filler:
        return attrs.evolve(entry, said=Said("unread", reason=EVERY_NEW_YEAR))
    if is_step(entry.column) and is_too_early(entry.said):
        return attrs.evolve(entry, said=Said("unread", reason=TOO_EARLY))
    return entry


def _days(entry: Entry) -> tuple[Day, ...]:
    if entry.said.state != "value" or entry.column.form not in ("day", "days"):
        return ()
    return _listed(entry.said)


def _listed(said: Said) -> tuple[Day, ...]:
    value: Day | tuple[Day, ...] = said.value
    return value if isinstance(value, tuple) else (value,)


def _is_new_year(day: Day) -> bool:
    return day.exact and (day.low.month, day.low.day) == (1, 1)
