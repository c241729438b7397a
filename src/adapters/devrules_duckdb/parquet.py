"""An audit as a Parquet file, one row a finding, for whoever analyses many: written by DuckDB."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import duckdb

from devrules.report.formats import How, to_bytes
from devrules.report.rows import COLUMNS, finding_rows
from devrules.report.subject import Audited
from devrules_duckdb.load import connect, literal

_PIECE = 1 << 20
_TYPES = {"row": "BIGINT", "day": "DATE", "waived_until": "DATE"}


def parquet_pieces(audit: Audited, how: How) -> Iterator[bytes]:
    """
    Yield an audit as a Parquet file, with the columns of :class:`devrules.report.rows.Row`.

    Args:
        audit: The audit.
        how: How to write it.
    """
    with TemporaryDirectory(prefix="devrules-") as folder:
        lines, file = Path(folder) / "findings.jsonl", Path(folder) / "findings.parquet"
        with lines.open("wb") as out:
            for row in finding_rows(audit, how):
                plain = attrs.asdict(row, recurse=False)
                out.write(to_bytes(json.dumps(plain, ensure_ascii=False, default=str)) + b"\n")
        _copy(lines, file)
        with file.open("rb") as made:
            while piece := made.read(_PIECE):
                yield piece


def _copy(lines: Path, file: Path) -> None:
    types = {name: _TYPES.get(name, "VARCHAR") for name in COLUMNS}
    with connect() as connection:
        read = connection.read_json(literal(lines), columns=types, format="newline_delimited")
        try:
            read.write_parquet(str(file), compression="zstd")
        except duckdb.IOException as error:
            raise OSError(str(error)) from error
