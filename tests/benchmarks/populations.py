"""
How long populations take to judge, beside decoding them and beside SQL written by hand.

In the folder ``tests``::

    python -m benchmarks.populations 200000                    # make, measure, remove
    python -m benchmarks.populations 200000 --folder /data/p   # keep the files there, and use them again
    python -m benchmarks.populations 200000 --only judge       # or decode, or hand; several of them

Everything is done in a process of its own on two cores, in turn, and the least of some rounds counts. ``decode`` reads
all columns of all tables; ``hand`` is twenty rules as SQL (:mod:`benchmarks.by_hand`); ``judge`` is devrules with all
national rules, by DuckDB. What durable-rules takes is measured by :mod:`benchmarks.by_facts`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).parent.parent
WORKS = ("decode", "hand", "judge")


def run(work: str, folder: Path, *arguments: str) -> dict[str, float]:
    """Do one work of :mod:`benchmarks.population_works` in a process of its own."""
    # Coverage would trace the library, and not what it is compared with.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment["PYTHONPATH"] = os.pathsep.join([str(TESTS), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    command = [sys.executable, "-m", "benchmarks.population_works", work, str(folder), *arguments]
    measured: dict[str, float] = json.loads(subprocess.check_output(command, env=environment))
    return measured


def measure(folder: Path, rounds: int, works: Sequence[str] = WORKS) -> dict[str, dict[str, float]]:
    """Do works in turn, and tell the least time and the most memory that each took."""
    measured: dict[str, list[dict[str, float]]] = {work: [] for work in works}
    for _ in range(rounds):
        for work in works:
            measured[work].append(run(work, folder))
    worst = {"megabytes": max}
    return {work: {key: worst.get(key, min)(one[key] for one in of) for key in of[0]} for work, of in measured.items()}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.populations")
    parser.add_argument("number", type=int, help="how many dossiers, in thousands of them")
    parser.add_argument("--folder", type=Path, help="where the files are kept; they are made where there are none")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", choices=WORKS, nargs="+", default=WORKS)
    asked = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch) / "population"
        if not (folder / "sanction.parquet").exists():
            _tell("make", run("make", folder, str(asked.number)))
        told = measure(folder, asked.rounds, asked.only)
    for work, took in told.items():
        _tell(work, took)
    for beside in ("decode", "hand"):
        if {"judge", beside} <= told.keys():
            ratios = (f"{key} {told['judge'][key] / told[beside][key]:.2f}" for key in ("seconds", "clock"))
            print(f"judge / {beside}: {', '.join(ratios)}")  # noqa: T201


def _tell(work: str, took: dict[str, float]) -> None:
    print(  # noqa: T201
        f"{work:>6}: {took['seconds']:8.1f} s of the processor, {took['clock']:8.1f} s by the clock, "
        f"{took['megabytes']:5.0f} MB at the most",
        flush=True,
    )


if __name__ == "__main__":
    main()
