"""A sheet of a ledger as an adapter reads it: rows of cells, nothing interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

import attrs


@attrs.frozen
class CellError:
    """A cell whose formula ended in an error, as ``#REF!``."""

    text: str


Cell: TypeAlias = str | int | float | bool | date | datetime | CellError | None


@attrs.frozen
class Sheet:
    """
    The rows of one sheet.

    Args:
        file: The file, as the user named it.
        name: The sheet's name; ``None`` for a file that has no sheets.
        rows: Every row from the first of the file on, so that the row at index 0 is row 1 of the spreadsheet.
        encoding: The encoding of a file of text.
    """

    file: str
    name: str | None
    rows: Sequence[Sequence[Cell]]
    encoding: str | None = None
