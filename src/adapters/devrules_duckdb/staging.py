"""Rows to the files of a population: gathered as lines, made columns, checked, then given their name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.mask import mask_text
from devrules.population.contract import FORMAT, PlainRow, columns
from devrules.population.folder import whole_folder
from devrules_duckdb.load import connect, literal, quoted, text
from devrules_duckdb.validate import problems
from devrules_duckdb.views import TYPES, show

Put: TypeAlias = Callable[[str, PlainRow], None]
"""Takes a row of a table."""

ORDERS = {
    "dossier": "dossier",
    "record": "dossier, kind, position",
    "member": "dossier, id",
    "sanction": "dossier, member",
}
"""In which order rows are best read."""
_JSON = "format = 'newline_delimited', maximum_object_size = 134217728"


@contextmanager
def staged(
    target: Path, kinds: Kinds, *, sort: bool = False, wrong: Callable[[], Sequence[Problem]] = tuple
) -> Iterator[Put]:
    """
    Take the rows of a population.

    Args:
        target: The folder of the files; it is there when the block ends and everything was well.
        kinds: The kinds of record.
        sort: Whether the rows come in any order.
        wrong: Tells, when the block ends, what else is wrong.

    Raises:
        InvalidInput: With everything that is wrong with the rows.
        UsageError: When there is something at *target*, or it cannot be written.
    """
    with whole_folder(target) as folder:
        lines = {name: folder.parent / f"{name}.jsonl" for name in columns()}
        with ExitStack() as open_files:
            files = {name: open_files.enter_context(path.open("w", encoding="utf-8")) for name, path in lines.items()}

            def put(table: str, row: PlainRow) -> None:
                try:
                    files[table].write(json.dumps(row, ensure_ascii=False) + "\n")
                except UnicodeEncodeError:
                    number = row["dossier"]
                    raise InvalidInput([Problem(f"{table} of dossier {number}", "holds half a character")]) from None

            yield put
        with connect(temp_directory=str(folder.parent)) as connection:
            try:
                for name, path in lines.items():
                    _copy(connection, name, path, folder, sort=sort)
                    path.unlink()
                show(connection, folder)
                found = [*wrong(), *problems(connection, folder, kinds, named=target)]
            except duckdb.IOException as error:
                raise OSError(str(error)) from error
            except (duckdb.DataError, duckdb.InvalidInputException) as error:
                said = mask_text(str(error).partition("\n")[0].replace(str(folder.parent), ""))
                raise InvalidInput([Problem(str(target), f"rows cannot be made columns: {said}")]) from None
        if found:
            raise InvalidInput(found)


def _copy(connection: duckdb.DuckDBPyConnection, name: str, lines: Path, folder: Path, *, sort: bool) -> None:
    types = {column: TYPES[kind] for column, kind in columns()[name].items()}
    order = f" ORDER BY {ORDERS[name]}" if sort else ""
    connection.execute(
        f"COPY (SELECT * FROM read_json(?, columns = {_struct(types)}, {_JSON}){order}) TO "  # noqa: S608
        f"{text(str(folder / f'{name}.parquet'))} (FORMAT parquet, KV_METADATA {{devrules: '{FORMAT}'}})",
        [literal(lines)],
    ).fetchall()


def _struct(types: dict[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {text(of)}" for name, of in types.items()) + "}"
