"""A CSV file to a sheet: UTF-8 or GB18030; commas, tabs or semicolons."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from devrules.errors import InvalidInput, Problem
from devrules.ledger.header import WITHIN
from devrules.ledger.sheet import Cell, Sheet

_DELIMITERS = ",\t;"
_FIGURE = re.compile(r"[0-9]")
# ="0012" is how a spreadsheet is made to keep the figures of a code.
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
# A spreadsheet writes the number 2023.1 for what was typed as 2023.10, too.
_MAYBE_OCTOBER = re.compile(r"[0-9]{4}\.1", re.ASCII)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 3
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE = "save it as CSV UTF-8"
_END = "\x1e"


def read_csv(path: Path) -> list[Sheet]:
    """
    Read a ledger in CSV.

    The encoding is UTF-8, with or without a byte order mark, else GB18030. The delimiter is the one of the three that
    parts the header into the most titles.

    Args:
        path: The file.

    Returns:
        One sheet, without a name.

    Raises:
        InvalidInput: When the file cannot be read, is empty, is in another encoding or no CSV; names the file and the
            byte or line.
    """
    text, encoding = _text(path)
    if not text.strip():
        raise _invalid(path, "is empty", "choose the file that holds the ledger")
    rows = [[*map(_cell, row)] for row in _rows(path, text, _delimiter(text))]
    return [Sheet(file=str(path), name=None, rows=rows, encoding=encoding)]


def _cell(text: str) -> Cell:
    """Take 2023.1 for the number that it may have been: only as such is it known to be two months."""
    return float(text) if _MAYBE_OCTOBER.fullmatch(text) else _FORMULA_TEXT.sub(r"\1", text)


def _text(path: Path) -> tuple[str, str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _invalid(path, f"cannot be read: {error.strerror}") from error
    if data.startswith(_UTF_16):
        raise _invalid(path, "is UTF-16, as its first byte tells", _SAVE)
    if (at := data.find(b"\0")) >= 0:
        raise _invalid(path, f"is no text: there is a NUL at byte {at}", _SAVE)
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        return _gb18030(path, data, error)


def _gb18030(path: Path, data: bytes, not_utf_8: UnicodeDecodeError) -> tuple[str, str]:
    # The error counts from after the byte order mark.
    bom = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    at = bom + not_utf_8.start
    if bom or len(_HAN.findall(data[:at].decode("utf-8"))) >= _ENOUGH:
        raise _invalid(path, f"is UTF-8 and broken at byte {at}", f"{_SAVE} again") from not_utf_8
    try:
        return data.decode("gb18030"), "GB18030"
    except UnicodeDecodeError as error:
        what = f"is neither UTF-8 (wrong at byte {at}) nor GB18030 (wrong at byte {error.start})"
        raise _invalid(path, what, _SAVE) from error


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()][:WITHIN]
    # A header has no figures; lists of days in the rows below it may have more semicolons than the row has commas.
    titles = [line for line in lines if not _FIGURE.search(line)] or lines
    return max(_DELIMITERS, key=lambda delimiter: max(line.count(delimiter) for line in titles))


def _rows(path: Path, text: str, delimiter: str) -> Iterator[list[str]]:
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = csv.reader(io.StringIO(ended + _END, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                _check_closed(path, row, line)
                return
            yield row
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"is no CSV at line {reader.line_num}: {error}"
        raise _invalid(path, what, "look for a quotation mark that is not closed") from error


def _check_closed(path: Path, row: list[str], line: int) -> None:
    """Refuse a quotation mark that was never closed: it has swallowed all rows after it, and so the end mark, too."""
    if row != [_END]:
        raise _invalid(path, f"a quotation mark that is opened in the row at line {line} is not closed", "close it")


def _invalid(path: Path, what: str, remedy: str = "") -> InvalidInput:
    return InvalidInput([Problem(str(path), what, remedy)])
