"""Ledgers in the shapes in which they arrive, as files: what is imported of each, and that no cell is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import devrules_excel
from devrules.dossier.kinds import Kinds
from devrules.ledger.columns import Columns
from devrules.ledger.csv_file import read_csv
from devrules.ledger.read import Ledger, read_ledger
from devrules.ledger.reasons import UNKNOWN_COLUMN, UNUSED

from .accounting import lost, told
from .shape_files import FOLDER, FORMS, Shape, shapes

pytest.importorskip("python_calamine")

SHAPES = {shape.name: shape for shape in shapes()}
Import = Callable[[Shape, str], Ledger]


@pytest.fixture
def columns_of(columns: Columns) -> Callable[[Shape], Columns]:
    """Gives the columns that are known where a shape is read."""
    return lambda shape: attrs.evolve(columns, two_digit_years=shape.two_digit_years)


@pytest.fixture
def imported(tmp_path: Path, columns_of: Callable[[Shape], Columns], law_kinds: Kinds) -> Import:
    """Writes a shape as a file of a name and reads that."""

    def read(shape: Shape, name: str) -> Ledger:
        path = tmp_path / name
        FORMS[name](shape, path)
        return read_file(path, columns_of(shape), law_kinds)

    return read


def read_file(path: Path, columns: Columns, kinds: Kinds) -> Ledger:
    """Read a file as a ledger."""
    return read_ledger(devrules_excel.devrules_read_sheets(path) or read_csv(path), columns, kinds)


def said(ledger: Ledger) -> dict[str, object]:
    """Tell what the dossier of each person says, by the person's name."""
    people = {dossier.person.name: told(dossier) for dossier in ledger.dossiers}
    return {name: {path: one for path, one in own.items() if path != "person.name"} for name, own in people.items()}


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_imported(imported: Import, name: str) -> None:
    """Of each person every field that is known, with its precision; the rest is reported, with row, column and text."""
    shape = SHAPES[name]
    ledger = imported(shape, "台账.xlsx")
    by_reason: dict[str, list[str | None]] = {UNUSED: [], UNKNOWN_COLUMN: []}
    others = []
    for one in ledger.unread:
        assert ("台账.xlsx", "名单") == (Path(one.file).name, one.sheet)
        if one.reason in by_reason:
            assert (shape.header, one.text) == (one.row, one.column)
            by_reason[one.reason].append(one.column)
        else:
            others.append([one.row, one.column or "", one.text, one.reason.partition(" / ")[2]])

    assert shape.people == said(ledger)
    assert [shape.unused, shape.unknown] == [[*by_reason[UNUSED]], [*by_reason[UNKNOWN_COLUMN]]]
    assert shape.unread == others


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", SHAPES)
def test_nothing_is_lost(imported: Import, columns_of: Callable[[Shape], Columns], name: str, form: str) -> None:
    """Whatever the file is written as: every cell is said by a dossier or reported, and the people are the same."""
    shape = SHAPES[name]
    ledger = imported(shape, form)

    assert [] == lost(ledger, shape, columns_of(shape))
    assert shape.people == said(ledger)
    assert {(row, column) for row, column, *_ in shape.unread} == {
        (one.row, one.column or "") for one in ledger.unread if one.reason not in (UNUSED, UNKNOWN_COLUMN)
    }


@pytest.mark.parametrize("name", SHAPES)
def test_a_lost_cell_would_be_noticed(imported: Import, columns_of: Callable[[Shape], Columns], name: str) -> None:
    """Without any one line of the report, and without any one record or the branch, a cell is missed."""
    shape = SHAPES[name]
    whole, columns = imported(shape, "台账.xlsx"), columns_of(shape)
    columns_told = {*shape.unused, *shape.unknown}
    for n, one in enumerate(whole.unread):
        rest = whole.unread[:n] + whole.unread[n + 1 :]
        # A row may hold no more than what its column is reported for.
        noticed = one.column or {title for row, title, _ in shape.data if row == one.row} - columns_told
        assert bool(noticed) == bool(lost(attrs.evolve(whole, unread=rest), shape, columns)), one
    for n, dossier in enumerate(whole.dossiers):
        for kind in dossier.records:
            fewer = {name: records for name, records in dossier.records.items() if name != kind}
            people = (*whole.dossiers[:n], attrs.evolve(dossier, records=fewer), *whole.dossiers[n + 1 :])
            assert lost(attrs.evolve(whole, dossiers=people), shape, columns), kind


def test_the_lists_are_whole() -> None:
    """The sheets of which the number of columns is known have as many."""
    widths = {name: len(SHAPES[f"university-{name}"].titles) for name in ("application", "in-school", "out-school")}

    assert {"application": 22, "in-school": 19, "out-school": 45} == widths
    assert [22, 43, 28, 15] == [
        len(SHAPES[name].titles) for name in ("university-member-in", "university-members", "province", "desktop")
    ]


def test_an_old_workbook(columns: Columns, law_kinds: Kinds) -> None:
    """An .xls says the same; LibreOffice wrote it, as no library at hand does."""
    shape = SHAPES["desktop"]
    ledger = read_file(FOLDER / "desktop.xls", columns, law_kinds)

    assert [] == lost(ledger, shape, columns)
    assert shape.people == said(ledger)
