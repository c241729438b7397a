"""Databases that SQLAlchemy reaches (the extra ``sqlalchemy``): that of the desk, and those of hosts."""

from __future__ import annotations

from devrules.desk.ports import Store
from devrules.errors import MissingExtra
from devrules.plugin import hookimpl
from devrules.population.api import HostTables

_COMMON = ("sqlite", "postgresql", "mysql", "mariadb")
"""What surely is for SQLAlchemy; whether anything else is, it tells itself."""


@hookimpl
def devrules_open_store(url: str) -> Store | None:
    """Open a database by the URL that SQLAlchemy has for it."""
    if not _is_ours(url, "keeping the desk in a database"):
        return None
    from devrules_sqlalchemy.store import SqlStore

    return SqlStore(url)


@hookimpl
def devrules_open_tables(url: str, schema: str | None, prefix: str) -> HostTables | None:
    """Open a database in which a host shows its dossiers, by the URL that SQLAlchemy has for it."""
    if not _is_ours(url, "reading dossiers from a database"):
        return None
    from devrules_sqlalchemy.tables import SqlTables

    return SqlTables(url, schema, prefix)


def _is_ours(url: str, wish: str) -> bool:
    try:
        from devrules_sqlalchemy.opening import is_ours
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "sqlalchemy":
            raise
        if url.partition(":")[0].partition("+")[0] not in _COMMON:
            return False
        raise MissingExtra(wish, "sqlalchemy") from error
    return is_ours(url)
