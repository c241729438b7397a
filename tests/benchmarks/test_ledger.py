"""
How long a workbook takes to become dossiers, beside the time in which its rows become lists.

A ratio within one run, of the processor's time. Every cell becomes a value with a meaning, and rows become records, so
that it is far more than reading; the limit notices when it becomes more by half.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import devrules_excel
import devrules_xize
from devrules.ledger.columns import read_columns
from devrules.ledger.read import read_ledger
from devrules.ruleset.from_toml import load_ruleset

calamine = pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

ROWS = 5_000
DAYS = "申请入党日期 谈话日期 确定入党积极分子日期 确定发展对象日期 政审日期 培训开始日期 培训结束日期"
DAYS += " 支部大会日期 党委审批日期"
HEADER = ["序号", "姓名", "所在党支部", "谈话人", "培养联系人", "考察日期", *DAYS.split()]


def ledger(path: Path) -> Path:
    """Write a ledger of people of whom hardly two cells are the same."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(1, ROWS + 1):
            days = [f"{2015 + (n * k) % 11}-{1 + (n + k) % 12:02}-{1 + (n * 7 + k) % 28:02}" for k in range(9)]
            name = "张" + chr(0x4E00 + n)
            sheet.write_row(n, 0, [n, name, f"第{n % 50}支部", name, f"{name}、李四", f"{days[0]}、{days[1]}", *days])
    return path


def test_reading_a_workbook(tmp_path: Path) -> None:
    """It takes at most forty times as long as the library needs for the rows alone, and nothing is left unread."""
    folder = Path(devrules_xize.__file__).parent
    kinds = load_ruleset(folder, ruleset_id="xize", version="1", national=True).kinds
    columns = read_columns(folder / "columns.toml", kinds)
    path = ledger(tmp_path / "ledger.xlsx")

    rows, whole = [], []
    for _ in range(3):
        start = time.process_time()
        with calamine.CalamineWorkbook.from_path(path) as book:
            book.get_sheet_by_index(0).to_python()
        middle = time.process_time()
        read = read_ledger(devrules_excel.devrules_read_sheets(path) or (), columns, kinds)
        rows.append(middle - start)
        whole.append(time.process_time() - middle)

    assert (ROWS, ()) == (len(read.dossiers), read.unread)
    assert min(whole) <= 40 * min(rows), f"{min(whole) / min(rows):.1f} times"
