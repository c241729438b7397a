from __future__ import annotations

import pytest

from devrules.dossier.kinds import Kinds
from devrules.findings.required import required_text
from devrules.program.conditions import Compare, Condition, Every, Some
from devrules.program.measures import AsOf
from devrules.program.model import Body, Measured
from devrules.ruleset.checks import CHECKS

ONE = Compare(AsOf(), ">=", 1)
ALL, ANY = Every((ONE, ONE)), Some((ONE, ONE))
Required = tuple[tuple[str, str], ...]

ASKED: list[tuple[str, Condition, str, Required, str, str]] = [
    ("present", ONE, "day", (("record", "talk"),), "应有“谈话”的记录", "required: a record of talk"),
    ("complete", ALL, "", (("fields", "day, outcome"),), "应写明日期、结论", "required: day and conclusion stated"),
    ("count", ONE, "count", (("at_most", "1"),), "应不超过 1 次", "required: at most 1"),
    ("within", ONE, "from", (("within", "1 month"),), "应在一个月内", "required: within 1 month"),
    (
        "within",
        ANY,
        "from",
        (("within", "3 months"), ("with_reason_within", "6 months")),
        "应在三个月内（写明原因的在六个月内）",
        "required: within 3 months or within 6 months where a reason is stated",
    ),
    ("after", ONE, "from", (("after", "18 years"),), "应满十八年", "required: no sooner than 18 years after"),
    (
        "lasts",
        ALL,
        "start",
        (("at_least", "6 months"), ("at_most", "1 year")),
        "应不少于六个月、不超过一年",
        "required: at least 6 months and at most 1 year",
    ),
    (
        "lasts",
        ONE,
        "start",
        (("at_least", "5 working days"),),
        "应不少于五个工作日",
        "required: at least 5 working days",
    ),
    (
        "in_order",
        ONE,
        "first",
        (("order", "first <= then"),),
        "前者应不晚于后者",
        "required: the first no later than the second",
    ),
    ("every", ALL, "from", (("every", "6 months"),), "应每六个月一次", "required: one every 6 months"),
    (
        "every",
        ALL,
        "from",
        (("every_calendar", "6 months"),),
        "应按日历每六个月一次",
        "required: one every 6 months of the calendar year",
    ),
    (
        "quorum",
        ONE,
        "should_vote",
        (("more_than", "1/2 of should_vote"),),
        "应超过应到会有表决权党员的半数",
        "required: more than half of those who should vote",
    ),
    (
        "majority",
        ONE,
        "should_vote",
        (("more_than", "2/3 of should_vote"),),
        "应超过应到会有表决权党员的 2/3",
        "required: more than 2/3 of those who should vote",
    ),
    ("people", ALL, "people", (("at_least", "2"), ("at_most", "2")), "应为 2 名", "required: exactly 2"),
    (
        "people",
        ALL,
        "people",
        (("at_least", "1"), ("at_most", "2")),
        "应为 1 至 2 名",
        "required: at least 1 and at most 2",
    ),
    (
        "people",
        ALL,
        "people",
        (("at_least", "1"), ("at_most", "2"), ("all", "full members")),
        "应不少于 1 名、不超过 2 名、均为正式党员",
        "required: at least 1 and at most 2 and full members only",
    ),
    (
        "people",
        ONE,
        "under_sanction",
        (("none_under", "probation-within-party"),),
        "应没有人受留党察看处分而未恢复权利",
        "required: nobody under probation within the Party with rights not restored",
    ),
    ("attached", ONE, "attachments", (("attached_to", "talk"),), "应有附件", "required: an attachment"),
    ("agrees", ALL, "day", (("equals", "with + 1 year"),), "", ""),
    (
        "expression",
        ANY,
        "days",
        (("days_at_least", "3"), ("hours_at_least", "24")),
        "应不少于 3 天或 24 学时",
        "required: at least 3 days or 24 hours",
    ),
    (
        "sums",
        ONE,
        "should_vote",
        (("at_most", "present_vote"),),
        "应不超过实到会有表决权人数",
        "required: no more than the number of: present",
    ),
    ("stage_agrees", ONE, "stage_recorded", (("equals", "stage by the records"),), "", ""),
    ("gap", ONE, "from", (("at_most_apart", "1 year"),), "应相隔不超过一年", "required: at most 1 year apart"),
    ("manual", ALL, "", (), "", ""),
    (
        "quorum",
        ONE,
        "should_vote",
        (("at_least", "1/2 of should_vote"),),
        "实到会应不少于应到会的半数",
        "required: at least half of those who should attend",
    ),
    (
        "people",
        ONE,
        "within_effect",
        (("none_within_warning", "1 year"), ("none", "the person of the dossier")),
        "应没有人在警告处分（一年）影响期内、不是本人",
        "required: nobody within 1 year of a warning and not the person themselves",
    ),
    ("expression", ANY, "reason_stated", (("reason", "stated"),), "应写明原因", "required: reason stated"),
    (
        "expression",
        ONE,
        "items_as_required",
        (("items", "group"),),
        "应包括党小组",
        "required: party group of the branch included",
    ),
    ("expression", ONE, "one_by_one", (("one_by_one", "yes"),), "应逐个讨论表决", "required: one by one"),
    ("expression", ONE, "floating", (("floating", "no"),), "不得为流动人员", "required: not a floating person"),
    ("expression", ONE, "days", (("days_at_least", "1"),), "应不少于 1 天", "required: at least 1 day"),
    ("expression", ONE, "", (("among", "qualified, passed"),), "应为合格或通过", "required: qualified or passed"),
    ("expression", ONE, "", (("not_among", "party-group"),), "不得为党组", "required: not leading party group"),
]


@pytest.mark.parametrize(("check", "ok", "subject", "required", "zh", "en"), ASKED)
def test_says_what_is_asked(
    kinds: Kinds, check: str, ok: Condition, subject: str, required: Required, zh: str, en: str
) -> None:
    """Empty where the values that are shown say it."""
    measured = (Measured(subject, AsOf(), "count"),) if subject else ()
    body = Body(ok=ok, measured=measured, required=required)

    assert check in CHECKS
    assert (zh, en) == (required_text(body, kinds, "zh"), required_text(body, kinds, "en"))


def test_every_check_has_its_words() -> None:
    """A new one needs some, too."""
    assert set(CHECKS) == {check for check, *_ in ASKED}


def test_a_value_in_no_known_form_is_shown_as_it_is_written(kinds: Kinds) -> None:
    """A plugin's check may ask for what nobody thought of; what it calls by another name is left out."""
    body = Body(ok=ONE, required=(("within", "forty days"), ("colour", "red")))

    assert "required: within forty days" == required_text(body, kinds, "en")
