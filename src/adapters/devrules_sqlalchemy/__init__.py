"""The desk in a database: SQLite, or any other that SQLAlchemy reaches (the extra ``sqlalchemy``)."""

from __future__ import annotations

from devrules.desk.ports import Store
from devrules.errors import MissingExtra
from devrules.plugin import hookimpl

_COMMON = ("sqlite", "postgresql", "mysql", "mariadb")
"""What surely is for SQLAlchemy; whether anything else is, it tells itself."""


@hookimpl
def devrules_open_store(url: str) -> Store | None:
    """Open a database by the URL that SQLAlchemy has for it."""
    try:
        from devrules_sqlalchemy.opening import is_ours
        from devrules_sqlalchemy.store import SqlStore
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "sqlalchemy":
            raise
        if url.partition(":")[0].partition("+")[0] not in _COMMON:
            return None
        raise MissingExtra("keeping the desk in a database", "sqlalchemy") from error
    return SqlStore(url) if is_ours(url) else None
