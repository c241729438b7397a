"""A folder of Parquet files to verdicts by an engine that takes facts; the measures are taken by DuckDB, as columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import duckdb

from devrules.engine.api import Engine, Fact
from devrules.engine.choose import EngineKind, make_engine
from devrules.population.api import PopulationVerdicts
from devrules.population.outcomes_sql import CLASH, rules_of
from devrules.program.program import Program
from devrules_duckdb.crew import cores, done
from devrules_duckdb.load import database, literal, quoted, text
from devrules_duckdb.run import Counts, Prepared, Run, add, count, measures, tested_only
from devrules_duckdb.shards import Shard, found_shards
from devrules_duckdb.validate import lay_over

SHARD = 20_000  # less than DuckDB judges at once: judging takes longer than measuring, and every core should have some
_FETCHED = 500


@attrs.frozen
class ByFacts:
    """
    Judges the shards of a population.

    Args:
        folder: The population.
        programs: The rules, by whom they judge.
        as_of: The day to judge on.
        out: The folder of the verdicts.
        engine: The engine that judges facts.
        threads: How many threads DuckDB may use; as many as it likes, where it is ``None``.
    """

    folder: Path
    programs: Mapping[str, Program]
    as_of: date
    out: Path
    engine: EngineKind
    threads: int | None = None

    def begin(self) -> Callable[[Shard], tuple[int, Counts]]:
        """Give what judges a shard; it tells how many dossiers there were, and counts their verdicts."""
        benches: dict[str, Bench] = {}

        def judged(shard: Shard) -> tuple[int, Counts]:
            if shard.subject not in benches:
                for bench in benches.values():  # shards come subject by subject: the memory of one database is enough
                    bench.close()
                benches.clear()
                benches[shard.subject] = Bench(self, shard.subject)
            return shard.size, benches[shard.subject].judge(shard)

        return judged


class Bench:
    """
    One database with the measures of one program, and an engine beside it.

    Args:
        job: What is done.
        subject: Whose dossiers are judged.

    Attributes:
        run: What takes the measures.
        engine: What judges them.
    """

    def __init__(self, job: ByFacts, subject: str) -> None:
        program = job.programs[subject]
        self._connection = _database(job)
        self._props = sorted({prop for outcome in program.outcomes for prop in outcome.when.props()})
        # Without outcomes DuckDB takes the measures and judges nothing.
        prepared = Prepared.of(attrs.evolve(tested_only(program), outcomes=()), subject, job.as_of, measures)
        self.run = Run(self._connection, prepared)
        self._measures = prepared.last
        self.engine: Engine = make_engine(job.engine, program.outcomes)
        self._rules = rules_of(program.outcomes)
        self._out = job.out

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def judge(self, shard: Shard) -> Counts:
        """Judge a shard, write its verdicts, and count them."""
        file = self._out / shard.file
        self.run.fill(shard)
        with TemporaryDirectory(prefix=".judged-", dir=self._out) as scratch:
            lines = Path(scratch) / "verdicts.csv"
            with lines.open("w", encoding="utf-8", newline="") as written:
                csv.writer(written).writerows(self._lines())
            self._copy(lines, file, shard)
        self.run.empty()
        return count(self._connection, file, self._rules)

    def facts(self) -> Iterator[tuple[int, Fact]]:
        """Yield the number of each dossier of the shard that is taken now, and its fact."""
        listed = ", ".join(quoted(prop.replace(".", "_")) for prop in self._props)
        props = self._props
        self._connection.execute(f"SELECT d{', ' if listed else ''}{listed} FROM ({self._measures})")  # noqa: S608
        while rows := self._connection.fetchmany(_FETCHED):
            for number, *ends in rows:
                yield number, {prop: end for prop, end in zip(props, ends, strict=True) if end is not None}

    def _lines(self) -> Iterator[list[object]]:
        judge, rules = self.engine.judge, self._rules
        for number, fact in self.facts():
            verdict = judge(fact).get
            yield [number, *[verdict(rule, "unknown") for rule in rules]]

    def _copy(self, lines: Path, file: Path, shard: Shard) -> None:
        types = {"d": "BIGINT"} | {f"v{n}": "VARCHAR" for n in range(len(self._rules))}
        listed = ", ".join(f"v{n} AS {quoted(rule)}" for n, rule in enumerate(self._rules))
        self._connection.execute(
            f"COPY (SELECT x.dossier, x.id, {listed}{', ' if listed else ''}NULL::VARCHAR AS {CLASH} "  # noqa: S608
            "FROM read_csv($lines, columns = $types, header = false, auto_detect = false, delim = ',') AS v "
            "JOIN population.dossier AS x ON x.dossier = v.d AND x.dossier BETWEEN $first AND $last "
            f"ORDER BY x.dossier) TO {text(str(file))} (FORMAT parquet)",
            {"lines": literal(lines), "types": types, "first": shard.first, "last": shard.last},
        )


def judge_by_facts(
    folder: Path,
    programs: Mapping[str, Program],
    as_of: date,
    out: Path,
    *,
    engine: EngineKind,
    jobs: int | None = None,
    shard: int = SHARD,
) -> PopulationVerdicts:
    """
    Judge every dossier of a population by an engine that takes one fact after another, and write its verdicts.

    Args:
        folder: The population.
        programs: The rules, by whom they judge: ``person`` and ``organisation``.
        as_of: The day to judge on.
        out: The folder of the verdicts, which is there; the rows are those of DuckDB.
        engine: The engine that judges.
        jobs: How many processes judge; by default one a core.
        shard: How many dossiers are judged at once; it bounds the memory.

    Raises:
        EngineDisagreement: When two engines differ, or two outcomes of one rule hold at once.
        EngineFailure: When a process dies.
        InvalidInput: With everything that is wrong with the population.
        UsageError: When the engine cannot be imported, or the rules cannot be handed to another process.
    """
    name = make_engine(engine, ()).name
    found = list(found_shards(folder, programs, shard))
    processes = min(cores() if jobs is None else jobs, len(found))
    job = ByFacts(folder, programs, as_of, out, engine, threads=1 if processes > 1 else None)
    counts: Counts = {}
    dossiers = 0
    for size, counted in done(job, found, processes):
        dossiers += size
        add(counts, counted)
    return PopulationVerdicts(dossiers, counts, name)


def _database(job: ByFacts) -> duckdb.DuckDBPyConnection:
    connection = database(job.threads)
    lay_over(connection, job.folder)
    return connection
