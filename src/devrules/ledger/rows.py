"""The rows under one header to dossiers, with all that was not understood on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Source
from devrules.ledger.agree import agreed_birth
from devrules.ledger.build import Builder
from devrules.ledger.cells import Said, read_cell
from devrules.ledger.header import Header, Heading
from devrules.ledger.merge import Entry, merge
from devrules.ledger.model import Columns, Unread
from devrules.ledger.placeholders import without_placeholders
from devrules.ledger.quick import QuickRows
from devrules.ledger.reasons import MERGED_NOTE, NOBODY, TOTAL, UNKNOWN_COLUMN, UNTITLED, UNUSED
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
        self.columns = [column for _, column in header.known]
        self._build = Builder(self.columns, kinds, salt)
        self._width = len(header.headings)
        self._quick = self._quick_rows(header)
        self._ignored = {heading.at for heading in header.headings if heading.ignored}
        self._unknown = [one.at for one in header.headings if one.column is None and not one.ignored]
        self._filled: Counter[int] = Counter()
        self._places = [at for at, column in header.known if column.of_organisation]
        self._organisations: set[tuple[int, Cell]] = set()

    def read(self, row: Sequence[Cell], number: int) -> tuple[Dossier | None, list[Unread]]:
        """
        Read a row.

        Args:
            row: Its cells.
            number: Its number as a spreadsheet shows it.

        Returns:
            The dossier, or ``None`` for a row that is blank or no person; and what was not understood.
        """
        source = Source(self._sheet.file, self._sheet.name, number)
        quick = self._quickly(row, source)
        if quick is None and not {at for at, cell in enumerate(row) if _holds(cell)} - self._empty_talk(row):
            return None, []
        self._count(row)
        if quick is not None:
            return quick, []
        entries = self.entries(row)
        reason = self._no_person(row, entries)
        if reason is not None:
            return None, [self._not_a_person(number, row, reason)]
        self._organisations |= {(at, row[at]) for at in self._places if at < len(row)}
        said, complaints = self.told(entries)
        return self._build.dossier(said, source), [self.complaint(number, *one) for one in complaints]

    def entries(self, row: Sequence[Cell]) -> list[Entry]:
        """Read the cells of a row one by one."""
        return without_placeholders(list(self._entries(row)))

    def told(self, entries: list[Entry]) -> tuple[dict[str, Said], list[tuple[Entry, str]]]:
        """Tell what the cells of a row say of each field; and which are not used, or contradict others, and why."""
        said, complaints = merge(entries)
        return said, [*complaints, *agreed_birth(said, entries)]

    def complaint(self, number: int, entry: Entry, reason: str) -> Unread:
        """Report a cell."""
        return self._unread(number, entry.heading, written(entry.cell), reason, sensitive=entry.column.sensitive)

    def remark(self, number: int, text: str, reason: str) -> Unread:
        """Report something about a whole row."""
        return self._unread(number, None, text, reason, sensitive=True)

    def unknown_columns(self) -> Iterator[Unread]:
        """Report the columns that are not known and hold something in the rows read so far."""
        headings = self._header.headings
        beyond = [Heading(at, "") for at in range(self._width, max(self._filled, default=-1) + 1)]
        for heading in (*headings, *beyond):
            if heading.column is None and not heading.ignored and heading.at in self._filled:
                reason = (UNUSED if heading.unused else UNKNOWN_COLUMN) if heading.title else UNTITLED
                yield self._unread(self._header.row, heading, heading.title, reason)

    def _empty_talk(self, row: Sequence[Cell]) -> set[int]:
        """List the cells that a row without a person may fill: its number, and a branch that stands above it, too."""
        numbers = {at for at in self._ignored if at < len(row) and _is_number(row[at])}
        places = {at for at in self._places if at < len(row) and (at, row[at]) in self._organisations}
        return numbers | places

    def _quick_rows(self, header: Header) -> QuickRows | None:
        """Two columns of one field need the slow way, and so do people without a column of names."""
        paths = [column.path for _, column in header.known]
        if len(set(paths)) < len(paths) or "person.name" not in paths:
            return None
        return QuickRows(header.known, self._columns, self._build)

    def _quickly(self, row: Sequence[Cell], source: Source) -> Dossier | None:
        # A yes or no in a cell is not the number that it is to Python.
        if self._quick is None or any(type(cell) is bool for cell in row):
            return None
        whole = row if len(row) >= self._width else [*row, *[None] * (self._width - len(row))]
        quick = self._quick.dossier(whole, source)
        if quick is not None:
            self._organisations.update([(at, whole[at]) for at in self._places])
        return quick

    def _count(self, row: Sequence[Cell]) -> None:
        """Count the cells that hold something and are in no known column."""
        for at in (*self._unknown, *range(self._width, len(row))):
            if at < len(row) and _holds(row[at]):
                self._filled[at] += 1

    def _entries(self, row: Sequence[Cell]) -> Iterator[Entry]:
        for heading in self._header.headings:
            if heading.column is not None:
                cell = row[heading.at] if heading.at < len(row) else None
                yield Entry(heading, heading.column, cell, read_cell(cell, heading.column, self._columns))

    def _no_person(self, row: Sequence[Cell], entries: list[Entry]) -> str | None:
        """Say why a row is no person; ``None`` where it is one."""
        named = [entry for entry in entries if entry.column.names_person]
        if self._is_total(row, named):
            return TOTAL
        if any(_across(entry, entries) for entry in named):
            return MERGED_NOTE
        if any(entry.said.state == "value" for entry in named):
            return None
        unread = [entry for entry in named if entry.said.state == "unread"]
        names = [entry.said.reason for entry in unread if entry.column.form == "name"]
        return names[0] if names else None if unread else NOBODY

    def _is_total(self, row: Sequence[Cell], named: list[Entry]) -> bool:
        """Tell whether it says so; where somebody is named, only in place of the name."""
        somebody = [entry.cell for entry in named if entry.said.state == "value"]
        return any(isinstance(cell, str) and "".join(cell.split()) in self._columns.totals for cell in somebody or row)

    def _not_a_person(self, number: int, row: Sequence[Cell], reason: str) -> Unread:
        lost = reason not in (TOTAL, MERGED_NOTE)
        return attrs.evolve(self._unread(number, None, first_texts(row), reason, sensitive=True), lost=lost)

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
