"""A population to the parts that are judged at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from devrules.program.program import Program
from devrules_duckdb.load import connect
from devrules_duckdb.validate import check, lay_over
from devrules_duckdb.views import parts


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
            for n, bounds in enumerate(parts(connection, size, subject)):
                yield Shard(subject, n, *bounds)
