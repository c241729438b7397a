"""An .ods to the certainty that no error hides in it, no cell is repeated without end and no link leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from devrules_excel.refusals import Errors, check_extent, damaged, errors_not_placed, links

_ERROR = re.compile(rb'calcext:value-type="error"')
_LINK = re.compile(rb"""table:formula="[^"]*(?:'|&apos;)(?:file|https?|smb):""")
_TABLE = re.compile(rb"<table:table\s.*?(?:</table:table>|\Z)", re.DOTALL)
_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)(?:</table:table-row>|\Z))", re.DOTALL)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ROWS = re.compile(rb'number-rows-repeated="([0-9]{1,9})"')
_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')
_FILLED = b"office:value-type"


def look_into(path: Path, archive: ZipFile) -> Errors:
    """
    Look for errors, which this form keeps as text beside an empty value, and for what is repeated.

    Raises:
        InvalidInput: When it is no XML, holds errors or links to other files, or repeats filled cells too often.
    """
    data = archive.read("content.xml")
    _check_xml(path, data)
    found = len(_ERROR.findall(data))
    if found:
        raise errors_not_placed(path, found)
    if _LINK.search(data):
        raise links(path)
    for number, table in enumerate(_TABLE.finditer(data), 1):
        check_extent(path, f"sheet {number}", *_extent(table[0]))
    return {}


def _check_xml(path: Path, data: bytes) -> None:
    """Refuse what is no XML: the library would look for the end of a table that does not end."""
    try:
        ParserCreate().Parse(data, True)  # noqa: FBT003  # no more will come
    except ExpatError as error:
        raise damaged(path, f"content.xml cannot be read: {error}") from error


def _extent(table: bytes) -> tuple[int, int, int]:
    """Tell the last row and the last column that are filled when all is repeated, and how many cells are."""
    rows = last_row = last_column = filled = 0
    for row in _ROW.finditer(table):
        times = _times(_ROWS, row[1])
        rows += times
        column = 0
        for repeated, is_filled in _cells(row[2] or b""):
            column += repeated
            if is_filled:
                last_row, last_column = rows, max(last_column, column)
                filled += times * repeated
    return last_row, last_column, filled


def _cells(row: bytes) -> Iterator[tuple[int, bool]]:
    for cell in _CELL.finditer(row):
        yield _times(_COLUMNS, cell[1]), _FILLED in cell[1]


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1]) if match else 1
