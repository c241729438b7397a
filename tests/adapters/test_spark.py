"""Spark judges populations, and comes to the same as DuckDB and the reference."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree, which

import attrs
import pytest

if not os.environ.get("DEVRULES_REQUIRE_SPARK"):
    pytest.importorskip("pyspark")
    if not (os.environ.get("JAVA_HOME") or which("java")):
        pytest.skip("Spark needs Java 17 or later", allow_module_level=True)

import duckdb
from pyspark.sql import SparkSession
from sqlglot import parse_one

# The dossiers that the property tests judge are judged here, too.
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))

from dossiers import Sample, samples
from judging import OneByOne

import devrules
import devrules_spark
import devrules_xize
from devrules.api.populations import Populations
from devrules.cli import exits, main
from devrules.days import ChineseCalendar
from devrules.errors import EngineDisagreement, InvalidInput, UsageError
from devrules.population.api import PopulationVerdicts
from devrules.population.sql import column, greatest, least, number, shifted
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.measures import Measure, in_order
from devrules.program.outcomes import measures
from devrules.program.program import Program
from devrules.ruleset.from_toml import load_ruleset
from devrules_duckdb.files import write
from devrules_duckdb.population import judge_population as judge_by_duckdb
from devrules_spark import population as by_spark
from devrules_spark import session as sessions
from devrules_spark.population import judge_population
from devrules_spark.sql import spark_sql

# A socket of Spark's is closed when it is collected.
pytestmark = [pytest.mark.filterwarnings("ignore::ResourceWarning"), pytest.mark.timeout(900)]
AS_OF = date(2026, 7, 1)
NUMBER = int(os.environ.get("DEVRULES_DOSSIERS", "300"))


@pytest.fixture(scope="module")
def few() -> Program:
    """Those national rules that bring a kind of measure that none before them has: to plan them all takes minutes."""
    xize = load_ruleset(Path(devrules_xize.__file__).parent, ruleset_id="xize", version="0", national=True)
    seen: set[type[Measure]] = set()
    chosen: set[str] = set()
    for compiled in compile_rulesets([xize], ChineseCalendar()).rules:
        kinds = set(map(type, in_order(list(measures(compiled)))))
        if not kinds <= seen:
            chosen.add(compiled.id)
            seen |= kinds
    rules = tuple(rule for rule in xize.rules if rule.id in chosen)
    return compile_rulesets([attrs.evolve(xize, rules=rules)], ChineseCalendar())


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One session for all, on two cores; what is compiled only once is not worth compiling well."""
    scratch = str(tmp_path_factory.mktemp("spark"))
    settings = sessions.LOCAL | {
        "spark.master": "local[2]",
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "2",
        "spark.local.dir": scratch,
        "spark.sql.warehouse.dir": scratch,
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def batch(few: Program) -> list[Sample]:
    """Dossiers as sources record them: imprecise, with gaps, of sources that keep less."""
    found = samples(7, NUMBER, few.kinds)
    return [Sample(attrs.evolve(one.dossier, id=f"{n}"), AS_OF) for n, one in enumerate(found)]


@pytest.fixture(scope="module")
def folder(batch: list[Sample], few: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Them as a population, and a branch among them, which is nobody's concern here."""
    made = tmp_path_factory.mktemp("population") / "of" / "many"
    branch = attrs.evolve(batch[0].dossier, id="branch", subject="organisation")
    write([*(one.dossier for one in batch), branch], made, few.kinds)
    return made


@pytest.fixture(scope="module")
def told(spark: SparkSession, folder: Path, few: Program) -> PopulationVerdicts:
    """What Spark tells; its verdicts are beside the population."""
    return judge_population(folder, {"person": few}, AS_OF, folder.parent / "by-spark", spark=spark)


@pytest.fixture(scope="module")
def one(few: Program) -> Program:
    """A single rule, where it is of no account what is judged."""
    xize = load_ruleset(Path(devrules_xize.__file__).parent, ruleset_id="xize", version="0", national=True)
    rules = tuple(rule for rule in xize.rules if rule.id == few.rules[0].id)
    return compile_rulesets([attrs.evolve(xize, rules=rules)], ChineseCalendar())


@pytest.fixture
def people(spark: SparkSession, one: Program) -> Populations:
    """The single rule as hosts have it; Spark judges in the session that is active."""
    assert spark.getActiveSession() is not None
    return Populations(devrules.load().plugins, {"person": one})


def read(folder: Path) -> dict[str, dict[str, str]]:
    """Read verdicts: id to rule to verdict."""
    rows = duckdb.connect().sql(f"FROM read_parquet('{folder}/person-*.parquet') ORDER BY dossier")
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
    return {row.pop("id"): {name: row[name] for name in row if name not in ("dossier", "clash")} for row in found}


def test_spark_comes_to_what_duckdb_comes_to(told: PopulationVerdicts, folder: Path, few: Program) -> None:
    """Files of the same names with the same columns and rows; the same counts."""
    out = folder.parent / "by-duckdb"
    out.mkdir()
    expected = judge_by_duckdb(folder, {"person": few}, AS_OF, out)
    one, other = (f"(FROM read_parquet('{folder.parent}/by-{name}/person-*.parquet'))" for name in ("duckdb", "spark"))
    database = duckdb.connect()

    assert [] == database.sql(f"{one} EXCEPT ALL {other}").fetchall()
    assert [] == database.sql(f"{other} EXCEPT ALL {one}").fetchall()
    assert (NUMBER, expected.counts) == (told.dossiers, told.counts)
    assert told.engine.startswith("spark 4.")


def test_spark_comes_to_what_the_reference_comes_to(
    told: PopulationVerdicts, folder: Path, few: Program, batch: list[Sample]
) -> None:
    """Dossier by dossier, rule by rule; and every verdict but a waiver's and a person's occurs."""
    assert told.dossiers == len(batch)
    reference = OneByOne(few)
    expected = {one.dossier.id: reference.expect(one).verdicts for one in batch}
    found = read(folder.parent / "by-spark")
    known = {who: {rule: one for rule, one in of.items() if one != "unknown"} for who, of in found.items()}

    assert expected == known
    assert {"pass", "fail", "pending", "unknown", "not_applicable"} <= {
        one for of in found.values() for one in of.values()
    }


def test_the_session_of_the_host_is_left_as_it_is(told: PopulationVerdicts, spark: SparkSession) -> None:
    """It is not stopped, keeps its settings, and has no views."""
    assert told.dossiers
    assert spark.range(3).count() == 3
    assert spark.conf.get("spark.sql.adaptive.enabled") == "true"
    assert [] == spark.catalog.listTables()


def test_everything_wrong_is_told_at_once(spark: SparkSession, folder: Path, few: Program, tmp_path: Path) -> None:
    """With counts, the numbers of some dossiers, and remedies; and nothing is written."""
    change = {
        "dossier": "SELECT * REPLACE (CASE dossier WHEN 3 THEN '4' ELSE id END AS id,"
        " CASE dossier WHEN 8 THEN ['tea'] ELSE recorded_kinds END AS recorded_kinds)",
        "record": "SELECT * REPLACE (CASE dossier WHEN 5 THEN 'talkk' ELSE kind END AS kind,"
        " CASE dossier WHEN 6 THEN DATE '2200-01-01' ELSE day_low END AS day_low)",
        "member": "SELECT * REPLACE (dossier + 1000000 AS dossier)",
        "sanction": "SELECT *",
    }
    for table, query in change.items():
        duckdb.sql(f"COPY ({query} FROM '{folder}/{table}.parquet') TO '{tmp_path}/{table}.parquet' (FORMAT parquet)")

    with pytest.raises(InvalidInput) as raised:
        judge_population(tmp_path, {"person": few}, AS_OF, tmp_path / "out", spark=spark)
    said = str(raised.value)
    for part in (
        f"{tmp_path}/dossier.parquet: 1 × the same id twice; dossiers [3] (give every dossier an id of its own)",
        "recorded_kinds names 'tea', which there is not; dossiers [8]",
        "no such kind of record: 'talkk'; dossiers [5] (did you mean 'talk'?)",
        "day_low is after day_high, or only one of them is stated; dossiers [6]",
        "member.parquet:",
        "no such dossier",
        "people names no member of the dossier",
    ):
        assert part in said
    assert {f"{table}.parquet" for table in change} == {path.name for path in tmp_path.iterdir()}


def test_missing_tables_and_columns_are_told_at_once(
    spark: SparkSession, folder: Path, few: Program, tmp_path: Path
) -> None:
    """Those of another type and format, too; a number may be a smaller one."""
    changed = "* EXCLUDE (status) REPLACE (position::VARCHAR AS position, votes_for::TINYINT AS votes_for)"
    duckdb.sql(
        f"COPY (SELECT {changed} FROM '{folder}/record.parquet') TO '{tmp_path}/record.parquet'"  # noqa: S608
        " (FORMAT parquet, KV_METADATA {devrules: 'devrules.population/0'})"
    )
    (tmp_path / "member.parquet").write_text("no columns", encoding="utf-8")

    with pytest.raises(InvalidInput) as raised:
        judge_population(tmp_path, {"person": few}, AS_OF, tmp_path / "out", spark=spark)
    said = str(raised.value)
    assert "dossier.parquet: is missing" in said
    assert "member.parquet: is no Parquet file" in said
    assert "record.parquet: has the format 'devrules.population/0'" in said
    assert "status: the column is missing (add it: string)" in said
    assert "position: the column is string (cast it to bigint)" in said
    assert "votes_for" not in said
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_empty_is_left_alone(
    spark: SparkSession, folder: Path, few: Program, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match="is not empty"):
        judge_population(folder, {"person": few}, AS_OF, tmp_path, spark=spark)
    assert ["notes.txt"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["人员 [1]", "pop[1]", "{pop1,pop?}*%20#", "subject=organisation"])
def test_a_folder_may_have_any_name(people: Populations, batch: list[Sample], tmp_path: Path, name: str) -> None:
    """It is no pattern that others fit, adds no column, and nothing in it is unescaped."""
    whose = {"pop1": batch[:1], "pop2": batch[1:2], "人员 1": batch[2:3], name: batch[3:6]}
    for folder, of in whose.items():
        write([sample.dossier for sample in of], tmp_path / folder, people.program.kinds)
    copytree(tmp_path / name, tmp_path / "plain")
    out, expected = tmp_path / f"of {name}", tmp_path / "expected"

    told = people.judge_population(tmp_path / name, as_of=AS_OF, out=out, engine="spark")

    people.judge_population(tmp_path / "plain", as_of=AS_OF, out=expected, engine="duckdb")
    copytree(out, tmp_path / "found")
    assert told.dossiers == len(read(expected)) == 3
    assert read(expected) == read(tmp_path / "found")


def test_verdicts_replace_those_of_before(people: Populations, batch: list[Sample], tmp_path: Path) -> None:
    """Nothing but verdicts is beside them, as of sums, which would stand in the way."""
    write([batch[0].dossier], tmp_path / "one", people.program.kinds)
    write([one.dossier for one in batch[:3]], tmp_path / "three", people.program.kinds)
    out = tmp_path / "verdicts"
    people.judge_population(tmp_path / "three", as_of=AS_OF, out=out, engine="spark")
    assert {".parquet"} == {path.suffix for path in out.iterdir()}

    people.judge_population(tmp_path / "one", as_of=AS_OF, out=out, engine="spark", replace=True)

    assert [batch[0].dossier.id] == [*read(out)]
    assert {out.name, "one", "three"} == {path.name for path in tmp_path.iterdir()}


def test_a_folder_of_this_machine_is_not_looked_for_elsewhere(
    spark: SparkSession, people: Populations, batch: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Spark keeps its files in a cluster, a path alone would be one there."""
    write([batch[0].dossier], tmp_path / "here", people.program.kinds)
    monkeypatch.chdir(tmp_path)
    hadoop = spark.sparkContext._jsc.hadoopConfiguration()
    before = hadoop.get("fs.defaultFS")
    hadoop.set("fs.defaultFS", "hdfs://nobody.invalid:1")
    try:
        told = people.judge_population("here", as_of=AS_OF, out="verdicts", engine="spark")
    finally:
        hadoop.set("fs.defaultFS", before)

    assert told.dossiers == 1
    assert [batch[0].dossier.id] == [*read(tmp_path / "verdicts")]


def test_of_many_that_are_wrong_three_are_shown(
    spark: SparkSession, one: Program, batch: list[Sample], tmp_path: Path
) -> None:
    """Those with the least numbers, each once, with the count of all; what may be of a person is masked."""
    write([one.dossier for one in batch], tmp_path / "right", one.kinds)
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    changed = "* REPLACE ('of 110101199003070016' AS kind)"
    for table in ("dossier", "record", "member", "sanction"):
        query = f"SELECT {changed if table == 'record' else '*'} FROM '{tmp_path}/right/{table}.parquet'"  # noqa: S608
        duckdb.sql(f"COPY ({query}) TO '{wrong}/{table}.parquet' (FORMAT parquet)")
    count, least = duckdb.sql(
        f"SELECT count(*), list_sort(list(DISTINCT dossier))[:3] FROM '{wrong}/record.parquet'"  # noqa: S608
    ).fetchall()[0]

    with pytest.raises(InvalidInput) as raised:
        judge_population(wrong, {"person": one}, AS_OF, tmp_path / "out", spark=spark)

    assert f"record.parquet: {count} × no such kind of record: 'of 110*************16'; dossiers {least}" in str(
        raised.value
    )
    assert "110101199003070016" not in str(raised.value)
    assert count > len(least) == 3


def test_two_outcomes_at_once_are_told(spark: SparkSession) -> None:
    verdicts = spark.createDataFrame([(1, "a", "pass", "talk")], "dossier long, id string, talk string, clash string")

    with pytest.raises(EngineDisagreement, match="rule talk"):
        by_spark._count(verdicts, {})


def test_without_java_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before Spark would say so in its own way."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(UsageError, match="needs Java 17"):
        sessions.find_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match="needs Java 17"):
        sessions.find_java()


def test_java_is_found_where_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By the name that a program has on this system."""
    java = tmp_path / "bin" / ("java.exe" if sys.platform == "win32" else "java")
    java.parent.mkdir()
    java.touch(mode=0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    sessions.find_java()


def test_the_command_line_names_the_engine_and_what_is_wrong(
    spark: SparkSession, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the session that is active; without a traceback, with the code for what cannot be judged."""
    assert spark.getActiveSession() is not None
    bad = copytree(folder, tmp_path / "bad")
    (bad / "sanction.parquet").unlink()

    code = main(["population", "judge", str(bad), "--engine", "spark", "--out", str(tmp_path / "out")])

    said = capsys.readouterr().err
    assert exits.NOT_JUDGED == code
    assert "sanction.parquet: is missing" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_dossiers_that_are_objects_are_not_for_spark(batch: list[Sample]) -> None:
    rules = devrules.load(engine="spark")

    assert rules.engine.startswith("spark 4.")
    with pytest.raises(UsageError, match="population judge"):
        rules.check(batch[0].dossier, as_of=AS_OF)
    assert devrules_spark.devrules_column_engine("flink") is None


def test_expressions_are_written_as_spark_has_them() -> None:
    """Days and months as whole numbers of 32 bits, days between days, and no least of one."""
    months = devrules.days.Period(months=1)
    said = spark_sql(parse_one("SELECT 1").select(least(column("a")), greatest(column("b"), number(1))))
    moved = spark_sql(shifted(column("a"), months))

    assert said == "SELECT 1, `a`, GREATEST(`b`, 1)"
    assert "ADD_MONTHS(" in moved
    assert "AS INT)" in moved
    assert "DATEDIFF(" in moved
    assert "TIMESTAMPDIFF" not in moved


def test_numbers_are_counted_off_and_not_compared() -> None:
    """A join with the table of numbers becomes a list for each row; where the span is negative, none."""
    said = spark_sql(parse_one("SELECT s.k FROM t AS b JOIN series AS s ON (s.k * 28) <= b.x - b.y"))

    assert "JOIN" not in said
    assert "LATERAL VIEW EXPLODE(CASE WHEN (`b`.`x` - `b`.`y`) >= 0 THEN SEQUENCE(" in said
    assert "(`b`.`x` - `b`.`y`) DIV 28" in said
