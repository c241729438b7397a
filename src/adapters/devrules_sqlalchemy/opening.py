"""A URL to an engine with its tables: created where there are none, refused where a newer devrules made them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from devrules.desk.ports import Conflict
from devrules.errors import StoreFailure, UsageError
from devrules_sqlalchemy import dialects
from devrules_sqlalchemy.schema import SCHEMA, TABLES, VERSION


def is_ours(url: str) -> bool:
    """Tell whether SQLAlchemy knows such URLs."""
    try:
        make_url(url).get_dialect()
    except (ArgumentError, NoSuchModuleError):
        return False
    return True


def open_engine(url: str) -> Engine:
    """
    Open a database that has our tables.

    Raises:
        StoreFailure: When it cannot be opened, or a newer devrules made the tables.
        UsageError: When it is no such URL, or the driver is not installed.
    """
    engine = engine_for(_read(url))
    dialects.set_up(engine)
    try:
        with clear_errors(engine):
            _prepare(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def clear_errors(engine: Engine) -> Iterator[None]:
    """Say in errors of our own what the database complains of, and nothing of what was to be written."""
    try:
        yield
    except DBAPIError as error:
        if dialects.is_race(error):
            raise Conflict("the store") from None
        raise StoreFailure(f"{shown(engine)}: {dialects.said(error)}") from None
    except StatementError as error:  # a value that cannot be written
        raise error.orig or error from None
    except PoolTimeout:
        raise StoreFailure(f"{shown(engine)}: too many use it at once; try again") from None


def shown(engine: Engine) -> str:
    """Name a database, without its password, which may stand among the options as well."""
    return engine.url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def transaction(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """Open a connection for what is done as a whole or not at all."""
    with engine.connect().execution_options(**{dialects.WRITES: writes}) as connection, connection.begin():
        yield connection


def read_url(url: str) -> URL:
    """
    Read the URL of a database.

    Raises:
        UsageError: When it is none.
    """
    try:
        return make_url(url)
    except ArgumentError:
        raise UsageError("that is no URL of a database; write it as sqlite:///desk.db") from None


def in_memory(url: URL) -> bool:
    """Tell whether it is a SQLite database that is in no file."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def engine_for(url: URL) -> Engine:
    """
    Make an engine, which connects when it is first used.

    Raises:
        UsageError: When SQLAlchemy knows no such database, or the driver is not installed.
    """
    kind = url.get_backend_name()
    try:
        return create_engine(url, hide_parameters=True, **dialects.options(kind, url.query))
    except NoSuchModuleError:
        raise UsageError(f"SQLAlchemy knows no database {kind!r}; write it as sqlite:///desk.db") from None
    except ModuleNotFoundError as error:
        raise UsageError(f"{kind} needs a driver that is not installed: pip install {error.name}") from error


def _read(url: str) -> URL:
    read = read_url(url)
    if in_memory(read):
        raise UsageError("a SQLite database in memory is another one for each thread; write memory: instead")
    return read


def _prepare(engine: Engine) -> None:
    """Create the tables where there are none, and refuse those that we cannot read."""
    found = _version(engine)
    if found is None:
        found = _create(engine)
    if found != VERSION:
        raise StoreFailure(
            f"{shown(engine)}: its tables have form {found}, and this devrules knows form {VERSION}; "
            "use the devrules that wrote them, or a newer one"
        )


def _version(engine: Engine) -> int | None:
    """Read the form of the tables; ``None`` where there are none, 0 where they are not whole."""
    with transaction(engine) as connection:
        if not inspect(connection).has_table(SCHEMA.name):
            return None
        return connection.scalar(select(SCHEMA.c.version)) or 0


def _create(engine: Engine) -> int | None:
    try:
        dialects.before_creating(engine)
        with transaction(engine, writes=True) as connection:
            TABLES.create_all(connection, checkfirst=False)
            connection.execute(insert(SCHEMA).values(version=VERSION))
    except DBAPIError:
        found = _version(engine)  # someone else created them at the same moment
        if found is None:
            raise
        return found
    return VERSION
