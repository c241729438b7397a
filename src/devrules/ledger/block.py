"""Some rows of a sheet, as columns: what stands in a column is looked at together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import TypeAlias

import attrs

from devrules.ledger.sheet import Cell

Numbered: TypeAlias = tuple[int, Sequence[Cell]]
"""A row with its number as a spreadsheet shows it."""


@attrs.frozen
class Block:
    """
    So few rows that what stands in them is still at hand when it is looked at again.

    Args:
        rows: The rows.
        columns: Their cells, column by column; as many columns as the longest row has.
        distinct: What stands in each column.
    """

    rows: Sequence[Numbered]
    columns: Sequence[Sequence[Cell]]
    distinct: Sequence[Collection[Cell]]

    @classmethod
    def of(cls, rows: Sequence[Numbered], *, but: Collection[int] = ()) -> Block:
        """Turn rows into columns; those at the places *but* are taken to be blank."""
        columns = list(zip_longest(*(() if n in but else row for n, (_, row) in enumerate(rows))))
        return cls(rows, columns, [set(cells) for cells in columns])

    def column(self, at: int) -> Sequence[Cell]:
        """Tell the cells of a column; those that no row reaches are blank."""
        return self.columns[at] if at < len(self.columns) else (None,) * len(self.rows)

    def distinct_in(self, at: int) -> Collection[Cell]:
        """Tell what stands in a column."""
        return self.distinct[at] if at < len(self.distinct) else {None}

    def flagged(self) -> set[int]:
        """Tell the places of the rows with a yes or no, which to Python is the same as the number 1 or 0."""
        if not any(1 in cells or 0 in cells for cells in self.distinct):
            return set()
        return {n for n, (_, row) in enumerate(self.rows) if any(isinstance(cell, bool) for cell in row)}
