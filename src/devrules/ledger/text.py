"""What a cell says to the form in which it is compared: no full-width figures, no stray spaces, no notes."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from devrules.ledger.sheet import Cell, CellError

# Spreadsheets and web pages leave these in cells; nobody sees them.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_NOTE = re.compile(r"\([^)]*(?:\)|$)|\[[^\]]*(?:\]|$)|【[^】]*(?:】|$)|〔[^〕]*(?:〕|$)")
_EDGE = "*:：•"
_BLANK = frozenset(" -‐‑‒–—―−─━_/\\|")


def written(cell: Cell) -> str:
    """Tell what stands in a cell, as close to how a spreadsheet shows it as can be told."""
    if cell is None:
        return ""
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, date):
        return cell.isoformat()
    # The nought below zero is 0, too.
    return f"{cell or 0:.0f}" if isinstance(cell, float) and _shown_whole(cell) else str(cell)


def one_line(text: str) -> str:
    """Show a text as it is written, but for line breaks and wide gaps."""
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Make full-width characters narrow, white space one space, and leave out what is invisible."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split())


def tight(text: str) -> str:
    """Do as :func:`plain`, without any white space."""
    return plain(text).replace(" ", "")


def heading(text: str) -> str:
    """Bring the title of a column into the form in which titles are compared: its note in brackets cut off."""
    name = tight(text)
    return (_NOTE.sub("", name) or name).strip(_EDGE)


def nothing_written(text: str) -> bool:
    """Tell whether a cell with this text is blank, or holds only the dashes that stand for a blank."""
    return not text[:1].isalnum() and set(plain(text)) <= _BLANK


def _shown_whole(number: float) -> bool:
    """From 10¹⁵ on, a spreadsheet no longer has all the figures."""
    return number.is_integer() and abs(number) < 10**15
