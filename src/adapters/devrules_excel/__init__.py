"""Ledgers in Excel and OpenDocument workbooks, read with python-calamine (the extra ``excel``)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from devrules.errors import MissingExtra
from devrules.ledger.sheet import Sheet
from devrules.plugin import hookimpl


@hookimpl
def devrules_read_sheets(path: Path) -> list[Sheet] | None:
    """Read the sheets of a workbook."""
    if path.suffix.lower() not in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
        return None
    if find_spec("python_calamine") is None:
        raise MissingExtra("reading Excel files", "excel")
    from devrules_excel.read import read_workbook

    return read_workbook(path)
