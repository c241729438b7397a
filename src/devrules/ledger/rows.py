"""The rows under one header to dossiers, with all that was not understood on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Source
from devrules.ledger.build import Builder
from devrules.ledger.cells import read_cell
from devrules.ledger.header import Header, Heading
from devrules.ledger.merge import Entry, merge
from devrules.ledger.model import Columns, Unread
from devrules.ledger.placeholders import without_placeholders
from devrules.ledger.reasons import MERGED_NOTE, NOBODY, TOTAL, UNKNOWN_COLUMN, UNTITLED
from devrules.ledger.sheet import Cell, Sheet
from devrules.ledger.text import nothing_written, one_line, tight, written

_SHOWN = 3


class RowReader:
    """
    Reads the rows under one header.

    Args:
        sheet: The sheet.
        header: Its header.
        columns: The columns that are known.
        kinds: The kinds of record that there are.
        salt: The key of the ids; by default the same for everyone.
    """

    def __init__(
        self, sheet: Sheet, header: Header, columns: Columns, kinds: Kinds, *, salt: bytes | None = None
    ) -> None:
        self._sheet = sheet
        self._header = header
        self._columns = columns
        self._build = Builder([column for _, column in header.known], kinds, salt)
        self._ignored = {heading.at for heading in header.headings if heading.ignored}
        self._filled: set[int] = set()
        self._places = [at for at, column in header.known if column.of_organisation]
        self._organisations: set[tuple[int, str]] = set()

    def read(self, row: Sequence[Cell], number: int) -> tuple[Dossier | None, list[Unread]]:
        """
        Read a row.

        Args:
            row: Its cells.
            number: Its number as a spreadsheet shows it.

        Returns:
            The dossier, or ``None`` for a row that is blank or no person; and what was not understood.
        """
        filled = {at for at, cell in enumerate(row) if _holds(cell)}
        self._filled |= filled
        if not filled - self._empty_talk(row):
            return None, []
        entries = without_placeholders(list(self._entries(row)))
        reason = self._no_person(row, entries)
        if reason is not None:
            return None, [self._not_a_person(number, row, reason)]
        self._organisations |= {
            (entry.heading.at, written(entry.cell)) for entry in entries if entry.column.of_organisation
        }
        said, complaints = merge(entries)
        source = Source(self._sheet.file, self._sheet.name, number)
        return self._build.dossier(said, source), [self._complaint(number, *one) for one in complaints]

    def unknown_columns(self) -> Iterator[Unread]:
        """Report the columns that are not known and hold something in the rows read so far."""
        headings = self._header.headings
        beyond = [Heading(at, "") for at in range(len(headings), max(self._filled, default=-1) + 1)]
        for heading in (*headings, *beyond):
            if heading.column is None and not heading.ignored and heading.at in self._filled:
                reason = UNKNOWN_COLUMN if heading.title else UNTITLED
                yield self._unread(self._header.row, heading, heading.title, reason)

    def _empty_talk(self, row: Sequence[Cell]) -> set[int]:
        """List the cells that a row without a person may fill: its number, and a branch that stands above it, too."""
        numbers = {at for at in self._ignored if at < len(row) and _is_number(row[at])}
        places = {at for at in self._places if at < len(row) and (at, written(row[at])) in self._organisations}
        return numbers | places

    def _entries(self, row: Sequence[Cell]) -> Iterator[Entry]:
        for heading in self._header.headings:
            if heading.column is not None:
                cell = row[heading.at] if heading.at < len(row) else None
                yield Entry(heading, heading.column, cell, read_cell(cell, heading.column, self._columns))

    def _no_person(self, row: Sequence[Cell], entries: list[Entry]) -> str | None:
        """Say why a row is no person; ``None`` where it is one."""
        if any(isinstance(cell, str) and "".join(cell.split()) in self._columns.totals for cell in row):
            return TOTAL
        named = [entry for entry in entries if entry.column.names_person]
        if any(_across(entry, entries) for entry in named):
            return MERGED_NOTE
        if any(entry.said.state == "value" for entry in named):
            return None
        unread = [entry for entry in named if entry.said.state == "unread"]
        names = [entry.said.reason for entry in unread if entry.column.form == "name"]
        return names[0] if names else None if unread else NOBODY

    def _not_a_person(self, number: int, row: Sequence[Cell], reason: str) -> Unread:
        lost = reason not in (TOTAL, MERGED_NOTE)
        return attrs.evolve(self._unread(number, None, first_texts(row), reason, sensitive=True), lost=lost)

    def _complaint(self, number: int, entry: Entry, reason: str) -> Unread:
        return self._unread(number, entry.heading, written(entry.cell), reason, sensitive=entry.column.sensitive)

    def _unread(
        self, number: int, heading: Heading | None, text: str, reason: str, *, sensitive: bool = False
    ) -> Unread:
        column = None if heading is None else heading.shown
        return Unread(self._sheet.file, self._sheet.name, number, column, text, reason, sensitive)


def first_texts(row: Sequence[Cell]) -> str:
    """Show how a row begins."""
    texts = list(dict.fromkeys(one_line(written(cell)) for cell in row if _holds(cell)))
    return " | ".join(texts[:_SHOWN]) + (" | …" if len(texts) > _SHOWN else "")


def _holds(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and nothing_written(cell))


def _is_number(cell: Cell) -> bool:
    """Tell whether the cell of an ignored column holds no more than the number of the row."""
    return not isinstance(cell, str) or tight(cell).rstrip(".、").isdigit()


def _across(name: Entry, entries: list[Entry]) -> bool:
    """Tell whether the text in the column of names stands in others too, as a note merged across the row does."""
    others = (entry.cell for entry in entries if not entry.column.sensitive)
    return _holds(name.cell) and name.cell in others
