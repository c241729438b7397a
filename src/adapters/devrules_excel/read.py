"""A workbook to sheets: cached values, merged cells filled, errors kept as errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from devrules.ledger.collector import collector_at_rest
from devrules.ledger.sheet import Cell, CellError, Sheet
from devrules_excel.guard import look_over
from devrules_excel.refusals import MOST_CELLS, Errors, damaged, invalid, protected

_MOST_SHEETS = 200
_PLAIN = frozenset({str, bool, int, float, date, datetime})


def read_workbook(path: Path) -> list[Sheet]:
    """
    Read the sheets of a workbook in their order.

    A formula is read by its cached value; one that ended in an error, or has no cached value, is a ``CellError``. A
    merged cell stands in each of its places.

    Args:
        path: The file: .xlsx, .xlsm, .xls, .xlsb or .ods.

    Returns:
        The sheets.

    Raises:
        InvalidInput: When the file is protected, damaged, empty, of another form than its name says, holds macros or
            links to other files, or is larger than a ledger can be; names the file and what to do.
    """
    errors = look_over(path)
    with collector_at_rest():
        sheets = _read(path, errors)
    if not any(cell is not None for sheet in sheets for row in sheet.rows for cell in row):
        raise invalid(path, "is empty: no sheet has a cell with a value", "choose the workbook that holds the ledger")
    return sheets


def _read(path: Path, errors: Errors) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return list(_sheets(path, workbook, errors))
    except PasswordError as error:
        raise protected(path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path, error) from error
    except BaseException as error:
        # What the library did not foresee in a damaged file is a panic of Rust, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(path, "it cannot be read as a workbook") from error


def _sheets(path: Path, workbook: CalamineWorkbook, errors: Errors) -> Iterator[Sheet]:
    listed = [index for index, about in enumerate(workbook.sheets_metadata) if about.typ == SheetTypeEnum.WorkSheet]
    if len(listed) > _MOST_SHEETS:
        raise invalid(path, f"has {len(listed)} sheets, as no ledger does", "part it into several files")
    cells = 0
    for index in listed:
        sheet = workbook.get_sheet_by_index(index)
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise invalid(path, f"has more than {MOST_CELLS:,} cells", "part it into several files")
        yield Sheet(str(path), sheet.name, _rows(sheet, errors.get(index, {})))


def _rows(sheet: CalamineSheet, errors: Mapping[tuple[int, int], str]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [_cells(row) for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), text in errors.items():
        _make_room(rows, row, column)
        rows[row][column] = CellError(text)
    room = sum(map(len, rows))
    for start, end in sheet.merged_cell_ranges or ():
        room -= _fill(rows, start, end)
        if room < 0:
            raise ValueError("merged cells lie upon each other")
    return rows


def _cells(row: list[Any]) -> list[Cell]:
    # Looked at as a whole first: most rows hold no times, and many no blanks.
    if not _PLAIN.issuperset(map(type, row)):
        row = [value if isinstance(value, str | bool | int | float | date) else str(value) for value in row]
    return [None if value == "" else value for value in row] if "" in row else row


def _make_room(rows: list[list[Cell]], row: int, column: int) -> None:
    """An error at the edge lies outside of what the library takes for the filled area."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))


def _fill(rows: list[list[Cell]], start: tuple[int, int], end: tuple[int, int]) -> int:
    """Write the value of a merged cell into its places, and tell how many they are."""
    (top, left), (bottom, right) = start, end
    if top >= len(rows) or left >= len(rows[top]):
        return 0
    value, count = rows[top][left], 0
    for row in rows[top : bottom + 1]:
        width = max(0, min(right + 1, len(row)) - left)
        row[left : left + width] = [value] * width
        count += width
    return count
