"""Working days counted up over whole years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import accumulate

import attrs


@attrs.frozen
class Tally:
    """
    How many working days there were, for each day of a span.

    Args:
        first: The first day of the span.
        counts: For each day of the span, the working days up to and including it.
    """

    first: date
    counts: tuple[int, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, first_year: int, last_year: int, is_working: Callable[[date], bool]) -> Tally:
        """
        Count the working days of some years.

        Args:
            first_year: The first of them.
            last_year: The last of them.
            is_working: Whether a day is a working day.

        Returns:
            The tally from 1 January to 31 December.
        """
        first = date(first_year, 1, 1)
        ordinals = range(first.toordinal(), date(last_year, 12, 31).toordinal() + 1)
        return cls(first, tuple(accumulate(int(is_working(date.fromordinal(ordinal))) for ordinal in ordinals)))

    @property
    def last(self) -> date:
        """The last day of the span."""
        return date.fromordinal(self.first.toordinal() + len(self.counts) - 1)

    def number(self, day: date) -> int | None:
        """
        Count the working days from the first day of the span.

        Args:
            day: The last day to count.

        Returns:
            Their number, or None where *day* lies outside the span.
        """
        index = day.toordinal() - self.first.toordinal()
        return self.counts[index] if 0 <= index < len(self.counts) else None
