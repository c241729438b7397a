"""Files that are written, kept apart from what is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from devrules.errors import UsageError


def keep_apart(targets: Mapping[str, Path | None], sources: Iterable[Path | None]) -> None:
    """
    Refuse to write over what is read, into a folder that is read, or two things into one file.

    Args:
        targets: What will be written, by what users call it: the option, or the argument.
        sources: What will be read: files, and folders as a whole.

    Raises:
        UsageError: With every target that is refused.
    """
    # A device, as /dev/null or /dev/stdout, is never replaced.
    written = {option: path for option, path in targets.items() if path is not None and not _is_device(path)}
    read = [source for source in sources if source is not None]
    told = [*_overwriting(written, read), *_colliding(written)]
    if told:
        raise UsageError("\n".join(told))


def _overwriting(written: Mapping[str, Path], read: Iterable[Path]) -> Iterator[str]:
    for option, path in written.items():
        for source in read:
            if _same(path, source):
                yield f"{option} {path}: is read, and would be written over; name another file"
            elif _is(source, Path.is_dir) and _real(path).is_relative_to(_real(source)):
                yield f"{option} {path}: lies in {source}, which is read; name a file outside of it"


def _colliding(written: Mapping[str, Path]) -> Iterator[str]:
    for (first, one), (second, other) in combinations(written.items(), 2):
        if _same(one, other):
            yield f"{second} {other}: is the file of {first}, too; name another file"


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file, by links too; it need not be there yet."""
    try:
        return one.samefile(other)
    except OSError:
        return _real(one) == _real(other)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike Path.resolve it bears links that run in circles


def _is_device(path: Path) -> bool:
    return _is(path, Path.exists) and not _is(path, Path.is_file) and not _is(path, Path.is_dir)


def _is(path: Path, what: Callable[[Path], bool]) -> bool:
    """Ask what a path is; where one may not look, it is nothing."""
    try:
        return what(path)
    except OSError:
        return False
