"""
Judging a population by durable-rules, beside judging and cross-checking the same facts alone.

In the folder ``tests``, with a population that ``benchmarks.population_works make`` wrote::

    python -m benchmarks.by_facts FOLDER --engine durable --shard 20000

Prints one JSON object: the seconds of the processor for one shard, those of them in which the engine judged, and the
whole as a multiple of these. Both are taken in one go: what disturbs the one disturbs the other. What a process pays
once (``begin``) is told beside it.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

import devrules
from devrules.engine.api import Engine, Fact
from devrules.engine.choose import EngineKind
from devrules_duckdb.facts import SHARD, Bench, ByFacts
from devrules_duckdb.shards import found_shards

from .population_works import AS_OF


@attrs.define
class Clocked:
    """An engine, and how many seconds it has judged."""

    engine: Engine
    seconds: float = 0

    @property
    def name(self) -> str:
        """That of the engine."""
        return self.engine.name

    def judge(self, fact: Fact) -> dict[str, str]:
        """Judge, and look at the clock before and after."""
        start = time.process_time()
        told = self.engine.judge(fact)
        self.seconds += time.process_time() - start
        return told


def measure(folder: Path, kind: EngineKind, size: int, threads: int) -> dict[str, float]:
    """Judge the first shard of persons."""
    program = devrules.load(engine="reference").program
    with TemporaryDirectory() as out:
        job = ByFacts(folder, {"person": program}, AS_OF, Path(out), kind, threads)
        (shard, *_) = found_shards(folder, job.programs, size)
        start = time.process_time()
        bench = Bench(job, "person")
        begun = time.process_time()
        clocked = bench.engine = Clocked(bench.engine)
        bench.judge(shard)
        whole = time.process_time() - begun
    told = {"dossiers": shard.size, "begin": begun - start, "whole": whole, "engine": clocked.seconds}
    return told | {"ratio": whole / clocked.seconds}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_facts")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=("durable", "reference"), default="durable")
    parser.add_argument("--shard", type=int, default=SHARD, help="how many dossiers are judged at once")
    parser.add_argument("--threads", type=int, default=1, help="of DuckDB; one, as in one process of several")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.folder, asked.engine, asked.shard, asked.threads), indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
