"""Dossiers from wherever they are to a population: ledgers, JSON, JSON lines, a desk, the tables of a host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from devrules.api.reading import Reading, problems_of
from devrules.api.stores import kept_dossiers
from devrules.dossier.lines import SUFFIXES, Dossiers
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem, UsageError
from devrules.ledger.join import PersonRow, join
from devrules.ledger.read import Unread
from devrules.population.api import HostTables, PopulationEngine, Written


class Writing(Reading):
    """Writes populations, and reads dossiers back from them."""

    def desk_dossiers(self, url: str) -> Dossiers:
        """
        Read the dossiers that a desk keeps, one after another.

        Args:
            url: Where the desk keeps things: ``sqlite:///party.db``.

        Returns:
            The dossiers. One that cannot be read by these rules stands in their ``problems`` once they were gone
            through.

        Raises:
            StoreFailure: When there is no such file.
        """
        return kept_dossiers(self.plugins, url, self.program.kinds)

    def write_population(
        self, *sources: Path | str | Iterable[Dossier], out: Path | str, mapping: Path | str | None = None
    ) -> Written:
        """
        Write dossiers as a population: a folder of Parquet files in the format ``devrules.population/1``.

        Args:
            sources: As for :meth:`audit`; JSON lines and dossiers that are handed in are taken one after another,
                never all at once.
            out: The folder; it appears when it is whole.
            mapping: A TOML file that says what the ledgers' columns, blanks, sheets and words mean.

        Returns:
            How many dossiers were written, and what was not understood or not read.

        Raises:
            InvalidInput: When a file cannot be read at all, or what was written would be no valid population.
            MissingExtra: When the extra ``duckdb`` is not installed.
            UsageError: When there is something at *out*.
        """
        columns = self.columns_by(mapping)
        rows: list[PersonRow | Dossier] = []
        unread: list[Unread] = []
        streams: list[Iterable[Dossier]] = []
        unreadable: list[Problem] = []
        for source in sources:
            try:
                if not isinstance(source, Path | str):
                    streams.append(source)
                elif Path(source).suffix.lower() in SUFFIXES:
                    streams.append(self.read_lines(source))
                else:
                    found, not_understood, _ = self._read(source, columns)
                    rows += found
                    unread += not_understood
            except InvalidInput as error:
                unreadable += error.problems
        if unreadable:
            raise InvalidInput(unreadable)
        ledger = join(rows, self.program.kinds)
        dossiers = chain(ledger.dossiers, *streams)
        try:
            written = self._populations().write_population(dossiers, Path(out), self.program.kinds)
        except InvalidInput as error:
            raise InvalidInput([*_lost(streams), *error.problems]) from error
        return Written(written, (*unread, *ledger.unread), tuple(_lost(streams)))

    def write_tables(self, url: str, *, out: Path | str, schema: str | None = None, prefix: str = "") -> Written:
        """
        Write the dossiers that a host shows in tables or views of its database as a population.

        Args:
            url: The database, as SQLAlchemy writes it: ``postgresql+psycopg://user@host/name``.
            out: The folder; it appears when it is whole.
            schema: The schema of the tables; by default that of the connection.
            prefix: What stands before ``dossier``, ``record``, ``member`` and ``sanction`` in their names.

        Returns:
            How many dossiers were written, and which columns were not read.

        Raises:
            InvalidInput: With every table and column that is missing; else with everything that is wrong with the rows.
            MissingExtra: When an extra (``sqlalchemy``, ``duckdb``) is not installed.
            UsageError: When it is no such URL, or there is something at *out*.
        """
        engine = self._populations()
        tables: HostTables | None = self.plugins.call("devrules_open_tables", url=url, schema=schema, prefix=prefix)
        if tables is None:
            scheme = url.partition(":")[0]  # the rest may hold a password
            raise UsageError(f"no plugin reads a database at {scheme}:…; write it as sqlite:///host.db")
        try:
            return engine.write_tables(tables, Path(out), self.program.kinds)
        finally:
            tables.close()

    def read_population(self, folder: Path | str) -> Iterator[Dossier]:
        """
        Read all dossiers of a population back, one after another, in the order of their numbers.

        Raises:
            InvalidInput: With everything that is wrong with the population.
            MissingExtra: When the extra ``duckdb`` is not installed.
        """
        return self._populations().read_population(Path(folder), self.program.kinds)

    def _populations(self) -> PopulationEngine:
        engine: PopulationEngine = self.plugins.call("devrules_column_engine", name="duckdb")
        return engine


def _lost(streams: Iterable[Iterable[Dossier]]) -> list[Problem]:
    return [one for stream in streams for one in problems_of(stream)]
