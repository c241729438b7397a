"""A folder that is whole, or not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from devrules.errors import UsageError


@contextmanager
def whole_folder(target: Path, *, replaces: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """
    Give a folder to write to, beside *target*; it gets that name when everything was written, and is gone otherwise.

    Args:
        target: The folder to make. An empty one may be there.
        replaces: Tells of a file whether it may be replaced: a folder with nothing else in it gives way to the new one.

    Raises:
        UsageError: When something else is there already, or it cannot be made.
    """
    try:
        _refuse_what_is_there(target, replaces)
        target.parent.mkdir(parents=True, exist_ok=True)
        # The one around it can be read by nobody else; the one that is given may be, as any other that is made.
        with TemporaryDirectory(
            prefix=f".{target.name}.", suffix=".part", dir=target.parent, ignore_cleanup_errors=True
        ) as around:
            made = Path(around) / target.name
            made.mkdir()
            yield made
            _refuse_what_is_there(target, replaces)
            _put(made, target, Path(around) / "before")
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror or error}") from error


def _put(made: Path, target: Path, before: Path) -> None:
    """Give *made* the name; what has it goes to *before*, and comes back where that fails."""
    if not target.exists():
        made.rename(target)
        return
    target.rename(before)
    try:
        made.rename(target)
    except OSError:
        before.rename(target)
        raise


def _refuse_what_is_there(target: Path, replaces: Callable[[Path], bool] | None) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file: name a folder that is not there yet")
    if not target.is_dir():
        return
    found = sorted(target.iterdir())
    if found and replaces is None:
        raise UsageError(f"{target} is not empty: name another folder, or remove what is in it first")
    kept = [path.name for path in found if replaces is not None and not (path.is_file() and replaces(path))]
    if kept:
        raise UsageError(f"{target} is not replaced, because of other files in it ({kept[0]}): name another folder")
