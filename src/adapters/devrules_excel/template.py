"""The columns of an empty ledger to a workbook with drop-downs and notes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from devrules.ledger.template import TemplateColumn
from devrules.report.writing import write_whole

_ROWS = 1000
"""So many rows have drop-downs."""

_HEADER = 1


def write_template(path: Path, columns: Sequence[TemplateColumn]) -> None:
    """
    Write an empty ledger: what the columns are about, their titles with notes, and rows to fill in.

    Args:
        path: The file, which ends in ``.xlsx``; it is there when it is whole.
        columns: Its columns.

    Raises:
        UsageError: When it cannot be written.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        group = book.add_format({"bold": True, "align": "center", "bg_color": "#F2F2F2", "border": 1})
        title = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        text = book.add_format({"num_format": "@"})
        _write_groups(sheet, columns, group)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, max(10, 2 * len(column.title) + 2), text if column.is_text else None)
            sheet.write_string(_HEADER, at, column.title, title)
            sheet.write_comment(_HEADER, at, column.note, {"x_scale": 2})
            if column.choices:
                choices = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
                sheet.data_validation(_HEADER + 1, at, _HEADER + _ROWS, at, choices)
        sheet.freeze_panes(_HEADER + 1, 1)
    write_whole(path, [file.getvalue()])


def _write_groups(sheet: Any, columns: Sequence[TemplateColumn], form: Any) -> None:
    at = 0
    for name, own in groupby(columns, lambda column: column.group):
        count = len(list(own))
        if count > 1:
            sheet.merge_range(_HEADER - 1, at, _HEADER - 1, at + count - 1, name, form)
        else:
            sheet.write_string(_HEADER - 1, at, name, form)
        at += count
