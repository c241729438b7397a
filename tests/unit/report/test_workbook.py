"""An audit as a workbook, read back with another library."""

from __future__ import annotations

from pathlib import Path

import attrs
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import devrules
from devrules_excel import book

SHEETS = ["汇总", "问题清单", "人员", "未读单元格", "运行信息"]


@pytest.fixture
def workbook(audit: devrules.Audit, tmp_path: Path) -> openpyxl.Workbook:
    """The audit of the two members."""
    audit.save(tmp_path / "报告.xlsx")
    return openpyxl.load_workbook(tmp_path / "报告.xlsx")


def table(sheet: Worksheet) -> list[dict[object, object]]:
    """The rows of a sheet by its headings."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_has_a_sheet_for_each_purpose(workbook: openpyxl.Workbook) -> None:
    """The lists have a frozen heading and a filter over all their rows."""
    assert SHEETS == workbook.sheetnames
    for name in ("问题清单", "人员", "未读单元格"):
        sheet = workbook[name]
        assert "B2" == sheet.freeze_panes
        assert f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}" == sheet.auto_filter.ref


def test_a_problem_stands_with_its_place(workbook: openpyxl.Workbook) -> None:
    """The file, the sheet and the row of the ledger; a waived one with its waiver; the lamp has its colour."""
    problems = table(workbook["问题清单"])

    assert ["红灯", "黄灯", "黄灯", "已豁免"] == [one["亮灯"] for one in problems]
    assert "王五：查无（2022-01-01）" == problems[3]["豁免"]
    assert {"=bad"} == {one["编号"] for one in problems}
    people = table(workbook["人员"])
    assert ("台账.xlsx", "甲", 7) == tuple(people[0][one] for one in ("文件", "工作表", "行"))
    assert [(None, None), (1, 2)] == [(one["红灯"], one["黄灯"]) for one in people]
    assert "FFF8D7D4" == workbook["问题清单"]["A2"].fill.fgColor.rgb


def test_what_others_wrote_is_no_formula(workbook: openpyxl.Workbook) -> None:
    """It stays text, and looks as it was written."""
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]

    assert "=bad" in {cell.value for cell in cells}
    assert {"s", "n"} >= {cell.data_type for cell in cells}
    assert [] == [cell.value for cell in cells if cell.hyperlink]


def test_tells_how_it_came_about(audit: devrules.Audit, workbook: openpyxl.Workbook) -> None:
    """The day, the engine, the rulesets with their digests, whether names are masked, what could not be read."""
    told = list(workbook["运行信息"].iter_rows(values_only=True))

    assert ("核查日", "2021-06-01") in told
    assert ("引擎", "reference") in told
    assert ("规则文件校验值（SHA-256）", audit.rulesets[0].sha256) in told
    assert ("姓名、号码", "已脱敏") in told
    assert ("未能核查", "坏.xlsx: cannot be read") in told
    assert 3 == len(table(workbook["未读单元格"]))


def test_the_same_report_is_the_same_file(audit: devrules.Audit, tmp_path: Path) -> None:
    """It bears the day of the audit, not that of the writing."""
    audit.save(tmp_path / "1.xlsx")
    audit.save(tmp_path / "2.xlsx")

    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_what_does_not_fit_is_continued(audit: devrules.Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet has a last row."""
    monkeypatch.setattr(book, "LAST_ROW", 2)
    audit.save(tmp_path / "report.xlsx", lang="en")
    workbook = openpyxl.load_workbook(tmp_path / "report.xlsx")

    assert 4 == len(table(workbook["Problems"])) + len(table(workbook["Problems 2"]))


def test_a_long_cell_is_cut(audit: devrules.Audit, tmp_path: Path) -> None:
    """A cell holds 32,767 characters, and half characters not at all."""
    unread = attrs.evolve(audit.unread[0], text="长" * 40_000)
    attrs.evolve(audit, unread=(unread,)).save(tmp_path / "report.xlsx")
    text = openpyxl.load_workbook(tmp_path / "report.xlsx")["未读单元格"]["E2"].value

    assert 32_000 == len(str(text))
