"""A folder of Parquet files to verdicts, as files again: a shard at a time, without an object for anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import duckdb

from devrules.population.api import PopulationVerdicts
from devrules.program.program import Program
from devrules_duckdb.crew import cores
from devrules_duckdb.load import beside, database
from devrules_duckdb.run import Counts, Prepared, Run, add, tested_only, verdicts
from devrules_duckdb.shards import Shard, found_shards
from devrules_duckdb.shared import shared
from devrules_duckdb.validate import lay_over

SHARD = 50_000
AT_ONCE = 2
"""So many shards are judged at once: each takes memory of its own."""


def judge_population(
    folder: Path, programs: Mapping[str, Program], as_of: date, out: Path, *, shard: int = SHARD
) -> PopulationVerdicts:
    """
    Judge every dossier of a population, and write its verdicts: two shards at once, where there are two processors.

    Args:
        folder: The population, in the format :data:`devrules.population.contract.FORMAT`.
        programs: The rules, by whom they judge: ``person`` and ``organisation``.
        as_of: The day to judge on.
        out: The folder of the verdicts; one file a shard and subject, one row a dossier, one column a rule.
        shard: How many dossiers are judged at once; it bounds the memory.

    Raises:
        EngineDisagreement: When two outcomes of one rule hold at once.
        InvalidInput: With everything that is wrong with the population.
    """
    out.mkdir(parents=True, exist_ok=True)
    counts: Counts = {}
    dossiers = 0
    found = list(found_shards(folder, programs, shard))
    for subject, program in programs.items():
        own = [one for one in found if one.subject == subject]
        dossiers += sum(one.size for one in own)
        for counted in _judged(folder, tested_only(program), as_of, out, own):
            add(counts, counted)
    return PopulationVerdicts(dossiers, counts)


def _judged(folder: Path, program: Program, as_of: date, out: Path, found: Sequence[Shard]) -> list[Counts]:
    """Judge some shards of one subject, and count the verdicts of each."""
    if not found:
        return []
    prepared = Prepared.of(program, found[0].subject, as_of, verdicts)
    at_once = min(AT_ONCE, cores(), len(found))
    with ExitStack() as open_databases:
        # Of so many threads all but one are the database's own; those who ask it work as well.
        first = open_databases.enter_context(database(cores() - at_once + 1))
        others = [open_databases.enter_context(beside(first, n)) for n in range(1, at_once)]
        workers = []
        for connection in (first, *others):
            lay_over(connection, folder)
            workers.append(_Worker(connection, prepared, out))
        return shared(workers, found)


class _Worker:
    """One database, which judges one shard after another."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, prepared: Prepared, out: Path) -> None:
        self._connection = connection
        self._run = Run(connection, prepared)
        self._out = out

    def work(self, shard: Shard) -> Counts:
        return self._run.judge(shard, self._out / shard.file)

    def interrupt(self) -> None:
        self._connection.interrupt()
