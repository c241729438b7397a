from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from devrules.api import lint_rulesets
from devrules.plugin import Plugins

Change = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


def test_every_rule_has_cases(folder: Path, problems: Problems) -> None:
    """A rule that nobody has shown at work is told."""
    (folder / "cases" / "1.toml").unlink()

    assert [
        f"rules/1.toml {rule}: has no cases (add some to cases/, on both sides of every limit)"
        for rule in (
            "talk-in-time",
            "two-guides",
            "notice-long-enough",
            "reviewed-twice-a-year",
            "quorum-met",
            "floating-reviewed",
        )
    ] == problems()


def test_the_cases_show_both_sides(folder: Path, problems: Problems) -> None:
    """A pass alone proves nothing."""
    cases = folder / "cases" / "1.toml"
    text = cases.read_text(encoding="utf-8").replace('says = "fail"', 'says = "pass"')
    cases.write_text(text.replace('verdict = "fail"', 'verdict = "pass"'), encoding="utf-8")
    found = problems()

    assert "rules/1.toml talk-in-time: has no case that ends in fail" in found
    assert "rules/1.toml talk-in-time: two cases say the same: pass" in found


def test_a_case_belongs_to_a_rule(folder: Path, problems: Problems) -> None:
    """A misspelt rule has no case, and the case no rule."""
    cases = folder / "cases" / "1.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace("[[quorum-met]]", "[[quorum-mat]]"), encoding="utf-8")

    assert [
        "rules/1.toml quorum-met: has no cases (add some to cases/, on both sides of every limit)",
        "cases/1.toml quorum-mat[0]: there is no rule 'quorum-mat' (did you mean 'quorum-met'?)",
    ] == problems()


@pytest.mark.parametrize(
    ("today", "stale"), [(date(2030, 1, 1), []), (date(2030, 1, 2), ["2 (club-2020)"]), (None, [])]
)
def test_a_citation_is_looked_at_again(folder: Path, today: date | None, stale: list[str]) -> None:
    """By the day that it names, and not a day later."""
    found = [problem.what for problem in lint_rulesets([folder], today=today)]

    assert [f"the citation of article {one} was to be reviewed by 2030-01-01" for one in stale] == found


@pytest.mark.parametrize("overlay", ["devrules_local/province", "devrules_epioneer/epioneer_2023"])
def test_a_folder_with_regulations_and_kinds_may_be_an_overlay(overlay: str) -> None:
    """What makes the law are its stages; those that come with devrules have nothing wrong with them."""
    sources = [one for offered in Plugins().call("devrules_rulesets") for one in offered]
    folder = next(one.path for one in sources if one.path.as_posix().endswith(overlay))

    assert (folder / "regulations.toml").exists()
    assert (folder / "kinds.toml").exists()
    assert [] == lint_rulesets([folder])


def test_a_folder_without_stages_is_an_overlay_on_the_national_rules(tmp_path: Path) -> None:
    """It may name the national kinds and parameters, but not take a rule's name."""
    rules = tmp_path / "school" / "rules"
    rules.mkdir(parents=True)
    rule = """
[{name}]
title = {{ zh = "甲", en = "one" }}
judges = "talk"
strength = "local"
row = "S-1"
within = {{ limit = "talk-limit", from = "application.received", to = "talk.first.day" }}
remedy = {{ zh = "乙", en = "two" }}
"""
    text = rule.format(name="talk-at-school") + rule.format(name="talk-within-one-month")
    (rules / "1.toml").write_text(text, encoding="utf-8")
    found = [problem for problem in lint_rulesets([tmp_path / "school"]) if "school" in problem.where]

    assert not [problem for problem in found if "there is no parameter" in problem.what]
    assert "another ruleset has a rule of this name" in [problem.what for problem in found]
