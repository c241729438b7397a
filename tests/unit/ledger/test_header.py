"""The header is found, not assumed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from devrules.errors import InvalidInput
from devrules.ledger.columns import Columns
from devrules.ledger.header import find_header, letters
from devrules.ledger.read import Ledger
from devrules.ledger.sheet import Cell

TITLES = ["序号", "姓名", "谈话日期", "谈话人"]
TITLE = ["某某支部发展党员台账", None, None, None]
PHASES = [None, None, "入党积极分子", "入党积极分子"]
NOTE = ["导入前请删除注意事项，合并单元格"] * 4
PERSON = [1, "张三", "2023-05-01", "李四"]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([], 1),
        ([TITLE], 2),
        ([TITLE, PHASES], 3),
        ([NOTE, NOTE, PHASES], 4),
        ([[], TITLE, [], NOTE, PHASES], 6),
        ([[]] * 19, 20),
    ],
)
def test_what_stands_above(
    read: Callable[..., Ledger], columns: Columns, above: list[Sequence[Cell]], expected: int
) -> None:
    """Titles, notes, merged phases and blank rows above the header do not matter, up to row 20."""
    rows = [*above, TITLES, PERSON]
    header = find_header(rows, columns)
    ledger = read(*rows)

    assert header is not None
    assert expected == header.row
    assert [expected + 1] == [dossier.source.row for dossier in ledger.dossiers if dossier.source]
    assert () == ledger.unread


def test_too_far_down(read: Callable[..., Ledger]) -> None:
    """A header in row 21 is not looked for."""
    with pytest.raises(InvalidInput, match="no sheet has a header"):
        read(*[[]] * 20, TITLES, PERSON)


def test_two_rows(read: Callable[..., Ledger]) -> None:
    """A title in the row above counts where the cell below it is blank."""
    ledger = read(["姓名", "谈话", None], [None, "谈话日期", "谈话人"], ["张三", "2023-05", "李四"])

    assert ["张三"] == [dossier.person.name for dossier in ledger.dossiers]
    assert "李四" == ledger.dossiers[0].records["talk"][0].talker  # type: ignore[attr-defined]


@pytest.mark.parametrize("titles", [["姓名"], ["姓名", "爱好"], ["谈话日期", "谈话人"], ["姓名", "姓名"]])
def test_a_header_has_a_person_and_more(columns: Columns, titles: list[str]) -> None:
    """A row is a header if it has the name or the ID number and one more column that is known."""
    assert None is find_header([titles], columns)


def test_the_fullest_row_is_the_header(columns: Columns) -> None:
    """A note that names two columns is not taken for the header below it."""
    header = find_header([["姓名", "谈话日期"], TITLES], columns)

    assert header is not None
    assert 2 == header.row


def test_repeated_on_every_page(read: Callable[..., Ledger]) -> None:
    """A header that stands there again is no person, and nothing to report."""
    ledger = read(TITLES, PERSON, TITLES, [2, "王五", "2023-05-01", "李四"])

    assert ["张三", "王五"] == [dossier.person.name for dossier in ledger.dossiers]
    assert () == ledger.unread


def test_another_table_below(read: Callable[..., Ledger]) -> None:
    """A second table with other columns is read by its own header."""
    ledger = read(TITLES, PERSON, ["姓名", "转正日期"], ["王五", "2024-05-01"])

    assert [{"talk"}, {"recorded-full-member-day"}] == [set(dossier.records) for dossier in ledger.dossiers]


@pytest.mark.parametrize(("at", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(at: int, expected: str) -> None:
    """Columns are named as a spreadsheet names them."""
    assert expected == letters(at)
