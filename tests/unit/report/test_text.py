from __future__ import annotations

from collections.abc import Callable
from datetime import date

import devrules
from devrules.dossier.model import Dossier
from devrules.report.text import audit_text, report_text

GOOD_ZH = """\
张** · 申请人 · 台账.xlsx 甲 第7行
✓ 2020版第2条      按期谈话：合格；起 2021-01-31，办理 2021-02-15，最迟 2021-02-28。  [talk-in-time]
"""
GOOD_EN = """\
张** · applicant · 台账.xlsx 甲 row 7
✓ 2020 ed., art. 2     The talk is held in time: pass; from 2021-01-31, done 2021-02-15, due 2021-02-28.  [talk-in-time]
"""


def test_a_dossier_in_chinese_and_in_english(audit: devrules.Audit) -> None:
    """The lamp, the article, the sentence, the rule."""
    good = audit.reports[0]

    assert GOOD_ZH == report_text(good).rstrip("\n") + "\n"
    assert GOOD_EN == report_text(good, lang="en").rstrip("\n") + "\n"
    assert str(good) == report_text(good)


def test_the_worst_comes_first_with_its_remedy(audit: devrules.Audit) -> None:
    """Red, yellow, grey, green; what is waived or pending far off has no lamp."""
    text = report_text(audit.reports[1], lang="en")
    marks = [line[0] for line in text.splitlines()[1:] if line[:1] in "●○✓" and line]

    assert ["●", "●", "●", "○", "✓"] == marks
    assert "→ Assign two guides  [two-guides]" in text
    assert "quorum-met" not in text
    assert "notice-long-enough" not in report_text(audit.reports[1], lang="en", full=False)


def test_an_audit_sums_up(audit: devrules.Audit) -> None:
    """Who has a lamp on, which rules, what was not understood."""
    zh, en = audit_text(audit), audit_text(audit, lang="en")

    assert "共核查 2 人，其中 1 人亮灯；核查日 2021-06-01；引擎 reference；规则 club 1" in zh
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


def test_both_editions_stand_where_either_may_apply(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Neither is cut off."""
    dossier = member(application=[{"received": "2019-12-01"}], talk=[{"day": "2019-12-31/2020-01-02"}])
    text = report_text(club.check(dossier, as_of=date(2020, 5, 1)))

    assert "○ 2020版第2条 /" in text
    assert "\n  2000版第1条" in text


def test_what_is_written_in_a_dossier_is_no_markup(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """A name in brackets stays one."""
    dossier = member(person={"name": "[red]甲"}, branch={"name": "[bold]支部[/bold]:smile:"})
    text = report_text(club.check(dossier, as_of=date(2020, 5, 1)), unmask=True)

    assert text.startswith("[red]甲 · [bold]支部[/bold]:smile: · 1\n")
