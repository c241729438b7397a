"""What is wrong with a file that cannot be read, said the same way wherever it is found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from devrules.errors import InvalidInput, Problem

Errors: TypeAlias = Mapping[int, Mapping[tuple[int, int], str]]
"""Number of a sheet to its cells with errors: row and column from 0 on, and the error."""

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
MOST_CELLS = 20_000_000
"""In all sheets together. Blank cells between filled ones take memory, too."""

_MOST_BLANK, _MOST_PER_FILLED = 2_000_000, 50


def check_texts(path: Path, said: int, size: int) -> None:
    """
    Refuse a workbook that says it has more texts than there is room for: the library would make that room.

    Raises:
        InvalidInput: When it says so.
    """
    if said > size:
        raise damaged(path, f"it says that it has {said} texts, and has no room for them")


def check_extent(path: Path, sheet: str, rows: int, columns: int, filled: int) -> None:
    """
    Refuse a sheet that reaches further than a ledger can.

    Args:
        path: The file.
        sheet: What to call the sheet.
        rows: Its last row.
        columns: Its last column.
        filled: How many of its cells hold something.

    Raises:
        InvalidInput: When it has too many rows, columns or cells, or is large and nearly blank.
    """
    cells = rows * columns
    blank = cells > max(_MOST_BLANK, _MOST_PER_FILLED * filled)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS or cells > MOST_CELLS or blank:
        what = f"{sheet} reaches to row {rows} and column {columns}, which is more than can be read"
        raise invalid(path, what, "delete what stands far outside of the ledger, or part it into several files")


def links(path: Path) -> InvalidInput:
    """Refuse a file that takes values from others."""
    remedy = "break the links (数据 → 编辑链接 → 断开链接) and save it"
    return invalid(path, "holds links to other files, whose values may be out of date", remedy)


def errors_not_placed(path: Path, count: int) -> InvalidInput:
    """Refuse a file with formula errors of which this form does not tell where they stand."""
    suffix = path.suffix.lower()
    what = f"has {count} formula(s) that ended in an error, which would look like blank cells in an {suffix} file"
    return invalid(path, what, "correct the formulas, or save it as .xlsx")


def invalid(path: Path, what: str, remedy: str = "") -> InvalidInput:
    """Make the error for a file that cannot be read."""
    return InvalidInput([Problem(str(path), what, remedy)])


def protected(path: Path) -> InvalidInput:
    """Say that a file cannot be opened without a password."""
    return invalid(path, "is protected by a password", "save a copy without the password")


def damaged(path: Path, how: object) -> InvalidInput:
    """Say that a file is damaged."""
    remedy = "copy it anew, or open it in a spreadsheet program and save it as .xlsx"
    return invalid(path, f"is damaged: {how}", remedy)
