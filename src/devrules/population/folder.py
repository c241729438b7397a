"""A folder that is whole, or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from devrules.errors import UsageError


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """
    Give a folder to write to, beside *target*; it gets that name when everything was written, and is gone otherwise.

    Args:
        target: The folder to make. An empty one may be there.

    Raises:
        UsageError: When something is there already, or it cannot be made.
    """
    _refuse_what_is_there(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # The one around it can be read by nobody else; the one that is given may be, as any other that is made.
        with TemporaryDirectory(
            prefix=f".{target.name}.", suffix=".part", dir=target.parent, ignore_cleanup_errors=True
        ) as around:
            made = Path(around) / target.name
            made.mkdir()
            yield made
            _refuse_what_is_there(target)
            if target.exists():
                target.rmdir()
            made.rename(target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror or error}") from error


def _refuse_what_is_there(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file: name a folder that is not there yet")
    if target.is_dir() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty: name another folder, or remove what is in it first")
