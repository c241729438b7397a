"""
Twenty representative national rules as SQL for DuckDB, as one writes it who has only these rules and wants them fast.

It finds what devrules finds in dossiers of the kinds of record that a thousand varied ones have. What they do not have
is left out: meetings that failed, refusals, terminations, direct admissions and posthumous recognitions.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb

from devrules.days import ChineseCalendar

SQL = Path(__file__).parent
ONCE = ("macros", "kinds")
EACH = ("records", "facts", "rules")
SHARD = 50_000


def judge(folder: Path, as_of: date, out: Path, *, shard: int = SHARD) -> None:
    """
    Judge a population, some dossiers at a time, and write a file with a row a dossier for each time.

    Args:
        folder: The population.
        as_of: The day to judge on.
        out: The folder of the verdicts.
        shard: How many dossiers at a time.
    """
    out.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE folder = $1", [str(folder)])
        connection.execute("SET VARIABLE as_of = $1::DATE", [as_of])
        _calendar(connection)
        for name in ONCE:
            connection.execute(_sql(name))
        ((first, last),) = connection.execute(
            "SELECT min(dossier), max(dossier) FROM read_parquet(getvariable('folder') || '/dossier.parquet')"
        ).fetchall()
        statements = [_sql(name) for name in EACH]
        for n, start in enumerate(range(first, last + 1, shard)):
            connection.execute("SET VARIABLE first = $1", [start])
            connection.execute("SET VARIABLE last = $1", [start + shard - 1])
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"COPY verdicts TO '{out}/{n:05}.parquet' (FORMAT parquet)")


def _calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """Number the working days up to each day for which they are published, and the day before the first."""
    calendar = ChineseCalendar()
    numbers = [calendar.number(calendar.first + timedelta(n)) for n in range((calendar.last - calendar.first).days + 1)]
    connection.execute(
        "CREATE TABLE working_days AS SELECT unnest($2) AS number, $1::DATE + unnest(range($3))::INTEGER AS day",
        [calendar.first - timedelta(1), [0, *numbers], len(numbers) + 1],
    )


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
