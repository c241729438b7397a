"""The cells of a column to what they say, each text read once; and those of one field to what they say together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from devrules.ledger.cells import Said, read_cell
from devrules.ledger.header import Heading
from devrules.ledger.merge import Entry, merge
from devrules.ledger.model import Column, Columns
from devrules.ledger.sheet import Cell

MOST = 65536
"""So many texts of a column are kept, then all are forgotten."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Cells:
    """
    The cells of one column.

    Args:
        heading: The title of the column, which is known.
        column: What it is known as.
        columns: All columns, for how cells are read.
    """

    def __init__(self, heading: Heading, column: Column, columns: Columns) -> None:
        self.column = column
        self.at = heading.at
        self._heading = heading
        self._columns = columns
        self._memo: dict[Cell, Said] = {}

    def said(self, cell: Cell) -> Said:
        """Tell what a cell says."""
        found = self._memo.get(cell)
        # True and 1 are the same key, and not the same cell.
        if found is None or cell is True or cell is False:
            found = read_cell(cell, self.column, self._columns)
            return found if isinstance(cell, bool) else remember(self._memo, cell, found)
        return found

    def entry(self, cell: Cell) -> Entry:
        """Keep what a cell says together with the cell."""
        return Entry(self._heading, self.column, cell, self.said(cell))


class Field:
    """
    The columns that fill one field; mostly it is one.

    Its key is what stands in them: a cell, or a tuple of cells.

    Args:
        cells: The columns.
    """

    def __init__(self, cells: Sequence[Cells]) -> None:
        self.column = cells[0].column
        self.places = tuple(one.at for one in cells)
        self.key: Callable[[Sequence[Cell]], Any] = itemgetter(*self.places)
        self.said: Callable[[Any], Said] = cells[0].said if len(cells) == 1 else self._together
        """What a key says; *unread* stands for whatever is to be reported."""
        self._cells = cells
        self._memo: dict[tuple[Cell, ...], Said] = {}

    def of(self, row: Sequence[Cell]) -> Said:
        """Tell what they say in a row."""
        return self.said(self.key(row))

    def _together(self, key: tuple[Cell, ...]) -> Said:
        found = self._memo.get(key)
        if found is None:
            said, complaints = merge([one.entry(cell) for one, cell in zip(self._cells, key, strict=True)])
            found = Said("unread", reason=complaints[0][1]) if complaints else said[self.column.path]
            remember(self._memo, key, found)
        return found


def remember(memo: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Keep a value, and forget all when there are too many."""
    if len(memo) >= MOST:
        memo.clear()
    memo[key] = value
    return value
