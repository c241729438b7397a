"""A sheet to what is understood of it, column by column; nothing of a person is in the answer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput
from devrules.ledger.header import Heading, letters
from devrules.ledger.mapping import IGNORE
from devrules.ledger.model import Columns
from devrules.ledger.read import header_of, read_rows
from devrules.ledger.sheet import Sheet
from devrules.ledger.text import heading as title_of
from devrules.ledger.text import nothing_written, written
from devrules.plain import nearest_of

_MOST = 3


@attrs.frozen
class ColumnView:
    """
    What is understood of one column.

    Args:
        place: Its letters, as a spreadsheet shows them.
        title: Its title.
        field: The field that it fills; ``ignore`` for one that holds nothing about a person, ``unused`` for a known one
            of which no rule takes anything, ``None`` for one that is not understood.
        near: The names of known columns that look most like the title, where it is not understood.
        read: How many of its cells are understood.
        unread: How many hold something that is not.
        blank: How many hold nothing.
    """

    place: str
    title: str
    field: str | None
    near: tuple[str, ...] = ()
    read: int = 0
    unread: int = 0
    blank: int = 0


@attrs.frozen
class SheetView:
    """
    What is understood of a sheet.

    Args:
        file: The file.
        name: The sheet's name, if it has one.
        encoding: The encoding of a text file.
        header: The row of its header; ``None`` where none was found.
        columns: Its columns.
        people: How many of its rows are people.
        skipped: Whether the mapping skips it.
    """

    file: str
    name: str | None
    encoding: str | None
    header: int | None = None
    columns: tuple[ColumnView, ...] = ()
    people: int = 0
    skipped: bool = False


def inspect(sheet: Sheet, columns: Columns, kinds: Kinds) -> SheetView:
    """
    Look how a sheet would be read.

    Args:
        sheet: The sheet.
        columns: The columns that are known.
        kinds: The kinds of record that there are.
    """
    view = SheetView(sheet.file, sheet.name, sheet.encoding, skipped=columns.skips(sheet.name))
    header = None if view.skipped else header_of(sheet, columns)
    if header is None:
        return view
    try:
        rows = read_rows([sheet], columns, kinds)
    except InvalidInput:
        return view
    unread = Counter(one.column for one in rows.unread if one.row is not None and one.row > header.row)
    body = [row for row in sheet.rows[header.row :] if not all(nothing_written(written(cell)) for cell in row)]
    views = []
    for one in header.headings:
        filled = sum(one.at < len(row) and not nothing_written(written(row[one.at])) for row in body)
        known = one.column is not None or one.ignored
        missed = min(unread[one.shown], filled) if known else filled
        if one.title or filled:
            views.append(_view(one, columns, (filled - missed, missed, len(body) - filled)))
    return attrs.evolve(view, header=header.row, columns=tuple(views), people=len(rows.people))


def mapping_text(views: Iterable[SheetView]) -> str:
    """Write a mapping file to edit: what is not understood to be filled in, the rest commented out."""
    return "\n".join([*_beginning(), *_column_lines(views), *_END])


def _view(heading: Heading, columns: Columns, counts: tuple[int, int, int]) -> ColumnView:
    field = heading.column.path if heading.column else IGNORE if heading.ignored else None
    field = field or ("unused" if heading.unused else None)
    near = () if field or not heading.title else nearest_of(title_of(heading.title), columns.by_name, _MOST)
    return ColumnView(letters(heading.at), heading.title, field, near, *counts)


def _beginning() -> Iterator[str]:
    yield '# 列名对照："列名" = "字段"，或已认得的列名；"ignore" 表示与人无关；"" 表示仍不认得。'
    yield '# What a title means: a field, a column that is known, "ignore", or "" for still unknown.'
    yield ""
    yield "# two_digit_years = true    # 23-05-01 是 2023 年 / is in 2023"
    yield ""
    yield "[columns]"


def _column_lines(views: Iterable[SheetView]) -> Iterator[str]:
    seen: set[str] = set()
    for view in views:
        for column in view.columns:
            name = title_of(column.title)
            if not name or name in seen:
                continue
            seen.add(name)
            title = json.dumps(column.title, ensure_ascii=False)
            if column.field is not None:
                yield f'# {title} = "{IGNORE if column.field == "unused" else column.field}"'
            else:
                yield f'{title} = ""' + (f"    # {'、'.join(column.near)} ?" if column.near else "")


_END = (
    "",
    "[blank]",
    '# 空格表示没有 ("none") 还是未记录 ("absent")  /  whether a blank says that there is none, or nothing',
    'means = "none"',
    '# marks = ["待补"]    # 也算空格 / blank, too',
    "",
    "[blank.columns]",
    "",
    "[sheets]",
    '# skip = ["说明*"]',
    "",
    "[sheets.header]",
    '# "名单" = 3    # 表头所在行 / the row of the header',
    "",
    "[words]",
    '# "政审结论" = { qualified = ["过关"] }',
    "",
)
