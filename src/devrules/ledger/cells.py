"""One cell to what it says: a value, nothing, that there is none, or that it cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

import attrs

from devrules.days import Day, DayError, read_day, read_days, read_number
from devrules.ledger.columns import word_form
from devrules.ledger.model import Column, Columns, Form
from devrules.ledger.names import are_han_names, is_han_name, read_name, read_names
from devrules.ledger.numbers import is_mobile_number, read_code, read_count, read_id_number, read_phone
from devrules.ledger.reasons import FORMULA, NotUnderstood
from devrules.ledger.sheet import Cell, CellError
from devrules.ledger.text import nothing_written, plain, tight, written

NO = "无"
"""The answer of a cell that there is none."""

# A day's number in a cell that is formatted as text, or in a CSV; other numbers have a form that read_day knows.
_OTHER_MARKS = ",，;；\r\n"
_SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?", re.ASCII)


@attrs.frozen
class Said:
    """
    What a cell says.

    Args:
        state: ``value``; ``blank``: nothing is written, so there is none; ``absent``: nothing is written, and that says
            nothing; ``none``: there is none; ``unread``: not understood.
        value: The value.
        reason: Why it was not understood, in Chinese and English.
        weak: Whether the value may also say that there is none (a zero, 无), so that alone it makes no record.
    """

    state: Literal["value", "blank", "absent", "none", "unread"]
    value: Any = None
    reason: str = ""
    weak: bool = False


BLANK, ABSENT, NONE = Said("blank"), Said("absent"), Said("none")


def read_cell(cell: Cell, column: Column, columns: Columns) -> Said:
    """
    Read a cell.

    Args:
        cell: The cell.
        column: The column in which it stands.
        columns: All columns, for how days are written.

    Returns:
        What it says. A cell that cannot be read says why.
    """
    if isinstance(cell, CellError):
        return Said("unread", reason=FORMULA)
    if cell is None or (isinstance(cell, str) and _is_blank(cell, columns.marks)):
        return ABSENT if column.blank == "absent" else BLANK
    try:
        return _said(cell, column, columns)
    except (DayError, NotUnderstood) as error:
        return Said("unread", reason=error.reason)


def _is_blank(cell: str, marks: frozenset[str]) -> bool:
    # Few ledgers have marks of their own, and to compare with them takes longer than all else.
    return nothing_written(cell) or (bool(marks) and tight(cell) in marks)


def _said(cell: Cell, column: Column, columns: Columns) -> Said:
    form = column.form
    if form in ("words", "codes"):
        return _word(cell, column.words) if form == "words" else _code(cell, column.words)
    if isinstance(cell, str) and NO in cell and tight(cell) == NO:
        return NONE
    if form in ("day", "days"):
        read = _days if form == "days" else _day
        return Said("value", read(cell, two_digit_years=columns.two_digit_years))
    value = _READERS[form](cell)
    return Said("value", value, weak=True) if form == "number" and value == 0 else Said("value", value)


def _word(cell: Cell, words: Mapping[str, str | bool | None]) -> Said:
    word = word_form(written(cell))
    if word not in words:
        if word == NO:
            return NONE
        known = "、".join(words)
        raise NotUnderstood(f"未知的词，认得的有：{known} / an unknown word; those listed are known")
    meant = words[word]
    return NONE if meant is None else Said("value", meant, weak=word == NO)


def _code(cell: Cell, words: Mapping[str, str | bool | None]) -> Said:
    text = read_code(cell)
    word = word_form(text)
    if word in words:
        meant = words[word]
        return NONE if meant is None else Said("value", meant)
    if word == NO:
        return NONE
    if word.isdigit():
        raise NotUnderstood("未知的代码 / an unknown code")
    return Said("value", text)


def _day(cell: Cell, *, two_digit_years: bool) -> Day:
    if isinstance(cell, str):
        text = plain(cell)
        return read_number(float(text)) if _SERIAL.fullmatch(text) else _written_day(cell, two_digit_years)
    return _stored_day(cell)


def _days(cell: Cell, *, two_digit_years: bool) -> tuple[Day, ...]:
    if isinstance(cell, str) and not _SERIAL.fullmatch(plain(cell)):
        return _written_days(cell, two_digit_years)
    return (_day(cell, two_digit_years=two_digit_years),)


def _stored_day(cell: Cell) -> Day:
    if isinstance(cell, date):
        return Day.on(cell.date() if isinstance(cell, datetime) else cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return read_number(cell)
    raise NotUnderstood("不是日期 / not a day")


@lru_cache(maxsize=65536)
def _written_day(text: str, two_digit_years: bool) -> Day:  # noqa: FBT001  # a key of the cache
    return read_day(text, two_digit_years=two_digit_years)


@lru_cache(maxsize=65536)
def _written_days(text: str, two_digit_years: bool) -> tuple[Day, ...]:  # noqa: FBT001  # the same
    parts = [part.strip() for part in text.split("、")]
    if any(mark in text for mark in _OTHER_MARKS) or not all(parts):
        return tuple(read_days(text, two_digit_years=two_digit_years))
    # Lists seldom repeat, and their days often do.
    return tuple([_written_day(part, two_digit_years) for part in parts])


_READERS: Mapping[Form, Callable[[Cell], Any]] = {
    "number": read_count,
    "people": lambda cell: read_names(written(cell)),
    "name": lambda cell: read_name(written(cell)),
    "names": lambda cell: "、".join(read_names(written(cell))),
    "id-number": read_id_number,
    "phone": read_phone,
    "text": read_code,
}

OBVIOUS: Mapping[Form, Callable[[str], object]] = {
    "name": is_han_name,
    "names": are_han_names,
    "people": are_han_names,
    "phone": is_mobile_number,
}
"""What need not be read to know that it can be, by the form of the column."""
