"""Text that wraps as Chinese is set: between any two characters, but not before a comma, and not within a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

_PIECE = re.compile(r"[0-9]+年(?:[0-9]+月(?:[0-9]+日)?)?|[!-~]+|\s+|.", re.DOTALL)
_NOT_FIRST = "，。；：、）”》？！"
_NOT_LAST = "（“《"


class Prose(Text):
    """A text of which every line but the last is as full as Chinese allows."""

    def wrap(self, console: Console, width: int, **_: Any) -> Lines:  # noqa: ARG002  # rich hands over its console
        """Break the text into lines of at most *width* columns."""
        lines = Lines()
        for line in self.split("\n", allow_blank=True):
            for part in line.divide(_breaks(line.plain, width)):
                part.rstrip()
                lines.append(part)
        return lines


def _breaks(text: str, width: int) -> Iterator[int]:
    """Yield where new lines begin; what is longer than a line is cut, so that nothing is lost."""
    at, used = 0, 0
    for piece in _unbroken(text):
        for n, part in enumerate(chop_cells(piece, width)):
            if used and (n or used + cell_len(piece.rstrip()) > width):
                yield at
                used = 0
            at, used = at + len(part), used + cell_len(part)


def _unbroken(text: str) -> Iterator[str]:
    """Yield what stays together: a word, a date, a character with the marks that may not be parted from it."""
    held = ""
    for piece in _PIECE.findall(text):
        if held and piece not in _NOT_FIRST and held[-1] not in _NOT_LAST:
            yield held
            held = ""
        held += piece
    yield held
