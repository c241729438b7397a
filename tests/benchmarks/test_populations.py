"""
Populations: what twenty rules written by hand in SQL find, how long they take, and how long devrules takes for all.

A ratio within one run, of the processor's time. The population is small, so that this takes half a minute: what a run
pays once for compiling weighs most. What a million dossiers take is measured by hand.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import devrules
from devrules.dossier.model import Dossier

from . import by_hand, population_works, populations

duckdb = pytest.importorskip("duckdb")
pytestmark = pytest.mark.timeout(600)

NUMBER = 5_000
DAYS = (date(2025, 6, 1), date(2026, 9, 3), population_works.AS_OF)


@pytest.fixture(scope="module")
def varied(rules: devrules.Rules) -> list[Dossier]:
    """The dossiers that populations repeat; every second will do."""
    return list(population_works.templates(rules))[::2]


@pytest.fixture(scope="module")
def written(varied: list[Dossier], rules: devrules.Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, as a population."""
    folder = tmp_path_factory.mktemp("varied") / "population"
    rules.write_population(iter(varied), out=folder)
    return folder


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A population that was made."""
    folder = tmp_path_factory.mktemp("made")
    populations.run("make", folder, str(NUMBER))
    return folder


@pytest.mark.parametrize("as_of", DAYS)
def test_rules_by_hand_find_the_same(
    as_of: date, varied: list[Dossier], written: Path, rules: devrules.Rules, tmp_path: Path
) -> None:
    """Twenty verdicts of every dossier are those of devrules: else the time they take would say nothing."""
    by_hand.judge(written, as_of, tmp_path / "out", shard=200)
    told = duckdb.sql(f"FROM '{tmp_path}/out/*.parquet' ORDER BY dossier")
    names, rows = told.columns, told.fetchall()
    expected = []
    for number, dossier in enumerate(varied):
        verdicts = {finding.rule: finding.verdict for finding in rules.check(dossier, as_of=as_of)}
        expected.append((number, dossier.id, *(verdicts[rule] for rule in names[2:])))

    assert 20 == len(names[2:])
    assert expected == rows


def test_rules_by_hand_find_all_sorts(written: Path, tmp_path: Path) -> None:
    """Each of the twenty rules passes some of the dossiers, fails some, and cannot tell of others."""
    by_hand.judge(written, population_works.AS_OF, tmp_path / "out")
    told = duckdb.sql(f"FROM '{tmp_path}/out/*.parquet'")
    for column in told.columns[2:]:
        seen = Counter(verdict for (verdict,) in told.select(f'"{column}"').fetchall())

        assert min(seen["pass"], seen["fail"]) >= 20, column
        assert len(seen) > 2 or column == "political-review-done", column


def test_population_is_sorted_and_about_thirty_records_each(population: Path) -> None:
    """That is what is asked of it, and what shards are read by."""
    ((records, unsorted),) = duckdb.execute(
        "SELECT count(*), count(*) FILTER (key <= before) FROM ("
        "SELECT (dossier, kind, position) AS key, lag(key) OVER (ORDER BY file_row_number) AS before "
        "FROM read_parquet($1, file_row_number = true))",
        [str(population / "record.parquet")],
    ).fetchall()

    assert 28 * NUMBER <= records <= 32 * NUMBER
    assert 0 == unsorted


def test_judging_a_population(population: Path, rules: devrules.Rules) -> None:
    """All national rules take at most twelve times as long as the twenty by hand, and no verdict is missing."""
    measured = populations.measure(population, 1, ("hand", "judge"))
    told = duckdb.sql(f"FROM '{population}/verdicts/person-*.parquet'")
    judging = [compiled.id for compiled in rules.program.rules]
    ((rows, dossiers),) = told.aggregate("count(*), count(DISTINCT dossier)").fetchall()
    counts = told.aggregate(", ".join(f'count("{rule}")' for rule in judging)).fetchall()

    assert (NUMBER, NUMBER) == (rows, dossiers)
    assert [(NUMBER,) * len(judging)] == counts
    assert measured["judge"]["seconds"] <= 12 * measured["hand"]["seconds"], measured
    assert measured["judge"]["megabytes"] <= 700, measured
