from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.days import ChineseCalendar
from devrules.dossier.model import Dossier
from devrules.findings.words import OUTCOMES, value
from devrules.law.model import Text
from devrules.plugin import Plugins
from devrules.program.from_ruleset import compile_rulesets
from devrules.ruleset.from_toml import load_ruleset

ENTITLED = """
[entitled]
title = { zh = "由有权者决定", en = "Those decide who may" }
judges = "ballot"
strength = "must"
row = "C-7"
expression = { all = [{ value = "superior.kind", not_among = ["party-group"] }] }
remedy = { zh = "另行决定", en = "Decide again" }
cites = { club-2000 = { article = "7", verified = "C" }, club-2020 = { article = "7", verified = "C" } }
"""
REVIEWED = ("political-review-qualified", "political-review")


def message(rules: devrules.Rules, rule: str, kind: str, *records: dict[str, Any]) -> Text:
    """What the national rules find in a dossier of one kind of record."""
    whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": {kind: [*records]}}
    return rules.check(rules.read_dossier(whole), as_of=date(2026, 11, 21)).finding(rule).message


@pytest.mark.parametrize(
    ("rule", "kind", "record", "zh", "en"),
    [
        (
            *REVIEWED,
            {"day": "2026-10-20", "outcome": "not-qualified"},
            "；政治审查结论：不合格；应为合格。",
            "; conclusion of the political review: not qualified; required: qualified.",
        ),
        (*REVIEWED, {"day": "2026-10-20", "outcome": "qualified"}, "；政治审查结论：合格。", ": qualified."),
        (*REVIEWED, {"day": "2026-10-20", "outcome": "查无此人"}, "结论：查无此人；应为合格。", ": qualified."),
        (*REVIEWED, {"day": "2026-10-20"}, "；缺少或不够精确：政治审查（结论）。", "(conclusion)."),
        (
            "approved-by-entitled-committee",
            "approval",
            {"day": "2026-10-20", "by": "general-branch"},
            "；党委审批决定机关：党总支；不得为乡镇（街道）党委所属基层党委、党总支或党组。",
            "; required: not committee under a township committee or general branch or leading party group.",
        ),
    ],
    ids=["as it is", "as it should be", "in other words", "not stated", "an organisation"],
)
def test_a_text_is_shown_as_it_stands(
    rules: devrules.Rules, rule: str, kind: str, record: dict[str, Any], zh: str, en: str
) -> None:
    """Not whether it is one of those that pass."""
    said = message(rules, rule, kind, record)

    assert (zh, en) == (said.zh[-len(zh) :], said.en[-len(en) :])


def test_it_is_that_of_the_record_that_counts(rules: devrules.Rules) -> None:
    """Of several reviews the last one."""
    old, new = {"day": "2026-09-01", "outcome": "not-qualified"}, {"day": "2026-10-01", "outcome": "qualified"}

    assert "政治审查结论：合格" in message(rules, *REVIEWED, new, old).zh
    assert "政治审查结论：不合格" in message(rules, *REVIEWED, new | {"day": "2026-08-01"}, old).zh


def test_it_is_not_shown_where_it_is_not_clear_which_counts(rules: devrules.Rules) -> None:
    """Either of the two may be the last."""
    said = message(
        rules, *REVIEWED, {"day": "2026-10", "outcome": "qualified"}, {"day": "2026-10", "outcome": "not-qualified"}
    )

    assert "结论：合格" not in said.zh
    assert "无法判断；内容符合要求：否或是；缺少或不够精确：政治审查（结论）。" in said.zh
    assert "content as required no or yes" in said.en


def test_numbers_in_it_are_masked(rules: devrules.Rules) -> None:
    """Someone may write an ID number where the conclusion should stand."""
    assert "1" * 18 not in message(rules, *REVIEWED, {"day": "2026-10-20", "outcome": "1" * 18}).zh


def test_fields_of_an_organisation_are_shown_too(club_folder: Path, tmp_path: Path) -> None:
    """They have names of their own."""
    folder = Path(shutil.copytree(club_folder, tmp_path / "club"))
    (folder / "rules" / "2.toml").write_text(ENTITLED, encoding="utf-8")
    ruleset = load_ruleset(folder, ruleset_id="club", version="1", national=True)
    rules = devrules.Rules(
        {"person": compile_rulesets([ruleset], ChineseCalendar())}, Plugins(installed=False), "reference"
    )
    whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "superior": {"kind": "party-group"}}
    said = rules.check(rules.read_dossier(whole), as_of=date(2021, 6, 1)).finding("entitled").message

    assert "由有权者决定：不合格；上级党组织类别：党组；不得为党组。" == said.zh
    assert said.en.endswith(
        "fail; kind of the superior organisation: leading party group; required: not leading party group."
    )


def test_what_has_no_words_keeps_its_own() -> None:
    """A host may state what nobody thought of."""
    assert Text("随便", "随便") == value("随便")
    assert OUTCOMES["refused"] == value("refused")
