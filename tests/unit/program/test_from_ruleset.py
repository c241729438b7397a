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
from devrules.plugin import Plugins
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.print import rule_lines
from devrules.ruleset.from_toml import load_ruleset

GOLDEN = Path(__file__).parents[2] / "golden" / "club-program.txt"


@pytest.fixture
def folder(tmp_path: Path, club_folder: Path) -> Path:
    """A copy of the club's rules."""
    return Path(shutil.copytree(club_folder, tmp_path / "club"))


def test_adjacent_editions_with_the_same_body_are_one_group(club: devrules.Rules) -> None:
    """A day that straddles them is judged all the same."""
    groups = {compiled.id: [(one.first, one.last) for one in compiled.groups] for compiled in club.program.rules}

    assert [(1, 2)] == groups["two-guides"]
    assert [(1, 1), (2, 2)] == groups["talk-in-time"]


def test_a_group_without_a_body_asks_nothing(club: devrules.Rules) -> None:
    """There the rule is not applicable."""
    groups = club.rule("notice-long-enough").groups

    assert [True, False] == [group.body is None for group in groups]


def test_every_measure_comes_after_its_parts(club: devrules.Rules) -> None:
    """So that they can be taken in one pass."""
    program = club.program

    assert all(program.index[part] < at for at, one in enumerate(program.measures) for part in one.parts())
    assert len(program.measures) == len(set(program.names.values()))


def test_every_edition_has_its_outcomes(club: devrules.Rules) -> None:
    """A verdict is reached by one way, or by none."""
    verdicts = [outcome.verdict for outcome in club.program.outcomes if outcome.rule == "talk-in-time"]

    assert ["pass", "fail", "pending"] * 2 == verdicts


@pytest.mark.parametrize(
    ("talk", "verdict", "edition"),
    [
        ("1999-12-31", "unknown", None),
        ("2019-12-31", "pass", "club-2000"),
        ("2020-01-01", "fail", "club-2020"),
        ("2019-12-31/2020-01-01", "unknown", None),
    ],
)
def test_the_day_of_the_act_picks_the_edition(
    club: devrules.Rules, member: Callable[..., Dossier], talk: str, verdict: str, edition: str | None
) -> None:
    """Two months were allowed until 2019, one month is since; a day that straddles them is unknown."""
    dossier = member(application=[{"received": "2019-11-15"}], talk=[{"day": talk}])
    finding = club.check(dossier, as_of=date(2021, 1, 1)).finding("talk-in-time")

    assert (verdict, edition) == (finding.verdict, finding.edition)


def test_a_day_that_straddles_equal_editions_is_judged(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """For the law is the same on either."""
    dossier = member(members=[{"id": "a"}], guides=[{"day": "2019-12-31/2020-01-01", "people": ["a"]}])
    finding = club.check(dossier, as_of=date(2021, 1, 1)).finding("two-guides")

    assert ("fail", "club-2020", (1, 2)) == (finding.verdict, finding.edition, finding.possible_editions)


def test_two_rulesets_may_not_name_a_rule_alike(club_folder: Path) -> None:
    """An overlay only adds."""
    ruleset = load_ruleset(club_folder, ruleset_id="club", version="1", national=True)
    with pytest.raises(InvalidRuleset, match="another ruleset has a rule of this name") as caught:
        compile_rulesets([ruleset, ruleset], ChineseCalendar())

    said = {problem.what for problem in caught.value.problems}
    assert {f"another ruleset has a {what} of this name" for what in ("kind", "parameter", "rule")} == said


def test_prints_as_a_lawyer_reads_it(club: devrules.Rules) -> None:
    """Three rules, one sentence a group of editions."""
    chosen = ("talk-in-time", "two-guides", "notice-long-enough")
    lines = [line for rule in chosen for line in rule_lines(club.rule(rule))]

    assert GOLDEN.read_text(encoding="utf-8").splitlines() == lines
    assert set(lines) < set(str(club.program).splitlines())


def test_a_rule_ends_in_one_way(rules: devrules.Rules) -> None:
    """Whatever is missing, its outcomes exclude one another."""
    records = {"extension": [{"end": "2026-08-10"}], "conversion-meeting": [{"day": "2026-09-01"}]}
    dossier = rules.read_dossier({"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records})

    assert rules.check(dossier, as_of=date(2026, 11, 21)).finding("converted-after-probation").verdict


@pytest.mark.parametrize(
    ("either", "records", "verdict"),
    [
        (True, {"talk": [{"talker": "甲"}], "notice": [{}]}, "pass"),
        (True, {"talk": [{"talker": "乙"}]}, "pending"),
        (True, {"talk": [{"talker": "乙"}], "notice": [{}]}, "fail"),
        (True, {"filing": [{"dues": "2"}], "talk": [{}]}, "unknown"),
        (True, {"notice": [{}]}, "fail"),
        (False, {"talk": [{"talker": "乙"}]}, "fail"),
        (False, {"talk": [{"talker": "甲"}]}, "pending"),
        (False, {"talk": [{}]}, "unknown"),
        (False, {"talk": [{"talker": "甲"}], "filing": [{"dues": "1"}]}, "pass"),
        (False, {"talk": [{"talker": "甲"}], "notice": [{}]}, "fail"),
        (False, {}, "pending"),
    ],
)
def test_comparisons_of_different_records_end_in_one_way(
    folder: Path, either: bool, records: dict[str, Any], verdict: str
) -> None:
    """What one of them shows does not hide what another one lacks, and the other way round."""
    text = (folder / "rules" / "1.toml").read_text(encoding="utf-8")
    terms = '[{ value = "talk.talker", among = ["甲"] }, { value = "filing.dues", among = ["1"] }]'
    said = f"expression = {{ {'any' if either else 'all'} = {terms} }}"
    text = text.replace('present = { record = "review" }', said).replace('before = "filing"\nwhen', "when")
    (folder / "rules" / "1.toml").write_text(
        text.replace('when = { value = "person.floating", is = true, assume = false }\n', ""), encoding="utf-8"
    )
    ruleset = load_ruleset(folder, ruleset_id="club", version="1", national=True)
    rules = devrules.Rules({"person": compile_rulesets([ruleset], ChineseCalendar())}, Plugins(installed=False))
    dossier = rules.read_dossier({"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records})

    assert verdict == rules.check(dossier, as_of=date(2021, 1, 1)).finding("floating-reviewed").verdict


def test_an_overlay_is_local(club_folder: Path) -> None:
    """It is not the law, and must not look like it."""
    ruleset = load_ruleset(club_folder, ruleset_id="club", version="1")
    with pytest.raises(InvalidRuleset, match="strength = 'must' in an overlay, which is not the law"):
        compile_rulesets([ruleset], ChineseCalendar())
