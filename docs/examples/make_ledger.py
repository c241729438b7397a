"""
Make the sample ledger: invented people on their way into the Party, in all five stages, as ledgers really look.

    python docs/examples/make_ledger.py

It writes ``docs/examples/ledger.xlsx`` and the same file for ``devrules demo``. Nobody in it exists: the names are made
up, the ID numbers belong to a region that there is not (990000), the telephone numbers to nobody.

Each person begins as a course without a fault (`course`); what is said of the person then changes single cells. Text is
written as people write it: some days are dates, some are text, some are months, some cannot be read.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import attrs
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell: TypeAlias = date | int | float | str | None

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "docs/examples/ledger.xlsx", ROOT / "src/devrules/cli/demo.xlsx")
AS_OF = date(2026, 11, 21)
NEW_EDITION = date(2026, 5, 11)
SATURDAY = 5
TITLE = "示例大学发展党员工作台账（示例：人员、单位均为虚构）"

BRANCHES = {
    "一": ("示例学院学生第一党支部", "是"),
    "二": ("示例学院学生第二党支部", "是"),
    "教": ("示例学院教工党支部", "是"),
    "校": ("示例校友流动党支部", "否"),
}
SUPERIOR = "中共示例大学示例学院委员会"
STAGES = {
    "申": "入党申请人",
    "积": "入党积极分子",
    "发": "发展对象",
    "预": "预备党员",
    "正": "正式党员",
}

COLUMNS = (
    *("序号", "姓名", "性别", "民族", "公民身份号码", "出生日期", "学历", "手机号码", "流动人员"),
    *("所在党支部", "设支委会", "上级党委", "当前阶段"),
    *("申请入党日期", "收到申请书日期", "谈话日期", "谈话人", "推荐推优日期", "推荐或推优方式"),
    *("确定积极分子会议日期", "积极分子备案日期", "培养联系人", "培养联系人确定日期", "考察日期"),
    *("党小组意见日期", "培养联系人意见日期", "党员群众意见日期"),
    *("拟列发展对象支委会日期", "上级同意日期", "公示开始日期", "公示结束日期", "公示结果", "确定发展对象日期"),
    *("入党介绍人", "政审日期", "政审结论", "培训开始日期", "培训结束日期", "培训天数", "培训学时"),
    *("支委会审查日期", "预审日期", "预审结果", "志愿书编号"),
    *("支部大会日期", "应到人数", "实到人数", "赞成票", "反对票", "弃权票", "书面赞成票", "入党日期"),
    *("上报审批日期", "党委谈话日期", "党委谈话人身份", "党委审批日期", "延长审批原因", "预备期起", "预备期止"),
    *("入党宣誓日期", "转正申请日期", "转正支委会日期", "转正大会日期", "转正应到人数", "转正实到人数", "转正赞成票"),
    *("延长预备期至", "转正审批日期", "转正日期", "归档日期"),
)


@attrs.frozen
class Someone:
    """An invented person: how far they are, when they applied, and the cells that differ from a faultless course."""

    name: str
    sex: str
    born: date
    branch: str
    stage: str
    applied: date
    cells: Mapping[str, Cell] = attrs.field(factory=dict)


def later(day: date, months: int = 0, days: int = 0) -> date:
    """Move a day by months, then by days; from a weekend on to Monday."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + timedelta(days)
    return moved + timedelta(7 - moved.weekday() if moved.weekday() >= SATURDAY else 0)


def year_after(day: date) -> date:
    """The same day a year later; a leap day becomes 28 February."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def course(applied: date, stage: str) -> dict[str, Cell]:
    """The cells of a course without a fault, as far as *stage*."""
    cells: dict[str, Cell] = {}
    for reached, more in (
        ("申", _applicant),
        ("积", _activist),
        ("发", _prospect),
        ("预", _probationary),
        ("正", _full),
    ):
        cells |= more(applied)
        if reached == stage:
            break
    cells["考察日期"] = "、".join(map(str, _reviews(cells))) if stage != "申" else None
    return cells


def _applicant(applied: date) -> dict[str, Cell]:
    return {
        "申请入党日期": applied,
        "收到申请书日期": later(applied, days=1),
        "谈话日期": later(applied, days=12),
        "谈话人": "石守拙",
    }


def _activist(applied: date) -> dict[str, Cell]:
    decided = later(applied, 6)
    return {
        "推荐推优日期": later(applied, 5, 10),
        "推荐或推优方式": "群团组织推优",
        "确定积极分子会议日期": decided,
        "积极分子备案日期": later(decided, days=8),
        "培养联系人": "柏长青、梅映雪",
        "培养联系人确定日期": decided,
    }


def _prospect(applied: date) -> dict[str, Cell]:
    discussed = later(applied, 19)
    listed = later(discussed, days=29)
    cells: dict[str, Cell] = {
        "党小组意见日期": later(discussed, days=-12),
        "培养联系人意见日期": later(discussed, days=-11),
        "党员群众意见日期": later(discussed, days=-10),
        "拟列发展对象支委会日期": discussed,
        "上级同意日期": later(discussed, days=10),
        "确定发展对象日期": listed,
        "入党介绍人": "柏长青、梅映雪",
        "政审日期": later(listed, days=30),
        "政审结论": "合格",
        "培训开始日期": later(listed, days=40),
        "培训结束日期": later(listed, days=44),
        "培训天数": 3,
        "培训学时": 24,
    }
    if listed >= NEW_EDITION:
        start = later(discussed, days=14)
        cells |= {"公示开始日期": start, "公示结束日期": later(start, days=10), "公示结果": "无异议"}
    return {name: cell for name, cell in cells.items() if not isinstance(cell, date) or cell <= AS_OF}


def _probationary(applied: date) -> dict[str, Cell]:
    met = later(applied, 23)
    return {
        "支委会审查日期": later(met, days=-30),
        "预审日期": later(met, days=-20),
        "预审结果": "合格",
        "志愿书编号": f"示-{applied:%y%m%d}",
        "支部大会日期": met,
        "应到人数": 15,
        "实到人数": 14,
        "赞成票": 14,
        "反对票": 0,
        "弃权票": 0,
        "入党日期": met,
        "上报审批日期": later(met, days=4),
        "党委谈话日期": later(met, days=20),
        "党委谈话人身份": "组织员",
        "党委审批日期": later(met, 1),
        "预备期起": met,
        "预备期止": year_after(met) - timedelta(1),
        "入党宣誓日期": later(met, 1, 18),
    }


def _full(applied: date) -> dict[str, Cell]:
    full = year_after(later(applied, 23))
    return {
        "转正申请日期": later(full, days=-15),
        "转正支委会日期": later(full, days=3),
        "转正大会日期": later(full, days=6),
        "转正应到人数": 15,
        "转正实到人数": 13,
        "转正赞成票": 13,
        "转正审批日期": later(full, days=30),
        "转正日期": full,
        "归档日期": later(full, days=45),
    }


def _reviews(cells: Mapping[str, Cell]) -> Iterator[date]:
    """A review towards the end of every half-year, until the prospect is discussed."""
    decided, until = cells["确定积极分子会议日期"], cells.get("拟列发展对象支委会日期", AS_OF)
    assert isinstance(decided, date)  # noqa: S101  # it was just made
    assert isinstance(until, date)  # noqa: S101  # the same
    reviews = (later(decided, 6 * n + 5, 16) for n in range(8))
    return (day for day in reviews if day <= until)


APPLICANTS = (
    Someone("林若溪", "女", date(2006, 5, 12), "一", "申", date(2026, 9, 14)),
    # The talk came after 34 days.
    Someone("陶知远", "男", date(2005, 11, 3), "一", "申", date(2026, 3, 2), {"谈话日期": date(2026, 4, 7)}),
    # No talk yet, due on 9 December.
    Someone("祝云舒", "女", date(2006, 8, 25), "一", "申", date(2026, 11, 8), {"谈话日期": None, "谈话人": None}),
    # No talk, and the month is over.
    Someone("苗青禾", "女", date(2006, 2, 17), "二", "申", date(2026, 6, 1), {"谈话日期": None, "谈话人": "-"}),
    # Under age when applying.
    Someone("阮小满", "男", date(2008, 12, 20), "二", "申", date(2026, 9, 21)),
    # There is no month 13.
    Someone("栗子谦", "男", date(2005, 7, 7), "二", "申", date(2025, 12, 1), {"申请入党日期": "2023.13.1"}),
    # The month of the talk alone does not tell whether it was in time.
    Someone(
        "樊星阑",
        "女",
        date(1998, 4, 9),
        "教",
        "申",
        date(2026, 4, 15),
        {"申请入党日期": "2026.4", "收到申请书日期": "2026年4月", "谈话日期": "2026年5月"},
    ),
    # The last day that passes: 31 January and a month is 28 February.
    Someone(
        "温如玉",
        "女",
        date(2004, 1, 30),
        "校",
        "申",
        date(2026, 1, 31),
        {"收到申请书日期": "2026年1月31日", "谈话日期": "2026年2月28日", "流动人员": "是"},
    ),
)

ACTIVISTS = (
    # The day of the talk is a number: the cell lost its date format.
    Someone("纪行舟", "男", date(2004, 6, 18), "一", "积", date(2025, 9, 8), {"谈话日期": 45922}),
    # Only one review in more than a year.
    Someone("花知微", "女", date(2003, 10, 2), "一", "积", date(2025, 3, 3), {"考察日期": "2026年2月20日"}),
    # Three contacts.
    Someone(
        "闻一鸣", "男", date(2004, 3, 21), "一", "积", date(2025, 10, 13), {"培养联系人": "柏长青、梅映雪、石守拙"}
    ),
    # One contact is enough.
    Someone("叶知秋", "女", date(2005, 9, 23), "二", "积", date(2025, 11, 3), {"培养联系人": "竹 青"}),
    # Filed before it was decided.
    Someone("雷鸣谦", "男", date(2004, 12, 1), "二", "积", date(2025, 4, 7), {"积极分子备案日期": date(2025, 9, 30)}),
    # Reviews by the month: whether each half-year had one stays open.
    Someone(
        "穆清风",
        "男",
        date(1991, 7, 15),
        "教",
        "积",
        date(2025, 2, 10),
        {"确定积极分子会议日期": "2025.08", "考察日期": "2026.02；2026.08"},
    ),
    # Reviews by the month that cannot miss a half-year.
    Someone("柳含章", "女", date(1994, 2, 8), "教", "积", date(2025, 2, 17), {"考察日期": "2025年12月、2026年6月"}),
    Someone("江晚晴", "女", date(2004, 4, 4), "二", "积", date(2026, 5, 12), {"考察日期": None}),
    # There is no 30 February.
    Someone("费思量", "男", date(2003, 5, 29), "一", "积", date(2025, 2, 14), {"谈话日期": "2025.2.30"}),
    # Nothing written where the contacts should stand; the ID number went through a number and is destroyed.
    Someone(
        "秦望舒",
        "男",
        date(2004, 8, 16),
        "校",
        "积",
        date(2025, 12, 8),
        {"培养联系人": "—", "公民身份号码": 9.90000200408161e17, "流动人员": "是"},
    ),
    # Days that somebody made up: the first of January, all along the row.
    Someone(
        "欧阳半夏",
        "女",
        date(1992, 11, 30),
        "教",
        "积",
        date(2025, 1, 1),
        {
            "申请入党日期": "2025.01.01",
            "收到申请书日期": "2025.01.01",
            "谈话日期": "2025.01.01",
            "推荐推优日期": "2026.01.01",
            "确定积极分子会议日期": "2026.01.01",
            "积极分子备案日期": "2026.01.01",
            "培养联系人确定日期": "2026.01.01",
            "考察日期": None,
        },
    ),
)

PROSPECTS = (
    Someone("白芷若", "女", date(2003, 3, 14), "一", "发", date(2024, 11, 4)),
    # Listed before 11 May 2026: no public notice was asked for.
    Someone("谷雨生", "男", date(2002, 4, 20), "一", "发", date(2024, 8, 12)),
    # Three working days of notice.
    Someone(
        "夏初临",
        "女",
        date(2003, 6, 6),
        "一",
        "发",
        date(2024, 12, 2),
        {"公示开始日期": date(2026, 7, 20), "公示结束日期": date(2026, 7, 22)},
    ),
    # Eight days of notice, but over the National Day: two working days.
    Someone(
        "应无咎",
        "男",
        date(2002, 9, 9),
        "二",
        "发",
        date(2025, 2, 10),
        {
            "公示开始日期": "2026年9月30日",
            "公示结束日期": "2026年10月8日",
            "确定发展对象日期": "2026年10月12日",
            "政审日期": None,
            "政审结论": None,
        },
    ),
    # No notice at all under the 2026 edition.
    Someone(
        "乐平之",
        "男",
        date(2001, 12, 12),
        "二",
        "发",
        date(2024, 12, 16),
        {"公示开始日期": "无", "公示结束日期": "无", "公示结果": "无"},
    ),
    # Discussed a month before the year of cultivation was over.
    Someone(
        "商羽声",
        "女",
        date(2002, 7, 1),
        "二",
        "发",
        date(2024, 10, 14),
        {"拟列发展对象支委会日期": date(2026, 3, 16), "考察日期": "2025-09-28、2026-03-10"},
    ),
    # Listed in the week in which the new edition was in force and not yet public.
    Someone(
        "滕远山",
        "男",
        date(1990, 1, 19),
        "教",
        "发",
        date(2024, 9, 9),
        {
            "确定发展对象日期": date(2026, 5, 14),
            "公示开始日期": None,
            "公示结束日期": None,
            "公示结果": None,
        },
    ),
    # One sponsor; the training too short; not qualified in the political review.
    Someone(
        "孟浩歌",
        "男",
        date(1999, 10, 31),
        "校",
        "发",
        date(2024, 11, 18),
        {"入党介绍人": "竹青", "培训天数": 2, "培训学时": 16, "政审结论": "不合格", "流动人员": "是"},
    ),
    # Everything by the month.
    Someone(
        "沈鹿鸣",
        "女",
        date(1997, 8, 8),
        "教",
        "发",
        date(2024, 10, 9),
        {
            "申请入党日期": "2024.10",
            "收到申请书日期": "2024.10",
            "谈话日期": "2024.10",
            "确定积极分子会议日期": "2025.04",
            "积极分子备案日期": "2025.04",
            "培养联系人确定日期": "2025.04",
            "考察日期": "２０２５年９月\n２０２６年３月",
            "拟列发展对象支委会日期": "2026.05",
            "上级同意日期": "2026.05",
            "公示开始日期": "2026.06",
            "公示结束日期": "2026.06",
            "确定发展对象日期": "2026.06",
        },
    ),
)

PROBATIONARY = (
    Someone("顾南乔", "女", date(2002, 2, 2), "一", "预", date(2024, 1, 15)),
    Someone("卫长歌", "男", date(2001, 5, 5), "一", "预", date(2024, 3, 4)),
    # Pre-examined under the old edition, the meeting 51 days later under the new one: transition.
    Someone("施雨桐", "女", date(2001, 8, 28), "一", "预", date(2024, 7, 10), {"预审日期": date(2026, 4, 20)}),
    # The meeting came 47 days after a pre-examination under the new edition.
    Someone("燕北归", "女", date(2002, 3, 3), "二", "预", date(2024, 8, 19), {"预审日期": date(2026, 6, 3)}),
    # Present were half of those with a vote, not more.
    Someone(
        "岑参商",
        "男",
        date(2001, 11, 11),
        "二",
        "预",
        date(2024, 6, 3),
        {"应到人数": 16, "实到人数": 8, "赞成票": 8},
    ),
    # In favour were fewer than half of those with a vote, though most of those present.
    Someone(
        "葛木生",
        "男",
        date(1989, 9, 19),
        "教",
        "预",
        date(2024, 5, 6),
        {"应到人数": 23, "实到人数": 16, "赞成票": 11, "反对票": 3, "弃权票": 2},
    ),
    # A majority with the votes in writing.
    Someone(
        "蓝采薇",
        "女",
        date(1993, 4, 27),
        "教",
        "预",
        date(2024, 4, 8),
        {"应到人数": 21, "实到人数": 12, "赞成票": 10, "反对票": 2, "书面赞成票": 2},
    ),
    # Probation counted from the approval instead of the meeting.
    Someone(
        "尹东风",
        "男",
        date(2002, 6, 15),
        "一",
        "预",
        date(2024, 2, 5),
        {"预备期起": date(2026, 2, 5), "预备期止": date(2027, 2, 5)},
    ),
    # The approval took four months, without a reason; no oath yet.
    Someone(
        "池听雨",
        "女",
        date(2001, 1, 21),
        "二",
        "预",
        date(2024, 4, 22),
        {"上报审批日期": "2026/3/26", "党委审批日期": "2026/7/30", "延长审批原因": "无", "入党宣誓日期": None},
    ),
    # The ledger keeps only the day of admission, not that of the meeting.
    Someone(
        "屠夜雪",
        "女",
        date(1995, 12, 24),
        "校",
        "预",
        date(2024, 3, 18),
        {
            "支部大会日期": None,
            "应到人数": None,
            "实到人数": None,
            "赞成票": None,
            "反对票": None,
            "弃权票": None,
            "流动人员": "是",
        },
    ),
)

FULL = (
    Someone("宫信芳", "男", date(1999, 3, 30), "一", "正", date(2022, 9, 5)),
    Someone("凌霄月", "女", date(2000, 10, 10), "一", "正", date(2022, 10, 17)),
    # Converted eleven days before probation was over.
    Someone("戈长河", "男", date(1999, 6, 1), "二", "正", date(2022, 11, 7), {"转正大会日期": date(2025, 9, 26)}),
    # Extended by half a year: full membership counts from the end of the extension.
    Someone(
        "楚天阔",
        "男",
        date(1996, 1, 8),
        "教",
        "正",
        date(2022, 3, 7),
        {
            "延长预备期至": date(2025, 8, 7),
            "转正申请日期": date(2025, 7, 21),
            "转正支委会日期": date(2025, 8, 8),
            "转正大会日期": date(2025, 8, 14),
            "转正审批日期": date(2025, 9, 12),
            "转正日期": date(2025, 8, 7),
            "归档日期": date(2025, 9, 26),
        },
    ),
    # Full membership written as the day of the approval.
    Someone("傅冬阳", "男", date(1998, 12, 6), "二", "正", date(2022, 6, 13), {"转正日期": date(2025, 6, 12)}),
    # Began before the 2014 edition was in force.
    Someone("司马怀南", "男", date(1990, 5, 4), "教", "正", date(2013, 3, 4)),
)

PEOPLE = (*APPLICANTS, *ACTIVISTS, *PROSPECTS, *PROBATIONARY, *FULL)
EMPTY_AFTER = 18
"""So many people stand above a row that was left empty."""


def id_number(someone: Someone, n: int) -> str:
    """An ID number of nobody, with the right check digit."""
    digits = f"990000{someone.born:%Y%m%d}{2 * n + (someone.sex == '男'):03}"
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(digits))
    return digits + "10X98765432"[total % 11]


def row(someone: Someone, n: int) -> list[Cell]:
    """One row of the ledger."""
    branch, has_committee = BRANCHES[someone.branch]
    cells: dict[str, Cell] = {
        "序号": n,
        "姓名": someone.name,
        "性别": someone.sex,
        "民族": "汉族",
        "公民身份号码": id_number(someone, n),
        "出生日期": someone.born,
        "学历": "研究生" if someone.branch == "教" else "大学本科",
        "手机号码": f"100{n:08}",
        "流动人员": "否",
        "所在党支部": branch,
        "设支委会": has_committee,
        "上级党委": SUPERIOR,
        "当前阶段": STAGES[someone.stage],
        **course(someone.applied, someone.stage),
        **someone.cells,
    }
    return [cells.get(name) for name in COLUMNS]


def make() -> Workbook:
    """The workbook: a title, a header, the people."""
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append([TITLE])
    sheet.append(list(COLUMNS))
    for n, someone in enumerate(PEOPLE, start=1):
        sheet.append(row(someone, n))
        if n == EMPTY_AFTER:
            sheet.append([])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
    sheet["A1"].font = Font(size=16, bold=True)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for at, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = max(12, 2 * len(name))
    for line in sheet.iter_rows(min_row=3):
        for cell in line:
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "C3"
    return book


if __name__ == "__main__":
    made, copy = FILES
    make().save(made)
    copy.write_bytes(made.read_bytes())
    print(f"{len(PEOPLE)} people: {', '.join(str(file.relative_to(ROOT)) for file in FILES)}")
