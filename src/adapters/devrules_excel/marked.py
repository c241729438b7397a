"""A copy of a ledger as a workbook: the cells that findings are about are coloured and say why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from devrules.ledger.sheet import Cell, CellError
from devrules.report.marks import Mark, MarkedSheet
from devrules_excel.book import LAST_ROW, clean, finish

_COLOURS = {"red": "#F4B6B0", "yellow": "#FFE08A", "grey": "#D5DBE1", "green": "#FFFFFF", "none": "#FFFFFF"}
_LONGEST_NAME, _WIDEST, _SAMPLE = 31, 28, 200
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_PIECE = 1 << 20


def marked_pieces(sheets: Iterable[MarkedSheet]) -> Iterator[bytes]:
    """
    Yield a workbook with a copy of each sheet, cell by cell: values, not formulas, and not how they looked.

    Args:
        sheets: The sheets with their marks.
    """
    with TemporaryFile() as file:
        _Copy(file).write(sheets)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


class _Copy:
    """Writes one sheet after another."""

    def __init__(self, file: Any) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(file, options)
        self._formats: dict[tuple[str | None, bool], Format] = {}
        self._names: set[str] = set()

    def write(self, sheets: Iterable[MarkedSheet]) -> None:
        for marked in sheets:
            self._sheet(marked)
        if not self._names:
            self._book.add_worksheet(self._name("ledger"))
        finish(self._book)

    def _sheet(self, marked: MarkedSheet) -> None:
        page = self._book.add_worksheet(self._name(marked.sheet.name or "ledger"))
        rows = marked.sheet.rows
        for at, width in enumerate(_widths(rows)):
            page.set_column(at, at, width)
        if marked.header is not None:
            page.freeze_panes(marked.header.row, 0)
        columns = max((at + 1 for _, at in marked.marks), default=0)
        above = marked.header.row - 1 if marked.header is not None else 0
        for n, row in enumerate(rows[: LAST_ROW + 1]):
            cells = _unmerged(row) if n < above else row
            for at in range(max(len(cells), columns)):
                self._cell(page, n, at, cells[at] if at < len(cells) else None, marked.marks.get((n, at)))

    def _cell(self, page: Worksheet, n: int, at: int, cell: Cell, mark: Mark | None) -> None:
        style = self._format(mark.lamp if mark else None, day=isinstance(cell, date))
        if isinstance(cell, bool):
            page.write_boolean(n, at, cell, style)
        elif isinstance(cell, int | float):
            page.write_number(n, at, cell, style)
        elif isinstance(cell, date):
            page.write_datetime(n, at, cell if isinstance(cell, datetime) else datetime.combine(cell, time()), style)
        elif cell is not None and cell != "":
            page.write_string(n, at, clean(cell.text if isinstance(cell, CellError) else cell), style)
        elif mark is not None:
            page.write_blank(n, at, None, style)
        if mark is not None:
            said = clean("\n\n".join(dict.fromkeys(mark.said)))
            lines = sum(1 + len(line) // 24 for line in said.split("\n"))
            size = {"width": 340, "height": min(400, 24 + 18 * lines)}
            page.write_comment(n, at, said, {"author": "devrules", "font_size": 9, **size})

    def _format(self, lamp: str | None, *, day: bool) -> Format:
        if (lamp, day) not in self._formats:
            style: dict[str, object] = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
            if lamp is not None:
                style |= {"bg_color": _COLOURS[lamp], "border": 1, "border_color": "#9AA5B1"}
            if day:
                style |= {"num_format": "yyyy-mm-dd"}
            self._formats[lamp, day] = self._book.add_format(style)
        return self._formats[lamp, day]

    def _name(self, wanted: str) -> str:
        """Give a name that a sheet may have, and none had before."""
        plain = _NOT_IN_NAMES.sub("_", wanted).strip("'") or "ledger"
        name, n = plain[:_LONGEST_NAME], 1
        while name.lower() in self._names:
            n += 1
            end = f" {n}"
            name = plain[: _LONGEST_NAME - len(end)] + end
        self._names.add(name.lower())
        return name


def _widths(rows: Sequence[Sequence[Cell]]) -> Iterator[float]:
    """Tell how wide columns should be, by their first cells."""
    first = rows[:_SAMPLE]
    for at in range(max(map(len, first), default=0)):
        texts = [row[at] for row in first if at < len(row) and row[at] is not None]
        # A title across the sheet stands in one cell, and must not widen its column.
        widths = sorted(_width(text) for text in texts)
        yield min(_WIDEST, max(8, widths[int(len(widths) * 0.9)] + 2 if widths else 8))


def _unmerged(row: Sequence[Cell]) -> list[Cell]:
    """Give the cells of a title once: readers repeat it in every cell over which it stands."""
    return [None if n and cell == row[n - 1] else cell for n, cell in enumerate(row)]


def _width(cell: Cell) -> int:
    if isinstance(cell, date):
        return 10
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in str(cell))
