"""An .xlsb to the certainty that no error hides in it; how far its sheets reach is checked on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from devrules_excel.refusals import Errors, check_extent, check_texts, errors_not_placed

_ROW = 0
_TEXTS = 159
_CELLS = range(1, 12)
_ERRORS = (3, 11)


def look_into(path: Path, archive: ZipFile) -> Errors:
    """
    Look for cells with errors.

    Raises:
        InvalidInput: When there are any, or a sheet reaches too far.
    """
    found = 0
    for part in archive.namelist():
        if part == "xl/sharedStrings.bin":
            _check_texts(path, archive.read(part))
        if part.startswith("xl/worksheets/") and part.endswith(".bin"):
            rows = columns = filled = 0
            for kind, start in _records(data := archive.read(part)):
                if kind == _ROW:
                    rows = max(rows, int.from_bytes(data[start : start + 4], "little") + 1)
                elif kind in _CELLS:
                    columns = max(columns, int.from_bytes(data[start : start + 4], "little") + 1)
                    filled += 1
                    found += kind in _ERRORS
            check_extent(path, part, rows, columns, filled)
    if found:
        raise errors_not_placed(path, found)
    return {}


def _check_texts(path: Path, data: bytes) -> None:
    for kind, start in _records(data):
        if kind == _TEXTS:
            most = max(int.from_bytes(data[at : at + 4], "little") for at in (start, start + 4))
            check_texts(path, most, len(data))


def _records(data: bytes) -> Iterator[tuple[int, int]]:
    """Tell the kind of each record and where its content begins."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, at
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, the lowest first; the high bit says that another byte follows."""
    number = 0
    for shift in range(0, 7 * most, 7):
        byte = data[at] if at < len(data) else 0
        number |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:  # noqa: PLR2004  # the high bit
            break
    return number, at
