from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.reference.diff import differences
from devrules.ruleset.model import Ruleset

Change = Callable[[str, str, str], None]


@pytest.fixture
def said(club_folder: Path, folder: Path, ruleset: Callable[[Path], Ruleset]) -> Callable[..., list[str]]:
    """Tells what changed in the copy."""
    return lambda lang="en": [text.said(lang) for text in differences(ruleset(club_folder), ruleset(folder))]


def test_nothing_changed(said: Callable[..., list[str]]) -> None:
    """Of a copy nothing is said."""
    assert [] == said()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "parameters.toml",
            '"5 working days"',
            '"6 working days"',
            "notice-long-enough: limit notice-length (club-2020): 5 working days → 6 working days",
        ),
        (
            "rules/1.toml",
            'strength = "local"',
            'strength = "should"',
            "reviewed-twice-a-year: strength: local → should",
        ),
        (
            "rules/1.toml",
            'club-2020 = { article = "7", verified = "C" }',
            'club-2020 = { article = "8", verified = "B" }',
            "floating-reviewed: articles (club-2020): 7 (C) → 8 (B)",
        ),
        (
            "rules/1.toml",
            "Vote again",
            "Vote once more",
            "quorum-met: remedy: 重新表决 · Vote again → 重新表决 · Vote once more",
        ),
        (
            "rules/1.toml",
            'quorum = { meeting = "ballot", more_than = "quorum" }',
            'majority = { meeting = "ballot", more_than = "quorum" }',
            (
                "quorum-met: check (*): quorum meeting ballot; more_than quorum → "
                "majority meeting ballot; more_than quorum"
            ),
        ),
    ],
)
def test_a_change_is_one_sentence(
    file: str, old: str, new: str, sentence: str, change: Change, said: Callable[..., list[str]]
) -> None:
    """Limits, strength, articles, remedies, checks."""
    change(file, old, new)

    assert [sentence] == said()


def test_it_speaks_chinese(change: Change, said: Callable[..., list[str]]) -> None:
    """As everything that users read."""
    change("parameters.toml", '"5 working days"', '"6 working days"')

    assert ["notice-long-enough：限值 notice-length（club-2020）：5 working days → 6 working days"] == said("zh")


def test_a_limit_in_another_edition(change: Change, said: Callable[..., list[str]]) -> None:
    """What was not asked there had no limit, and stood in no article."""
    change(
        "parameters.toml",
        "[notice-length]",
        '[notice-length]\nclub-2000 = { value = 3, article = "4", verified = "C" }',
    )

    assert [
        "notice-long-enough: limit notice-length (club-2000): none → 3",
        "notice-long-enough: articles (club-2000): none → 4 (C)",
    ] == said()


def test_a_renamed_rule(change: Change, said: Callable[..., list[str]]) -> None:
    """Is added and removed."""
    change("rules/1.toml", "[quorum-met]", "[quorum-there]")

    assert [
        "quorum-there: added: Enough members attend",
        "quorum-met: removed: Enough members attend",
    ] == said()


def test_cases(folder: Path, said: Callable[..., list[str]]) -> None:
    """Added, removed, ending otherwise, or with another dossier."""
    file = folder / "cases" / "1.toml"
    talk, two, rest = file.read_text(encoding="utf-8").split("[[two-guides]]", 2)
    talk = talk.replace("2021-02-28", "2021-02-27").replace('verdict = "fail"', 'verdict = "pass"')
    two = two.replace('says = "pass"', 'says = "both"')
    file.write_text(f"{talk}[[two-guides]]{two}[[two-guides]]{rest}", encoding="utf-8")

    assert [
        "talk-in-time: the case “pass” changed",
        "talk-in-time: the verdict of the case “fail”: fail → pass",
        "two-guides: 1 cases added",
        "two-guides: 1 cases removed",
    ] == said()
