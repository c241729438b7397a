"""What was measured and why something is unknown, in the words of the national rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import devrules
from devrules.dossier.model import Dossier

AS_OF = date(2026, 11, 21)
MEETING = {"day": "2020-05-01", "should_vote": 20, "present_vote": 10, "votes_for": 10, "outcome": "passed"}


def message(
    rules: devrules.Rules, rule: str, records: dict[str, Any], *, recorded: Any = "all", lang: str = "zh", **parts: Any
) -> str:
    """What a rule finds in a dossier of these records, without its title."""
    whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": recorded, "records": records, **parts}
    found = rules.check(rules.read_dossier(whole), as_of=AS_OF).finding(rule)
    said = found.message.said(lang)
    return said.removeprefix(found.title.said(lang)).removeprefix("：").removeprefix(": ")


@pytest.mark.parametrize(
    ("rule", "records", "zh"),
    [
        (
            "meeting-within-one-month",
            {
                "pre-examination": [{"day": "2026-06-01", "notified": "2026-06-03"}],
                "general-meeting": [{"day": "2026-07-10"}],
            },
            (
                "不合格；党委预审（通知日期）2026年6月3日，接收预备党员的支部大会 2026年7月10日，"
                "最迟应为2026年7月3日；应在一个月内。"
            ),
        ),
        (
            "extension-approved-after-meeting",
            {"extension": [{"day": "2021-02-10", "approved": "2021-02-01"}]},
            (
                "不合格；延长预备期 2021年2月10日，延长预备期（批准日期）2021年2月1日；"
                "“延长预备期”应不晚于“延长预备期（批准日期）”。"
            ),
        ),
        (
            "archive-complete",
            {"archive": [{"day": "2021-02-01", "items": ["admission-form", "application", "cultivation"]}]},
            "不合格；材料归档所含项目：入党志愿书、入党申请书、培养教育考察材料，缺政治审查材料、转正申请书。",
        ),
        (
            "secret-ballot-at-general-meeting",
            {"general-meeting": [MEETING | {"secret_ballot": False}]},
            "不合格；无记名投票：否。",
        ),
        (
            "political-review-complete",
            {"political-review": [{"outcome": "qualified"}]},
            "不合格；未写明日期，已写明结论。",
        ),
        (
            "oath-held-by-party-organisation",
            {"oath": [{"day": "2021-02-01", "by": "group"}]},
            "不合格；入党宣誓组织者：党小组；应为基层党委、党支部、党总支、县级党委或县级以上党委。",
        ),
        (
            "extended-once",
            {"extension": [{"day": "2021-02-01"}, {"day": "2022-02-01"}]},
            "不合格；延长预备期 2 次；应不超过 1 次。",
        ),
    ],
    ids=["a day of a field", "two days of a kind", "lacking", "not so", "not stated", "an event", "a count"],
)
def test_says_what_was_measured(rules: devrules.Rules, rule: str, records: dict[str, Any], zh: str) -> None:
    """By the record that it was read from, and nothing twice."""
    assert zh == message(rules, rule, records)


def test_a_list_that_names_nothing_says_so(rules: devrules.Rules) -> None:
    """All of it is missing."""
    said = message(
        rules, "entered-into-group", {"branch-entry": [{"day": "2021-02-01"}]}, branch={"has_groups": True}, lang="en"
    )

    assert said.startswith("fail; papers of the entry into branch and group: none listed, missing: party group")


def test_a_series_says_which_spans_are_empty(rules: devrules.Rules) -> None:
    """By their first and last day; where a day is imprecise only how many."""
    records = {
        "activist-decision": [{"day": "2024-05-31", "outcome": "passed"}],
        "activist-review": [{"day": "2025-05-31"}],
        "prospect-discussion": [{"day": "2025-12-01"}],
    }
    said = message(rules, "review-every-half-year", records)

    assert "缺“支部考察”的 2 段（2024年6月1日至2024年11月30日、2025年6月1日至2025年11月30日）" in said
    assert "spans without review by the branch 2 (2024-06-01 to 2024-11-30, 2025-06-01 to 2025-11-30)" in message(
        rules, "review-every-half-year", records, lang="en"
    )
    vague = records | {"activist-decision": [{"day": "2024-05", "outcome": "passed"}]}
    assert "段（" not in message(rules, "review-every-half-year", vague)


@pytest.mark.parametrize(("present", "doubted"), [(10, True), (9, False)])
def test_says_why_exactly_half_is_but_a_warning(rules: devrules.Rules, present: int, *, doubted: bool) -> None:
    """Another regulation held it to be enough."""
    said = message(rules, "quorum-at-general-meeting", {"general-meeting": [MEETING | {"present_vote": present}]})

    assert "应超过应到会有表决权党员的半数" in said
    assert doubted is ("当时另一部法规认为足够" in said)


@pytest.mark.parametrize(
    ("records", "rule", "zh", "en"),
    [
        (
            {"pre-examination": [{"day": "2026-04-20"}], "general-meeting": [{"day": "2026-06-10"}]},
            "meeting-within-one-month",
            "；新旧版本衔接，仅作提醒：期限在2026年版施行前已经开始，新版没有过渡规定",
            "; transition: it began before the 2026 edition, which says nothing of that; a warning only",
        ),
        (
            {"prospect-decision": [{"day": "2026-05-13", "outcome": "passed"}]},
            "notice-five-working-days",
            "；新旧版本衔接，仅作提醒：办理时2026年版已经施行、尚未公布。",
            "; transition: the 2026 edition was in force, but not yet public; a warning only.",
        ),
    ],
    ids=["began before", "not yet public"],
)
def test_says_why_it_is_a_transition(
    rules: devrules.Rules, records: dict[str, Any], rule: str, zh: str, en: str
) -> None:
    """The limit began under the old edition, or nobody could read the new one."""
    assert zh in message(rules, rule, records)
    assert en in message(rules, rule, records, lang="en")


@pytest.mark.parametrize(
    ("rule", "parts", "zh"),
    [
        (
            "talk-within-one-month",
            {"recorded": ["application"]},
            "无法判断；入党申请书 2021年2月1日，最迟应为2021年3月1日；来源未登记：谈话。",
        ),
        ("talk-within-one-month", {"recorded": []}, "无法判断；来源未登记：入党申请书、谈话。"),
        (
            "contacts-full-members",
            {"records": {"contact-assignment": [{"day": "2021-02-01", "people": ["a"]}]}, "members": [{"id": "a"}]},
            "无法判断；不是正式党员的 0–1 名；缺少或不够精确：确定培养联系人（成为正式党员的日期）。",
        ),
        (
            "talk-within-one-month",
            {"records": {"direct-admission": [{"day": "2021-02-01"}]}},
            "无法判断；直接接收、追认等特殊方式，条文没有列明免除哪些步骤。",
        ),
    ],
    ids=["a kind", "two kinds", "people", "a special way"],
)
def test_says_why_it_is_unknown(rules: devrules.Rules, rule: str, parts: dict[str, Any], zh: str) -> None:
    """What the source does not keep is told from what is there and not stated."""
    records = {"application": [{"received": "2021-02-01"}]} if parts.get("recorded") != [] else {}

    assert zh == message(rules, rule, **{"records": records, **parts})
