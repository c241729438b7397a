"""The rows of a sheet to its header: which row it is, and which column fills which field."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from devrules.ledger.model import Column, Columns
from devrules.ledger.sheet import Cell
from devrules.ledger.text import heading, one_line

WITHIN = 20
"""The header stands within so many rows; above it are titles, phases and notes."""

_LEAST = 2
_LETTERS = 26


@attrs.frozen
class Heading:
    """
    The title of one column of a sheet.

    Args:
        at: Which column it is, from 0 on.
        title: The title, as it is written but for white space; empty where there is none.
        column: What the importer knows it as; ``None`` for an unknown one.
        ignored: Whether it is known to hold nothing about a person.
        unused: Whether it is known, and no rule takes anything of it.
    """

    at: int
    title: str
    column: Column | None = None
    ignored: bool = False
    unused: bool = False

    @property
    def shown(self) -> str:
        """What to call the column in a report."""
        return self.title or f"第{self.at + 1}列 / column {letters(self.at)}"


@attrs.frozen
class Header:
    """
    The header of a sheet.

    Args:
        row: Its row as a spreadsheet shows it.
        headings: One a column.
    """

    row: int
    headings: tuple[Heading, ...]

    @property
    def known(self) -> tuple[tuple[int, Column], ...]:
        """The columns that are known, each with its place."""
        return tuple((heading.at, heading.column) for heading in self.headings if heading.column is not None)


def find_header(rows: Sequence[Sequence[Cell]], columns: Columns) -> Header | None:
    """
    Find the header within the first rows of a sheet.

    It is the row with the most known titles, among them the name or the ID number. A title in the row above counts
    where the cell below it is blank, as under a merged cell.

    Returns:
        The header, or ``None`` where no row has the name or the ID number and one more known title.
    """
    best: Header | None = None
    above: Sequence[Cell] = ()
    for index, row in enumerate(rows[:WITHIN]):
        header = as_header(row, index + 1, columns, above)
        if header is not None and (best is None or len(header.known) > len(best.known)):
            best = header
        above = row
    return best


def as_header(row: Sequence[Cell], number: int, columns: Columns, above: Sequence[Cell] = ()) -> Header | None:
    """
    Read a row as a header.

    Args:
        row: The row.
        number: Its number as a spreadsheet shows it.
        columns: The columns that are known.
        above: The row above it.

    Returns:
        The header, or ``None`` where the row is none.
    """
    headings = [_heading(at, cell, columns) for at, cell in enumerate(row)]
    if _count(headings) == 0:
        return None
    for at, cell in enumerate(above):
        if at < len(headings) and not headings[at].title and (found := _heading(at, cell, columns)).column:
            headings[at] = found
    names = any(heading.column is not None and heading.column.names_person for heading in headings)
    return Header(number, tuple(headings)) if names and _count(headings) >= _LEAST else None


def letters(at: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def _heading(at: int, cell: Cell, columns: Columns) -> Heading:
    title = one_line(cell) if isinstance(cell, str) else ""
    if not heading(title):
        return Heading(at, title)
    return Heading(at, title, columns.find(title), columns.ignores(title), columns.has_no_use_for(title))


def _count(headings: Sequence[Heading]) -> int:
    return len({heading.column.path for heading in headings if heading.column is not None})
