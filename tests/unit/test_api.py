from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.plugin import RulesetSource, hookimpl
from devrules.population.api import Judged
from devrules.program.program import Program

AS_OF = date(2021, 6, 1)
APPLIED = {"application": [{"received": "2021-01-31"}]}


class School:
    """A plugin that brings an overlay."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @hookimpl
    def devrules_rulesets(self) -> list[RulesetSource]:
        """Offer it."""
        return [RulesetSource("school", self.folder, "2")]


class Abacus:
    """A plugin with a column-wise engine that knows nothing."""

    name = "abacus 1"

    @hookimpl
    def devrules_column_engine(self, name: str) -> Abacus | None:
        """Offer itself."""
        return self if name == "abacus" else None

    def judge(self, program: Program, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> list[Judged]:
        """Know nothing."""
        assert len(dossiers) == len(as_of)
        return [Judged([None] * len(program.measures), {}) for _ in dossiers]


@pytest.fixture
def school(tmp_path: Path) -> School:
    """An overlay of one rule on the national ones."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "1.toml").write_text(
        """
[oath-follows-approval]
title = { zh = "批准后宣誓", en = "The oath follows the approval" }
judges = "oath"
strength = "local"
row = "S-1"
in_order = { first = "approval.day", then = "oath.day" }
remedy = { zh = "重新宣誓", en = "Take the oath again" }
cites = { xize-2026 = { article = "29", verified = "C" } }
""",
        encoding="utf-8",
    )
    return School(tmp_path)


def test_an_overlay_is_loaded_where_it_is_named(school: School) -> None:
    """It only adds."""
    alone, both = devrules.load(plugins=[school]), devrules.load(plugins=[school], overlays=["school"])

    assert ["xize"] == [ruleset.id for ruleset in alone.rulesets]
    assert ["xize", "school"] == [ruleset.id for ruleset in both.rulesets]
    assert "oath-follows-approval" == both.program.rules[-1].id
    assert len(alone.program.rules) + 1 == len(both.program.rules)


def test_what_an_overlay_finds_is_local(school: School) -> None:
    """And so yellow."""
    rules = devrules.load(plugins=[school], overlays=["school"], engine="reference")
    records = {"approval": [{"day": "2026-08-02"}], "oath": [{"day": "2026-08-01"}]}
    dossier = rules.read_dossier({"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records})
    finding = rules.check(dossier, as_of=date(2026, 9, 1)).finding("oath-follows-approval")

    assert ("fail", "yellow", "local") == (finding.verdict, finding.lamp, finding.strength)


def test_there_is_no_such_overlay(school: School) -> None:
    """What was meant is told."""
    with pytest.raises(devrules.UsageError, match="there is no overlay 'shcool'; did you mean 'school'"):
        devrules.load(plugins=[school], overlays=["shcool"])


def test_there_is_no_such_engine() -> None:
    """Neither built in nor from a plugin."""
    with pytest.raises(devrules.UsageError, match="there is no engine 'abacus'"):
        devrules.load(engine="abacus")


def test_a_plugin_brings_an_engine(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Its name stands in every report."""
    rules = devrules.Rules({"person": club.program}, devrules.load(plugins=[Abacus()]).plugins, "abacus")
    report = rules.check(member(**APPLIED), as_of=AS_OF)
    audit = rules.audit([member(**APPLIED)] * 2, as_of=AS_OF)

    assert ("abacus 1", "abacus 1") == (report.engine, audit.engine)
    assert {"unknown"} == {finding.verdict for finding in (*report, *audit.findings)}


def test_there_is_no_such_rule(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Neither among the rules nor among the findings."""
    with pytest.raises(devrules.UsageError, match=r"there is no rule 'two-giudes' \(did you mean 'two-guides'\?\)"):
        club.rule("two-giudes")
    with pytest.raises(devrules.UsageError, match=r"there is no rule 'zzz'$"):
        club.check(member(), as_of=AS_OF).finding("zzz")


def test_a_report_has_a_finding_for_every_rule(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """In the order of the rulesets; its lamps are those that are red or yellow."""
    report = club.check(member(**APPLIED), as_of=AS_OF)

    assert [compiled.id for compiled in club.program.rules] == [finding.rule for finding in report]
    assert ["talk-in-time"] == [finding.rule for finding in report.lamps]


def test_reads_a_dossier_from_a_file_or_from_plain_data(club: devrules.Rules, tmp_path: Path) -> None:
    """To the same dossier."""
    data: dict[str, Any] = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": APPLIED}
    file = tmp_path / "1.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    assert club.read_dossier(data) == club.read_dossier(file) == club.read_dossier(str(file))


def test_an_audit_goes_on_after_what_cannot_be_read(
    club: devrules.Rules, member: Callable[..., Dossier], tmp_path: Path
) -> None:
    """What could not be judged stands in it."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    audit = club.audit(broken, [member()], tmp_path / "none.csv", tmp_path / "none.json", as_of=AS_OF)

    assert 1 == len(audit.reports)
    assert not audit.complete
    assert [str(broken), str(tmp_path / "none.csv"), str(tmp_path / "none.json")] == [
        problem.where for problem in audit.problems
    ]


def test_an_audit_of_everything_is_complete(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Dossiers, as many as there are, from any source."""
    audit = club.audit([member(id="1")], (member(id="2") for _ in range(2)), as_of=AS_OF)

    assert audit.complete
    assert ["1", "2", "2"] == [report.dossier.id for report in audit.reports]
    assert 3 * len(club.program.rules) == len(list(audit.findings))


def test_the_same_dossier_gives_the_same_report(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Rules keep no state."""
    first, second = (club.check(member(**APPLIED), as_of=AS_OF) for _ in range(2))

    assert str(first) == str(second)
