"""Many dossiers as JSON lines, one a line: read one after another, and written. A bad line never stops the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from devrules.dossier.convert import parse_dossier, write_dossier
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem
from devrules.plain import printable

SUFFIXES = (".jsonl", ".ndjson")
"""How the names of such files end."""

LONGEST = 1 << 26
"""A line of more bytes than this is no dossier, and is not read into memory."""

MOST_TOLD = 1_000
"""Of so many places it is told what is wrong with them; further ones are counted."""

Text: TypeAlias = bytes | Problem
"""A dossier in JSON, or why there is none."""


class Dossiers:
    """
    Dossiers that are read one after another, never all at once.

    Args:
        name: What to call the source in errors.
        texts: Gives each place in the source (``line 7``) with what stands there.
        kinds: The kinds of record that there are.
    """

    def __init__(self, name: str, texts: Callable[[], Iterable[tuple[str, Text]]], kinds: Kinds) -> None:
        self.name = name
        self._texts = texts
        self._kinds = kinds
        self._told: list[Problem] = []
        self._places = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, as far as they were gone through."""
        more = self._places - MOST_TOLD
        if more <= 0:
            return tuple(self._told)
        return (*self._told, Problem(self.name, f"{more} more dossiers cannot be read", "mend the first ones and see"))

    def __iter__(self) -> Iterator[Dossier]:
        self._told, self._places = [], 0
        for place, text in self._texts():
            if isinstance(text, Problem):
                self._tell([text])
                continue
            try:
                yield parse_dossier(text, self._kinds, where=f"{self.name} {place}")
            except InvalidInput as error:
                self._tell(error.problems)

    def _tell(self, problems: Iterable[Problem]) -> None:
        self._places += 1
        if self._places <= MOST_TOLD:
            self._told += problems


def read_lines(path: Path, kinds: Kinds) -> Dossiers:
    """
    Read the dossiers of a file, one a line; blank lines are passed over.

    Args:
        path: The file, in UTF-8.
        kinds: The kinds of record that there are.

    Raises:
        InvalidInput: When the file cannot be opened.
    """
    try:
        path.open("rb").close()
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"cannot be read: {error.strerror}")]) from error
    return Dossiers(str(path), lambda: _texts(path), kinds)


def write_lines(dossiers: Iterable[Dossier]) -> Iterator[bytes]:
    """
    Write dossiers as JSON lines; nothing in them is masked.

    Raises:
        InvalidInput: When a text holds half a character, which no file can.
    """
    for dossier in dossiers:
        try:
            yield json.dumps(write_dossier(dossier), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        except UnicodeEncodeError:
            raise InvalidInput([Problem(printable(f"dossier {dossier.id}"), "holds half a character")]) from None


def _texts(path: Path) -> Iterator[tuple[str, Text]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                place = f"line {number}"
                if len(line) > LONGEST:
                    yield place, Problem(f"{path} {place}", f"is longer than {LONGEST} bytes", "one dossier a line")
                elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                    yield place, line
    except OSError as error:
        yield "", Problem(str(path), f"cannot be read to its end: {error.strerror}")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; of one that is too long only the beginning, a byte more than is allowed."""
    while line := file.readline(LONGEST + 1):
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST + 1)
        yield line
