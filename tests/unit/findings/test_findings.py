from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from devrules import Finding, Waiver

Judged = Callable[..., Finding]
APPLIED = {"application": [{"received": "2021-01-31"}]}
ONE_GUIDE = {"members": [{"id": "a"}], "guides": [{"day": "2021-02-01", "people": ["a"]}]}


@pytest.mark.parametrize(
    ("as_of", "talk", "verdict", "lamp", "due"),
    [
        ("2021-02-28", [], "pending", "yellow", "2021-02-28"),
        ("2021-03-01", [], "fail", "red", None),
        ("2021-06-01", [{"day": "2021-02-28"}], "pass", "green", None),
        ("2021-06-01", [{"day": "2021-03-01"}], "fail", "red", None),
        ("2021-06-01", [{"day": "2021-02"}], "pass", "green", None),
        ("2021-06-01", [{"day": "2021-02-28/2021-03-01"}], "unknown", "grey", None),
        ("2021-06-01", [{}], "unknown", "grey", None),
    ],
)
def test_what_becomes_of_a_limit(
    judged: Judged, as_of: str, talk: list[dict[str, str]], verdict: str, lamp: str, due: str | None
) -> None:
    """The last day passes; only a day that may be late leaves it open."""
    finding = judged("talk-in-time", as_of, talk=talk, **APPLIED)

    assert (verdict, lamp, due) == (finding.verdict, finding.lamp, finding.due and str(finding.due))


def test_a_finding_explains_itself(judged: Judged) -> None:
    """The law, the values and the records, all in one place."""
    finding = judged("talk-in-time", talk=[{"status": "draft"}, {"day": "2021-02"}], **APPLIED)

    assert ("talk-in-time", "must", "club-2020", "2", "V2") == (
        finding.rule,
        finding.strength,
        finding.edition,
        finding.article,
        finding.verified,
    )
    assert {
        "from": "2021-01-31",
        "to": {"low": "2021-02-01", "high": "2021-02-28"},
        "due": "2021-02-28",
    } == finding.measured
    assert {"within": "1 month"} == finding.required
    assert ("application#1", "talk#2") == finding.records
    assert (2, 2) == finding.possible_editions
    assert ["2"] == [cited.article for cited in finding.citations]


NOTED: list[Any] = [
    pytest.param(
        "talk-in-time",
        {"application": [{"received": "2019-11-10"}], "talk": [{"day": "2020-02-02"}]},
        ("fail", "yellow", ("transition",)),
        id="the limit began under the old edition",
    ),
    pytest.param(
        "talk-in-time",
        {"application": [{"received": "2020-01-01"}], "talk": [{"day": "2020-02-05"}]},
        ("fail", "red", ()),
        id="the limit began under the new edition",
    ),
    pytest.param(
        "two-guides",
        {"members": [{"id": "a"}], "guides": [{"day": "2020-01-14", "people": ["a"]}]},
        ("fail", "yellow", ("transition",)),
        id="not yet public",
    ),
    pytest.param(
        "two-guides",
        {"members": [{"id": "a"}], "guides": [{"day": "2020-01-15", "people": ["a"]}]},
        ("fail", "red", ()),
        id="public",
    ),
    pytest.param(
        "talk-in-time", APPLIED | {"talk": [{"day": "2021-02-28"}]}, ("pass", "green", ("borderline",)), id="last day"
    ),
    pytest.param(
        "talk-in-time", APPLIED | {"talk": [{"day": "2021-03-01"}]}, ("fail", "red", ("borderline",)), id="a day late"
    ),
    pytest.param("talk-in-time", APPLIED | {"talk": [{"day": "2021-02-27"}]}, ("pass", "green", ()), id="in time"),
    pytest.param("talk-in-time", APPLIED | {"talk": [{"day": "2021-03-02"}]}, ("fail", "red", ()), id="late"),
    pytest.param(
        "talk-in-time",
        {"application": [{"day": "2021-01-31"}], "talk": [{"day": "2021-02-02"}]},
        ("pass", "green", ("assumed",)),
        id="another day stands in",
    ),
    pytest.param(
        "notice-long-enough",
        {"notice": [{"start": "2099-03-01", "end": "2099-03-08"}]},
        ("unknown", "grey", ("provisional",)),
        id="the calendar is not published",
    ),
    pytest.param(
        "talk-in-time", APPLIED | {"blank_kinds": ["talk"]}, ("fail", "red", ("blank-cell",)), id="only a blank cell"
    ),
    pytest.param(
        "talk-in-time",
        APPLIED | {"talk": [{"day": "2021-02-02"}], "blank_kinds": ["talk"]},
        ("pass", "green", ()),
        id="no blank cell",
    ),
    pytest.param(
        "talk-in-time",
        APPLIED | {"talk": [{"day": "2100-01-01"}]},
        ("fail", "red", ("later-record",)),
        id="a later record",
    ),
    pytest.param(
        "two-guides",
        {"members": [{"id": "a"}], "guides": [{"day": "1999-12-31", "people": ["a"]}]},
        ("unknown", "grey", ("edition-not-encoded",)),
        id="before the first edition",
    ),
    pytest.param(
        "notice-long-enough",
        {"notice": [{"start": "2019-12-30", "end": "2019-12-31"}]},
        ("not_applicable", "none", ()),
        id="asks nothing",
    ),
    pytest.param("floating-reviewed", {}, ("not_applicable", "none", ()), id="does not apply"),
    pytest.param(
        "notice-long-enough",
        {"notice": [{"start": "2021-06-07", "end": "2021-06-10"}]},
        ("fail", "yellow", ("borderline",)),
        id="a should that failed",
    ),
]


@pytest.mark.parametrize(("rule", "parts", "ended"), NOTED)
def test_what_is_noted_beside_the_verdict(
    judged: Judged, rule: str, parts: dict[str, Any], ended: tuple[str, str, tuple[str, ...]]
) -> None:
    """A note never changes the verdict; a transition changes the colour."""
    as_of = "2099-12-31" if rule == "notice-long-enough" else "2021-06-01"
    finding = judged(rule, as_of, **parts)

    assert ended == (finding.verdict, finding.lamp, finding.notes)


def waiver(expires: str, dossier: str = "1", rule: str = "two-guides") -> Waiver:
    """An auditor's waiver."""
    return Waiver(rule, dossier, "李四", "查无", date.fromisoformat(expires))


@pytest.mark.parametrize(
    ("given", "verdict", "lamp"),
    [
        (waiver("2021-06-01"), "waived", "none"),
        (waiver("2021-05-31"), "fail", "red"),
        (waiver("2021-06-01", dossier="2"), "fail", "red"),
        (waiver("2021-06-01", rule="talk-in-time"), "fail", "red"),
    ],
)
def test_a_waiver_stands_until_it_expires(judged: Judged, given: Waiver, verdict: str, lamp: str) -> None:
    """For its rule and its dossier alone."""
    finding = judged("two-guides", waivers=[given], **ONE_GUIDE)

    assert (verdict, lamp) == (finding.verdict, finding.lamp)
    assert (given if verdict == "waived" else None) == finding.waiver


def test_only_a_fail_is_waived(judged: Judged) -> None:
    """What is unknown stays unknown."""
    finding = judged("talk-in-time", talk=[{}], waivers=[waiver("2022-01-01", rule="talk-in-time")], **APPLIED)

    assert "unknown" == finding.verdict


def test_a_waiver_that_lapsed_does_not_hide_one_that_stands(judged: Judged) -> None:
    """Whichever of them comes first."""
    given = [waiver("2022-01-01"), waiver("2021-01-01")]

    assert "waived" == judged("two-guides", waivers=given, **ONE_GUIDE).verdict
