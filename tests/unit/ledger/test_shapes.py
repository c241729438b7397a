"""Ledgers in the shapes in which they arrive: what must be understood is, nothing is lost. All people are invented."""

# ruff: noqa: E501  # titles are twice as wide as they are long

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest

from devrules.dossier.model import Dossier
from devrules.ledger.columns import Columns
from devrules.ledger.read import Ledger, read_ledger
from devrules.ledger.sheet import Cell, Sheet
from devrules.ledger.text import nothing_written, one_line, written

Read = Callable[..., Ledger]

PROVINCE = (
    "序号,姓名,性别,公民身份证号码,民族,出生日期,学历,申请入党日期,手机号码,背景信息,工作岗位,政治面貌,接受申请党组织,籍贯,入团日期,"
    "参加工作日期,申请入党日期,确定入党积极分子日期,工作单位及职务,家庭住址,加入党组织日期,转为正式党员日期,人员类别,党籍状态,入党类型,"
    "所在党支部,人员类型,隶属党组织"
)
COLLECTION = "姓名,申请入党日期,积极分子会议日期,培训联系人,会议主持人,党支部书记,列席组织员,一线情况,实到人数,应到人数,重新入党(是/否),实名认证"
NATIONAL = (
    "姓名,性别,公民身份号码,民族,出生日期,学历,人员类别,学位,所在党支部,手机号码,入党日期,转正日期,党龄,党龄校正值,新社会阶层类型,"
    "工作岗位,从事专业技术职务,是否农民工,现居住地,户籍所在地,是否失联党员,是否流动党员,党员注册时间,注册手机号,党员增加信息,"
    "党员减少信息,入党类型,转正情况,入党时所在支部,延长预备期时间"
)
UNIVERSITY = (
    "学工号,姓名,联系分党委编码,联系分党委,联系党支部编码,联系党支部,提交书面申请书时间,确定为入党积极分子时间,"
    "入党积极分子培训起始时间,入党积极分子培训结束时间,积极分子结业考试成绩,确定为发展对象时间,发展对象培训起始时间,"
    "发展对象培训结束时间,发展对象结业考试成绩,列入发展计划时间,领取志愿书时间,志愿书编号,入党时间,转正时间,当前发展阶段,备注"
)
MATERIAL_18 = (
    "学号,姓名,出生年月,递交入党申请书时间,确定入党积极分子时间,团支部推优,民主评议时间,政治审查,确定重点对象时间,党校结业时间,"
    "支部党员大会时间,入党谈话时间,党委审批意见"
)
MATERIAL_6 = "支部,姓名,性别,出生年月,身份证号,学历,职务,申请入党时间,推荐或推优方式,确定为积极分子时间,培养联系人,确定发展对象时间"
MATERIAL_12 = "支部,姓名,性别,出生年月,身份证号,学历,职务,申请入党时间,推荐或推优方式,确定为积极分子时间,入党介绍人,接收为预备党员时间"
DESKTOP = (
    "所属党委,所属党支部,姓名,性别,民族,出生年月日,文化程度,提交入党申请时间,列为积极分子时间,培养联系人,入党介绍人,列为发展对象时间,"
    "列为预备党员时间,预备党员转正时间,当前阶段"
)
LISTS = {
    "province": (PROVINCE, 16),
    "collection": (COLLECTION, 6),
    "national": (NATIONAL, 12),
    "university": (UNIVERSITY, 13),
    "material 18": (MATERIAL_18, 8),
    "material 6": (MATERIAL_6, 11),
    "material 12": (MATERIAL_12, 11),
    "desktop": (DESKTOP, 15),
}
"""The columns of each list, and of how many a rule may take something."""

ID_NUMBER = "999999200001010003"


def cell_of(title: str) -> Cell:
    """Invent what stands under a title."""
    by_word = {
        "身份": ID_NUMBER,
        "姓名": "张　三",
        "性别": "男",
        "民族": "01",
        "出生": "2000.01",
        "手机": "+86 139-0000-0000",
        "面貌": "共青团员",
        "联系人": "李 四、王五",
        "介绍人": "李四 王五",
        "编码": " 020100",
        "是否": "否",
        "编号": "00012",
        "人数": "９",
        "意见": "同意",
        "方式": "团组织推优",
        "序号": 1,
    }
    found = next((text for word, text in by_word.items() if word in title), None)
    if found is not None:
        return found
    return "2021年5月6日" if title.endswith(("日期", "时间")) else "某"


def not_accounted_for(ledger: Ledger, rows: Sequence[Sequence[Cell]], header: int, columns: Columns) -> list[str]:
    """List the cells that hold something, are in no known column and in no line of the report."""
    reported = {(one.row, one.column) for one in ledger.unread}
    missing = []
    for number, row in enumerate(rows[header:], header + 1):
        for title, cell in zip(rows[header - 1], row, strict=False):
            name = one_line(written(title))
            known = columns.find(name) or columns.ignores(name) or nothing_written(written(cell))
            if not known and (header, name) not in reported and (number, None) not in reported:
                missing.append(f"{number} {name}")
    return missing


@pytest.mark.parametrize(("titles", "known"), LISTS.values(), ids=LISTS)
def test_each_list(read: Read, columns: Columns, titles: str, known: int) -> None:
    """Of every list the columns that rules need are understood, and each of the others is reported by its title."""
    header = titles.split(",")
    rows = [header, [cell_of(title) for title in header]]

    ledger = read(*rows)

    [dossier] = ledger.dossiers
    assert "张三" == dossier.person.name
    assert known == len({title for title in header if columns.find(title)})
    assert [] == not_accounted_for(ledger, rows, 1, columns)
    assert {title for title in header if not columns.find(title)} - {"序号"} == {one.column for one in ledger.unread}
    assert {"认得的列，没有规则用到 / a known column of which no rule takes anything"} >= {
        one.reason for one in ledger.unread
    }


def test_a_sheet_under_notes_and_phases(read: Read, columns: Columns) -> None:
    """Two rows of notes, a merged row of phases, and titles with line breaks and notes in row 4."""
    note = "导入前请删除注意事项，合并单元格"
    rows: list[list[Cell]] = [
        [note] * 6,
        ["说明", None, None, None, None, None],
        ["基本信息", "基本信息", "申请入党", "申请入党", "接收预备党员", "接收预备党员"],
        ["序号", "姓\n名", "申请入党\n日期（以落款为准）", "谈话\n日期", "入党志\n愿书（填写“完成”“未完成”）", "备注"],
        [1, "张三", "2021.5.6", "2021.5.20", "完成", "某"],
    ]

    ledger = read(*rows)

    [dossier] = ledger.dossiers
    assert {"application", "talk", "admission-form"} == set(dossier.records)
    assert [(4, "备注")] == [(one.row, one.column) for one in ledger.unread]
    assert [] == not_accounted_for(ledger, rows, 4, columns)


def test_a_header_on_two_rows(read: Read) -> None:
    """A title that is merged over two rows stands above the blank below it."""
    ledger = read(
        ["姓名", "积极分子", "积极分子"], [None, "培养联系人", "确定入党积极分子日期"], ["张三", "李四", "2021-05-06"]
    )

    [dossier] = ledger.dossiers
    assert {"contact-assignment", "recorded-activist-day"} == set(dossier.records)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2021-05-06",
            "2021.05.06",
            "2021.5.6",
            "2021/5/6",
            "20210506",
            "2021年5月6日",
            "2021年05月06日",
            "2021年5月6号",
        ),
        *(
            "２０２１．５．６",
            "二〇二一年五月六日",
            " 2021-05-06 ",
            "2021-05-06 00:00:00",
            "44322",
            44322,
            44322.0,
            20210506,
        ),
        *(date(2021, 5, 6), datetime(2021, 5, 6, 8)),  # noqa: DTZ001  # as a workbook has it
    ],
    ids=repr,
)
def test_every_way_to_write_a_day(read: Read, cell: Cell) -> None:
    """All of them are the same day."""
    [dossier] = read(["姓名", "谈话日期"], ["张三", cell]).dossiers

    assert "2021-05-06" == str(dossier.records["talk"][0].act_day)


@pytest.mark.parametrize(
    "cell", ["2021-05", "2021.05", "2021.5", "202105", "2021年5月", "2021/5", 202105, 2021.5], ids=repr
)
def test_every_way_to_write_a_month(read: Read, cell: Cell) -> None:
    """A month is never its first day."""
    [dossier] = read(["姓名", "谈话日期"], ["张三", cell]).dossiers

    assert "2021-05" == str(dossier.records["talk"][0].act_day)


@pytest.mark.parametrize(
    ("title", "cell", "field", "expected"),
    [
        ("性别", "1", "sex", "男"),
        ("性别", 2, "sex", "女"),
        ("性别", "0", "sex", None),
        ("民族", "01", "nation", "汉族"),
        ("民族", 1, "nation", "汉族"),
        ("民族", "56", "nation", "基诺族"),
        ("民族", "汉", "nation", "汉族"),
        ("民族", "穿青人", "nation", "穿青人"),
        ("学历", "20", "education", "大学本科"),
        ("学历", "14", "education", "研究生"),
        ("学历", "研究生", "education", "研究生"),
        ("政治面貌", "13", "political_status", "群众"),
        ("政治面貌", "03", "political_status", "共青团员"),
        ("政治面貌", "无", "political_status", None),
    ],
)
def test_codes(read: Read, title: str, cell: Cell, field: str, expected: str | None) -> None:
    """Codes of the national standards say what they stand for; other words are taken as they are."""
    ledger = read(["姓名", title], ["张三", cell])

    assert expected == getattr(ledger.dossiers[0].person, field)
    assert () == ledger.unread


@pytest.mark.parametrize(
    ("title", "cell"), [("民族", "57"), ("民族", "00"), ("学历", "40"), ("学历", "50"), ("学历", "60")]
)
def test_codes_that_are_not_clear(read: Read, title: str, cell: str) -> None:
    """A code that is in no standard, or means two schools, is reported."""
    [unread] = read(["姓名", title], ["张三", cell]).unread

    assert (title, cell, "未知的代码 / an unknown code") == (unread.column, unread.text, unread.reason)


def test_codes_keep_their_noughts(read: Read) -> None:
    """A code with noughts in front and spaces around is text."""
    [dossier] = read(["姓名", "所在党支部", "志愿书编号"], ["张三", " 020100", "00012 "]).dossiers

    assert "020100" == dossier.branch.name
    assert "00012" == dossier.records["admission-form"][0].number  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (ID_NUMBER, ID_NUMBER),
        ("９９９９９９２００００１０１０００３", ID_NUMBER),
        ("999999 20000101 0003", ID_NUMBER),
        ("'999999200001010003", ID_NUMBER),
        ("99999920000101002x", "99999920000101002X"),
        ("99999920000101022x", None),
        ("999999700101001", "999999700101001"),
        ("999999200001010004", None),
        ("999999701301001", None),
        ("999999200002300009", None),
        (9.99999200001010e17, None),
        ("9.99999E+17", None),
    ],
)
def test_id_numbers(read: Read, cell: Cell, kept: str | None) -> None:
    """A number with a wrong check digit, an impossible birth or lost figures is reported, masked, and not used."""
    ledger = read(["姓名", "身份证号"], ["张三", cell])

    assert kept == ledger.dossiers[0].person.id_number
    assert [True] * (kept is None) == [one.sensitive for one in ledger.unread]


BIRTH_DIFFERS = (
    "与公民身份号码中的出生日期不符，两者之间的日期均视为可能 / "
    "the ID number has another day of birth; any day between the two is taken to be possible"
)


@pytest.mark.parametrize(
    ("birth", "expected", "reported"),
    [
        ("2000-01-01", "2000-01-01", []),
        ("2000.01", "2000-01", []),
        ("2000-01-09", "2000-01-01/2000-01-09", [BIRTH_DIFFERS]),
        ("1999-12", "1999-12-01/2000-01-01", [BIRTH_DIFFERS]),
    ],
)
def test_the_birth_and_the_id_number(read: Read, birth: str, expected: str, reported: list[str]) -> None:
    """Where they disagree, it is reported, and nobody's age is judged by one of the two."""
    ledger = read(["姓名", "身份证号", "出生日期"], ["张三", ID_NUMBER, birth])

    assert expected == str(ledger.dossiers[0].person.birth)
    assert reported == [one.reason for one in ledger.unread if one.column == "出生日期" and one.row == 2]


def test_an_old_id_number_has_a_birth_too(read: Read) -> None:
    """The old form leaves out the century: it is the twentieth."""
    ledger = read(["姓名", "身份证号", "出生日期"], ["张三", "999999700101001", "1970-01-01"])

    assert () == ledger.unread


def looks(dossier: Dossier) -> tuple[str, frozenset[str], list[str]]:
    """Tell what a dossier holds, but for its id and its place."""
    days = [f"{kind} {record}" for kind, records in dossier.records.items() for record in records]
    return dossier.person.name, dossier.recorded_kinds, days


def test_rows_read_quickly_are_read_right(columns: Columns, law_kinds: object, read: Read) -> None:
    """A row that is read by what other rows said is read as it would be by itself."""
    titles = [title for titles, _ in LISTS.values() for title in titles.split(",")]
    header = list({(found.path if (found := columns.find(title)) else title): title for title in titles}.values())
    rows = []
    for n in range(40):
        row = [cell_of(title) for title in header]
        for at, title in enumerate(header):
            if columns.find(title) and title.endswith(("日期", "时间")):
                row[at] = (date(2021, 1, 1) + timedelta(days=n * at % 9), "-", "无", "2021.13", "2021.5")[
                    n * at % 7 % 5
                ]
        row[header.index("姓名")] = "张" + "一二三四五六七八九十"[n % 10] + "甲乙丙丁"[n // 10]
        row[next(at for at, title in enumerate(header) if "身份" in title)] = None
        rows.append(row)

    together = read(header, *rows)
    alone = [read_ledger([Sheet("台账.csv", None, [header, row])], columns, law_kinds) for row in rows]  # type: ignore[arg-type]

    assert [looks(one.dossiers[0]) for one in alone] == [looks(dossier) for dossier in together.dossiers]
    assert sum(len(one.unread) for one in alone) > len(together.unread) > 0
