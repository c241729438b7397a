"""Who stands in several rows, sheets or files gets one dossier; what the rows say differently is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from devrules.dossier.kinds import Kinds
from devrules.ledger.columns import Columns
from devrules.ledger.read import Ledger, read_ledger
from devrules.ledger.sheet import Cell, Sheet

NUMBER, OTHER = "999999200001010003", "999999200001010011"
HEADER = ["姓名", "身份证号", "出生日期", "支部"]


@pytest.fixture
def read_sheets(columns: Columns, law_kinds: Kinds) -> Callable[..., Ledger]:
    """Reads sheets, each from its rows: ``read_sheets(甲=[HEADER, ...], 乙=[...])``."""

    def read(**sheets: Sequence[Sequence[Cell]]) -> Ledger:
        made = [Sheet("台账.xlsx", name, rows) for name, rows in sheets.items()]
        return read_ledger(made, columns, law_kinds)

    return read


def reasons(ledger: Ledger) -> list[tuple[str | None, int | None, str | None, str]]:
    """List where something is reported, and why."""
    return [(one.sheet, one.row, one.column, one.reason.partition(" / ")[2]) for one in ledger.unread]


def test_by_the_id_number(read_sheets: Callable[..., Ledger]) -> None:
    """Two sheets know different things of one person; the second row is reported with the first."""
    ledger = read_sheets(
        甲=[["姓名", "身份证号", "申请入党日期"], ["张三", NUMBER, "2021-05-06"], ["李四", OTHER, "2021-05-07"]],
        乙=[["姓名", "身份证号", "谈话日期"], ["王五", "", "2021-06-01"], ["张三", NUMBER, "2021-05-20"]],
    )

    assert ["张三", "李四", "王五"] == [one.person.name for one in ledger.dossiers]
    assert {"application", "talk"} == set(ledger.dossiers[0].records)
    assert {"application.day", "talk.day"} <= ledger.dossiers[0].recorded_kinds
    assert ("甲", 2) == (ledger.dossiers[0].source.sheet, ledger.dossiers[0].source.row)
    assert [("乙", 3, None, "the same person as row 2 of 台账.xlsx 甲; joined")] == reasons(ledger)
    assert ledger.unread[0].sensitive


def test_by_an_id_number_of_the_old_form(read_sheets: Callable[..., Ledger]) -> None:
    """The old form and the new one are of the same person."""
    header = ["姓名", "身份证号", "谈话日期"]
    ledger = read_sheets(
        甲=[header, ["张三", "999999700101001", "2021-05-20"]], 乙=[header, ["张三", "999999197001010017", ""]]
    )

    assert 1 == len(ledger.dossiers)


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        (["张三", "", "2000.1.1", "一支部"], True),
        (["张三", "", "2000-01-01", "二支部"], False),
        (["张三", "", "2000-01-02", "一支部"], False),
        (["张三", "", "", "一支部"], False),
        (["张三", "", "2000-01-01", ""], False),
        (["李四", "", "2000-01-01", "一支部"], False),
    ],
)
@pytest.mark.parametrize("number", [NUMBER, ""])
def test_by_name_birth_and_branch(
    read_sheets: Callable[..., Ledger], number: str, other: list[Cell], joined: bool
) -> None:
    """Without an ID number it needs all three."""
    ledger = read_sheets(甲=[HEADER, ["张三", number, "2000-01-01", "一支部"]], 乙=[HEADER, other])

    assert (1 if joined else 2) == len(ledger.dossiers)


def test_a_year_is_too_little(read_sheets: Callable[..., Ledger]) -> None:
    """Two people of one name may well be born in the same year."""
    row = ["张三", "", "2000", "一支部"]

    assert 2 == len(read_sheets(甲=[HEADER, row, row]).dossiers)


def test_several_fit(read_sheets: Callable[..., Ledger]) -> None:
    """Whose row could be that of two people is joined with neither."""
    twin = "999999200001010038"
    rows = [["张三", number, "2000-01-01", "一支部"] for number in (NUMBER, twin, "")]

    ledger = read_sheets(甲=[HEADER, *rows])

    assert 3 == len(ledger.dossiers)
    assert [("甲", 4, None, "several people have this name, birth and branch; not joined")] == reasons(ledger)


def test_one_id_number_with_two_names(read_sheets: Callable[..., Ledger]) -> None:
    """One of the numbers is wrong: two people are never made one."""
    ledger = read_sheets(甲=[HEADER, ["张三", NUMBER, "", ""], ["李四", NUMBER, "", ""]])

    said = "rows with this ID number have other names; they are not joined"
    assert ["张三", "李四"] == [one.person.name for one in ledger.dossiers]
    assert [("甲", 2, None, said), ("甲", 3, None, said)] == reasons(ledger)


def test_contradictions(read_sheets: Callable[..., Ledger]) -> None:
    """What two rows say differently is reported at both, and neither is used; what they both say is."""
    header = ["姓名", "身份证号", "申请入党日期", "谈话日期", "培养联系人"]
    ledger = read_sheets(
        甲=[header, ["张三", NUMBER, "2021-05-06", "2021-05-20", "李四"]],
        乙=[header, ["张三", NUMBER, "2021.5.6", "2021-05-21", "-"]],
    )

    [dossier] = ledger.dossiers
    differ = "rows of the same person differ here; none of them is used"
    assert {"application", "contact-assignment"} == set(dossier.records)
    assert "talk.day" not in dossier.recorded_kinds
    assert [("甲", 2, "谈话日期", differ), ("乙", 2, "谈话日期", differ)] == reasons(ledger)[1:]


def test_series_add_up(read_sheets: Callable[..., Ledger]) -> None:
    """Each half-year may have a sheet of its own; a day in two of them is one day."""
    header = ["姓名", "身份证号", "考察日期"]
    ledger = read_sheets(
        甲=[header, ["张三", NUMBER, "2021-06、2021-12"]], 乙=[header, ["张三", NUMBER, "2021-12、2022-06"]]
    )

    [dossier] = ledger.dossiers
    assert ["2021-06", "2021-12", "2022-06"] == [str(one.act_day) for one in dossier.records["activist-review"]]


def test_blank_beside_something(read_sheets: Callable[..., Ledger]) -> None:
    """A blank in one row contradicts nothing; blank in all of them is none."""
    header = ["姓名", "身份证号", "谈话日期", "政审日期"]
    ledger = read_sheets(甲=[header, ["张三", NUMBER, "", ""]], 乙=[header, ["张三", NUMBER, "2021-05-20", "—"]])

    [dossier] = ledger.dossiers
    assert {"talk"} == set(dossier.records)
    assert {"political-review"} == dossier.blank_kinds


def test_a_cell_that_is_not_understood(read_sheets: Callable[..., Ledger]) -> None:
    """Beside it the other row is not trusted."""
    header = ["姓名", "身份证号", "谈话日期"]
    ledger = read_sheets(甲=[header, ["张三", NUMBER, "2021-13"]], 乙=[header, ["张三", NUMBER, "2021-05-20"]])

    assert frozenset() == ledger.dossiers[0].recorded_kinds
    assert ["谈话日期", None] == [one.column for one in ledger.unread]
