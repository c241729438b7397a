"""The sheets of ledgers to people; whatever is not understood is told, nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.ledger.block import Block, Numbered
from devrules.ledger.collector import collector_at_rest
from devrules.ledger.header import Header, as_header, find_header
from devrules.ledger.join import join
from devrules.ledger.model import Columns, Ledger, Unread
from devrules.ledger.once import MOST
from devrules.ledger.reasons import NO_HEADER, SKIPPED
from devrules.ledger.rows import PersonRow, RowReader, first_texts
from devrules.ledger.sheet import Cell, Sheet
from devrules.ledger.text import nothing_written, written

__all__ = ["Ledger", "Rows", "Unread", "header_of", "read_ledger", "read_rows"]

_TABLE = 4
_BLOCK = 1000
_FIGURES = re.compile(r"[0-9]{4,}", re.ASCII)


@attrs.frozen
class Rows:
    """
    What stands in sheets.

    Args:
        people: The rows that are people, in their order.
        unread: What was not understood, in the same order.
    """

    people: tuple[PersonRow, ...] = ()
    unread: tuple[Unread, ...] = ()


def read_ledger(sheets: Sequence[Sheet], columns: Columns, kinds: Kinds, *, salt: bytes | None = None) -> Ledger:
    """
    Read ledgers, one dossier a person: :func:`read_rows`, then :func:`devrules.ledger.join.join`.

    Args:
        sheets: The sheets of one or more files, as readers give them.
        columns: The columns that are known.
        kinds: The kinds of record that there are.
        salt: The key of the dossiers' ids, so that nobody else can tell a row from its id; by default the same for all.

    Raises:
        InvalidInput: When no sheet has a header that is known.
    """
    rows = read_rows(sheets, columns, kinds, salt=salt)
    joined = join(rows.people, kinds, salt=salt)
    return Ledger(joined.dossiers, (*rows.unread, *joined.unread))


def read_rows(sheets: Sequence[Sheet], columns: Columns, kinds: Kinds, *, salt: bytes | None = None) -> Rows:
    """
    Read the rows of ledgers.

    Args:
        sheets: The sheets of one or more files, as readers give them.
        columns: The columns that are known.
        kinds: The kinds of record that there are.
        salt: The key of the dossiers' ids, so that nobody else can tell a row from its id; by default the same for all.

    Returns:
        The people, and every column, row and cell that was not understood. A kind counts as kept field by field:
        those for which there is a column, less those whose cell could not be read.

    Raises:
        InvalidInput: When no sheet has a header that is known.
    """
    wanted = [sheet for sheet in sheets if not columns.skips(sheet.name)]
    with_header = [(sheet, header_of(sheet, columns)) for sheet in wanted if _first_row(sheet) is not None]
    if not any(header for _, header in with_header):
        raise InvalidInput(_no_header(wanted))
    people: list[PersonRow] = []
    unread = [_skipped(sheet) for sheet in sheets if columns.skips(sheet.name) and _first_row(sheet) is not None]
    with collector_at_rest():
        for sheet, header in with_header:
            _read_sheet(sheet, header, columns, kinds, salt, people, unread)
    return Rows(tuple(people), tuple(unread))


def _read_sheet(
    sheet: Sheet,
    header: Header | None,
    columns: Columns,
    kinds: Kinds,
    salt: bytes | None,
    people: list[PersonRow],
    unread: list[Unread],
) -> None:
    if header is None:
        text, lost = first_texts(_first_row(sheet) or ()), _may_be_a_table(sheet)
        unread.append(Unread(sheet.file, sheet.name, None, None, text, NO_HEADER, sensitive=True, lost=lost))
        return
    reader, told = RowReader(sheet, header, columns, kinds, salt=salt), list[Unread]()
    for part in _parts(sheet, header, columns):
        if isinstance(part, Block):
            found, not_understood = reader.read(part)
            people += found
            told += not_understood
        elif part.headings != reader.header.headings:
            unread += [*reader.unknown_columns(), *told]
            reader, told = RowReader(sheet, part, columns, kinds, salt=salt), []
    unread += [*reader.unknown_columns(), *told]


def header_of(sheet: Sheet, columns: Columns) -> Header | None:
    """Give the header of a sheet: in the row that the mapping names, else where it is found."""
    number = columns.header_row(sheet.name)
    if number is None:
        return find_header(sheet.rows, columns)
    above = sheet.rows[number - 2] if 1 < number <= len(sheet.rows) else ()
    return as_header(sheet.rows[number - 1], number, columns, above) if number <= len(sheet.rows) else None


def _skipped(sheet: Sheet) -> Unread:
    return Unread(sheet.file, sheet.name, None, None, first_texts(_first_row(sheet) or ()), SKIPPED, sensitive=True)


def _parts(sheet: Sheet, header: Header, columns: Columns) -> Iterator[Block | Header]:
    """Part a sheet at its other headers: a page may repeat the first, and another table may stand below it."""
    rows = list(enumerate(sheet.rows[header.row :], header.row + 1))
    seen: set[Cell] = set()
    for start in range(0, len(rows), _BLOCK):
        block = Block.of(rows[start : start + _BLOCK])
        fresh = set[Cell]().union(*block.distinct) - seen
        if not _has_title(fresh, columns):
            if len(seen) > MOST:
                seen.clear()
            seen |= fresh
            yield block
        else:
            yield from _parted(block, columns)


def _parted(block: Block, columns: Columns) -> Iterator[Block | Header]:
    rows: list[Numbered] = []
    for number, row in block.rows:
        header = as_header(row, number, columns) if _has_title(row, columns) else None
        if header is None:
            rows.append((number, row))
        else:
            yield Block.of(rows)
            yield header
            rows = []
    yield Block.of(rows)


def _has_title(cells: Iterable[Cell], columns: Columns) -> bool:
    """Tell quickly whether a row among these cells may be a header: few rows hold a title."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if _tight(whole := "".join(texts)) != whole:
        texts = [*map(_tight, texts)]
    return not columns.by_name.keys().isdisjoint(texts)


def _tight(text: str) -> str:
    return "".join(text.split())


def _first_row(sheet: Sheet) -> Sequence[Cell] | None:
    """Find the first row in which something is written."""
    return next((row for row in sheet.rows if not all(nothing_written(written(cell)) for cell in row)), None)


def _may_be_a_table(sheet: Sheet) -> bool:
    """Tell a table from a page of notes: somewhere at least four cells of one row say something."""
    return any(sum(not nothing_written(written(cell)) for cell in row) >= _TABLE for row in sheet.rows)


def _no_header(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    remedy = (
        "a header has 姓名 or 公民身份号码 and one more column that is known, within the first 20 rows; "
        "rename the columns, or name them in a mapping file; `devrules ledger inspect` shows what was found"
    )
    if not sheets:
        yield Problem("ledger", "there are no sheets to read")
    for file in dict.fromkeys(sheet.file for sheet in sheets):
        shown = "; ".join(_beginning(sheet) for sheet in sheets if sheet.file == file)
        yield Problem(file, f"no sheet has a header that is known: {shown}", remedy)


def _beginning(sheet: Sheet) -> str:
    name = "the file" if sheet.name is None else f"sheet {sheet.name!r}"
    row = _first_row(sheet)
    if row is None:
        return f"{name} is empty"
    texts = first_texts(row)
    # A row with figures is a person's already, and a person's data belong in no message.
    return f"{name} begins with data" if _FIGURES.search(texts) else f"{name} begins with {texts!r}"
