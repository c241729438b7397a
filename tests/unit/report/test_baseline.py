from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput
from devrules.report.baseline import read_baseline
from devrules.report.remarks import remarks

THEN, NOW = date(2021, 3, 20), date(2021, 6, 1)


@pytest.fixture
def then(club: devrules.Rules, member: Callable[..., Dossier], tmp_path: Path) -> Path:
    """The report of a member who was talked to late, and of one who was not talked to."""
    members = [
        member(id="late", application=[{"received": "2021-01-01"}], talk=[{"day": "2021-03-15"}]),
        member(id="mended", application=[{"received": "2021-01-01"}]),
    ]
    file = tmp_path / "then.json"
    club.audit(members, as_of=THEN).save(file)
    return file


@pytest.fixture
def now(club: devrules.Rules, member: Callable[..., Dossier]) -> devrules.Audit:
    """The same two: one as before, one mended; and one more, late."""
    late = {"application": [{"received": "2021-01-01"}], "talk": [{"day": "2021-03-15"}]}
    mended = {"application": [{"received": "2021-01-01"}], "talk": [{"day": "2021-01-15"}]}
    return club.audit([member(id="late", **late), member(id="mended", **mended), member(id="new", **late)], as_of=NOW)


def test_shows_only_what_is_new(then: Path, now: devrules.Audit) -> None:
    """By dossier, rule and verdict; what was left out and what is gone is counted."""
    found = now.since(read_baseline(then))
    lit = {(report.dossier.id, one.rule) for report in found.reports for one in report.lamps}

    assert ("new", "talk-in-time") in lit
    assert ("late", "talk-in-time") not in lit
    assert found.compared is not None
    assert "2021-03-20" == found.compared.as_of
    assert 3 == found.compared.old
    assert 1 == found.compared.gone


def test_the_stage_and_the_gates_stay(then: Path, now: devrules.Audit) -> None:
    """They rest on all findings, shown or not."""
    found = now.since(read_baseline(then))

    for before, after in zip(now.reports, found.reports, strict=True):
        assert before.stage == after.stage
        assert [view.gate.id for view in before.gates] == [view.gate.id for view in after.gates]
        assert before.finding("talk-in-time").verdict == after.finding("talk-in-time").verdict


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "只列新出现的：原有的红灯、黄灯 3 项未列，另有 1 项已经消除"),
        ("en", "only what is new is shown: 3 red and yellow lamps of then are left out, 1 are gone"),
    ],
)
def test_says_how_many_are_not_shown(then: Path, now: devrules.Audit, lang: str, said: str) -> None:
    """In both languages."""
    [told] = remarks(now.since(read_baseline(then)), lang)

    assert said in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "the format is None, not 'devrules.report/1'"),
        ('{"format": "devrules.report/2"}', "the format is 'devrules.report/2'"),
        ('{"format": "devrules.report/1"}', "is not a whole report"),
    ],
)
def test_something_else_is_no_baseline(tmp_path: Path, text: str, told: str) -> None:
    """It says what it should be."""
    file = tmp_path / "old.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInput) as caught:
        read_baseline(file)
    assert told in str(caught.value)
    assert "give a report that --format json wrote" in str(caught.value)


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    """Is named."""
    with pytest.raises(InvalidInput, match="the file cannot be read"):
        read_baseline(tmp_path / "none.json")


def test_an_expired_waiver_is_named_and_one_that_met_nothing(audit: devrules.Audit, club: devrules.Rules) -> None:
    """The others stand with their findings."""
    waivers = [
        devrules.Waiver("quorum-met", "=bad", "王五", "查无", date(2022, 1, 1)),
        devrules.Waiver("talk-in-time", "=bad", "王五", "查无", date(2021, 5, 31)),
        devrules.Waiver("talk-in-time", None, "赵六", "查无", date(2022, 1, 1), branch="第九支部"),
    ]
    found = club.audit([report.dossier for report in audit.reports], as_of=NOW, waivers=waivers)

    assert [
        "豁免已失效，不再适用：talk-in-time，=bad，王五，至 2021-05-31",
        "豁免没有用到：talk-in-time，第九支部，赵六",
    ] == list(remarks(found, "zh"))
    assert [
        "a waiver has lapsed and no longer counts: talk-in-time, =bad, by 王五, until 2021-05-31",
        "a waiver met nothing: talk-in-time, 第九支部, by 赵六",
    ] == list(remarks(found, "en"))
    assert "豁免已失效" in str(found)


def test_a_report_keeps_what_it_was_read_from(then: Path) -> None:
    """Every finding of the file counts, also those that passed."""
    data = json.loads(then.read_text(encoding="utf-8"))

    assert sum(len(one["findings"]) for one in data["dossiers"]) == len(read_baseline(then).lamps)
