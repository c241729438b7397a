"""
Judging a population by durable-rules, beside judging and cross-checking the same facts alone.

In the folder ``tests``, with a population that ``benchmarks.population_works make`` wrote::

    python -m benchmarks.by_facts FOLDER --engine durable --shard 10000

Prints one JSON object: the seconds of the processor that each part of one shard takes, and the whole as a multiple of
judging alone. What a process pays once (``begin``) is told beside it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import devrules
from devrules.engine.choose import make_engine
from devrules_duckdb.facts import Bench, ByFacts, found_shards

from .population_works import AS_OF

T = TypeVar("T")


def measure(folder: Path, kind: str, size: int, threads: int) -> dict[str, float]:
    """Judge the first shard of persons, part by part and as a whole."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        told = work()
        seconds[name] = time.process_time() - start
        return told

    program = devrules.load(engine="reference").program
    judge = make_engine(kind, program.outcomes).judge  # type: ignore[arg-type]  # argparse knows the kinds
    with TemporaryDirectory() as out:
        job = ByFacts(folder, {"person": program}, AS_OF, Path(out), kind, threads)  # type: ignore[arg-type]  # as above
        (shard, *_) = found_shards(folder, job.programs, size)
        bench = timed("begin", lambda: Bench(job, "person"))
        timed("whole", lambda: bench.judge(shard))
        bench.run.fill(shard.first, shard.last)
        facts = timed("facts", lambda: [fact for _, fact in bench.facts()])
        timed("judge alone", lambda: [judge(fact) for fact in facts])
    return seconds | {"dossiers": shard.size, "ratio": seconds["whole"] / seconds["judge alone"]}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_facts")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=("durable", "reference"), default="durable")
    parser.add_argument("--shard", type=int, default=10_000, help="how many dossiers are judged at once")
    parser.add_argument("--threads", type=int, default=1, help="of DuckDB; one, as in one process of several")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.folder, asked.engine, asked.shard, asked.threads), indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
