"""The rows under one header to people, with all that was not understood on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Source
from devrules.ledger.agree import agreed_birth
from devrules.ledger.block import Block
from devrules.ledger.build import Builder
from devrules.ledger.cells import Said
from devrules.ledger.header import Header, Heading
from devrules.ledger.merge import Entry, merge
from devrules.ledger.model import Columns, Unread
from devrules.ledger.once import Cells, Field
from devrules.ledger.placeholders import without_placeholders
from devrules.ledger.plain import PlainRows
from devrules.ledger.quick import QuickRows
from devrules.ledger.reasons import MERGED_NOTE, NOBODY, TOTAL, UNKNOWN_COLUMN, UNTITLED, UNUSED
from devrules.ledger.sheet import Cell, Sheet
from devrules.ledger.text import nothing_written, one_line, tight, written

_SHOWN = 3


@attrs.frozen(eq=False)
class PersonRow:
    """
    A row that is a person.

    Args:
        reader: What read it.
        cells: Its cells, one for each column of the header at least.
        number: Its number as a spreadsheet shows it.
        said: What it says of each field, where it needed a second look.
    """

    reader: RowReader
    cells: Sequence[Cell]
    number: int
    said: Mapping[str, Said] | None = None

    @property
    def name(self) -> str:
        """The person's name; empty where it is not known."""
        return self.value("person.name") or ""

    @property
    def source(self) -> Source:
        """Where it stands."""
        return self.reader.source(self.number)

    def dossier(self) -> Dossier:
        """Make the dossier of what the row says by itself."""
        return self.reader.dossier(self)

    def value(self, path: str) -> Any:
        """Tell the value of a field; ``None`` where it is not known."""
        said = self.reader.said(self.cells, path) if self.said is None else self.said.get(path)
        return said.value if said is not None and said.state == "value" else None


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
        self.header = header
        self._totals = columns.totals
        self.columns = [column for _, column in header.known]
        self._build = Builder(self.columns, kinds, salt)
        self._width = len(header.headings)
        self._cells = [Cells(one, one.column, columns) for one in header.headings if one.column is not None]
        self._fields = _fields_of(self._cells)
        self._plain = PlainRows(self._fields, columns.totals | columns.marks)
        self._quick = QuickRows(self._fields, self._build)
        self._ignored = {heading.at for heading in header.headings if heading.ignored}
        self._unknown = [one.at for one in header.headings if one.column is None and not one.ignored]
        self._filled: set[int] = set()
        self._places = [at for at, column in header.known if column.of_organisation]
        self._organisations: set[tuple[int, Cell]] = set()

    def read(self, block: Block) -> tuple[list[PersonRow], list[Unread]]:
        """
        Read rows.

        Args:
            block: The rows.

        Returns:
            The people, and what was not understood.
        """
        people: list[PersonRow] = []
        unread: list[Unread] = []
        self._look_for_unknown(block)
        odd = self._plain.odd(block)
        for n, (number, row) in enumerate(block.rows):
            whole = row if len(row) >= self._width else [*row, *[None] * (self._width - len(row))]
            person = self._odd(whole, number, unread) if n in odd else PersonRow(self, whole, number)
            if person is not None:
                people.append(person)
                self._organisations.update([(at, whole[at]) for at in self._places])
        return people, unread

    def dossier(self, person: PersonRow) -> Dossier:
        """Make the dossier of a row."""
        if person.said is None:
            return self._quick.dossier(person.cells, person.source)
        return self._build.dossier(person.said, person.source)

    def source(self, number: int) -> Source:
        """Tell where a row stands."""
        return Source(self._sheet.file, self._sheet.name, number)

    def said(self, row: Sequence[Cell], path: str) -> Said | None:
        """Tell what a plain row says of a field; ``None`` where there is no column for it."""
        field = self._fields.get(path)
        return None if field is None else field.of(row)

    def _odd(self, row: Sequence[Cell], number: int, unread: list[Unread]) -> PersonRow | None:
        """Read a row by itself, and add what is not understood."""
        if not {at for at, cell in enumerate(row) if _holds(cell)} - self._empty_talk(row):
            return None
        entries = self.entries(row)
        reason = self._no_person(row, entries)
        if reason is not None:
            unread.append(self._not_a_person(number, row, reason))
            return None
        said, complaints = self.told(entries)
        unread += [self.complaint(number, *one) for one in complaints]
        return PersonRow(self, row, number, said)

    def entries(self, row: Sequence[Cell]) -> list[Entry]:
        """Read the cells of a row one by one."""
        return without_placeholders([one.entry(row[one.at]) for one in self._cells])

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
        headings = self.header.headings
        beyond = [Heading(at, "") for at in range(self._width, max(self._filled, default=-1) + 1)]
        for heading in (*headings, *beyond):
            if heading.column is None and not heading.ignored and heading.at in self._filled:
                reason = (UNUSED if heading.unused else UNKNOWN_COLUMN) if heading.title else UNTITLED
                yield self._unread(self.header.row, heading, heading.title, reason)

    def _empty_talk(self, row: Sequence[Cell]) -> set[int]:
        """List the cells that a row without a person may fill: its number, and a branch that stands above it, too."""
        numbers = {at for at in self._ignored if at < len(row) and _is_number(row[at])}
        places = {at for at in self._places if at < len(row) and (at, row[at]) in self._organisations}
        return numbers | places

    def _look_for_unknown(self, block: Block) -> None:
        """Note the places that are no known column and hold something."""
        for at in (*self._unknown, *range(self._width, len(block.columns))):
            if at not in self._filled and any(map(_holds, block.distinct_in(at))):
                self._filled.add(at)

    def _no_person(self, row: Sequence[Cell], entries: list[Entry]) -> str | None:
        """Say why a row is no person; ``None`` where it is one."""
        named = [entry for entry in entries if entry.column.names_person]
        if self._is_total(row, named):
            return TOTAL
        names = [entry for entry in named if entry.column.form == "name"]
        if any(_across(entry, entries) for entry in names or named if entry in names or entry.said.state == "unread"):
            return MERGED_NOTE
        if any(entry.said.state == "value" for entry in named):
            return None
        unread = [entry for entry in named if entry.said.state == "unread"]
        refused = [entry.said.reason for entry in unread if entry.column.form == "name"]
        return refused[0] if refused else None if unread else NOBODY

    def _is_total(self, row: Sequence[Cell], named: list[Entry]) -> bool:
        """Tell whether it says so; where somebody is named, only in place of the name."""
        somebody = [entry.cell for entry in named if entry.said.state == "value"]
        return any(isinstance(cell, str) and "".join(cell.split()) in self._totals for cell in somebody or row)

    def _not_a_person(self, number: int, row: Sequence[Cell], reason: str) -> Unread:
        lost = reason not in (TOTAL, MERGED_NOTE)
        return attrs.evolve(self._unread(number, None, first_texts(row), reason, sensitive=True), lost=lost)

    def _unread(
        self, number: int, heading: Heading | None, text: str, reason: str, *, sensitive: bool = False
    ) -> Unread:
        column = None if heading is None else heading.shown
        return Unread(self._sheet.file, self._sheet.name, number, column, text, reason, sensitive)


def _fields_of(cells: Iterable[Cells]) -> dict[str, Field]:
    """Put the columns together that fill the same field."""
    by_path: dict[str, list[Cells]] = {}
    for one in cells:
        by_path.setdefault(one.column.path, []).append(one)
    return {path: Field(own) for path, own in by_path.items()}


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
