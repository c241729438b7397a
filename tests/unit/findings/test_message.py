from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from devrules import Finding, Waiver

Judged = Callable[..., Finding]
APPLIED = {"application": [{"received": "2021-01-31"}]}
WAIVER = Waiver("talk-in-time", "1", "李四", "查无", date(2022, 1, 1))

SAID: list[Any] = [
    pytest.param(
        "talk-in-time",
        APPLIED | {"talk": [{"day": "2021-02"}]},
        "按期谈话：合格；申请书 2021年1月31日，谈话 2021年2月，最迟应为2021年2月28日。",
        "The talk is held in time: pass; application 2021-01-31, talk 2021-02, due 2021-02-28.",
        id="pass",
    ),
    pytest.param(
        "talk-in-time",
        APPLIED,
        "按期谈话：不合格；没有“谈话”的记录，最迟应于2021年2月28日办理。",
        "The talk is held in time: fail; no record of talk, which was due by 2021-02-28.",
        id="missing",
    ),
    pytest.param(
        "talk-in-time",
        {"application": [{"received": "2021-01-30/2021-02-01"}]},
        "按期谈话：不合格；没有“谈话”的记录，最迟应于2021年2月28日至2021年3月1日办理。",
        "The talk is held in time: fail; no record of talk, which was due by 2021-02-28 to 2021-03-01.",
        id="missing since about a day",
    ),
    pytest.param(
        "quorum-met",
        {"ballot": [{"day": "2021-05-01", "should_vote": 9, "present_vote": 6}]},
        "到会过半：不合格；应到会有表决权 9 人，实到会有表决权 6 人；应超过应到会有表决权党员的 2/3。",
        "Enough members attend: fail; should vote 9, present 6; required: more than 2/3 of those who should vote.",
        id="fail",
    ),
    pytest.param(
        "reviewed-twice-a-year",
        {"application": [{"received": "2021-01-31"}]},
        "每半年考察一次：待办；最迟2021年7月31日。",
        "There is a review every half-year: pending; due 2021-07-31.",
        id="only due",
    ),
    pytest.param(
        "talk-in-time",
        {"application": [{"received": "2021-05-31"}]},
        "按期谈话：待办；尚无“谈话”；最迟2021年6月30日。",
        "The talk is held in time: pending; no talk yet; due 2021-06-30.",
        id="pending",
    ),
    pytest.param(
        "quorum-met",
        {"ballot": [{"day": "2021-05-01", "should_vote": 9}]},
        "到会过半：无法判断；应到会有表决权 9 人；缺少或不够精确：表决（实到会有表决权）。",
        "Enough members attend: unknown; should vote 9; not stated or not precise enough: ballot (present).",
        id="unknown",
    ),
    pytest.param(
        "notice-long-enough",
        {"notice": [{"start": "2019-12-31/2020-01-01", "end": "2020-01-03"}]},
        "公示满五个工作日：无法判断；开始 2019年12月31日至2020年1月1日，结束 2020年1月3日，工作日 2–3 个；"
        "行为日期跨越2000年版与2020年版。",
        "The notice stands for five working days: unknown; started 2019-12-31 to 2020-01-01, ended 2020-01-03, "
        "working days 2–3; the act may fall under the 2000 edition or the 2020 edition.",
        id="unknown edition",
    ),
    pytest.param(
        "floating-reviewed",
        {},
        "流动人员须有考察：不适用。",
        "Those who move about are reviewed: not applicable.",
        id="not applicable",
    ),
    pytest.param(
        "talk-in-time",
        APPLIED | {"waivers": [WAIVER], "talk": [{"day": "2021-04-01"}]},
        "按期谈话：已豁免；申请书 2021年1月31日，谈话 2021年4月1日，最迟应为2021年2月28日。",
        "The talk is held in time: waived; application 2021-01-31, talk 2021-04-01, due 2021-02-28.",
        id="waived",
    ),
    pytest.param(
        "talk-in-time",
        APPLIED | {"blank_kinds": ["talk"]},
        "按期谈话：不合格；没有“谈话”的记录，最迟应于2021年2月28日办理；依据为空白单元格。",
        "The talk is held in time: fail; no record of talk, which was due by 2021-02-28; rests on a blank cell.",
        id="noted",
    ),
]


@pytest.mark.parametrize(("rule", "parts", "zh", "en"), SAID)
def test_says_what_was_found(judged: Judged, rule: str, parts: dict[str, Any], zh: str, en: str) -> None:
    """In a sentence of either language: the rule, the verdict, why."""
    message = judged(rule, **parts).message

    assert (zh, en) == (message.zh, message.en)


def test_says_which_day_would_settle_it(judged: Judged) -> None:
    """A review in a month may lie in the half-year or behind it."""
    finding = judged("reviewed-twice-a-year", application=[{"received": "2020-11-10"}], review=[{"day": "2021-05"}])

    assert "unknown" == finding.verdict
    assert finding.message.zh.endswith("缺少或不够精确：考察。")


def test_says_nothing_of_what_would_not_settle_it(judged: Judged) -> None:
    """One known day of several is enough."""
    finding = judged("talk-in-time", talk=[{}], **APPLIED)

    assert "unknown" == finding.verdict
    assert finding.message.zh.endswith("缺少或不够精确：谈话。")


def test_a_record_that_is_missing_is_not_said_to_be_old(judged: Judged) -> None:
    """Nothing says that it came before the first edition."""
    finding = judged("two-guides", filing=[{"day": "2021-05-01"}])

    assert "edition-not-encoded" not in finding.notes
