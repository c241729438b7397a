"""An .xls to the cells that ended in an error; macros are refused."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from devrules_excel.ole import stream, stream_names
from devrules_excel.refusals import Errors, invalid, protected

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
_IS_ERROR = 2


def look_into(path: Path) -> Errors:
    """
    Find the cells that ended in an error.

    Raises:
        InvalidInput: When the file holds macros or is protected by a password.
    """
    data = path.read_bytes()
    names = stream_names(data)
    if any(name.startswith("_VBA_PROJECT") for name in names):
        raise invalid(path, "holds macros", "save it as .xlsx without macros")
    book = stream(data, ("Workbook", "Book")) or b""
    first_records = list(_records(book, 0))
    if "EncryptedPackage" in names or any(kind == _CIPHER for kind, _ in first_records):
        raise protected(path)
    listed = [content for kind, content in first_records if kind == _SHEET]
    starts = [int.from_bytes(content[:4], "little") for content in listed]
    return {index: dict(_errors(book, start)) for index, start in enumerate(starts)}


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
