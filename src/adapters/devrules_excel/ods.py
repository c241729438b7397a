"""An .ods to the certainty that no error hides in it and no cell is repeated without end."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from devrules_excel.refusals import Errors, check_extent, errors_not_placed

_ERROR = re.compile(rb'calcext:value-type="error"')
_CELL = re.compile(rb"<table:table-cell\s[^>]*office:value-type[^>]*>")
_ROW = re.compile(
    rb'<table:table-row\s[^>]*number-rows-repeated="([0-9]{1,9})"[^>]*(?<!/)>(.*?)</table:table-row>', re.DOTALL
)
_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')
_FILLED = b"office:value-type"


def look_into(path: Path, archive: ZipFile) -> Errors:
    """
    Look for errors, which this form keeps as text beside an empty value.

    Raises:
        InvalidInput: When there are any, or a filled cell is repeated too often.
    """
    data = archive.read("content.xml")
    found = len(_ERROR.findall(data))
    if found:
        raise errors_not_placed(path, found)
    columns = [int(match[1]) for cell in _CELL.findall(data) if (match := _COLUMNS.search(cell))]
    rows = [int(count) for count, cells in _ROW.findall(data) if _FILLED in cells]
    check_extent(path, "a repeated cell", max(rows, default=1), max(columns, default=1))
    return {}
