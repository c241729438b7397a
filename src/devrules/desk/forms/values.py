"""Values of a dossier to the texts of a form."""

from __future__ import annotations

from datetime import date
from typing import Any

from devrules.days import Day
from devrules.desk.unseen import without_unseen
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Attachment
from devrules.findings.words import ORGANISATIONS, OUTCOMES, ROLES

_WORDS = {**ORGANISATIONS, **ROLES, **OUTCOMES}
_SEPARATORS = str.maketrans({"\t": " ", "\u2028": "\n", "\u2029": "\n"})


def day_text(day: Day, *, month: bool = False) -> str:
    """
    Write a day in Chinese, as precise as it is known.

    Args:
        day: The day.
        month: Whether year and month are enough.

    Returns:
        ``2023年5月3日``, ``2023年5月``, ``2023年``; of any other, its ends.
    """
    stated = str(day)
    if "/" in stated:
        ends = [_part(one, month=month) for one in (day.low, day.high)]
        return "至".join(dict.fromkeys(ends))
    if day.exact:
        return _part(day.low, month=month)
    year, _, rest = stated.partition("-")
    return f"{year}年{int(rest)}月" if rest else f"{year}年"


def _part(day: date, *, month: bool) -> str:
    written = f"{day.year}年{day.month}月"
    return written if month else f"{written}{day.day}日"


def value_text(value: Any, dossier: Dossier, *, month: bool = False) -> str:
    """
    Write a value.

    Args:
        value: A day, a text, a word of the ruleset, the id of a member, a file, several of them, or nothing.
        dossier: The dossier that knows the members.
        month: Of a day, whether year and month are enough.
    """
    match value:
        case Day():
            return day_text(value, month=month)
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(value_text(one, dossier) for one in value)
        case Attachment():
            return tidy(value.name)
        case str():
            return tidy(_named(value, dossier))
    return "" if value is None else str(value)


def tidy(text: str) -> str:
    """
    Leave out what cannot be printed; lines stay lines.

    Args:
        text: What someone wrote.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SEPARATORS)
    return without_unseen(lines, keep="\n").strip()


def _named(value: str, dossier: Dossier) -> str:
    names = {member.id: member.name for member in dossier.members if member.name}
    word = _WORDS.get(value)
    return names.get(value) or (word.zh if word else value)


__all__ = ["day_text", "tidy", "value_text"]
