from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import devrules
from devrules.cli import options
from devrules.ruleset.schema import cases_schema, rules_schema

Run = Callable[..., tuple[int, str, str]]
RulesIn = Callable[[Path], devrules.Rules]


def test_lists_every_rule(run: Run, rules: devrules.Rules) -> None:
    """With its articles in each edition."""
    code, out, err = run("rules", "list", "--lang", "en")

    assert (0, "") == (code, err)
    assert ["rule", "strength"] == out.split()[:2]
    assert [] == [compiled.id for compiled in rules.program.rules if compiled.id not in out]


def test_lists_in_chinese(run: Run) -> None:
    """The headings, too."""
    code, out, _ = run("rules", "list", "--lang", "zh")

    assert 0 == code
    assert "规则" == out.split()[0]
    assert "收到入党申请书后一个月内派人谈话" in out


def test_shows_one_rule(run: Run) -> None:
    """The law, the numbers, the measures, the remedy, the cases."""
    code, out, _ = run("rules", "show", "talk-within-one-month", "--lang", "en")

    assert 0 == code
    for part in (
        "talk-within-one-month · must · X26-07",
        "A talk is held within one month of receiving the application",
        "2014 edition article 7 (A: article number and wording both seen; review by 2027-05-11)",
        "talk-limit (xize-2026): 1 month",
        "passes when days from first talk to",
        "Remedy: Hold and record the talk at once",
        "Cases:",
    ):
        assert part in out


def test_shows_where_a_rule_asks_nothing(run: Run) -> None:
    """The public notice is new."""
    _, out, _ = run("rules", "show", "notice-five-working-days", "--lang", "zh")

    assert "2014年版: 无此要求" in out
    assert "2026年版 第13条" in out


def test_lints_a_folder(run: Run, club_folder: Path, tmp_path: Path) -> None:
    """A sound ruleset is said to be; of another everything wrong is told, and the code is 3."""
    broken = Path(shutil.copytree(club_folder, tmp_path / "club"))
    (broken / "process.toml").unlink()
    (broken / "cases" / "1.toml").unlink()
    good, bad = run("rules", "lint", club_folder, "--lang", "en"), run("rules", "lint", broken, "--lang", "en")

    assert (0, "the rulesets are sound\n", "") == good
    assert (3, "") == bad[:2]
    assert f"devrules: {broken}/rules/1.toml two-guides: before = 'filing': there is no such gate" in bad[2]
    assert f"devrules: {broken}/rules/1.toml quorum-met: has no cases" in bad[2]


def test_lints_what_is_not_there(run: Run, tmp_path: Path) -> None:
    """A folder that does not exist is no sound ruleset."""
    code, _, err = run("rules", "lint", tmp_path / "nowhere")

    assert 3 == code
    assert "holds no ruleset" in err


def test_runs_the_cases(run: Run, club: devrules.Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every one of them, by the engine that is asked for."""
    asked: list[str] = []
    monkeypatch.setattr(options, "load", lambda engine, **_: asked.append(engine) or club)
    code, out, _ = run("rules", "test", "--engine", "reference", "--lang", "en")

    assert (0, f"{len(club.rulesets[0].cases)} passed, 0 failed (reference)\n") == (code, out)
    assert ["reference"] == asked


def test_tells_the_cases_that_end_otherwise(
    run: Run, folder: Path, rules_in: RulesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each stands, what it says, and what differs."""
    cases = (folder / "cases" / "1.toml").read_text(encoding="utf-8")
    (folder / "cases" / "1.toml").write_text(cases.replace('verdict = "pass"', 'verdict = "fail"', 1), encoding="utf-8")
    monkeypatch.setattr(options, "load", lambda **_: rules_in(folder))
    code, out, _ = run("rules", "test", "--lang", "en")
    place, wrong, *_, last = out.splitlines()

    assert 3 == code
    assert place.startswith(f"{folder}/cases/1.toml ")
    assert wrong.startswith("    verdict: expected fail, got pass (")
    assert "1 failed" in last


def test_without_cases_nothing_is_shown_to_be_right(
    run: Run, folder: Path, rules_in: RulesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No case failed, and yet it is no success."""
    (folder / "cases" / "1.toml").unlink()
    monkeypatch.setattr(options, "load", lambda **_: rules_in(folder))

    assert (3, "0 passed, 0 failed (reference)\n") == run("rules", "test", "--lang", "en")[:2]


def test_prints_the_schema(run: Run) -> None:
    """For editors."""
    code, out, _ = run("rules", "schema")
    _, cases, _ = run("rules", "schema", "--cases")

    assert 0 == code
    assert rules_schema() == json.loads(out)
    assert cases_schema() == json.loads(cases)
