"""What the tests of reports share: an audit of two members of the club, and of what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import EngineDisagreement, Problem
from devrules.ledger.read import Unread
from devrules.plugin import Plugins

AS_OF = date(2021, 6, 1)


@pytest.fixture
def audit(club: devrules.Rules, member: Callable[..., Dossier]) -> devrules.Audit:
    """Two members: one with everything in order, one with every kind of finding."""
    good = member(
        id="good",
        person={"name": "张三丰"},
        application=[{"received": "2021-01-31"}],
        talk=[{"day": "2021-02-15"}],
        source={"file": "台账.xlsx", "sheet": "甲", "row": 7},
    )
    bad = member(
        id="=bad",
        person={"name": "@李四", "floating": True},
        branch={"name": "第一支部"},
        application=[{"received": "2020-01-31"}],
        talk=[{"day": "2020-02"}, {"day": "2020-03-05"}],
        filing=[{"day": "2021-05-01"}],
        notice=[{"start": "2019-12-31/2020-01-01", "end": "2020-01-03"}],
        ballot=[{"day": "2021-05-20", "should_vote": 9, "present_vote": 4}],
    )
    waiver = devrules.Waiver("quorum-met", "=bad", "王五", "查无", date(2022, 1, 1))
    reports = tuple(club.check(one, as_of=AS_OF, waivers=[waiver]) for one in (good, bad))
    unread = (
        Unread("台账.xlsx", "甲", 9, "申请入党日期", "2023.13.1", "不是日期"),
        Unread("台账.xlsx", "甲", 10, "姓名", "赵六", "重名", sensitive=True),
        Unread("台账.csv", None, 3, None, "110101199001011234", "没有姓名"),
    )
    problems = (Problem("坏.xlsx", "cannot be read"),)
    # With the formats that plugins bring.
    rules = devrules.Rules({"person": club.program}, Plugins(), "reference")
    return devrules.Audit(
        rules,
        AS_OF,
        club.engine,
        reports,
        unread,
        problems,
        (("2", EngineDisagreement("two-guides", ["pass", "fail"])),),
    )
