"""The copy of a ledger in which the cells that findings are about are coloured and say why."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, MissingExtra, UsageError
from devrules.ledger.sheet import CellError, Sheet
from devrules.report.marks import Mark, MarkedSheet
from devrules_excel.marked import marked_pieces

AS_OF = date(2026, 11, 21)
RED, YELLOW, GREY = "FFF4B6B0", "FFFFE08A", "FFD5DBE1"
HEAD = "姓名,公民身份号码,收到申请书日期,谈话日期,支部大会日期,应到人数,实到人数,赞成票,备注"


@pytest.fixture
def copied(rules: devrules.Rules, tmp_path: Path) -> Callable[..., openpyxl.Workbook]:
    """Audits ledgers, and reads the copy."""

    def copy(*ledgers: str, lang: str = "zh") -> openpyxl.Workbook:
        files = [tmp_path / f"台账{n}.csv" for n in range(len(ledgers))]
        for file, text in zip(files, ledgers, strict=True):
            file.write_text(text, encoding="utf-8")
        rules.audit(*files, as_of=AS_OF).annotate(tmp_path / "copy.xlsx", lang=lang)
        return openpyxl.load_workbook(tmp_path / "copy.xlsx")

    return copy


def test_the_cell_that_fails_is_red_and_says_why(copied: Callable[..., openpyxl.Workbook]) -> None:
    """With the article and the remedy; the others are as they were. Nothing is masked."""
    sheet = copied(f"台账,,\n{HEAD}\n李四光,,2025-01-31,2025-03-05,,,,,好\n").worksheets[0]
    talk = sheet["D3"]

    assert ["李四光", None, "2025-01-31", "2025-03-05"] == [cell.value for cell in sheet[3]][:4]
    assert RED == talk.fill.fgColor.rgb
    assert talk.comment is not None
    assert talk.comment.text.startswith("红灯 · 2014年版第7条\n收到入党申请书后一个月内派人谈话：不合格；")
    assert "→ " in talk.comment.text
    assert [] == [cell.coordinate for cell in sheet[3] if cell.comment and cell.coordinate not in ("C3", "D3", "E3")]


def test_what_was_measured_is_marked(copied: Callable[..., openpyxl.Workbook]) -> None:
    """Of a vote the numbers, not the day."""
    sheet = copied(f"{HEAD}\n李四,,2025-01-31,2025-02-05,2026-03-05,9,4,4,\n", lang="en").worksheets[0]
    said = {cell.coordinate: cell.comment.text for cell in sheet[2] if cell.comment}

    assert "should vote 9, present 4" in said["F2"]
    assert "should vote 9, present 4" in said["G2"]
    assert "should vote 9, present 4" not in said.get("E2", "")


def test_a_blank_cell_can_be_at_fault(copied: Callable[..., openpyxl.Workbook]) -> None:
    """What is missing should stand there."""
    sheet = copied("姓名,收到申请书日期,谈话日期\n李四,2025-01-31,\n").worksheets[0]

    assert sheet["C2"].value is None
    assert RED == sheet["C2"].fill.fgColor.rgb


def test_what_was_not_understood_is_grey(copied: Callable[..., openpyxl.Workbook]) -> None:
    """With the reason."""
    sheet = copied("姓名,收到申请书日期,谈话日期\n李四,昨天,2025-02-05\n").worksheets[0]

    assert GREY == sheet["B2"].fill.fgColor.rgb
    assert sheet["B2"].comment is not None


def test_every_ledger_has_its_sheet(copied: Callable[..., openpyxl.Workbook]) -> None:
    """Under a name that no other one has; what was written stays text."""
    one, two = "姓名,收到申请书日期,谈话日期\n李四,2025-01-31,=1+1\n", "姓名,收到申请书日期\n王五,2025-01-31\n"
    workbook = copied(one, two)

    assert ["ledger", "ledger 2"] == workbook.sheetnames
    assert ("=1+1", "s") == (workbook["ledger"]["C2"].value, workbook["ledger"]["C2"].data_type)


def test_of_several_colours_the_worst() -> None:
    """Red, then yellow, then grey."""
    mark = Mark("grey", [])
    colours = []
    for lamp in ("grey", "yellow", "red", "yellow"):
        mark.add(lamp, lamp)
        colours.append(mark.lamp)

    assert ["grey", "yellow", "red", "red"] == colours


def test_a_dossier_has_no_ledger_to_copy(club: devrules.Rules, member: Callable[..., Dossier], tmp_path: Path) -> None:
    """It says so, and writes nothing."""
    with pytest.raises(UsageError, match="there is no ledger to copy"):
        club.audit([member()], as_of=AS_OF).annotate(tmp_path / "copy.xlsx")
    assert [] == list(tmp_path.iterdir())


def test_a_ledger_that_is_gone_is_told(rules: devrules.Rules, tmp_path: Path) -> None:
    """The file is read again."""
    file = tmp_path / "台账.csv"
    file.write_text("姓名,收到申请书日期\n李四,2025-01-31\n", encoding="utf-8")
    audit = rules.audit(file, as_of=AS_OF)
    file.unlink()

    with pytest.raises(InvalidInput, match="is not a file that can be read"):
        audit.annotate(tmp_path / "copy.xlsx")


def test_without_the_library_it_says_what_to_install(
    rules: devrules.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is written."""
    file = tmp_path / "台账.csv"
    file.write_text("姓名,收到申请书日期\n李四,2025-01-31\n", encoding="utf-8")
    audit = rules.audit(file, as_of=AS_OF)
    monkeypatch.setattr("devrules_excel.find_spec", lambda name: None if name == "xlsxwriter" else sys)

    with pytest.raises(MissingExtra, match=r"devrules\[excel\]"):
        audit.annotate(tmp_path / "copy.xlsx")


def test_a_workbook_is_copied_cell_by_cell(rules: devrules.Rules, tmp_path: Path) -> None:
    """Days stay days and numbers numbers; a title across the sheet stands once; what was not marked has no comment."""
    ledger = Path(__file__).parents[3] / "docs" / "examples" / "ledger.xlsx"
    audit = rules.audit(ledger, as_of=AS_OF)
    audit.annotate(tmp_path / "copy.xlsx")
    files = (ledger, tmp_path / "copy.xlsx")
    before, after = (openpyxl.load_workbook(file, data_only=True).worksheets[0] for file in files)
    marked = {cell.coordinate for row in after.iter_rows() for cell in row if cell.comment}
    lit = {report.dossier.source.row for report in audit.reports if report.lamps and report.dossier.source}

    assert 1 == sum(cell.value is not None for cell in after[1])
    assert [[cell.value for cell in row] for row in before.iter_rows(min_row=2)] == [
        [cell.value for cell in row] for row in after.iter_rows(min_row=2)
    ]
    assert lit <= {after[one].row for one in marked}
    assert {after[one].row for one in marked} <= lit | {one.row for one in audit.unread}
    assert "A3" == after.freeze_panes


def test_every_sort_of_cell_is_copied(tmp_path: Path) -> None:
    """Also yes and no, and an error."""
    rows = [["姓名", "收到申请书日期"], [True, 1.5], [CellError("#REF!"), date(2025, 1, 31)], ["x" * 40_000, ""]]
    sheet = MarkedSheet(Sheet("f.xlsx", "甲/乙", rows), None, {(2, 0): Mark("yellow", ["one", "one", "two"])})
    (tmp_path / "copy.xlsx").write_bytes(b"".join(marked_pieces([sheet])))
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")["甲_乙"]

    assert (True, 1.5, "#REF!") == (copy["A2"].value, copy["B2"].value, copy["A3"].value)
    assert datetime(2025, 1, 31) == copy["B3"].value  # noqa: DTZ001  # spreadsheets know no zones
    assert 32_000 == len(str(copy["A4"].value))
    assert copy["A3"].comment is not None
    assert "one\n\ntwo" == copy["A3"].comment.text
    assert YELLOW == copy["A3"].fill.fgColor.rgb


def test_a_copy_of_no_sheets_is_a_workbook() -> None:
    """An empty one."""
    assert b"".join(marked_pieces([])).startswith(b"PK")
