"""What the cells of a row say of one field, where several columns fill it, to what the row says of it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from devrules.ledger.cells import NONE, Said
from devrules.ledger.header import Heading
from devrules.ledger.model import Column
from devrules.ledger.reasons import BOTH_USED, DIFFER
from devrules.ledger.sheet import Cell
from devrules.ledger.text import heading as title_of


@attrs.frozen
class Entry:
    """A cell of a known column, and what it says."""

    heading: Heading
    column: Column
    cell: Cell
    said: Said


def merge(entries: Sequence[Entry]) -> tuple[dict[str, Said], list[tuple[Entry, str]]]:
    """
    Put together what a row says of each field.

    Args:
        entries: The cells of the row in known columns.

    Returns:
        What is said of each field; and each cell that is not used, or contradicts another, with the reason.
    """
    by_path: dict[str, list[Entry]] = {}
    for entry in entries:
        by_path.setdefault(entry.column.path, []).append(entry)
    complaints = [(entry, entry.said.reason) for entry in entries if entry.said.state == "unread"]
    said: dict[str, Said] = {}
    for path, same in by_path.items():
        said[path] = same[0].said if len(same) == 1 else _together(same, complaints)
    return said, complaints


def _together(entries: list[Entry], complaints: list[tuple[Entry, str]]) -> Said:
    unread = [entry.said for entry in entries if entry.said.state == "unread"]
    if unread:
        return unread[0]
    telling = [entry for entry in entries if entry.said.state not in ("blank", "absent")]
    distinct = list({entry.said: entry for entry in telling}.values())
    if len(distinct) <= 1:
        return (distinct or entries)[0].said
    if entries[0].column.adds_up:
        complaints += [(entry, BOTH_USED) for entry in _twice(distinct)]
        return _sum(distinct)
    complaints += [(entry, DIFFER) for entry in distinct]
    return Said("unread", reason=DIFFER)


def _sum(entries: list[Entry]) -> Said:
    values = [value for entry in entries if entry.said.state == "value" for value in entry.said.value]
    return Said("value", tuple(values)) if values else NONE


def _twice(entries: list[Entry]) -> list[Entry]:
    """List those whose titles are the same; numbered ones add up without a word."""
    titles = [title_of(entry.heading.title) for entry in entries]
    return [entry for entry, title in zip(entries, titles, strict=True) if titles.count(title) > 1]
