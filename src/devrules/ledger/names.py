"""Names of people as they stand in cells, to names without the spaces that only fill a column."""

from __future__ import annotations

import re

from devrules.ledger.reasons import NotUnderstood
from devrules.ledger.text import plain

_SPLIT = re.compile(r"[、,;\r\n]+")
_HAN = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{1,40}")
_HAN_NAMES = re.compile(r"[\u4e00-\u9fff]{1,40}(?:、[\u4e00-\u9fff]{1,40})*")
_NO_NAME = re.compile(r"[0-9:。()\[\]<>=#?!/]")
_LONGEST = 40
_UNCLEAR = "不能确定空格是否分隔姓名 / it is not clear whether the space parts two names"
_NOT_A_NAME = "不是姓名 / not a name"


is_han_name = _HAN_NAME.fullmatch
"""Tells one name in the characters in which nearly all are written, and with nothing else in the cell."""
are_han_names = _HAN_NAMES.fullmatch
"""Tells such names with 、 between them."""


def read_names(text: str) -> tuple[str, ...]:
    """
    Read the names of one cell.

    Args:
        text: Names with 、 ， , ； ; a line break or a space between them. The space in 张　三 is no such space.

    Returns:
        The names in the order written, each once.

    Raises:
        NotUnderstood: When one of them is no name, or a space may part two names or not.
    """
    if are_han_names(text):
        return tuple(dict.fromkeys(text.split("、")))
    # White space is made plain only after the split, since a line break parts two names.
    parts = [part for piece in text.splitlines() for part in _SPLIT.split(plain(piece)) if part.strip()]
    return tuple(dict.fromkeys(_checked(name) for part in parts for name in _by_spaces(part.strip())))


def read_name(text: str) -> str:
    """
    Read the one name of a cell, whatever spaces are in it.

    Raises:
        NotUnderstood: When it is no name, or several.
    """
    if is_han_name(text):
        return text
    name = plain(text)
    if _SPLIT.search(name):
        raise NotUnderstood("一格多人 / several people in one cell")
    return _checked(name.replace(" ", "") if _HAN.search(name) else name)


def _by_spaces(part: str) -> list[str]:
    words = part.split(" ")
    if not all(_HAN.search(word) for word in words):
        # A name in another script keeps its spaces.
        return [part]
    if all(len(word) > 1 for word in words):
        return words
    return ["".join(words)] if _one_name(words) else _pairs(words)


def _one_name(words: list[str]) -> bool:
    # Two or three single characters are one name, spread over the width of the column.
    return len(words) <= 3 and all(len(word) == 1 for word in words)  # noqa: PLR2004  # no name has four in this form


def _pairs(words: list[str]) -> list[str]:
    """Join the pairs of single characters between longer names; anything else could be read in two ways."""
    names: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if len(word) == 1:
            if not rest or len(rest[0]) > 1 or (len(rest) > 1 and len(rest[1]) == 1):
                raise NotUnderstood(_UNCLEAR)
            word += rest.pop(0)
        names.append(word)
    return names


def _checked(name: str) -> str:
    if len(name) > _LONGEST or _NO_NAME.search(name):
        raise NotUnderstood(_NOT_A_NAME)
    return name


__all__ = ["are_han_names", "is_han_name", "read_name", "read_names"]
