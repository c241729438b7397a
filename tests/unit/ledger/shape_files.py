"""Ledgers in the shapes in which they arrive: ``shapes/*.toml`` to files that hold them. All people are invented."""

from __future__ import annotations

import csv
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import attrs
import openpyxl

FOLDER = Path(__file__).parent / "shapes"
SHEET = "名单"

Row = Sequence[Any]


@attrs.frozen
class Shape:
    """
    A ledger, with what must come of it.

    Args:
        name: What it is called in the tests.
        header: The row of its header.
        rows: Every row from the first on; an empty text is a blank cell.
        people: What the dossier of each person must say, by the person's name: fields by their paths, the kinds of
            record that there are none of (``none``), those that a blank cell says so of (``blank``).
        unread: What must be reported: the row, the column (empty for a whole row), the text, the reason in English.
        unused: The columns that must be reported as known ones of which no rule takes anything.
        unknown: The columns that must be reported as unknown.
        merged: Cells that are merged.
        two_digit_years: Whether the mapping says that years have two figures.
    """

    name: str
    header: int
    rows: Sequence[Row]
    people: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    unread: Sequence[Row] = attrs.field(factory=list)
    unused: Sequence[str] = attrs.field(factory=list)
    unknown: Sequence[str] = attrs.field(factory=list)
    merged: Sequence[str] = ()
    two_digit_years: bool = False

    @property
    def titles(self) -> list[str]:
        """The titles of the columns, on one line each."""
        return [" ".join(title.split()) for title in self.rows[self.header - 1]]

    @property
    def data(self) -> Iterator[tuple[int, str, Any]]:
        """Every cell below the header in which something stands: its row, the title of its column, the cell."""
        header = self.rows[self.header - 1]
        for number, row in enumerate(self.rows[self.header :], self.header + 1):
            for title, cell in zip(self.titles, row, strict=False):
                if row != header and not set(str(cell)) <= set("-－—/ "):
                    yield number, title, cell


def shapes() -> list[Shape]:
    """List all shapes."""
    return [_shape(path) for path in sorted(FOLDER.glob("*.toml"))]


def _shape(path: Path) -> Shape:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    people = {name: dict(_flat(said)) for name, said in data.pop("people", {}).items()}
    return Shape(name=path.stem, people=people, **data)


def _flat(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for owner, fields in said.items():
        if isinstance(fields, Mapping):
            yield from ((f"{owner}.{field}", value) for field, value in fields.items())
        else:
            yield owner, fields


def write_xlsx(shape: Shape, path: Path) -> None:
    """Write a workbook with openpyxl, its cells merged as they are in the shape."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for at, row in enumerate(shape.rows, 1):
        for column, value in enumerate(row, 1):
            if value != "":
                sheet.cell(at, column, value)
    for cells in shape.merged:
        sheet.merge_cells(cells)
    book.save(path)


def write_ods(shape: Shape, path: Path) -> None:
    """Write an OpenDocument spreadsheet."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    rows = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row)) or '<table:table-cell/>'}</table:table-row>"
        for row in shape.rows
    )
    table = f'<table:table table:name="{SHEET}">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml", f'<?xml version="1.0"?><office:document-content{names}>{body}</office:document-content>'
        )


def _ods_cell(value: Any) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def write_csv(shape: Shape, path: Path, encoding: str) -> None:
    """Write a CSV; a date becomes the text that a spreadsheet would write."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([str(cell) for cell in row] for row in shape.rows)


FORMS: Mapping[str, Any] = {
    "台账.xlsx": write_xlsx,
    "台账.ods": write_ods,
    "台账.gb18030.csv": lambda shape, path: write_csv(shape, path, "gb18030"),
    "台账.utf-8-sig.csv": lambda shape, path: write_csv(shape, path, "utf-8-sig"),
}
"""Names of files to what writes a shape as such a file."""
