"""The examples and the tables in docs are true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import devrules
from devrules.plugin import RulesetSource, hookimpl
from devrules.ruleset.checks import CHECKS
from devrules.testing.cases import run_case

AS_OF = date(2026, 11, 21)
STAGES = {"applicant", "activist", "prospect", "probationary", "full"}
TOML = re.compile(r"^```toml\n# (?P<file>[a-z.]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def examples(root: Path) -> Path:
    return root / "docs" / "examples"


@pytest.fixture(scope="module")
def audit(examples: Path) -> devrules.Audit:
    return devrules.load().audit(examples / "ledger.xlsx", as_of=AS_OF)


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *map(str, words)], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the cells of a workbook, sheet by sheet."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def test_the_ledger_shows_every_lamp(audit: devrules.Audit) -> None:
    """Red, yellow, grey and green."""
    assert {finding.lamp for finding in audit.findings} >= {"red", "yellow", "grey", "green"}


def test_the_ledger_has_people_in_every_stage(audit: devrules.Audit) -> None:
    """Forty and more, some in each of the five stages."""
    stages = Counter(report.stage.id for report in audit.reports if report.stage)

    assert len(audit.reports) >= 40
    assert set(stages) == STAGES
    assert min(stages.values()) >= 5


def test_the_ledger_shows_both_editions_and_the_way_from_one_to_the_other(audit: devrules.Audit) -> None:
    """Acts before and after 11 May 2026, some in transition, some before the first edition that is encoded."""
    assert {finding.edition for finding in audit.findings} >= {"xize-2014", "xize-2026"}
    assert {note for finding in audit.findings for note in finding.notes} >= {
        *("transition", "borderline", "assumed", "blank-cell", "edition-not-encoded"),
    }


def test_what_cannot_be_read_in_the_ledger_is_told(audit: devrules.Audit) -> None:
    """Two days that there are not, an ID number that was destroyed; every row was judged all the same."""
    texts = {one.text for one in audit.unread}

    assert {"2023.13.1", "2025.2.30"} <= texts
    assert audit.complete


def test_the_ledger_ends_with_findings(examples: Path, root: Path) -> None:
    """The command that README shows: exit code 1, and a report in JSON."""
    command = ("-m", "devrules", "audit", examples / "ledger.xlsx", "--as-of", str(AS_OF), "--format", "json")

    done = run(*command, cwd=root)

    assert (1, "") == (done.returncode, done.stderr)
    assert json.loads(done.stdout)["summary"]["dossiers"] >= 40


def test_the_ledger_is_what_its_script_makes(examples: Path, tmp_path: Path) -> None:
    """Cell by cell; the files themselves carry the time at which they were made."""
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from make_ledger import make\n"
        "make().save(Path(sys.argv[2]))"
    )

    done = run("-c", code, examples, tmp_path / "ledger.xlsx", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    assert cells(tmp_path / "ledger.xlsx") == cells(examples / "ledger.xlsx")


def test_the_ledger_of_the_demonstration_is_the_same(examples: Path) -> None:
    """`devrules demo` audits a copy that lies in the package."""
    assert (files("devrules.cli") / "demo.xlsx").read_bytes() == (examples / "ledger.xlsx").read_bytes()


def test_the_dossier_can_be_checked(examples: Path) -> None:
    """A prospect with two lamps on, both at the next gate."""
    rules = devrules.load()
    report = rules.check(rules.read_dossier(examples / "dossier.json"), as_of=AS_OF)

    assert report.stage
    assert report.stage.id == "prospect"
    assert {"political-review-material": "red", "training-long-enough": "yellow"} == {
        finding.rule: finding.lamp for finding in report.lamps
    }


def test_the_portal_runs(examples: Path, tmp_path: Path) -> None:
    """It shows the gate with its lamps."""
    done = run("-X", "utf8", examples / "embed.py", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    assert "报党委预审: 亮灯" in done.stdout
    assert "第13条" in done.stdout


def test_the_portal_with_its_own_tables_runs(examples: Path, tmp_path: Path) -> None:
    """One person walks through all stages; one gate is filed with a lamp on, and a statement written."""
    done = run("-X", "utf8", examples / "own_tables.py", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    assert [
        "2021-06-15 积极分子备案亮灯: 入党积极分子人选经推荐、推优等方式产生",
        "2021-06-15 已作情况说明",
        "2021-06-15 入党积极分子",
        "2022-09-20 发展对象",
        "2023-01-05 预备党员",
        "2023-12-20 正式党员",
        "2024-01-05 全部规则亮灯: 入党积极分子人选经推荐、推优等方式产生",
    ] == done.stdout.splitlines()
    assert [] == list(tmp_path.iterdir())


def test_the_tables_of_the_docs_are_up_to_date(root: Path) -> None:
    """`python docs/make_tables.py` writes them anew."""
    done = run("-X", "utf8", root / "docs" / "make_tables.py", "--check", cwd=root)

    assert ("up to date\n", "") == (done.stdout, done.stderr)


def test_the_overlay_of_the_docs_is_sound(root: Path, tmp_path: Path) -> None:
    """The rules on the page that says how rules are written can be loaded, and their cases hold."""
    page = (root / "docs" / "reference" / "rules-format.md").read_text(encoding="utf-8")
    for name, text in TOML.findall(page):
        file = tmp_path / (name if name.endswith(".toml") else f"{name}/all.toml")
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(f"{text}\n")

    class Plugin:
        @hookimpl
        def devrules_rulesets(self) -> list[RulesetSource]:
            return [RulesetSource("school", tmp_path, "1")]

    rules = devrules.load(plugins=[Plugin()], overlays=["school"])
    school = rules.rulesets[-1]

    assert set(CHECKS.values()) == {type(body) for rule in school.rules for body in rule.bodies.values()}
    assert school.cases
    assert [] == [wrong for case in school.cases for wrong in run_case(rules, case).wrong]
