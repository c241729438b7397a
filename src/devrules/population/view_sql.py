"""SQL by which a host shows its tables as those of a population: what it does not keep is null, in a type that fits."""

from __future__ import annotations

from collections.abc import Mapping

from devrules.errors import UsageError
from devrules.plain import hinted, nearest
from devrules.population.contract import ColumnKind, columns

DIALECTS: Mapping[str, Mapping[ColumnKind, str]] = {
    "sqlite": {
        "number": "INTEGER",
        "text": "TEXT",
        "flag": "INTEGER",
        "date": "TEXT",
        "list": "TEXT",
        "attachments": "TEXT",
    },
    "postgresql": {
        "number": "BIGINT",
        "text": "TEXT",
        "flag": "BOOLEAN",
        "date": "DATE",
        "list": "TEXT[]",
        "attachments": "JSONB",
    },
    "mysql": {
        "number": "SIGNED",
        "text": "CHAR",
        "flag": "SIGNED",
        "date": "DATE",
        "list": "JSON",
        "attachments": "JSON",
    },
    "dm": {
        "number": "BIGINT",
        "text": "VARCHAR(4000)",
        "flag": "BIT",
        "date": "DATE",
        "list": "VARCHAR(4000)",
        "attachments": "VARCHAR(4000)",
    },
}
"""In which type a database casts what a column holds; any other is taken that gives the same values."""

_RESERVED = frozenset({"by", "to", "number"})


def select_sql(dialect: str, table: str, given: Mapping[str, str], source: str) -> str:
    """
    Write a query with the columns of a table of a population, in their order: ``UNION ALL`` puts such queries together.

    Args:
        dialect: The database: one of :data:`DIALECTS`.
        table: ``dossier``, ``record``, ``member`` or ``sanction``.
        given: Column to the expression that gives it; every other one is null.
        source: What follows ``FROM``.

    Raises:
        UsageError: When there is no such dialect, table or column.
    """
    types = DIALECTS.get(dialect)
    if types is None:
        raise UsageError(hinted(f"there is no dialect {dialect!r}", f"one of {', '.join(DIALECTS)}"))
    of = columns().get(table)
    if of is None:
        raise UsageError(hinted(f"there is no table {table!r}", f"one of {', '.join(columns())}"))
    for name in given:
        if name not in of:
            raise UsageError(hinted(f"{table} has no column {name!r}", nearest(name, of)))
    listed = [
        f"    {given.get(name, f'CAST(NULL AS {types[kind]})')} AS {_named(name, dialect)}" for name, kind in of.items()
    ]
    return "SELECT\n" + ",\n".join(listed) + f"\nFROM {source}"


def _named(name: str, dialect: str) -> str:
    """Quote only what must be: a quoted name is one in small letters, which some databases find under no other."""
    if name not in _RESERVED:
        return name
    return f"`{name}`" if dialect == "mysql" else f'"{name}"'
