"""An .xls to the cells that ended in an error; macros are refused."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from devrules_excel.ole import is_unsound, stream, stream_names
from devrules_excel.refusals import Errors, check_extent, check_texts, damaged, invalid, links, protected

_BOF, _EOF, _SHEET, _FORMULA, _ERROR, _CIPHER = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205, 0x002F
_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_NUMBERS = 0x00BD
_DIMENSIONS = 0x0200
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_TEXTS_OF_ALL = 0x00FC
_CELLS = frozenset({_FORMULA, _ERROR, _NUMBERS, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6})
_IS_ERROR = 2
# Where names and formulas point: to this workbook, to functions that were added, or to another file.
_BOOK, _OWN_BOOKS = 0x01AE, (b"\x01\x04", b"\x01\x3a")


def look_into(path: Path) -> Errors:
    """
    Find the cells that ended in an error.

    Raises:
        InvalidInput: When the file holds macros or is protected by a password.
    """
    data = path.read_bytes()
    if is_unsound(data):
        raise damaged(path, "its parts do not fit together")
    names = stream_names(data)
    if any(name.startswith("_VBA_PROJECT") for name in names):
        raise invalid(path, "holds macros", "save it as .xlsx without macros")
    book = stream(data, ("Workbook", "Book")) or b""
    first_records = list(_records(book, 0))
    if "EncryptedPackage" in names or any(kind == _CIPHER for kind, _ in first_records):
        raise protected(path)
    if any(kind == _BOOK and content[2:4] not in _OWN_BOOKS for kind, content in first_records):
        raise links(path)
    for kind, content in first_records:
        if kind == _TEXTS_OF_ALL:
            check_texts(path, int.from_bytes(content[4:8], "little"), len(data))
    listed = [content for kind, content in first_records if kind == _SHEET]
    starts = [int.from_bytes(content[:4], "little") for content in listed]
    for index, start in enumerate(starts):
        _check_extent(path, f"sheet {index + 1}", book, start)
    return {index: dict(_errors(book, start)) for index, start in enumerate(starts)}


def _check_extent(path: Path, name: str, book: bytes, start: int) -> None:
    rows = columns = filled = 0
    for kind, content in _records(book, start):
        if kind == _DIMENSIONS:
            _check_room(path, name, content)
        elif kind in _CELLS and len(content) >= 4:  # noqa: PLR2004  # row and column
            row, column = struct.unpack_from("<HH", content)
            # A row of numbers tells its last column at its end.
            last = int.from_bytes(content[-2:], "little") if kind == _NUMBERS else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            filled += last + 1 - column
    check_extent(path, name, rows, columns, filled)


def _check_room(path: Path, name: str, content: bytes) -> None:
    """Refuse a sheet that says it is larger than such a file can be: the library would make room for it."""
    form = {10: "<HHHH", 14: "<IIHH"}.get(len(content))
    if form is None:
        return
    first, rows, _, columns = struct.unpack_from(form, content)
    if rows and columns and (columns > _MOST_COLUMNS or not first <= rows <= _MOST_ROWS):
        raise damaged(path, f"{name} says that it has rows {first + 1} to {rows} and {columns} columns")


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part of the workbook, up to its end; parts may lie within it."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return


def _errors(book: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, content in _records(book, start):
        code = _code(kind, content)
        if code is not None:
            row, column = struct.unpack_from("<HH", content)
            yield (row, column), _TEXTS.get(code, "#ERROR")


def _code(kind: int, content: bytes) -> int | None:
    """Tell the error that a cell holds, if it holds one."""
    if kind == _ERROR and len(content) >= 8 and content[7]:  # noqa: PLR2004  # 6: the value, 7: whether it is an error
        return content[6]
    # A formula keeps its result in eight bytes; those of an error end in FFFF.
    if kind == _FORMULA and len(content) >= 14 and content[12:14] == b"\xff\xff" and content[6] == _IS_ERROR:  # noqa: PLR2004
        return content[8]
    return None
