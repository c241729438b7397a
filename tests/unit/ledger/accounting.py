"""What became of each cell of a ledger: it is said by a dossier, or it is reported. Nothing here is the importer's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import attrs

from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.ledger.model import Column, Columns, Ledger

from .shape_files import Shape

_NUMERALS = str.maketrans("〇一二三四五六七八九", "0123456789")


def told(dossier: Dossier) -> dict[str, Any]:
    """
    Tell all that a dossier says: each field by its path.

    Days become texts with their precision, people their names; ``none`` lists the kinds of record that there are none
    of, ``blank`` those of which only a blank cell says so.
    """
    said: dict[str, Any] = {}
    for owner in ("person", "branch", "superior"):
        said |= _fields(owner, getattr(dossier, owner), dossier)
    for kind, records in dossier.records.items():
        all_said = [_fields(kind, record, dossier) for record in records]
        for path in {path: None for one in all_said for path in one}:
            values = [one[path] for one in all_said if path in one]
            said[path] = values[0] if len(values) == 1 else values
    kept = {path.partition(".")[0] for path in dossier.recorded_kinds if "." in path}
    said["none"] = sorted(kept - set(dossier.records) - dossier.blank_kinds)
    said["blank"] = sorted(dossier.blank_kinds)
    return {path: value for path, value in said.items() if value != []}


def _fields(owner: str, holder: Any, dossier: Dossier) -> dict[str, Any]:
    names = {member.id: member.name for member in dossier.members}
    said: dict[str, Any] = {}
    for field in attrs.fields(type(holder)):
        value = getattr(holder, field.name)
        if value == field.default or value is None or (owner, field.name) == ("branch", "kind"):
            continue
        if field.name == "people":
            value = [names[one] for one in value]
        said[f"{owner}.{field.name}"] = str(value) if isinstance(value, Day) else value
    return said


def lost(ledger: Ledger, shape: Shape, columns: Columns) -> list[str]:
    """List the cells of a shape that no dossier says, and that are not reported, each with its place."""
    by_row = {one.source.row: one for one in ledger.dossiers if one.source}
    # What is said of the row of a person does not account for its cells.
    rows = {one.row for one in ledger.unread if one.column is None and one.row not in by_row}
    whole = {one.column for one in ledger.unread if one.row == shape.header}
    quoted = [(one.row, one.column, one.text) for one in ledger.unread]
    return [
        f"{row} {title}: {cell}"
        for row, title, cell in shape.data
        if row not in rows
        and title not in whole
        and not (columns.ignores(title) and isinstance(cell, int))
        and not any(_same(text, cell) for at, column, text in quoted if (at, column) == (row, title))
        and not (row in by_row and _said(by_row[row], columns.find(title), cell))
    ]


def _same(text: str, cell: Any) -> bool:
    """Tell whether a report quotes the cell: numbers may be written in another way."""
    return text == str(cell) or (isinstance(cell, float) and float(text) == cell)


def _said(dossier: Dossier, column: Column | None, cell: Any) -> bool:
    """Tell whether a dossier says in the field of a column what stands in a cell."""
    if column is None:
        return False
    value, text = told(dossier).get(column.path), unicodedata.normalize("NFKC", str(cell)).strip()
    if value is None or (text == "无" and column.adds_up):
        known = not column.of_record or column.path in dossier.recorded_kinds
        return known and (text == "无" or column.words.get(text.casefold(), "") is None)
    return _means(cell, text, column, value if isinstance(value, list) else [value])


def _means(cell: Any, text: str, column: Column, values: list[Any]) -> bool:
    """Tell whether the values of a field are what a cell means."""
    if text.casefold() in column.words:
        return values == [column.words[text.casefold()]]
    match column.form:
        case "day" | "days":
            return set(_days(cell)) <= set(map(_figures, values))
        case "number":
            return values == [int(re.sub("[^0-9]", "", text))]
        case "people":
            return _bare(text) in "".join(map(_bare, values))
        case _:
            return values == [_without_fillers(text)]


def _days(cell: Any) -> Iterator[tuple[int, ...]]:
    """Yield the figures of each day in a cell: year without century, month, day."""
    text = unicodedata.normalize("NFKC", str(cell)).translate(_NUMERALS).removesuffix(".0")
    if re.fullmatch("[0-9]{5}", text):
        text = (date(1899, 12, 30) + timedelta(int(text))).isoformat()
    for one in re.split(r"[、,;\n]|(?<=[0-9]{2})\s+(?=[0-9]{4})", re.sub(r"[ T][0-9:]{8}$", "", text)):
        yield _figures(one)


def _figures(day: str) -> tuple[int, ...]:
    joined = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})?", day)
    year, *rest = [int(one) for one in (joined.groups(default="") if joined else re.findall("[0-9]+", day)) if one]
    return (year % 100, *rest)


def _bare(names: str) -> str:
    return re.sub(r"[\s、,;]", "", names)


def _without_fillers(text: str) -> str:
    text = text.removeprefix("+86").lstrip("'").strip()
    figures = re.sub(r"[\s-]", "", text)
    if re.fullmatch("[0-9xX]+", figures):
        return figures.upper()
    return re.sub(r"\s", "", text) if re.search("[\u4e00-\u9fff]", text) else text
