"""Cells as they really arrive, dirty habits and all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import attrs
import pytest

from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.ledger.cells import Said, read_cell
from devrules.ledger.columns import Columns
from devrules.ledger.read import Ledger
from devrules.ledger.sheet import Cell, CellError


@pytest.fixture
def said(columns: Columns) -> Callable[[str, Cell], Said]:
    """Reads one cell of a column."""

    def read(title: str, cell: Cell) -> Said:
        column = columns.find(title)
        assert column is not None
        return read_cell(cell, column, columns)

    return read


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2023-05-01", "2023-05-01"),
        ("2023.05.01", "2023-05-01"),
        ("2023.05", "2023-05"),
        ("2023.5", "2023-05"),
        ("1969.01", "1969-01"),
        ("20230501", "2023-05-01"),
        ("202305", "2023-05"),
        ("2023年5月1日", "2023-05-01"),
        ("2023年5月", "2023-05"),
        ("2023", "2023"),
        ("２０２３－０５－０１", "2023-05-01"),
        (" 2023-05-01\n", "2023-05-01"),
        ("2023-05-01 00:00:00", "2023-05-01"),
        ("45047", "2023-05-01"),
        ("45047.0", "2023-05-01"),
        (45047, "2023-05-01"),
        (45047.0, "2023-05-01"),
        (20230501, "2023-05-01"),
        (202305.0, "2023-05"),
        (2023.5, "2023-05"),
        (2023, "2023"),
        (date(2023, 5, 1), "2023-05-01"),
        (datetime(2023, 5, 1, 12, 30), "2023-05-01"),  # noqa: DTZ001  # as a workbook has it
    ],
    ids=repr,
)
def test_days(said: Callable[[str, Cell], Said], cell: Cell, expected: str) -> None:
    """A day is as precise as it is written; a month is never turned into its first day."""
    assert Said("value", Day.parse(expected)) == said("谈话日期", cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2023.13.1", "没有第13月 / there is no month 13"),
        ("2023-02-30", "2023年2月没有30日 / there is no day 30 in 2023-02"),
        ("23-05-01", "年份只有两位 / the year has only two digits"),
        ("03/04/2023", "年不在最前，日月次序不明 / the year is not first, so day and month cannot be told apart"),
        ("待定", "不是已知的日期写法 / not a known way to write a day"),
        ("2023-01-01、2023-02-01", "不是已知的日期写法 / not a known way to write a day"),
        (2023.1, "1月，或丢了零的10月 / January, or an October that lost its nought"),
        (True, "不是日期 / not a day"),
        (CellError("#REF!"), "公式出错或没有缓存值 / the formula ended in an error or has no cached value"),
    ],
    ids=repr,
)
def test_days_that_are_not_understood(said: Callable[[str, Cell], Said], cell: Cell, reason: str) -> None:
    """What cannot be read says why; it is never guessed."""
    assert Said("unread", reason=reason) == said("谈话日期", cell)


def test_two_digit_years(columns: Columns) -> None:
    """Two-digit years are read where the mapping says so."""
    known = attrs.evolve(columns, two_digit_years=True)

    assert Said("value", Day.parse("2023-05-01")) == read_cell("23-05-01", known.by_name["谈话日期"], known)
    assert Said("value", (Day.parse("2023-05-01"),)) == read_cell("23-05-01", known.by_name["考察日期"], known)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2023-01、2023.6，2023-12-01", ["2023-01", "2023-06", "2023-12-01"]),
        ("2023-01;2023-06；2023-12", ["2023-01", "2023-06", "2023-12"]),
        ("2023-01\n2023-06", ["2023-01", "2023-06"]),
        ("2023-01, 2023-01", ["2023-01", "2023-01"]),
        (date(2023, 1, 2), ["2023-01-02"]),
        ("45047", ["2023-05-01"]),
        (2023.5, ["2023-05"]),
    ],
    ids=repr,
)
def test_series(said: Callable[[str, Cell], Said], cell: Cell, expected: list[str]) -> None:
    """A cell of a series holds as many days as it names."""
    assert Said("value", tuple(map(Day.parse, expected))) == said("考察日期", cell)


def test_one_bad_day_in_a_series(said: Callable[[str, Cell], Said]) -> None:
    """One day that cannot be read makes the series unknown: nobody can say which it was."""
    assert "unread" == said("考察日期", "2023-01、2023-13").state


@pytest.mark.parametrize("cell", [None, "", " ", "-", "—", "——", "－", "/", "--", "\u3000", "\n", "\u200b"])
@pytest.mark.parametrize("title", ["谈话日期", "谈话人", "公示结果", "流动人员", "应到人数", "培养联系人", "姓名"])
def test_nothing_written(said: Callable[[str, Cell], Said], title: str, cell: Cell) -> None:
    """A blank and the marks that stand for one say nothing, in a column of any form."""
    assert Said("blank") == said(title, cell)


@pytest.mark.parametrize("cell", ["无", " 无 ", "无\n"])
@pytest.mark.parametrize("title", ["谈话日期", "考察日期", "谈话人", "政审结论", "应到人数", "培养联系人", "手机号码"])
def test_there_is_none(said: Callable[[str, Cell], Said], title: str, cell: str) -> None:
    """无 is an answer: there is none."""
    assert Said("none") == said(title, cell)


@pytest.mark.parametrize(
    ("title", "cell", "expected"),
    [
        *(("流动人员", word, True) for word in ("是", "有", "√", "完成", "对", True)),
        *(("流动人员", word, False) for word in ("否", "无", "未完成", "×", False)),
        *(("公示结果", word, "clear") for word in ("无异议", "通过", "没有异议", "无 异 议")),
        *(("公示结果", word, "objections") for word in ("有异议", "有反映")),
        *(("政审结论", word, "qualified") for word in ("合格", "通过")),
        ("政审结论", "不合格", "not-qualified"),
        *(("预审结果", word, "passed") for word in ("合格", "通过", "同意")),
        ("预审结果", "不合格", "not-passed"),
        ("性别", 1, "男"),
        ("性别", 2.0, "女"),
        ("入党志愿书", "完成", "入党志愿书"),
    ],
    ids=repr,
)
def test_words(said: Callable[[str, Cell], Said], title: str, cell: Cell, expected: Any) -> None:
    """Words mean what their list says."""
    assert expected == said(title, cell).value


@pytest.mark.parametrize(("title", "cell"), [("入党志愿书", "未完成"), ("性别", "0"), ("政审结论", "无")])
def test_words_that_say_none(said: Callable[[str, Cell], Said], title: str, cell: Cell) -> None:
    """A list may say that a word means that there is nothing."""
    assert Said("none") == said(title, cell)


@pytest.mark.parametrize(("title", "cell"), [("公示结果", "良好"), ("流动人员", "也许"), ("政审结论", 1)])
def test_unknown_words(said: Callable[[str, Cell], Said], title: str, cell: Cell) -> None:
    """A word that is in no list is reported with those that are known."""
    found = said(title, cell)

    assert "unread" == found.state
    assert found.reason.startswith("未知的词，认得的有：")
    assert found.reason.endswith(" / an unknown word; those listed are known")


@pytest.mark.parametrize(
    ("cell", "expected"), [("24", 24), ("24学时", 24), ("２４", 24), (24.0, 24), ("24.0", 24), ("1 2", 12)], ids=repr
)
def test_counts(said: Callable[[str, Cell], Said], cell: Cell, expected: int) -> None:
    """A count may say what is counted."""
    assert Said("value", expected) == said("培训学时", cell)


@pytest.mark.parametrize("cell", ["约24", "-3", 3.5, "3.5天", "5（含预备2）", True, "1234567", date(2023, 1, 1)])
def test_no_counts(said: Callable[[str, Cell], Said], cell: Cell) -> None:
    """What is no whole number is reported."""
    assert Said("unread", reason="不是整数 / not a whole number") == said("培训学时", cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("GB 001", "GB 001"), ("0012", "0012"), (12, "12"), (12.0, "12"), (12.5, "12.5"), (False, "False")],
)
def test_texts(said: Callable[[str, Cell], Said], cell: Cell, expected: str) -> None:
    """Codes and amounts are text, also where a spreadsheet made a number of them."""
    assert Said("value", expected) == said("志愿书编号", cell)


@pytest.mark.parametrize("cell", ["1.10101E+17", 1.10101e17])
@pytest.mark.parametrize("title", ["公民身份号码", "志愿书编号", "手机号码"])
def test_destroyed_numbers(read_one: Callable[..., tuple[Dossier, Ledger]], title: str, cell: Cell) -> None:
    """A number that went through a float has lost figures, which is reported."""
    _, ledger = read_one({title: cell})

    [unread] = ledger.unread
    assert unread.reason.endswith("the number went through a spreadsheet's float and has lost figures")
    assert (title != "志愿书编号") == unread.sensitive


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("999999200001010003", "999999200001010003"),
        ("99999920000101002x", "99999920000101002X"),
        (" 999999 20000101 0003\t", "999999200001010003"),
        ("'999999200001010003", "999999200001010003"),
        ("999999000101001", "999999000101001"),
        (999999000101001.0, "999999000101001"),
    ],
    ids=repr,
)
def test_id_numbers(said: Callable[[str, Cell], Said], cell: Cell, expected: str) -> None:
    """ID numbers of both lengths are read as text; x is X."""
    assert Said("value", expected) == said("公民身份号码", cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("999999200001010004", "公民身份号码校验位不符 / the check digit of the ID number does not fit"),
        ("99999920000101", "不是18位或15位公民身份号码 / not an ID number of 18 or 15 characters"),
        ("不详", "不是18位或15位公民身份号码 / not an ID number of 18 or 15 characters"),
    ],
    ids=repr,
)
def test_no_id_numbers(said: Callable[[str, Cell], Said], cell: Cell, reason: str) -> None:
    """A number whose check digit does not fit is not used."""
    assert Said("unread", reason=reason) == said("公民身份号码", cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("+8613900000000", "13900000000"),
        ("+86 139-0000-0000", "13900000000"),
        ("86 13900000000", "13900000000"),
        (13900000000.0, "13900000000"),
        ("010-5550000", "0105550000"),
        ("13900000000、13900000001", "13900000000、13900000001"),
    ],
    ids=repr,
)
def test_phones(said: Callable[[str, Cell], Said], cell: Cell, expected: str) -> None:
    """Telephone numbers lose their spaces, hyphens and the prefix of China."""
    assert Said("value", expected) == said("手机号码", cell)


def test_no_phone(said: Callable[[str, Cell], Said]) -> None:
    """Anything else in its column is reported."""
    assert "不是电话号码 / not a telephone number" == said("手机号码", "微信").reason
