"""
How long a workbook takes to be imported, beside the time in which its rows become lists.

A ratio within one run, of the processor's time. Importing looks the file over, understands every cell, reports what is
not understood, and tells who stands in several rows; each dossier is made when it is taken, which is measured apart.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from stdnum.cn import ric

import devrules_excel
import devrules_xize
from devrules.ledger.columns import read_columns
from devrules.ledger.read import read_ledger
from devrules.ruleset.from_toml import load_ruleset

calamine = pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

ROWS = 20_000
FEW, MANY = 5, 15
"""How many rounds there are, at the least and at the most."""
DAYS = "申请入党日期 谈话日期 确定入党积极分子日期 确定发展对象日期 政审日期 培训开始日期 培训结束日期"
DAYS += " 支部大会日期 党委审批日期"
HEADER = ["序号", "姓名", "公民身份号码", "出生日期", "手机号码", "所在党支部", "谈话人", "培养联系人", "考察日期"]
HEADER += DAYS.split()


def ledger(path: Path) -> Path:
    """Write a ledger of people of whom hardly two have a name, a contact or a series of days in common."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(1, ROWS + 1):
            days = [f"{2015 + (n * k) % 11}-{1 + (n + k) % 12:02}-{1 + (n * 7 + k) % 28:02}" for k in range(9)]
            name = "张" + chr(0x4E00 + n)
            birth = f"{1980 + n % 25}-{1 + n % 12:02}-{1 + n % 28:02}"
            number = f"999999{birth.replace('-', '')}{n % 1000:03}"
            who = [n, name, number + ric.calc_check_digit(f"{number}0"), birth, f"139{n:08}", f"第{n % 50}支部"]
            sheet.write_row(n, 0, [*who, f"李{name[1]}", f"王{name[1]}、李四", f"{days[0]}、{days[1]}", *days])
    return path


def test_reading_a_workbook(tmp_path: Path) -> None:
    """Importing takes at most 2.7 times what the library needs for the rows, and with all dossiers ten times."""
    folder = Path(devrules_xize.__file__).parent
    kinds = load_ruleset(folder, ruleset_id="xize", version="1", national=True).kinds
    columns = read_columns(folder / "columns.toml", kinds)
    path = ledger(tmp_path / "ledger.xlsx")

    rows, imported, whole = [], [], []

    def quick() -> bool:
        return min(imported) <= 2.7 * min(rows) and min(whole) <= 10 * min(rows)

    # What disturbs makes a round longer, and none shorter: more of them come nearer to what each takes by itself.
    while len(rows) < FEW or (len(rows) < MANY and not quick()):
        start = time.process_time()
        with calamine.CalamineWorkbook.from_path(path) as book:
            book.get_sheet_by_index(0).to_python()
        middle = time.process_time()
        read = read_ledger(devrules_excel.devrules_read_sheets(path) or (), columns, kinds)
        imported.append(time.process_time() - middle)
        dossiers = tuple(read.dossiers)
        whole.append(time.process_time() - middle)
        rows.append(middle - start)

    assert (ROWS, ()) == (len(dossiers), read.unread)
    assert quick(), f"{min(imported) / min(rows):.2f} and {min(whole) / min(rows):.2f} times"
