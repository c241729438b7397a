"""Dossiers as columns: there and back, and judged where they lie."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from benchmarks.dossiers import varied

from devrules.dossier.convert import read_dossier
from devrules.dossier.model import Dossier, Source
from devrules.dossier.shapes import Meeting, Record, Talk
from devrules.errors import InvalidInput, UsageError
from devrules.program.program import Program

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine

AS_OF = date(2027, 6, 1)


@pytest.fixture(scope="module")
def dossiers(few: Program) -> list[Dossier]:
    read = [read_dossier(plain, few.kinds) for plain, _ in varied(60)]
    return [attrs.evolve(read[0], source=Source("a.xlsx", "Sheet1", 7)), *read[1:]]


@pytest.fixture(scope="module")
def folder(
    duckdb_engine: DuckDBEngine, dossiers: list[Dossier], few: Program, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    assert duckdb_engine.name, "where the extra is missing, its fixture has skipped"
    from devrules_duckdb.files import write  # noqa: PLC0415  # an extra

    made = tmp_path_factory.mktemp("population")
    assert write(iter(dossiers), made, few.kinds) == len(dossiers)
    return made


def test_a_dossier_comes_back_as_it_was(folder: Path, dossiers: list[Dossier], few: Program) -> None:
    from devrules_duckdb.files import read_one  # noqa: PLC0415  # an extra

    for dossier in dossiers[:8]:
        wanted = attrs.evolve(dossier, records={kind: some for kind, some in dossier.records.items() if some})
        assert wanted == read_one(folder, dossier.id, few.kinds)


def test_columns_are_judged_as_objects_are(
    duckdb_engine: DuckDBEngine, folder: Path, dossiers: list[Dossier], few: Program, tmp_path: Path
) -> None:
    """Several shards, and no dossier of an organisation."""
    import duckdb  # noqa: PLC0415  # an extra

    from devrules_duckdb.population import judge_population  # noqa: PLC0415  # an extra

    told = judge_population(folder, {"person": few}, AS_OF, tmp_path, shard=25)

    rows = duckdb.connect().sql(f"FROM read_parquet('{tmp_path}/*.parquet') ORDER BY dossier")
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
    objects = duckdb_engine.judge(few, dossiers, [AS_OF] * len(dossiers))
    assert told.dossiers == len(dossiers)
    assert [one.id for one in dossiers] == [row["id"] for row in found]
    for row, judged in zip(found, objects, strict=True):
        verdicts = {rule: row[rule] for rule in row if rule not in ("dossier", "id", "clash")}
        assert judged.verdicts == {rule: one for rule, one in verdicts.items() if one != "unknown"}
    for rule, counts in told.counts.items():
        assert sum(counts.values()) == len(dossiers)
        assert counts.get("fail", 0) == sum(row[rule] == "fail" for row in found)


def test_everything_wrong_is_told_at_once(folder: Path, few: Program, tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415  # an extra

    from devrules_duckdb.population import judge_population  # noqa: PLC0415  # an extra

    bad = tmp_path / "bad"
    bad.mkdir()
    change = {
        "dossier": "SELECT * REPLACE (CASE dossier WHEN 3 THEN '4' ELSE id END AS id)",
        "record": "SELECT * REPLACE (CASE dossier WHEN 5 THEN 'tea' ELSE kind END AS kind,"
        " CASE dossier WHEN 6 THEN DATE '2200-01-01' ELSE day_low END AS day_low)",
        "member": "SELECT * REPLACE (dossier + 1 AS dossier)",
        "sanction": "SELECT *",
    }
    for table, query in change.items():
        duckdb.sql(f"COPY ({query} FROM '{folder}/{table}.parquet') TO '{bad}/{table}.parquet' (FORMAT parquet)")

    with pytest.raises(InvalidInput) as raised:
        judge_population(bad, {"person": few}, AS_OF, tmp_path / "out")
    told = str(raised.value)
    for part in ("the same id twice", "no such kind", "day_low is after day_high", "no such dossier"):
        assert part in told


def test_a_missing_table_and_column_are_told(folder: Path, few: Program, tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415  # an extra

    from devrules_duckdb.population import judge_population  # noqa: PLC0415  # an extra

    source = f"SELECT * EXCLUDE (status) REPLACE (position::VARCHAR AS position) FROM '{folder}/record.parquet'"  # noqa: S608
    duckdb.sql(f"COPY ({source}) TO '{tmp_path}/record.parquet' (FORMAT parquet)")

    with pytest.raises(InvalidInput) as raised:
        judge_population(tmp_path, {"person": few}, AS_OF, tmp_path / "out")
    told = str(raised.value)
    assert "dossier.parquet" in told
    assert "status" in told
    assert "position: the column is VARCHAR (cast it to BIGINT)" in told


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ({"talk": (Talk(content="\ud800"),)}, "record of dossier 0: holds half a character"),
        ({"general-meeting": (Meeting(should_vote=2**64),)}, "rows cannot be made columns"),
        ({"tea": (Talk(),)}, "no such kind of record: 'tea'"),
    ],
)
def test_what_no_column_can_hold_is_told(
    duckdb_engine: DuckDBEngine, few: Program, tmp_path: Path, records: dict[str, tuple[Record, ...]], said: str
) -> None:
    """A host may make a dossier by itself; there is no folder then."""
    with pytest.raises(InvalidInput, match=said):
        duckdb_engine.write_population([Dossier("1", records=records)], tmp_path / "made", few.kinds)
    assert [] == list(tmp_path.iterdir())


def test_a_source_that_breaks_leaves_nothing(duckdb_engine: DuckDBEngine, few: Program, tmp_path: Path) -> None:
    """However it breaks; what is raised comes out as it is."""

    def breaking() -> Iterator[Dossier]:
        yield Dossier("1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        duckdb_engine.write_population(breaking(), tmp_path / "made", few.kinds)
    assert [] == list(tmp_path.iterdir())


def test_what_came_meanwhile_is_not_written_over(duckdb_engine: DuckDBEngine, few: Program, tmp_path: Path) -> None:
    """Two may write to one place; the first one stays."""
    target = tmp_path / "made"

    def slow() -> Iterator[Dossier]:
        yield Dossier("1")
        duckdb_engine.write_population([Dossier("2")], target, few.kinds)

    with pytest.raises(UsageError, match="is not empty: name another folder"):
        duckdb_engine.write_population(slow(), target, few.kinds)
    assert ["2"] == [one.id for one in duckdb_engine.read_population(target, few.kinds)]
    assert [target] == list(tmp_path.iterdir())


def test_the_page_of_the_format_is_up_to_date() -> None:
    """``python docs/make_population.py`` writes it."""
    docs = Path(__file__).parents[3] / "docs"
    made = runpy.run_path(str(docs / "make_population.py"))["page"]()

    assert made == (docs / "reference" / "population-format.md").read_text(encoding="utf-8")
