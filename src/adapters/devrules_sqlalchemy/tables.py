"""The tables or views in which a host shows its dossiers, read as a stream; nothing is ever written to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, TableClause, column, select, table, text
from sqlalchemy.exc import DBAPIError

from devrules.errors import InvalidInput, Problem, UsageError
from devrules_sqlalchemy import dialects
from devrules_sqlalchemy.opening import engine_for, in_memory, read_url, shown

_AT_ONCE = 2_000


class SqlTables:
    """
    Tables or views of a host.

    Args:
        url: The database, as SQLAlchemy writes it.
        schema: Their schema; ``None`` for that of the connection.
        prefix: What stands before their names.

    Raises:
        InvalidInput: When there is no such file, or no connection.
        UsageError: When it is no such URL, or the driver is not installed.
    """

    def __init__(self, url: str, schema: str | None, prefix: str) -> None:
        read = read_url(url)
        _refuse_no_file(read)
        self._engine = engine_for(read)
        dialects.set_up(self._engine)
        self._schema = schema
        self._prefix = prefix
        self._connection: Connection | None = None
        with self._told(""):
            self._engine.connect().close()

    @property
    def name(self) -> str:
        """The database, without its password."""
        return shown(self._engine)

    def columns(self, table: str) -> Sequence[str]:
        """Name the columns of a table: asked of the table itself, which anybody may who may read it."""
        with self._told(table), self._engine.connect() as connection:
            return list(connection.execute(select(text("*")).select_from(self._of(table)).where(text("1 = 0"))).keys())

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Yield the rows of a table; all tables are read in one transaction, as they are at one time."""
        wanted: Any = select(*(column(name) for name in columns)).select_from(self._of(table))
        with self._told(table):
            if self._connection is None:
                self._connection = _reading(self._engine)
            with self._connection.execution_options(yield_per=_AT_ONCE).execute(wanted) as found:
                yield from found

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    def _of(self, name: str) -> TableClause:
        return table(f"{self._prefix}{name}", schema=self._schema)

    @contextmanager
    def _told(self, table: str) -> Iterator[None]:
        """Say in an error of our own what the database complains of."""
        try:
            yield
        except DBAPIError as error:
            where = f"{self.name} {self._prefix}{table}" if table else self.name
            remedy = "make a table or view of this name that this user may read" if table else "check the URL"
            raise InvalidInput([Problem(where, dialects.said(error), remedy)]) from None


def _refuse_no_file(url: URL) -> None:
    """SQLite would make a file that is not there."""
    if in_memory(url):
        raise UsageError("a SQLite database in memory is empty: name a file")
    file = str(url.database)
    if url.get_backend_name() == "sqlite" and not file.startswith("file:") and not Path(file).is_file():
        raise InvalidInput([Problem(file, "is not a file that can be read", "check the path")])


def _reading(engine: Engine) -> Connection:
    """Open a connection that sees all tables as they are at one time, where the database can do that."""
    steady = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    kind = engine.dialect.name
    return engine.connect().execution_options(**{dialects.WRITES: False}, **(steady if kind == "postgresql" else {}))
