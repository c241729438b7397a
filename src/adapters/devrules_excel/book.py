"""A workbook that is written row by row: sheets with a frozen heading, filters, widths and the colours of the lamps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import BinaryIO, TypeAlias
from unicodedata import east_asian_width

import attrs
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | None

LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0."""
_LONGEST = 32_000
"""A cell holds 32,767 characters."""
_LINE, _MOST_LINES = 15, 20
"""The height of a line, and of how many lines a row is at most: 409 points are the most that there may be."""
_STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "wrapped": {"text_wrap": True},
    "centred": {"align": "center"},
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "bg_color": "#E8EDF2", "bottom": 1, "bottom_color": "#9AA5B1", "text_wrap": True},
    "bold": {"bold": True},
    "red": {"bg_color": "#F8D7D4", "font_color": "#8C1D18"},
    "yellow": {"bg_color": "#FFEFC2", "font_color": "#6B4600"},
    "grey": {"bg_color": "#E9ECEF", "font_color": "#47525D"},
    "green": {"bg_color": "#DCEFE2", "font_color": "#1C5234"},
}


@attrs.frozen
class Column:
    """A column: its heading, its width in characters, the style of its cells."""

    heading: str
    width: float = 12
    style: str = "plain"


class Book:
    """
    A workbook.

    Args:
        file: Where it is written to.
        made: The day that it bears, so that the same report is the same file.
    """

    def __init__(self, file: BinaryIO, made: date) -> None:
        # Strings stay strings: what was written in a ledger is neither a formula nor a link.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(file, options)
        self._book.set_properties({"created": datetime.combine(made, time()), "author": "devrules"})
        common = {"valign": "top", "font_name": "Microsoft YaHei", "font_size": 10}
        self.styles: dict[str, Format] = {
            name: self._book.add_format(common | dict(style)) for name, style in _STYLES.items()
        }

    def sheet(self, name: str, columns: Sequence[Column], *, bare: bool = False, printed: int | None = None) -> Sheet:
        """
        Begin a sheet.

        Args:
            name: Its name.
            columns: Its columns.
            bare: Whether it has no heading and no filter: a page rather than a table.
            printed: How many of its columns are printed; by default all.
        """
        return Sheet(self, name, columns, bare=bare, printed=printed)

    def add(self, name: str) -> Worksheet:
        """Add a sheet of the workbook as it is."""
        return self._book.add_worksheet(name)

    def close(self) -> None:
        """Write the file."""
        finish(self._book)


class Sheet:
    """A sheet that grows downward; what does not fit is continued on another."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column], *, bare: bool, printed: int | None) -> None:
        self._book, self._name, self._columns, self._bare = book, name, columns, bare
        self._printed = printed or len(columns)
        self._parts = 0
        self._begin()

    def row(self, cells: Sequence[Cell], styles: Sequence[str | None] = ()) -> None:
        """Write a row; *styles* go before those of the columns."""
        if self._at > LAST_ROW:
            self.end()
            self._begin()
        lines = max((self._lines(n, cell) for n, cell in enumerate(cells)), default=1)
        if lines > 1:
            self._sheet.set_row(self._at, min(lines, _MOST_LINES) * _LINE)
        for n, cell in enumerate(cells):
            if cell is None:
                continue
            named = (styles[n] if n < len(styles) else None) or self._columns[n].style
            style = self._book.styles[named]
            if isinstance(cell, int):
                self._sheet.write_number(self._at, n, cell, style)
            else:
                self._sheet.write_string(self._at, n, clean(cell), style)
        self._at += 1

    def end(self) -> None:
        """End the table: its filter reaches as far as its rows."""
        if not self._bare:
            self._sheet.print_area(0, 0, self._at - 1, self._printed - 1)
            self._sheet.autofilter(0, 0, max(self._at - 1, 1), len(self._columns) - 1)

    def _lines(self, n: int, cell: Cell) -> int:
        """Tell how many lines a cell takes; spreadsheets do not all make a row as high as it must be."""
        column = self._columns[n]
        if not isinstance(cell, str) or column.style != "wrapped":
            return 1
        width = sum(2 if east_asian_width(one) in "WF" else 1 for one in cell)
        return -(-width // max(1, int(column.width)))

    def _begin(self) -> None:
        self._parts += 1
        self._sheet = self._book.add(self._name if self._parts == 1 else f"{self._name} {self._parts}")
        for n, column in enumerate(self._columns):
            self._sheet.set_column(n, n, column.width)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        self._sheet.set_footer("&C&P / &N")
        self._at = 0
        if not self._bare:
            self._sheet.freeze_panes(1, 1)
            self._sheet.repeat_rows(0)
            self.row([column.heading for column in self._columns], ["heading"] * len(self._columns))


def finish(book: xlsxwriter.Workbook) -> None:
    """
    Write a workbook.

    Raises:
        OSError: When it cannot be written; the library has an exception of its own for that.
    """
    try:
        book.close()
    except FileCreateError as error:
        (cause,) = error.args
        raise cause from error


def clean(text: str) -> str:
    """Make text that a workbook can hold: not too long, no half characters."""
    return text[:_LONGEST].encode("utf-8", "replace").decode()
