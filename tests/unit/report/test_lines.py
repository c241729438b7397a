"""How findings stand in a report: several of one cause in one line, what passed in one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.report.text import report_text

LISTED = {"prospect-decision": [{"day": "2026-06-12", "outcome": "passed"}]}


def text(rules: devrules.Rules, records: dict[str, Any], *, lang: str = "zh", recorded: Any = "all") -> str:
    """The report on a dossier of these records, without line breaks."""
    whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": recorded, "records": records}
    report = rules.check(rules.read_dossier(whole), as_of=date(2026, 11, 21))
    return " ".join(report_text(report, lang=lang).split())


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "没有“公示”的记录，以下 2 项不合格：上级党委同意后才公示（2014年版：备案后才列为发展对象）；"),
        ("en", "No record of public notice, so 2 fail: The notice follows the superior committee's consent"),
    ],
)
def test_what_is_missing_is_said_once(rules: devrules.Rules, lang: str, said: str) -> None:
    """With all rules that want it, and one remedy."""
    found = text(rules, LISTED | {"prospect-consent": [{"day": "2026-06-01", "outcome": "approved"}]}, lang=lang)

    assert said.replace(" ", "") in found.replace(" ", "")
    assert 1 == found.count("notice-five-working-days")
    assert 1 == found.count("补办并记录“公示”" if lang == "zh" else "Do and record: public notice")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "来源未登记：公示；涉及："), ("en", "not recorded: public notice; it concerns: A public notice of five")],
)
def test_what_is_unknown_for_one_reason_stands_together(rules: devrules.Rules, lang: str, said: str) -> None:
    """What would settle it, then for which rules."""
    found = text(rules, LISTED, lang=lang, recorded=["prospect-decision"])

    assert said in found


def test_of_a_special_way_only_the_number_is_said(rules: devrules.Rules) -> None:
    """Nearly all rules are silent."""
    found = text(rules, {"direct-admission": [{"day": "2024-06-28", "by": "provincial-committee"}]})

    assert "项 直接接收、追认等特殊方式，条文没有列明免除哪些步骤。" in found
    assert "talk-within-one-month" not in found


def test_a_pass_with_a_note_stands_alone(rules: devrules.Rules) -> None:
    """The others are counted, with their articles in order."""
    found = text(
        rules,
        {
            "application": [{"received": "2025-01-05"}],
            "talk": [{"day": "2025-02-05"}],
            "activist-decision": [{"day": "2025-08-01"}],
            "activist-filing": [{"day": "2025-08-09"}],
        },
    )

    assert "✓ 2014年版第7条 收到入党申请书后一个月内派人谈话：合格" in found
    assert "✓ 合格 3 项 2014年版第6、7、8条" in found
