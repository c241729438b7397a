"""The tables of a population as frames, if they are there with their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from devrules.errors import InvalidInput, Problem
from devrules.mask import mask_text
from devrules.plain import nearest
from devrules.population.contract import FORMAT, ColumnKind, columns
from devrules_spark.files import Folders, read

TYPES: dict[ColumnKind, str] = {
    "number": "bigint",
    "text": "string",
    "flag": "boolean",
    "date": "date",
    "list": "array<string>",
    "attachments": "array<struct<name:string,digest:string>>",
}
"""The types that Spark gives to those of the contract."""

_SMALLER = frozenset({"tinyint", "smallint", "int"})
_NOTHING = "void"


def opened(spark: SparkSession, folder: str, folders: Folders) -> dict[str, DataFrame]:
    """
    Give the tables of a population.

    Args:
        spark: The session.
        folder: The population.
        folders: The file systems that the session reaches.

    Raises:
        InvalidInput: With every table and column that is missing, or of another type.
    """
    tables: dict[str, DataFrame] = {}
    found: list[Problem] = []
    for table, of in columns().items():
        path = table_path(folder, table)
        if not folders.exists(path):
            found.append(Problem(path, "is missing", f"a population has the tables {', '.join(columns())}"))
            continue
        try:
            rows = read(spark, path)
            stated = folders.key(path, "devrules")
        except (PySparkException, Py4JError) as error:
            found.append(Problem(path, f"is no Parquet file: {first_line(error)}"))
            continue
        if stated is not None and stated != FORMAT:
            found.append(Problem(path, f"has the format {stated!r}", f"this version reads {FORMAT}"))
        types = dict(rows.dtypes)
        if wrong := list(_wrong_columns(path, types, of)):
            found += wrong
        else:
            tables[table] = rows.selectExpr(
                *(f"CAST(`{name}` AS {TYPES[kind]}) AS `{name}`" for name, kind in of.items())
            )
    if found:
        raise InvalidInput(found)
    return tables


def table_path(folder: str, table: str) -> str:
    """Tell where a table is."""
    return f"{folder.rstrip('/')}/{table}.parquet"


def first_line(error: Exception) -> str:
    """Give what Spark says, without the trace of Java below it; it may show a value."""
    return mask_text(str(getattr(error, "java_exception", error)).partition("\n")[0])


def _wrong_columns(path: str, types: Mapping[str, str], of: Mapping[str, ColumnKind]) -> Iterator[Problem]:
    for name, kind in of.items():
        where, wanted = f"{path} {name}", TYPES[kind]
        if name not in types:
            near = nearest(name, types.keys() - of.keys())
            yield Problem(where, "the column is missing", ", ".join(filter(None, [f"add it: {wanted}", near])))
        elif not _fits(types[name], kind):
            yield Problem(where, f"the column is {types[name]}", f"cast it to {wanted}")


def _fits(found: str, kind: ColumnKind) -> bool:
    """Tell whether a column of this type loses nothing when it is read as the contract says."""
    return found in (TYPES[kind], _NOTHING) or (kind == "number" and found in _SMALLER)
