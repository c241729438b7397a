"""What a format of reports is, and how one is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

import attrs

from devrules.errors import UsageError
from devrules.plain import nearest
from devrules.report.subject import Audited

Track: TypeAlias = Callable[[Sequence[Any]], Iterable[Any]]
"""Goes through a sequence and shows how far it came, as ``rich.progress.track`` does."""


@attrs.frozen
class How:
    """
    How a report is written.

    Args:
        lang: ``zh`` or ``en``.
        unmask: Whether to write names and numbers in full.
        track: Shows how far the writing came; by default nothing does.
    """

    lang: str = "zh"
    unmask: bool = False
    track: Track = iter


@attrs.frozen
class ReportFormat:
    """
    A format of reports.

    Args:
        name: What ``--format`` calls it.
        suffix: How files of it end, as ``.html``.
        pieces: Gives the report, piece by piece. It opens no file of the user: whoever asked for the pieces puts them
            where they belong, once all of them are there.
        binary: Whether it makes no sense on a terminal.
        streams: Whether it goes through the dossiers once and keeps none, so that nobody need hold all of them.
    """

    name: str
    suffix: str
    pieces: Callable[[Audited, How], Iterable[bytes]]
    binary: bool = False
    streams: bool = False


class Ending(Protocol):
    """A format of files that end in some way."""

    @property
    def suffix(self) -> str:
        """How they end, as ``.html``."""


F = TypeVar("F", bound=Ending)


def find_format(formats: Mapping[str, F], name: str | None, target: Path | None) -> F:
    """
    Find the format that is asked for: by its name, else by how the file ends; text, where neither is given.

    Args:
        formats: Those that there are, by their names.
        name: The name, if one was given.
        target: The file, if one was given.

    Raises:
        UsageError: When there is no format of that name, or of files that end so.
    """
    if name is None:
        ending = target.suffix.lower() if target else ""
        found = next((one for one in formats.values() if one.suffix == ending), None)
        if found is None and ending:
            endings = ", ".join(one.suffix for one in formats.values())
            raise UsageError(f"{target}: no format has this ending; there are {endings}")
        return found or formats["text"]
    if name not in formats:
        hint = nearest(name, formats) or f"there are {', '.join(formats)}"
        raise UsageError(f"there is no format {name!r}; {hint}")
    return formats[name]


def to_bytes(text: str) -> bytes:
    """Encode text; half a character, which no encoding has, becomes a question mark."""
    return text.encode("utf-8", "replace")
