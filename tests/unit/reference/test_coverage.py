from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import devrules
from devrules.days import ChineseCalendar
from devrules.plugin import Plugins
from devrules.program.from_ruleset import compile_rulesets
from devrules.reference.coverage import Covered, coverage, lacking
from devrules.ruleset.from_toml import load_ruleset

Of = Callable[[str, str], Covered]


@pytest.fixture
def of(club: devrules.Rules) -> Of:
    """Gives what the cases of a rule of the club exercise in an edition."""
    rows = {(row.rule, row.edition): row for row in coverage(club)}
    return lambda rule, edition: rows[rule, edition]


def test_verdicts_are_counted_by_edition(of: Of) -> None:
    """A case counts for the edition of its act."""
    assert {"pass": 1, "fail": 1} == of("talk-in-time", "club-2020").verdicts
    assert {} == of("talk-in-time", "club-2000").verdicts


def test_sides_of_a_limit(of: Of) -> None:
    """The last day and the day after are shown, the day before is not."""
    (limit,) = of("talk-in-time", "club-2020").limits

    assert {"limit", "beyond"} == limit.shown
    assert ("inside",) == limit.lacking


def test_working_days_have_sides_too(of: Of) -> None:
    """Five of them are the limit, four are beyond."""
    (limit,) = of("notice-long-enough", "club-2020").limits

    assert {"limit", "beyond"} == limit.shown


def test_a_rule_without_days_has_no_limits(of: Of) -> None:
    """One day changes nothing in a quorum."""
    assert () == of("quorum-met", "club-2020").limits


def test_what_is_lacking(club: devrules.Rules) -> None:
    """The limits of the two editions differ, so each wants sides of its own."""
    found = list(lacking(list(coverage(club))))

    assert [
        "talk-in-time: club-2000: no case inside or limit or beyond",
        "talk-in-time: club-2020: no case inside",
        "notice-long-enough: club-2020: no case inside",
    ] == [line.rpartition(": ")[0] for line in found]


def test_editions_that_ask_the_same_share_their_cases(rules: devrules.Rules) -> None:
    """Unless each of them is to show every side."""
    own = [row for row in coverage(rules) if row.rule == "talk-after-application"]

    assert ["xize-2014", "xize-2014"] == [row.body for row in own]
    assert len(list(lacking(own))) <= len(list(lacking(own, each_edition=True)))


def test_a_manual_rule_wants_manual(rules: devrules.Rules) -> None:
    """It can neither pass nor fail."""
    rows = {row.rule: row for row in coverage(rules)}

    assert ("manual",) == rows["application-declares"].wanted
    assert ("pass", "fail") == rows["application-made"].wanted


def test_a_verdict_that_no_case_shows(club: devrules.Rules) -> None:
    """Is told once, not for each edition."""
    rows = [row for row in coverage(club) if row.rule == "two-guides"]
    bare = [Covered(row.rule, row.edition, {"pass": 1}, (), row.wanted, row.body) for row in rows]

    assert ["two-guides: no case ends in fail"] == list(lacking(bare))


def test_every_national_rule_shows_its_verdicts(rules: devrules.Rules) -> None:
    """Pass and fail, or manual."""
    assert [] == [line for line in lacking(list(coverage(rules))) if "ends in" in line]


def test_a_limit_under_a_condition(rules: devrules.Rules) -> None:
    """The longer limit of an approval counts with a reason only, the shorter one without."""
    rows = [row for row in coverage(rules) if row.rule == "approved-within-three-months"]

    assert [2, 2] == [len(row.limits) for row in rows]
    assert all(limit.edge.guards for row in rows for limit in row.limits)


def test_an_unreadable_case_shows_nothing(club_folder: Path, tmp_path: Path) -> None:
    """It is not counted; `devrules rules test` tells what is wrong with it."""
    folder = Path(shutil.copytree(club_folder, tmp_path / "club"))
    cases = folder / "cases" / "1.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace("2021-03-01", '"nonsense"'), encoding="utf-8")
    ruleset = load_ruleset(folder, ruleset_id="club", version="1", national=True)
    program = compile_rulesets([ruleset], ChineseCalendar())
    broken = devrules.Rules({"person": program}, Plugins(installed=False), "reference")
    rows = {(row.rule, row.edition): row for row in coverage(broken)}

    assert {"pass": 1} == rows["talk-in-time", "club-2020"].verdicts
