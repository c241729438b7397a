"""The last link of each stream: kept elsewhere, it shows whether entries were removed or history was written anew."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Protocol

import attrs

from devrules.desk.events import canonical
from devrules.desk.ports import StoredEvent
from devrules.errors import InvalidInput, Problem
from devrules.plain import READ_ERRORS, problems_of, strict_converter


class Streams(Protocol):
    """The part of a store that is read here."""

    def streams(self) -> tuple[str, ...]:
        """Name all streams, sorted."""

    def events(self, stream: str) -> tuple[StoredEvent, ...]:
        """Give the entries of a stream, in order."""


@attrs.frozen
class Head:
    """The last entry of a stream: its *number* and its link of the *chain*."""

    stream: str
    number: int
    chain: str


def heads(store: Streams) -> tuple[Head, ...]:
    """Give the head of every stream, in their order."""
    lasts = (entries[-1] for entries in map(store.events, store.streams()) if entries)
    return tuple(Head(last.stream, last.number, last.chain) for last in lasts)


def write_heads(found: Iterable[Head]) -> str:
    """Write heads as JSON, one a line; several exports may be kept in one file, one after the other."""
    return "".join(f"{canonical(attrs.asdict(head))}\n" for head in found)


def read_heads(text: str, *, where: str = "heads") -> tuple[Head, ...]:
    """
    Read heads from JSON, one a line; empty lines are passed over.

    Raises:
        InvalidInput: With every line that cannot be read.
    """
    converter = strict_converter()
    found: list[Head] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{where} line {number}"
        try:
            found.append(converter.structure(json.loads(line), Head))
        except json.JSONDecodeError as error:
            problems.append(Problem(place, f"is not JSON: {error}"))
        except READ_ERRORS as error:
            problems.extend(problems_of(error, place))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)
