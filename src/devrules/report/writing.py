"""Pieces of a report to a file that is whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from devrules.errors import UsageError


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """
    Write *pieces* to *target*; it appears under its name, or replaces what was there, only when it is whole.

    Args:
        target: The file. A device or a pipe is written to, never replaced.
        pieces: What to write.

    Raises:
        UsageError: When it cannot be written: no such folder, no right to, no space left. What was there stays.
    """
    try:
        if target.exists() and not target.is_file():
            _write(target, pieces)
            return
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            _write(part, pieces)
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink()
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror or error}") from error


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
