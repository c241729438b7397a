"""A population to the parts that are judged at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs
import duckdb

from devrules.errors import InvalidInput
from devrules.program.program import Program
from devrules_duckdb.load import connect
from devrules_duckdb.validate import check, layout_problems
from devrules_duckdb.views import show


@attrs.frozen
class Shard:
    """The dossiers of one subject from the number *first* to *last*, *size* of them; the *n*-th such part."""

    subject: str
    n: int
    first: int
    last: int
    size: int

    @property
    def file(self) -> str:
        """The name of the file of its verdicts."""
        return f"{self.subject}-{self.n:05}.parquet"


def found_shards(folder: Path, programs: Mapping[str, Program], size: int) -> Iterator[Shard]:
    """
    Yield the shards of a population, subject by subject.

    Raises:
        InvalidInput: With everything that is wrong with the population.
    """
    with connect() as connection:
        lay_over(connection, folder)
        check(connection, folder, next(iter(programs.values())).kinds)
        for subject in programs:
            rows = connection.execute(
                "SELECT min(dossier), max(dossier), count(*) FROM ("
                "SELECT dossier, (row_number() OVER (ORDER BY dossier) - 1) // $1 AS shard "
                "FROM population.dossier WHERE subject = $2) GROUP BY shard ORDER BY shard",
                [size, subject],
            ).fetchall()
            for n, bounds in enumerate(rows):
                yield Shard(subject, n, *bounds)


def lay_over(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """
    Show the tables of a population in the schema ``population``.

    Raises:
        InvalidInput: With every table and column that is missing, or of another type.
    """
    if found := layout_problems(connection, folder):
        raise InvalidInput(found)
    show(connection, folder)
