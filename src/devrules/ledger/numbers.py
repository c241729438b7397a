"""Counts, ID numbers and telephone numbers as they stand in cells; what a float destroyed is never guessed."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric

from devrules.ledger.reasons import DESTROYED, NotUnderstood
from devrules.ledger.sheet import Cell
from devrules.ledger.text import plain, tight, written

# Beyond, a count is a slip of the pen.
_MOST = 999_999
_OLD_LENGTH = 15
_COUNT = re.compile(r"([0-9]+)(?:\.0+)?(?:人|名|票|张|天|日|个|学时|课时|小时)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+", re.ASCII)
_FIFTEEN = re.compile(r"[0-9]{15}", re.ASCII)
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_PHONE = re.compile(r"(?:\+|00)?[0-9]{5,15}", re.ASCII)
_MOBILE = re.compile(r"1[0-9]{10}", re.ASCII)
_CHINA = re.compile(r"(?:\+|00)?86(?=1[0-9]{10}$)", re.ASCII)
_SPLIT = re.compile(r"[、,;]+")


is_mobile_number = _MOBILE.fullmatch
"""Tells the number of a mobile telephone in China, with nothing else in the cell."""


def read_count(cell: Cell) -> int:
    """
    Read a whole number that is not negative, with or without what is counted: ``24``, ``24学时``.

    Raises:
        NotUnderstood: When it is none.
    """
    match = None if isinstance(cell, bool) else _COUNT.fullmatch(tight(written(cell)))
    if match is None or int(match[1]) > _MOST:
        raise NotUnderstood("不是整数 / not a whole number")
    return int(match[1])


def read_id_number(cell: Cell) -> str:
    """
    Read an ID number: eighteen characters with the right check digit, or the fifteen figures of the old form.

    Where it was first given is not looked at: regions come and go, and foreigners and people from Hong Kong, Macao and
    Taiwan have codes of their own.

    Raises:
        NotUnderstood: When it is none, or was destroyed on its way through a spreadsheet.
    """
    plainly = isinstance(cell, str) and _EIGHTEEN.fullmatch(cell)
    text = str(cell) if plainly else _text_of_number(cell).removeprefix("'").upper()
    if plainly or _EIGHTEEN.fullmatch(text):
        if text[-1] != ric.calc_check_digit(text):
            raise NotUnderstood("公民身份号码校验位不符 / the check digit of the ID number does not fit")
    elif not _FIFTEEN.fullmatch(text):
        raise NotUnderstood("不是18位或15位公民身份号码 / not an ID number of 18 or 15 characters")
    birth_of(text)
    return text


def birth_of(id_number: str) -> date:
    """
    Tell the day of birth that an ID number holds.

    Raises:
        NotUnderstood: When there is no such day.
    """
    try:
        return date.fromisoformat(in_eighteen(id_number)[6:14])
    except ValueError:
        raise NotUnderstood("公民身份号码中没有这样的出生日期 / the ID number holds no day of birth") from None


def in_eighteen(id_number: str) -> str:
    """Bring an ID number of the old form, which leaves out the century and the check digit, into the new one."""
    if len(id_number) != _OLD_LENGTH:
        return id_number
    longer = f"{id_number[:6]}19{id_number[6:]}"
    # The library counts the last character as the check digit.
    return longer + ric.calc_check_digit(f"{longer}0")


def read_phone(cell: Cell) -> str:
    """
    Read telephone numbers, without spaces, hyphens and the prefix of China.

    Raises:
        NotUnderstood: When one is none.
    """
    if isinstance(cell, str) and is_mobile_number(cell):
        return cell
    return "、".join(_phone(part) for part in _SPLIT.split(_text_of_number(cell)) if part)


def read_code(cell: Cell) -> str:
    """
    Read a text that may be a code or an amount, and so may stand in the cell as a number.

    Raises:
        NotUnderstood: When it is a number that has lost figures.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _text_of_number(cell)
    text = plain(written(cell))
    if _SCIENTIFIC.fullmatch(text):
        raise NotUnderstood(DESTROYED)
    return text


def _phone(text: str) -> str:
    number = _CHINA.sub("", text.replace("-", "").replace("(", "").replace(")", ""))
    if not _PHONE.fullmatch(number):
        raise NotUnderstood("不是电话号码 / not a telephone number")
    return number


def _text_of_number(cell: Cell) -> str:
    if isinstance(cell, int | float) and abs(cell) >= 10**15:
        raise NotUnderstood(DESTROYED)
    text = tight(written(cell))
    if _SCIENTIFIC.fullmatch(text):
        raise NotUnderstood(DESTROYED)
    return text.removesuffix(".0")


__all__ = ["birth_of", "in_eighteen", "is_mobile_number", "read_code", "read_count", "read_id_number", "read_phone"]
