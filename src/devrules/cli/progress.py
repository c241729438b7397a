"""A progress bar on a terminal, and nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console

from devrules.report.formats import Track

_MANY = 200
"""So many are judged before anybody has begun to wait."""


def tracker(said: str) -> Track:
    """
    Make what goes through a sequence and shows on stderr how far it came, where that is a terminal.

    Args:
        said: What is done.
    """
    console = Console(stderr=True)
    shows = sys.stderr.isatty()

    def track(sequence: Sequence[Any]) -> Iterable[Any]:
        if not shows or len(sequence) < _MANY:
            return sequence
        from rich.progress import track as shown

        return shown(sequence, said, console=console, transient=True)

    return track
