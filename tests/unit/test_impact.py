"""Whose verdicts another edition or an overlay changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import devrules
from devrules.cli.impact import code_of
from devrules.dossier.model import Dossier
from devrules.errors import MissingExtra
from devrules.plugin import hookimpl
from devrules.population.api import Judged
from devrules.program.program import Program

LEDGER = Path(__file__).parents[2] / "docs" / "examples" / "ledger.xlsx"
AS_OF = date(2026, 11, 21)
FORWARD: dict[str, Any] = {"from_": "xize-2014", "to": "xize-2026"}
BACK: dict[str, Any] = {"from_": "xize-2026", "to": "xize-2014"}
PROVINCE = "local-example-province"
OLD = {
    "application": [{"received": "2021-03-01"}],
    "public-notice": [{"start": "2022-08-31", "end": "2022-09-02", "outcome": "clear"}],
    "prospect-decision": [{"day": "2022-09-01"}],
    "pre-examination": [{"day": "2023-01-10", "notified": "2023-01-10", "outcome": "passed"}],
    "general-meeting": [{"day": "2023-02-20"}],
    "approval": [{"day": "2023-04-01", "notified": "2023-04-03"}],
    "oath": [{"day": "2023-05-30"}],
}
Load = Callable[..., devrules.Rules]


@pytest.fixture(scope="session")
def plain(loaded: Load) -> devrules.Rules:
    """The national rules, judged by the reference."""
    return loaded(engine="reference")


@pytest.fixture(scope="session")
def forward(plain: devrules.Rules) -> devrules.Impact:
    """The sample ledger, from the old edition to the new one."""
    return plain.impact(LEDGER, as_of=AS_OF, **FORWARD)


def turns(impact: devrules.Impact) -> dict[str, dict[tuple[str, str], int]]:
    """By rule: from which verdict to which, how often."""
    return {rule.after.id: {(old, new): n for (old, new), n in rule.turns.items()} for rule in impact.rules}


def dossier_of(rules: devrules.Rules, **records: object) -> Dossier:
    """Make a dossier whose source keeps everything."""
    whole = {"format": Dossier.FORMAT, "id": "1", "person": {"name": "张三丰"}, "recorded_kinds": "all"}
    return rules.read_dossier(whole | {"records": records})


def test_tells_what_the_new_edition_asks_of_old_acts(plain: devrules.Rules) -> None:
    """All was before 2026: a notice of three days, listed before its end, the meeting and the oath after a month."""
    [changed] = plain.impact([dossier_of(plain, **OLD)], as_of=AS_OF, **FORWARD).changed
    found = {change.after.rule: change.turn for change in changed.changes}

    asked = ("notice-five-working-days", "listed-after-notice", "meeting-within-one-month", "oath-within-one-month")
    assert dict.fromkeys(asked, ("not_applicable", "fail")) == {rule: found[rule] for rule in asked}
    assert ("not_applicable", "not_applicable", "not_applicable", "not_applicable") == tuple(
        plain.check(changed.checked.dossier, as_of=AS_OF).finding(rule).verdict for rule in asked
    )


def test_each_side_is_what_its_edition_finds(plain: devrules.Rules, forward: devrules.Impact) -> None:
    """Every verdict that is not listed is the same; every one that is listed is another."""
    dossiers = [report.dossier for report in forward.after.reports]
    changed = {
        (id(one.checked.dossier), change.after.rule): change.turn for one in forward.changed for change in one.changes
    }
    old, new = (plain.as_if(edition).audit(dossiers, as_of=AS_OF) for edition in ("xize-2014", "xize-2026"))

    for before, after in zip(old.findings, new.findings, strict=True):
        verdicts = before.verdict, after.verdict
        listed = changed.pop((id(before.judgement.dossier), before.rule), (after.verdict, after.verdict))
        assert verdicts == listed
    assert {} == changed


def test_the_way_back_is_the_mirror_image(plain: devrules.Rules, forward: devrules.Impact) -> None:
    """Who newly fails there no longer fails here."""
    back = plain.impact(LEDGER, as_of=AS_OF, **BACK)

    assert turns(forward) == {
        rule: {(new, old): count for (old, new), count in found.items()} for rule, found in turns(back).items()
    }
    assert sum(len(rule.failing) for rule in forward.rules) == sum(len(rule.relieved) for rule in back.rules) > 0


def test_the_worst_stands_first(forward: devrules.Impact) -> None:
    """Rules by how many newly fail."""
    failing = [len(rule.failing) for rule in forward.rules]

    assert sorted(failing, reverse=True) == failing
    assert forward.people_failing <= len(forward.changed) <= len(forward.after.reports)
    assert sum(failing) == len(list(forward.failing))


def test_nothing_changes_for_acts_that_both_editions_judge_alike(club: devrules.Rules) -> None:
    """Nothing is listed then."""
    dossier = club.read_dossier(
        {
            "format": Dossier.FORMAT,
            "id": "1",
            "recorded_kinds": ["application", "talk"],
            "records": {"application": [{"received": "2021-01-31"}], "talk": [{"day": "2021-02-10"}]},
        }
    )
    found = club.impact([dossier], as_of=date(2021, 6, 1), from_="club-2000", to="club-2020")

    assert ["notice-long-enough"] == list(turns(found))  # no notice is kept: not applicable, and then unknown
    assert [] == list(found.failing)


def test_durable_rules_agree(forward: devrules.Impact, loaded: Load) -> None:
    """Whoever judges, the same verdicts change; every report names who did."""
    rules = loaded(engine="auto")
    found = rules.impact(LEDGER, as_of=AS_OF, **FORWARD)

    assert turns(forward) == turns(found)
    assert "reference" == forward.after.engine
    assert rules.engine == found.after.engine == found.before.engine


def test_a_column_wise_engine_agrees(club: devrules.Rules, plain: devrules.Rules) -> None:
    """It judges both ways, too."""
    try:
        columns = devrules.Rules({"person": club.program}, plain.plugins, "duckdb")
    except MissingExtra as error:
        pytest.skip(str(error))
    dossiers = [
        dossier_of(club, application=[{"received": "2010-01-31"}], talk=[{"day": talk}], notice=[{"start": talk}])
        for talk in ("2010-02-28", "2010-02-20/2010-03-10", "2010-03-31", "2010-04-01")
    ]
    asked: dict[str, Any] = {"from_": "club-2000", "to": "club-2020"}
    expected, found = (rules.impact(dossiers, as_of=date(2021, 6, 1), **asked) for rules in (club, columns))

    assert turns(expected) == turns(found)
    assert {("pass", "fail"): 1, ("pass", "unknown"): 1} == turns(found)["talk-in-time"]
    assert columns.engine == found.after.engine != expected.after.engine


def test_an_overlay_that_is_added_changes_its_own_rules_only(plain: devrules.Rules) -> None:
    """It only adds: every change begins where there was no such rule; local rules are yellow."""
    found = plain.impact(LEDGER, as_of=AS_OF, add_overlay=PROVINCE)
    own = {rule.id for rule in found.after.rulesets[-1].rules}

    assert own >= set(turns(found)) > set()
    assert {None} == {rule.before for rule in found.rules}
    assert {"yellow"} == {finding.lamp for finding in found.failing}


def test_acts_are_judged_by_their_own_edition_where_an_overlay_is_added(plain: devrules.Rules) -> None:
    """That is no question about editions."""
    found = plain.impact(LEDGER, as_of=AS_OF, add_overlay=PROVINCE)
    audit = plain.audit(LEDGER, as_of=AS_OF)

    before = (finding for report in found.before.reports for finding in report.findings)
    assert [one.verdict for one in audit.findings] == [one.verdict for one in before]


def test_records_that_only_the_overlay_knows_are_no_matter_before(plain: devrules.Rules, loaded: Load) -> None:
    """They are left out there, and judged afterwards."""
    overlay, kind = "epioneer-2023", "application-approval"
    rules = loaded(overlays=(overlay,), engine="reference")
    dossier = dossier_of(rules, **{"application": [{"received": "2026-06-01"}], kind: [{"day": "2026-06-02"}]})
    found = plain.impact([dossier], as_of=AS_OF, add_overlay=overlay)

    assert kind in found.after.reports[0].dossier.records
    assert kind not in found.before.reports[0].dossier.records


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, r"compare two editions \(from, to\), or add an overlay: one of the two"),
        ({"from_": "xize-2014"}, "compare two editions"),
        ({**FORWARD, "add_overlay": PROVINCE}, "one of the two"),
        (
            {"from_": "xize-2014", "to": "xize-2025"},
            r"no edition 'xize-2025'; there are: xize-2014, xize-2026, .*2026'\?",
        ),
        ({"from_": "xize-2014", "to": "charter-2022"}, "are editions of two regulations: xize, charter"),
        ({"from_": "xize-2026", "to": "xize-2026"}, "is compared with itself; there are: xize-2014, xize-2026"),
        ({"add_overlay": "local-example"}, "there is no overlay 'local-example'; did you mean 'local-example-"),
        ({"add_overlay": "zzz"}, f"there are: .*{PROVINCE}"),
    ],
)
def test_what_is_asked_must_be_clear(plain: devrules.Rules, asked: dict[str, Any], said: str) -> None:
    """Else it is told what there is."""
    with pytest.raises(devrules.UsageError, match=said):
        plain.impact(LEDGER, as_of=AS_OF, **asked)


def test_an_overlay_is_not_added_twice(loaded: Load) -> None:
    """It would change nothing."""
    rules = loaded(overlays=(PROVINCE,), engine="reference")

    with pytest.raises(devrules.UsageError, match="is among the rules already"):
        rules.impact(LEDGER, as_of=AS_OF, add_overlay=PROVINCE)


def test_editions_are_compared_with_the_overlays_that_are_loaded(loaded: Load) -> None:
    """A rule of the province that extends one of the new edition asks nothing under the old one."""
    found = loaded(overlays=(PROVINCE,), engine="reference").impact(LEDGER, as_of=AS_OF, **FORWARD)
    steps = turns(found)["province-origin-notice"]

    assert {"not_applicable"} == {old for old, _ in steps}


def test_what_could_not_be_read_is_told_once(plain: devrules.Rules, tmp_path: Path) -> None:
    """The sources are read once, and judged twice."""
    found = plain.impact(tmp_path / "none.csv", LEDGER, as_of=AS_OF, **FORWARD)

    assert not found.after.complete
    assert found.before.complete
    assert len(found.before.reports) == len(found.after.reports) > 0


class Quarrelling:
    """A plugin with an engine that knows nothing, and that finds two outcomes of a rule by the old edition."""

    name = "quarrel 1"

    @hookimpl
    def devrules_column_engine(self, name: str) -> Quarrelling | None:
        """Offer itself."""
        return self if name == "quarrel" else None

    def judge(self, program: Program, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> list[Judged]:
        """Disagree on one dossier."""
        assert len(dossiers) == len(as_of)
        old = program.rulesets[0].regulations[0].editions[-1].id == "club-2000"
        if old and any(dossier.id == "2" for dossier in dossiers):
            raise devrules.EngineDisagreement("two-guides", ["pass", "fail"])
        return [Judged([None] * len(program.measures), {} if old else {"quorum-met": "pass"}) for _ in dossiers]


def test_of_whom_engines_disagree_nothing_is_compared(club: devrules.Rules) -> None:
    """It is told; the others are compared, and the exit code says that devrules has a defect."""
    rules = devrules.Rules({"person": club.program}, devrules.load(plugins=[Quarrelling()]).plugins, "quarrel")
    dossiers = [attrs.evolve(dossier_of(club), id=name) for name in ("1", "2", "3")]
    found = rules.impact(dossiers, as_of=AS_OF, from_="club-2000", to="club-2020")

    assert ["1", "3"] == [one.checked.dossier.id for one in found.changed]
    assert {("unknown", "pass"): 2} == turns(found)["quorum-met"]
    assert ["2"] == [dossier for dossier, _ in found.before.disagreements]
    assert 5 == code_of(found, "never")


def test_prints_itself(forward: devrules.Impact) -> None:
    """As the command does."""
    assert str(forward).startswith("假设分析：不论何时办理，全部行为先都按2014年版、再都按2026年版判断")
