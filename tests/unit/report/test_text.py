from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs
import pytest
from rich.cells import cell_len

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import Problem
from devrules.findings.model import LAMPS
from devrules.ledger.read import Unread
from devrules.report.lines import MARKS
from devrules.report.text import audit_text, report_text

GOOD_ZH = """\
张** · 申请人 · 台账.xlsx 甲 第7行
没有亮红灯、黄灯
✓ 合格 1 项          2020年版第2条

关口 上报关：1 盏灯：介绍人两名
核查日 2021年6月1日；引擎 reference；规则 club 1
"""
GOOD_EN = """\
张** · applicant · 台账.xlsx 甲 row 7
No lamp is on
✓ 1 passed             2020 ed., art. 2

Gate the filing: 1 lamp on: There are two guides
As of 2021-06-01; engine reference; rulesets club 1
"""


def test_a_dossier_in_chinese_and_in_english(audit: devrules.Audit) -> None:
    """What passed in a line; then the gates with lamps on, and what judged."""
    good = audit.reports[0]

    assert GOOD_ZH == report_text(good)
    assert GOOD_EN == report_text(good, lang="en")
    assert str(good) == report_text(good)


def test_the_worst_comes_first_with_its_remedy(audit: devrules.Audit) -> None:
    """Red, yellow, grey, green; what is pending far off has no lamp."""
    text = report_text(audit.reports[1], lang="en")
    marks = [line[0] for line in text.splitlines()[1:] if line[:1] in "✗!?✓" and line]

    assert ["✗", "!", "!", "?", "✓"] == marks
    assert "→ Do and record: guides  [two-guides]" in text
    assert "notice-long-enough" not in report_text(audit.reports[1], lang="en", full=False)


@pytest.mark.parametrize(
    ("lang", "told", "total"),
    [
        ("zh", "→ 王五：查无（至2022年1月1日）  [quorum-met]\n", "已豁免 1\n"),
        ("en", "→ 王五: 查无 (until 2022-01-01)  [quorum-met]\n", "waived 1\n"),
    ],
)
def test_what_is_waived_is_shown_with_who_why_and_until_when(
    audit: devrules.Audit, lang: str, told: str, total: str
) -> None:
    """Of one dossier, of each of an audit, and counted; it is no lamp."""
    full, short = (report_text(audit.reports[1], lang=lang, full=full) for full in (True, False))
    line = next(line for line in full.splitlines() if line.startswith(MARKS["none"]))

    assert total.split(maxsplit=1)[0] in line
    assert told in full
    assert told in short
    assert told in audit_text(audit, lang=lang)
    assert total in audit_text(audit, lang=lang)
    without = attrs.evolve(audit, reports=audit.reports[:1])
    assert total.split(maxsplit=1)[0] not in audit_text(without, lang=lang)


def test_who_has_nothing_but_a_waiver_is_shown(audit: devrules.Audit) -> None:
    """Their waiver is not lost among those who have no lamp on."""
    only = audit.reports[1].only(lambda finding: finding.verdict == "waived")
    text = audit_text(attrs.evolve(audit, reports=(only,)), lang="en")

    assert "\nNo lamp is on\n· 2020 ed., art. " in text
    assert "1 dossiers, 0 with a lamp on" in text


def test_numbers_in_a_reason_are_masked(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """As everywhere; the auditor answers for it by name."""
    dossier = member(ballot=[{"day": "2021-05-20", "should_vote": 9, "present_vote": 4}])
    waiver = devrules.Waiver("quorum-met", dossier.id, "王五", "见13900001111", date(2022, 1, 1))
    report = club.check(dossier, as_of=date(2021, 6, 1), waivers=[waiver])

    assert "→ 王五：见139" in report_text(report)
    assert "13900001111" not in report_text(report)
    assert "见13900001111（" in report_text(report, unmask=True)


def test_an_audit_sums_up(audit: devrules.Audit) -> None:
    """Who has a lamp on, which rules, what was not understood."""
    zh, en = audit_text(audit), audit_text(audit, lang="en")

    assert "共核查 2 人，其中 1 人亮灯；核查日 2021年6月1日；引擎 reference；规则 club 1" in zh
    assert "2 dossiers, 1 with a lamp on; as of 2021-06-01; engine reference; rulesets club 1" in en
    assert "张**" not in en
    assert "未能读懂的内容 3 处" in zh
    assert "台账.xlsx 甲 row 9 申请入党日期: '2023.13.1' — 不是日期" in en
    assert "坏.xlsx: cannot be read" in en
    assert "2: rule two-guides: the verdicts differ: pass, fail" in en
    assert str(audit) == zh


def test_an_audit_masks_names_and_numbers(audit: devrules.Audit) -> None:
    """Also in cells that were not understood."""
    masked, full = audit_text(audit), audit_text(audit, unmask=True)

    for secret in ("李四", "赵六", "110101199001011234"):
        assert secret not in masked
        assert secret in full


def test_nobody_to_audit(club: devrules.Rules) -> None:
    """An empty ledger has a summary, too."""
    assert "0 dossiers, 0 with a lamp on" in audit_text(club.audit([], as_of=date(2021, 6, 1)), lang="en")


def test_without_lamps_there_is_no_table(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """A heading alone says nothing."""
    assert "By rule" not in audit_text(club.audit([member()], as_of=date(2021, 6, 1)), lang="en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_audit_that_read_nothing_tells_only_why(audit: devrules.Audit, lang: str) -> None:
    """There is nothing to sum up."""
    nothing = attrs.evolve(audit, reports=(), unread=(), disagreements=())

    assert "坏.xlsx: cannot be read\n" == audit_text(nothing, lang=lang)


def test_what_is_wrong_with_a_row_stands_in_one_line(audit: devrules.Audit) -> None:
    """With the columns; for another reason, in another line. A column that is not known is named once."""
    day, year = "不是日期 / not a day", "没有第13月 / there is no month 13"
    unread = (
        Unread("甲.csv", None, 9, "谈话日期", "昨天", day),
        Unread("甲.csv", None, 9, "公示日期", "2023.13", year),
        Unread("甲.csv", None, 9, "考察日期", "昨天", day),
        Unread("甲.csv", None, 9, "宣誓日期", "前天", day),
        Unread("甲.csv", None, 10, "谈话日期", "昨天", day),
        Unread("甲.csv", None, 1, "星座", "星座", "未知的列 / unknown column"),
    )
    _, told = audit_text(attrs.evolve(audit, unread=unread, problems=(), disagreements=()), lang="en").split("\n\n")[
        -2:
    ]

    assert [
        "6 cells or rows were not understood",
        "  甲.csv row 9 谈话日期、考察日期、宣誓日期: '昨天', '前天' — not a day",
        "  甲.csv row 9 公示日期: '2023.13' — there is no month 13",
        "  甲.csv row 10 谈话日期: '昨天' — not a day",
        "  甲.csv row 1 星座 — unknown column",
    ] == told.splitlines()


def test_numbers_in_problems_are_masked(audit: devrules.Audit) -> None:
    """A file may be called by an ID number."""
    bad = attrs.evolve(audit, problems=(Problem("110101199001011234.csv", "cannot be read"),))

    assert "110101199001011234" not in audit_text(bad)
    assert "110101199001011234" in audit_text(bad, unmask=True)


def test_each_lamp_has_a_mark_of_its_own_and_one_column() -> None:
    """Whoever sees no colours can tell them apart, and the lines stay aligned."""
    assert set(LAMPS) == set(MARKS)
    assert len(LAMPS) == len(set(MARKS.values()))
    assert {1} == {cell_len(mark) for mark in MARKS.values()}


def test_no_line_ends_in_spaces(audit: devrules.Audit) -> None:
    """Neither of one dossier nor of many."""
    for text in (audit_text(audit), report_text(audit.reports[1])):
        assert [] == [line for line in text.splitlines() if line != line.rstrip()]


def test_a_gate_that_was_passed_is_shown_as_it_looked(audit: devrules.Audit) -> None:
    """With the titles of the rules whose lamp was on then, unless they are told of above."""
    zh, en = (report_text(audit.reports[1], lang=lang) for lang in ("zh", "en"))

    assert "关口 上报关（已通过）：3 盏灯，均见上\n" in zh
    assert "Gate the filing (passed): 3 lamps on, told above\n" in en


def test_a_gate_tells_what_is_not_told_above(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """What is pending in the report, and fails there."""
    dossier = member(application=[{"received": "2020-01-01"}], talk=[{"day": "2021-01-15"}])
    report = club.check(dossier, as_of=date(2021, 6, 1))
    zh, en = (report_text(report, lang=lang) for lang in ("zh", "en"))

    assert "盏见上，另有：介绍人两名" in zh
    assert "of them told above; also: There are two guides" in en


def test_both_editions_stand_where_either_may_apply(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Neither is cut off."""
    dossier = member(application=[{"received": "2019-12-01"}], talk=[{"day": "2019-12-31/2020-01-02"}])
    text = report_text(club.check(dossier, as_of=date(2020, 5, 1)))

    assert "? 2020年版第2条 /" in text
    assert "\n  2000年版第1条" in text


def test_what_is_written_in_a_dossier_is_no_markup(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """A name in brackets stays one."""
    dossier = member(person={"name": "[red]甲"}, branch={"name": "[bold]支部[/bold]:smile:"})
    text = report_text(club.check(dossier, as_of=date(2020, 5, 1)), unmask=True)

    assert text.startswith("[red]甲 · [bold]支部[/bold]:smile: · 1\n")
