"""
Workbooks, by the extra ``excel``.

Ledgers in Excel and OpenDocument are read with python-calamine; reports are written with XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from devrules.errors import MissingExtra
from devrules.ledger.sheet import Sheet
from devrules.ledger.template import TemplateColumn
from devrules.plugin import hookimpl
from devrules.report.formats import How, ReportFormat
from devrules.report.marks import MarkedSheet
from devrules.report.subject import Audited


@hookimpl
def devrules_read_sheets(path: Path) -> list[Sheet] | None:
    """Read the sheets of a workbook."""
    if path.suffix.lower() not in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
        return None
    if find_spec("python_calamine") is None:
        raise MissingExtra("reading Excel files", "excel")
    from devrules_excel.read import read_workbook

    return read_workbook(path)


@hookimpl
def devrules_report_formats() -> list[ReportFormat]:
    """Offer the format ``xlsx``."""
    return [ReportFormat("xlsx", ".xlsx", _pieces, binary=True)]


def _pieces(audit: Audited, how: How) -> Iterable[bytes]:
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("writing Excel files", "excel")
    from devrules_excel.report import workbook_pieces

    return workbook_pieces(audit, how)


@hookimpl
def devrules_write_marked(sheets: Iterable[MarkedSheet]) -> Iterable[bytes]:
    """Write a workbook."""
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("writing Excel files", "excel")
    from devrules_excel.marked import marked_pieces

    return marked_pieces(sheets)


@hookimpl
def devrules_write_template(path: Path, columns: Sequence[TemplateColumn]) -> bool | None:
    """Write an empty ledger as a workbook."""
    if path.suffix.lower() != ".xlsx":
        return None
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("writing a template", "excel")
    from devrules_excel.template import write_template

    write_template(path, columns)
    return True
