"""Populations under audit: the same findings as of the dossiers themselves, whichever engine judges."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from benchmarks.dossiers import varied

import devrules
from devrules.api.streamed import AT_ONCE, Streamed
from devrules.cli import main, options
from devrules.days import ChineseCalendar
from devrules.dossier.model import Dossier
from devrules.engine.durable import available
from devrules.errors import EngineDisagreement, InvalidInput, UsageError
from devrules.plugin import hookimpl
from devrules.population.api import PopulationVerdicts
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.program import Program
from devrules.ruleset.model import Ruleset

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine

AS_OF = date(2027, 6, 1)
RULES = ("talk-within-one-month", "majority-at-general-meeting", "notice-five-working-days", "contacts-full-members")
ENGINES = ["reference", pytest.param("durable", marks=pytest.mark.skipif(available() is None, reason="not built"))]


class Ready:
    """A plugin whose engine ``duckdb`` is one for all tests: it prepares a program once."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.engine = engine

    @hookimpl(tryfirst=True)
    def devrules_column_engine(self, name: str) -> DuckDBEngine | None:
        return self.engine if name == "duckdb" else None


@pytest.fixture(scope="module")
def tiny(ruleset: Ruleset) -> Program:
    """Four of the national rules: a quick preparation."""
    rules = tuple(rule for rule in ruleset.rules if rule.id in RULES)
    return compile_rulesets([attrs.evolve(ruleset, rules=rules)], ChineseCalendar())


@pytest.fixture(scope="module")
def rules_by(tiny: Program, duckdb_engine: DuckDBEngine) -> Any:
    """Makes these rules, judged by an engine."""
    plugins = devrules.load(plugins=[Ready(duckdb_engine)]).plugins
    return lambda engine: devrules.Rules({"person": tiny}, plugins, engine)


@pytest.fixture(scope="module")
def dossiers(rules_by: Any) -> list[Dossier]:
    return [rules_by("reference").read_dossier(plain) for plain, _ in varied(40)]


@pytest.fixture(scope="module")
def folder(rules_by: Any, dossiers: list[Dossier], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("audit") / "population"
    assert rules_by("reference").write_population(dossiers, out=made).dossiers == len(dossiers)
    return made


@pytest.fixture(scope="module")
def audit(rules_by: Any, dossiers: list[Dossier]) -> devrules.Audit:
    """The dossiers themselves, judged by the reference."""
    audited: devrules.Audit = rules_by("reference").audit(dossiers, as_of=AS_OF)
    return audited


@pytest.fixture(scope="module")
def by_duckdb(rules_by: Any, folder: Path) -> tuple[PopulationVerdicts, Path]:
    out = folder.parent / "verdicts"
    return rules_by("duckdb").judge_population(folder, as_of=AS_OF, out=out), out


def lines(audit: devrules.Audit, target: Path) -> list[dict[str, Any]]:
    """The report in JSON lines, without the engine, which differs."""
    audit.save(target, form="jsonl")
    return [json.loads(line) | {"engine": ""} for line in target.read_text(encoding="utf-8").splitlines()]


def rows(folder: Path) -> list[tuple[Any, ...]]:
    import duckdb  # noqa: PLC0415  # an extra

    with duckdb.connect() as connection:
        return connection.sql(f"FROM read_parquet('{folder}/*.parquet') ORDER BY dossier").fetchall()


@pytest.mark.parametrize("engine", [*ENGINES, "duckdb"])
def test_every_engine_finds_in_a_population_what_is_found_in_its_dossiers(
    engine: str, rules_by: Any, folder: Path, audit: devrules.Audit, tmp_path: Path
) -> None:
    """Findings, stages and gates."""
    found = rules_by(engine).audit(folder, as_of=AS_OF)

    assert engine.partition("-")[0] in found.engine
    assert lines(audit, tmp_path / "a.jsonl") == lines(found, tmp_path / "b.jsonl")


def test_reports_that_are_not_kept_are_the_same(
    rules_by: Any, folder: Path, dossiers: list[Dossier], audit: devrules.Audit, tmp_path: Path
) -> None:
    """They are made anew each time; the dossiers that are handed in come first."""
    found = rules_by("reference").audit(folder, dossiers[:1], as_of=AS_OF, keep=False)

    first, *others = lines(found, tmp_path / "a.jsonl")
    assert [first, *others] == lines(found, tmp_path / "b.jsonl")
    assert others == lines(audit, tmp_path / "c.jsonl")
    assert others[0] == first
    assert len(dossiers) + 1 == len(found.reports)
    assert dossiers[-1].id == found.reports[-1].dossier.id
    assert [dossiers[0].id] * 2 == [one.dossier.id for one in found.reports[:2]]
    with pytest.raises(IndexError):
        found.reports[len(dossiers) + 1]


def test_only_some_dossiers_are_judged_at_once(audit: devrules.Audit) -> None:
    """And those on which engines differ are told, anew each time."""
    report, asked = audit.reports[0], []

    def judge(dossiers: Sequence[Dossier]) -> tuple[list[devrules.Report], list[tuple[str, EngineDisagreement]]]:
        asked.append(len(dossiers))
        return [report] * len(dossiers), [("7", EngineDisagreement("one", ["pass", "fail"]))]

    reports = Streamed((), [[report.dossier] * (AT_ONCE + 1)], judge)

    for _ in range(2):
        assert AT_ONCE + 1 == sum(1 for _ in reports)
        assert 2 == len(reports.disagreements)
    assert [AT_ONCE, 1] * 2 == asked


def test_one_of_the_reports_that_are_not_kept(audit: devrules.Audit) -> None:
    """From either end as of a list, also where there is no report of a dossier on which engines differ."""

    def judge(dossiers: Sequence[Dossier]) -> tuple[list[devrules.Report], list[tuple[str, EngineDisagreement]]]:
        return [one for one in audit.reports if one.dossier in dossiers[1:]], []

    reports, kept = Streamed([one.dossier for one in audit.reports], (), judge), audit.reports[1:]

    assert len(kept) > 1
    for n in range(-len(kept), len(kept)):
        assert kept[n] is reports[n]
    for n in (len(kept), -len(kept) - 1, -len(reports) - 1, 10**30, -(10**30)):
        with pytest.raises(IndexError):
            reports[n]
    assert kept[-2:] == tuple(reports[-2:])


@pytest.mark.parametrize("index", [0, -1, 1])
def test_there_is_none_of_nobody(index: int) -> None:
    """Neither from the front nor from the end."""
    nobody = Streamed((), (), lambda _: ((), ()))

    with pytest.raises(IndexError):
        nobody[index]
    assert [] == nobody[:]


def test_what_is_judged_at_once_chooses_the_engine(
    rules_by: Any, folder: Path, dossiers: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The column-wise one is for many at a time, also of those that are stored."""
    from devrules.api import rules  # noqa: PLC0415  # only here

    judging = rules_by("auto")
    chosen = {}
    for few in (len(dossiers) - 1, len(dossiers)):
        monkeypatch.setattr(rules, "COLUMNS_FROM", few)
        chosen[few] = judging.audit(folder, as_of=AS_OF, keep=False).engine.partition(" ")[0]
    monkeypatch.setattr(rules, "COLUMNS_FROM", 1)
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    one_by_one = judging.audit(folder, as_of=AS_OF, keep=False).engine

    assert {len(dossiers) - 1: "duckdb", len(dossiers): judging.engine.partition(" ")[0]} == chosen
    assert judging.engine == one_by_one


def test_a_folder_that_is_no_population_is_told(rules_by: Any, dossiers: list[Dossier], tmp_path: Path) -> None:
    """What else there is, is judged all the same."""
    found = rules_by("reference").audit(tmp_path, dossiers[:1], as_of=AS_OF)

    assert 1 == len(found.reports)
    assert not found.complete
    assert all(table in str(found.problems) for table in ("dossier.parquet", "record.parquet", "member.parquet"))


def test_a_file_that_is_damaged_is_told(rules_by: Any, folder: Path, tmp_path: Path) -> None:
    """Its columns are found, and not all that stands in them."""
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    file = damaged / "dossier.parquet"
    size = file.stat().st_size
    found = rules_by("reference").audit(damaged, as_of=AS_OF, keep=False)
    with file.open("r+b") as out:
        out.seek(4)
        out.write(b"\xff" * (size // 4))

    with pytest.raises(InvalidInput, match="damaged"):
        list(found.reports)
    assert not rules_by("reference").audit(damaged, as_of=AS_OF).complete


def test_the_verdicts_of_durable_rules_are_those_of_duckdb(
    rules_by: Any, folder: Path, by_duckdb: tuple[PopulationVerdicts, Path], tmp_path: Path
) -> None:
    """The same files with the same rows, in one process."""
    expected, out = by_duckdb
    engine = "durable" if available() else "reference"
    told = rules_by("reference").judge_population(folder, as_of=AS_OF, out=tmp_path / "out", engine=engine, jobs=1)

    assert engine in told.engine
    assert expected.dossiers == told.dossiers
    assert expected.counts == told.counts
    assert rows(out) == rows(tmp_path / "out")
    assert [one.name for one in out.iterdir()] == [one.name for one in (tmp_path / "out").iterdir()]


def test_the_reference_comes_to_the_same_in_several_processes(
    tiny: Program, folder: Path, by_duckdb: tuple[PopulationVerdicts, Path], tmp_path: Path
) -> None:
    from devrules_duckdb.facts import judge_by_facts  # noqa: PLC0415  # an extra

    expected, out = by_duckdb
    told = judge_by_facts(folder, {"person": tiny}, AS_OF, tmp_path, engine="reference", jobs=2, shard=20)

    assert (expected.dossiers, expected.counts) == (told.dossiers, told.counts)
    assert rows(out) == rows(tmp_path)
    assert ["person-00000.parquet", "person-00001.parquet"] == sorted(one.name for one in tmp_path.iterdir())


def test_what_is_wrong_is_told_before_anything_is_judged(rules_by: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"dossier\.parquet: is missing"):
        rules_by("reference").judge_population(tmp_path, as_of=AS_OF, out=tmp_path / "out", engine="reference")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"engine": "chess"}, "no engine 'chess' judges populations"),
        ({"jobs": 0, "engine": "reference"}, "jobs 0: is no number of processes; state one from 1 on"),
        ({"jobs": 2}, "jobs 2: duckdb shares the work among the processors by itself"),
        ({"jobs": 2, "engine": "duckdb"}, "leave it out, or choose the engine durable or reference"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], told: str, rules_by: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        rules_by("reference").judge_population(tmp_path, as_of=AS_OF, out=tmp_path / "out", **asked)


def test_verdicts_are_replaced_only_when_asked(rules_by: Any, folder: Path, tmp_path: Path) -> None:
    """And no other file goes with them: a population is no folder of verdicts."""
    rules = rules_by("reference")
    (tmp_path / "person-00007.parquet").write_text("old")

    with pytest.raises(UsageError, match="is not empty"):
        rules.judge_population(folder, as_of=AS_OF, out=tmp_path)
    with pytest.raises(UsageError, match="because of other files"):
        rules.judge_population(folder, as_of=AS_OF, out=folder, replace=True)


def test_the_command_judges_and_audits(
    rules_by: Any,
    folder: Path,
    dossiers: list[Dossier],
    audit: devrules.Audit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The codes, the engine's name, a report that keeps none of its dossiers, and what is told of waivers."""
    monkeypatch.setattr(options, "load", lambda *, overlays, engine: rules_by(engine))  # noqa: ARG005  # as it is called
    failed = next(finding for finding in audit.findings if finding.lamp == "red")
    waivers = tmp_path / "waivers.toml"
    waivers.write_text(
        "".join(
            f'[[waiver]]\nrule = "{failed.rule}"\ndossier = "{dossier}"\nauthor = "张三"\nreason = "x"\n'
            "granted = 2027-01-01\nexpires = 2030-01-01\n"
            for dossier in (failed.judgement.dossier.id, "nobody")
        ),
        encoding="utf-8",
    )
    asked = ["--as-of", str(AS_OF), "--engine", "reference"]

    out = tmp_path / "out"
    out.mkdir()
    (out / "person-00007.parquet").write_text("old")

    assert 1 == main(["population", "judge", str(folder), "--jobs", "1", "--replace", "--out", str(out), *asked])
    assert ["person-00000.parquet"] == [one.name for one in out.iterdir()]
    assert f"{len(dossiers)} dossiers, judged by reference" in capsys.readouterr().out
    target = tmp_path / "report.jsonl"
    assert 1 == main(["audit", str(folder), "--waivers", str(waivers), "--out", str(target), *asked, "--lang", "en"])
    assert capsys.readouterr().err.count("a waiver met nothing") == 1
    written = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    verdicts = {finding["verdict"] for line in written for finding in line["findings"]}
    assert [one.id for one in dossiers] == [line["id"] for line in written]
    assert {"pass", "fail", "waived"} <= verdicts
    assert 4 == main(["audit", str(tmp_path), "--format", "csv", *asked])
