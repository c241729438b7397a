from __future__ import annotations

import csv
import io

import pytest

import devrules
from devrules.report.csv_format import HEADERS, report_csv


def rows(text: str) -> list[list[str]]:
    """The cells, as a spreadsheet reads them."""
    assert text.startswith("\ufeff")

    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_has_a_line_for_every_finding(audit: devrules.Audit) -> None:
    """Under a heading of as many cells."""
    heading, *lines = rows(report_csv(audit, lang="zh"))

    assert list(HEADERS["zh"]) == heading
    assert sum(len(report.findings) for report in audit.reports) == len(lines)
    assert {len(heading)} == {len(line) for line in lines}
    assert len(HEADERS["zh"]) == len(HEADERS["en"])


def test_speaks_either_language(audit: devrules.Audit) -> None:
    """The verdicts, too."""
    zh, en = (rows(report_csv(audit, lang=lang))[1] for lang in ("zh", "en"))

    assert ["good", "张**", "申请人", "台账.xlsx", "甲", "7", "talk-in-time", "合格", "绿灯"] == zh[:9]
    assert ["good", "张**", "applicant", "台账.xlsx", "甲", "7", "talk-in-time", "pass", "green"] == en[:9]
    assert "按期谈话：合格；申请书 2021年1月31日，谈话 2021年2月15日，最迟应为2021年2月28日。" == zh[-2]


def test_names_are_masked_unless_asked_otherwise(audit: devrules.Audit) -> None:
    """They stand in the second column."""
    masked, full = (
        {line[1] for line in rows(report_csv(audit, lang="en", unmask=unmask))[1:]} for unmask in (False, True)
    )

    assert {"张**", "'@**"} == masked
    assert {"张三丰", "'@李四"} == full


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_cell_is_a_formula(audit: devrules.Audit, lang: str) -> None:
    """A spreadsheet must not run what someone wrote into a ledger."""
    cells = [cell for line in rows(report_csv(audit, lang=lang, unmask=True)) for cell in line]

    assert "'=bad" in cells
    assert [] == [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
