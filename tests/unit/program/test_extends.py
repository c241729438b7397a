"""A rule of an overlay that extends one of the law: what it takes over, and from which day on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.days import ChineseCalendar
from devrules.dossier.model import Dossier
from devrules.errors import InvalidRuleset
from devrules.findings.finding import Finding
from devrules.plugin import Plugins
from devrules.program.from_ruleset import compile_rulesets
from devrules.ruleset.from_toml import load_ruleset

REGULATIONS = """\
[branch]
zh = "分会规则"
en = "Rules of a branch"
issuer = "分会"
short = { zh = "分会", en = "branch" }

[[branch.editions]]
id = "branch-2010"
zh = "2010年版"
en = "2010 edition"
in_force = 2010-01-01
source = "分会"
verified = "C"
"""
PARAMETERS = """\
[branch-limit]
branch-2010 = { value = "10 days", article = "1", verified = "C" }

[branch-notice]
branch-2010 = { value = "7 working days", article = "2", verified = "C" }

[branch-quorum]
branch-2010 = { value = "3/4", article = "3", verified = "C" }

[branch-guides]
branch-2010 = { value = 3, article = "4", verified = "C" }
"""
RULE = """\
[branch-rule]
title = {{ zh = "分会", en = "branch" }}
judges = "{judges}"
strength = "local"
row = "B-1"
extends = "{extends}"
replaces = {{ {replaces} }}
remedy = {{ zh = "改", en = "mend" }}
{more}
"""
BY_EDITION = """\
editions.club-2000.within = { limit = "talk-limit", from = "application.day", to = "talk.first.day" }
editions.club-2020.within = { limit = "talk-limit", from = "application.received", to = "talk.first.day" }
"""
FROM_RECEIPT = """\
within = { limit = "talk-limit", from = ["application.received", "application.day"], to = "talk.first.day" }
"""
FLOATING = 'when = { value = "person.floating", is = true, assume = false }\n'

Extended = Callable[..., devrules.Rules]


@pytest.fixture
def extended(tmp_path: Path, club_folder: Path) -> Extended:
    """Compile the club's rules, some text in them replaced, with one rule of a branch."""

    def load(judges: str, extends: str, replaces: str, more: str = "", old: str = "", new: str = "") -> devrules.Rules:
        branch, club = tmp_path / "branch", Path(shutil.copytree(club_folder, tmp_path / "club"))
        (branch / "rules").mkdir(parents=True)
        (branch / "regulations.toml").write_text(REGULATIONS, encoding="utf-8")
        (branch / "parameters.toml").write_text(PARAMETERS, encoding="utf-8")
        rule = RULE.format(judges=judges, extends=extends, replaces=replaces, more=more)
        (branch / "rules" / "1.toml").write_text(rule, encoding="utf-8")
        law = (club / "rules" / "1.toml").read_text(encoding="utf-8")
        assert old in law
        (club / "rules" / "1.toml").write_text(law.replace(old, new) if old else law, encoding="utf-8")
        read = [
            load_ruleset(club, ruleset_id="club", version="1", national=True),
            load_ruleset(branch, ruleset_id="branch", version="1"),
        ]
        return devrules.Rules(
            {"person": compile_rulesets(read, ChineseCalendar())}, Plugins(installed=False), "reference"
        )

    return load


def _finding(rules: devrules.Rules, person: dict[str, Any] | None = None, **records: Any) -> Finding:
    whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records, "person": person or {}}
    return rules.check(rules.read_dossier(whole), as_of=date(2021, 1, 1)).finding("branch-rule")


@pytest.mark.parametrize(
    ("noticed", "verdict", "edition"),
    [
        ("2019-12-31", "not_applicable", "branch-2010"),
        ("2020-01-01", "fail", "branch-2010"),
        ("2019-12-31/2020-01-01", "unknown", None),
        ("2009-12-31", "unknown", None),
    ],
)
def test_it_begins_with_the_edition_that_brings_the_check(
    extended: Extended, noticed: str, verdict: str, edition: str | None
) -> None:
    """The club asks for a notice from its second edition on; the branch, whose own is older, no sooner."""
    rules = extended("notice", "notice-long-enough", 'at_least = "branch-notice"')
    finding = _finding(rules, notice=[{"start": noticed, "end": "2020-01-03"}])

    assert (verdict, edition) == (finding.verdict, finding.edition)


def test_a_limit_that_began_before_is_in_transition(extended: Extended) -> None:
    """As it is under the law, where the check is new."""
    rules = extended("ballot", "notice-long-enough", 'at_least = "branch-notice"')
    finding = _finding(rules, notice=[{"start": "2019-12-30", "end": "2020-01-03"}], ballot=[{"day": "2020-02-01"}])

    assert ("fail", ("transition",), "2") == (finding.verdict, finding.notes, finding.article)


@pytest.mark.parametrize(
    ("talk", "verdict"),
    [("2019-12-31", "pass"), ("2020-01-01", "fail"), ("2019-12-10", "pass"), ("2020-01-10", "fail")],
)
def test_what_an_edition_changes_changes_from_its_day_on(extended: Extended, talk: str, verdict: str) -> None:
    """The limit runs from the day of the application first, later from its receipt; the branch only shortens it."""
    rules = extended("talk", "talk-in-time", 'limit = "branch-limit"', old=FROM_RECEIPT, new=BY_EDITION)
    finding = _finding(rules, application=[{"day": "2019-12-25", "received": "2019-12-15"}], talk=[{"day": talk}])

    assert (verdict, "branch-2010") == (finding.verdict, finding.edition)


def test_a_check_that_no_edition_changes_has_one_body(extended: Extended) -> None:
    """So that a day on which the law changed otherwise is judged."""
    rules = extended("guides", "two-guides", 'at_least = "branch-guides", at_most = "branch-guides"')

    assert ["branch-2010"] == [edition.id for edition in rules.rule("branch-rule").editions]
    assert [(1, 1)] == [(group.first, group.last) for group in rules.rule("branch-rule").groups]


def test_when_and_before_are_taken_over(extended: Extended) -> None:
    """The club asks it before the filing, and only of those who move about."""
    guides = 'people = { of = "guides", at_least = "guides", at_most = "guides" }\n'
    rules = extended(
        "guides",
        "two-guides",
        'at_least = "branch-guides", at_most = "branch-guides"',
        old=guides,
        new=FLOATING + guides,
    )
    people = [{"day": "2015-01-01", "people": []}]

    assert "filing" == rules.rule("branch-rule").rule.before
    assert "not_applicable" == _finding(rules, {"floating": False}, guides=people).verdict
    assert "fail" == _finding(rules, {"floating": True}, guides=people).verdict


def test_what_it_says_itself_holds_instead(extended: Extended) -> None:
    """It may apply to others than the law does."""
    rules = extended(
        "ballot",
        "quorum-met",
        'more_than = "branch-quorum"',
        more='when = { present = "review" }',
        old="quorum = {",
        new=FLOATING + "quorum = {",
    )
    ballot = [{"day": "2015-01-01", "should_vote": 8, "present_vote": 6}]

    assert "not_applicable" == _finding(rules, {"floating": True}, ballot=ballot).verdict
    assert "fail" == _finding(rules, {}, ballot=ballot, review=[{"day": "2014-01-01"}]).verdict


def test_it_judges_whom_the_law_judges(extended: Extended) -> None:
    """A rule about organisations stays one."""
    law = 'quorum = { meeting = "ballot", more_than = "quorum" }'
    rules = extended(
        "ballot", "quorum-met", 'more_than = "branch-quorum"', old=law, new='subject = "organisation"\n' + law
    )

    assert {"quorum-met", "branch-rule"}.isdisjoint(one.id for one in rules.compiled)


def test_an_extension_of_what_no_edition_asks_is_told(extended: Extended) -> None:
    """There must be a check to take over while the own edition is in force."""
    with pytest.raises(InvalidRuleset, match="branch-2010: talk-in-time has no more_than"):
        extended("talk", "talk-in-time", 'more_than = "branch-quorum"')
