"""
Seeded populations of any size, and how long it takes to judge them: ``python -m benchmarks.populations 100000``.

A thousand varied dossiers are written by the library; DuckDB repeats them with every day moved by up to two hundred
days, by another number of days for each dossier.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

import devrules
from devrules.population.contract import columns
from devrules_duckdb.files import write
from devrules_duckdb.population import judge_population

from . import dossiers

TEMPLATES = 1000
AS_OF = date(2028, 3, 1)
_MOVED = 200


def make(folder: Path, number: int, rules: devrules.Rules) -> None:
    """Write a population of *number* dossiers, a multiple of :data:`TEMPLATES`."""
    with TemporaryDirectory() as scratch:
        write((rules.read_dossier(plain) for plain, _ in dossiers.varied(TEMPLATES)), Path(scratch))
        for table, of in columns().items():
            moved = f"(hash(dossier + {TEMPLATES} * k) % {_MOVED})::INTEGER"
            days = [name for name, kind in of.items() if kind == "date" and not name.startswith("person_")]
            items = [f'"{day}" + {moved} AS "{day}"' for day in days]
            items.append(f"dossier + {TEMPLATES} * k AS dossier")
            if table == "dossier":
                items.append("(dossier + 1000 * k)::VARCHAR AS id")
            order = "k, dossier, kind, position" if table == "record" else "k, dossier"
            copies = number // TEMPLATES
            duckdb.sql(
                f"COPY (SELECT * EXCLUDE (k) REPLACE ({', '.join(items)}) "  # noqa: S608
                f"FROM '{scratch}/{table}.parquet', range({copies}) AS copies(k) ORDER BY {order})"
                f" TO '{folder}/{table}.parquet' (FORMAT parquet)"
            )


def decode(folder: Path) -> None:
    """Read every column: nothing that judges can take less."""
    with duckdb.connect() as connection:
        for table, of in columns().items():
            listed = ", ".join(f'max("{name}")' for name in of)
            connection.execute(f"SELECT {listed} FROM '{folder}/{table}.parquet'").fetchall()  # noqa: S608


def main(number: int) -> None:
    """Print how many seconds of the processor each part takes."""
    rules = devrules.load(engine="reference")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make(folder, number, rules)
        start = time.process_time()
        decode(folder)
        decoded = time.process_time() - start
        start, clock = time.process_time(), time.perf_counter()
        told = judge_population(folder, {"person": rules.program}, AS_OF, folder / "out")
        judged, clock = time.process_time() - start, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{told.dossiers} dossiers: decoding {decoded:.1f} s, judging {judged:.1f} s ({clock:.0f} s by the clock)")  # noqa: T201
    print(f"{judged / decoded:.0f} × decoding; {memory} MB at the most")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
