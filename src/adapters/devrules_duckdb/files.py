"""Populations as a folder of Parquet files: written from dossiers as they come, and one dossier read back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem
from devrules.population.contract import FORMAT, ColumnKind, columns, dossier_of, rows_of
from devrules_duckdb.load import quoted

TYPES: dict[ColumnKind, str] = {
    "number": "BIGINT",
    "text": "VARCHAR",
    "flag": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
    "attachments": "STRUCT(name VARCHAR, digest VARCHAR)[]",
}
_JSON = "format = 'newline_delimited', maximum_object_size = 134217728"


def write(dossiers: Iterable[Dossier], folder: Path) -> int:
    """
    Write dossiers as a population; they are numbered in their order, and never all in memory.

    Args:
        dossiers: The dossiers.
        folder: Where the files go; it is made, and files of the same names are replaced.

    Returns:
        How many were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with TemporaryDirectory(prefix="devrules-") as scratch, ExitStack() as open_files:
        lines = {name: Path(scratch) / f"{name}.jsonl" for name in columns()}
        files = {name: open_files.enter_context(path.open("w", encoding="utf-8")) for name, path in lines.items()}
        for count, dossier in enumerate(dossiers, start=1):
            for table, row in rows_of(dossier, count - 1):
                files[table].write(json.dumps(row, ensure_ascii=False) + "\n")
        open_files.pop_all().close()
        with duckdb.connect(":memory:") as connection:
            for name, of in columns().items():
                types = {column: TYPES[kind] for column, kind in of.items()}
                source = connection.execute(
                    f"COPY (SELECT * FROM read_json(?, columns = {_struct(types)}, {_JSON})) TO "  # noqa: S608
                    f"{_text(str(folder / f'{name}.parquet'))} (FORMAT parquet, KV_METADATA {{devrules: '{FORMAT}'}})",
                    [str(lines[name])],
                )
                source.fetchall()
    return count


def read_one(folder: Path, dossier_id: str, kinds: Kinds) -> Dossier:
    """
    Read one dossier back.

    Args:
        folder: The population.
        dossier_id: The host's own id.
        kinds: The kinds of record.

    Raises:
        InvalidInput: When there is none, or several.
    """
    with duckdb.connect(":memory:") as connection:
        path = str(folder / "dossier.parquet")
        found = connection.execute("SELECT dossier FROM read_parquet(?) WHERE id = ?", [path, dossier_id]).fetchall()
        if len(found) != 1:
            raise InvalidInput([Problem(str(folder), f"{len(found)} dossiers have this id", "check the id")])
        rows = {}
        for name in columns():
            order = " ORDER BY kind, position" if name == "record" else ""
            source = connection.execute(
                f"SELECT * FROM read_parquet(?) WHERE dossier = ?{order}",  # noqa: S608
                [str(folder / f"{name}.parquet"), *found[0]],
            )
            names = [one[0] for one in source.description or ()]
            rows[name] = [dict(zip(names, row, strict=True)) for row in source.fetchall()]
    return dossier_of(rows, kinds)


def _struct(types: dict[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {_text(of)}" for name, of in types.items()) + "}"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
