from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from devrules import Finding, Waiver

Judged = Callable[..., Finding]
APPLIED = {"application": [{"received": "2021-01-31"}]}
LATER = {"application": [{"received": "2021-05-31"}]}
WAIVER = Waiver("talk-in-time", "1", "李四", "查无", date(2022, 1, 1))

DONE: list[Any] = [
    pytest.param("talk-in-time", APPLIED, "补办并记录“谈话”", "Do and record: talk", id="missing"),
    pytest.param(
        "talk-in-time", LATER, "按期办理“谈话”，最迟2021年6月30日", "Do and record by 2021-06-30: talk", id="to be done"
    ),
    pytest.param("two-guides", {}, "办理并记录“介绍人”", "Do and record: guides", id="to be done some day"),
    pytest.param(
        "reviewed-twice-a-year",
        APPLIED,
        "按期办理“考察”，最迟2021年7月31日",
        "Do and record by 2021-07-31: review",
        id="the next of a series",
    ),
    pytest.param(
        "talk-in-time", APPLIED | {"talk": [{"day": "2021-04-01"}]}, "尽快谈话", "Hold the talk", id="measured"
    ),
    pytest.param("talk-in-time", APPLIED | {"talk": [{"day": "2021-02-01"}]}, "", "", id="passed"),
    pytest.param("talk-in-time", APPLIED | {"talk": [{}]}, "", "", id="unknown"),
    pytest.param("talk-in-time", APPLIED | {"talk": [{"day": "2021-04-01"}], "waivers": [WAIVER]}, "", "", id="waived"),
    pytest.param("floating-reviewed", {}, "", "", id="not applicable"),
]


@pytest.mark.parametrize(("rule", "parts", "zh", "en"), DONE)
def test_says_what_to_do(judged: Judged, rule: str, parts: dict[str, Any], zh: str, en: str) -> None:
    """It fits what was found; the rule's own remedy is for what was measured and failed."""
    remedy = judged(rule, **parts).remedy

    assert (zh, en) == (remedy.zh, remedy.en)
