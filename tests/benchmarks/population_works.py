"""
What is done with populations, each in a process of its own: ``python -m benchmarks.population_works judge FOLDER``.

Prints one JSON object: the seconds of the processor (of all threads) and by the clock, and the most memory that the
process had. Starting Python and importing are left out of the seconds, loading and compiling the rules are not.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import duckdb

import devrules
from devrules.dossier.model import Dossier
from devrules.population.contract import FORMAT, columns

from . import by_hand, dossiers

AS_OF = date(2028, 3, 1)
TEMPLATES = 1000
CORES = 2
_MOVED = 200


def templates(rules: devrules.Rules) -> Iterator[Dossier]:
    """Vary a thousand dossiers of about thirty records, and the organisations that they belong to."""
    chance = random.Random(3)  # noqa: S311  # no secret
    for plain, _ in dossiers.varied(TEMPLATES):
        if committee := chance.choice(({}, {"has_committee": False}, {"has_committee": True}, {"has_committee": True})):
            plain["branch"] = {"id": f"b{chance.randrange(40)}", "kind": "branch", **committee}
            for decision in plain["records"].get("activist-decision", ()):
                decision["body"] = chance.choice(("branch-committee", "branch-committee", "general-meeting"))
        yield rules.read_dossier(plain)


def make(folder: Path, number: int) -> None:
    """
    Write a population of *number* dossiers, a multiple of :data:`TEMPLATES`, always the same one.

    The varied dossiers are written by the library. DuckDB repeats them, with every day moved by up to two hundred days,
    by another number of days for each dossier. The rows come in their order and none of them is kept: the memory that
    it takes does not grow with the number.
    """
    rules = devrules.load(engine="reference")
    with TemporaryDirectory() as scratch, duckdb.connect() as connection:
        rules.write_population(templates(rules), out=Path(scratch) / "templates")
        folder.mkdir(parents=True, exist_ok=True)
        # The numbers of the rows stay on the side of the join that is read in its order.
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        for table, of in columns().items():
            order = "dossier, kind, position" if table == "record" else "dossier"
            connection.execute(
                f"CREATE TABLE {table} AS SELECT row_number() OVER (ORDER BY {order}) - 1 AS row, * "  # noqa: S608
                f"FROM '{scratch}/templates/{table}.parquet'"
            )
            ((rows,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
            moved = f"(hash(dossier + {TEMPLATES} * copy) % {_MOVED})::INTEGER"
            days = [name for name, kind in of.items() if kind == "date" and not name.startswith("person_")]
            items = [f'"{day}" + {moved} AS "{day}"' for day in days]
            items.append(f"dossier + {TEMPLATES} * copy AS dossier")
            if table == "dossier":
                items.append(f"(dossier + {TEMPLATES} * copy)::VARCHAR AS id")
            connection.execute(
                f"COPY (SELECT * EXCLUDE (row, copy) REPLACE ({', '.join(items)}) FROM ("  # noqa: S608
                f"SELECT n // {rows} AS copy, n % {rows} AS row FROM range({rows * (number // TEMPLATES)}) AS r(n)"
                f") JOIN {table} USING (row)) "
                f"TO '{folder}/{table}.parquet' (FORMAT parquet, KV_METADATA {{devrules: '{FORMAT}'}})"
            )


def decode(folder: Path) -> None:
    """Decode every column of every table, and count what is stated: nothing that judges can take less."""
    with duckdb.connect() as connection:
        for table, of in columns().items():
            listed = ", ".join(f'count("{name}")' for name in of)
            connection.execute(f"SELECT {listed} FROM '{folder}/{table}.parquet'").fetchall()  # noqa: S608


def hand(folder: Path) -> None:
    """Judge by the twenty rules in SQL."""
    by_hand.judge(folder, AS_OF, folder / "by-hand")


def judge(folder: Path) -> None:
    """Judge by all national rules with devrules."""
    devrules.load(engine="reference").judge_population(folder, as_of=AS_OF, out=folder / "verdicts")


def _timed(work: Callable[[], None]) -> dict[str, float]:
    start, clock = time.process_time(), time.perf_counter()
    work()
    took = {"seconds": time.process_time() - start, "clock": time.perf_counter() - clock}
    return took | {"megabytes": _most_memory() // 1024}


def _most_memory() -> int:
    """Tell the most kilobytes that this program had; what the system counts may be those of who started it."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(work: str, folder: Path, number: int = 0) -> None:
    """Do one of the works and print what it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    for made in ("by-hand", "verdicts"):
        rmtree(folder / made, ignore_errors=True)
    works: dict[str, Callable[[], None]] = {
        "make": lambda: make(folder, number),
        "decode": lambda: decode(folder),
        "hand": lambda: hand(folder),
        "judge": lambda: judge(folder),
    }
    print(json.dumps(_timed(works[work])))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
