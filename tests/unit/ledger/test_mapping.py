"""A mapping file says what a ledger's titles, blanks, sheets and words mean; its problems come all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput
from devrules.ledger.columns import Columns
from devrules.ledger.mapping import read_mapping
from devrules.ledger.read import Ledger, read_ledger
from devrules.ledger.sheet import Sheet

Map = Callable[[str], Columns]


@pytest.fixture
def by(tmp_path: Path, columns: Columns, law_kinds: Kinds) -> Map:
    """Reads a mapping from its text."""

    def read(text: str) -> Columns:
        file = tmp_path / "mapping.toml"
        file.write_text(text, encoding="utf-8")
        return read_mapping(file, columns, law_kinds)

    return read


def problems(by: Map, text: str) -> list[str]:
    """List what is wrong with a mapping, each problem from its place on."""
    with pytest.raises(InvalidInput) as caught:
        by(text)
    return [str(problem).partition("mapping.toml ")[2] for problem in caught.value.problems]


def test_columns(by: Map, read: Callable[..., Ledger]) -> None:
    """A title names a field, by its path or by a column that is known, or holds nothing."""
    known = by('[columns]\n"递表日" = "application.received"\n"谈心" = "谈话日期"\n"爱好" = "ignore"\n"籍贯" = ""\n')

    ledger = read(
        ["姓名", "递表日", "谈心", "爱好", "籍贯"], ["张三", "2021-05-06", "2021-05-20", "下棋", "某"], known=known
    )

    assert {"application", "talk"} == set(ledger.dossiers[0].records)
    assert ["籍贯"] == [one.column for one in ledger.unread]


def test_a_column_takes_over_the_words_of_its_field(by: Map, read: Callable[..., Ledger]) -> None:
    """A yes or no has words already, of a field without a column, too; a series stays one."""
    known = by('[columns]\n"外出" = "person.floating"\n"有组" = "branch.has_groups"\n"汇报" = "thought-report.day"\n')

    [dossier] = read(["姓名", "外出", "有组", "汇报"], ["张三", "×", "是", "2021-03、2021-06"], known=known).dossiers

    assert (False, True, 2) == (
        dossier.person.floating,
        dossier.branch.has_groups,
        len(dossier.records["thought-report"]),
    )


def test_a_known_column_may_mean_something_else(by: Map, read: Callable[..., Ledger]) -> None:
    """Here 入党日期 is the day of the meeting."""
    known = by('[columns]\n"入党日期" = "general-meeting.day"\n"转正日期" = "ignore"\n')

    ledger = read(["姓名", "入党日期", "转正日期"], ["张三", "2021-05-06", "2022-05-06"], known=known)

    assert ["general-meeting"] == list(ledger.dossiers[0].records)
    assert () == ledger.unread


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", {"talk.day", "application.day"}),
        ('[blank]\nmeans = "absent"', set()),
        ('[blank]\nmeans = "absent"\ncolumns = { "谈话日期" = "none" }', {"talk.day"}),
        ('[blank.columns]\n"talk.day" = "absent"', {"application.day"}),
        ('[blank.columns]\ntalk = "absent"', {"application.day"}),
        ('[blank.columns]\n"首次谈话日期" = "absent"', {"application.day"}),
    ],
)
def test_blank_cells(by: Map, read: Callable[..., Ledger], text: str, kept: set[str]) -> None:
    """A blank says that there is none, or nothing, as the mapping says, for all columns or for some."""
    [dossier] = read(["姓名", "谈话日期", "申请入党日期"], ["张三", "-", ""], known=by(text)).dossiers

    assert kept == {path for path in dossier.recorded_kinds if path.endswith(".day")}


def test_marks_of_blanks(by: Map, read: Callable[..., Ledger]) -> None:
    """Other words may stand for a blank."""
    ledger = read(["姓名", "谈话日期"], ["张三", "待 补"], known=by('[blank]\nmarks = ["待补"]'))

    assert () == ledger.unread
    assert {"talk"} == ledger.dossiers[0].blank_kinds


def test_sheets(by: Map, law_kinds: Kinds) -> None:
    """A sheet may be skipped, which is reported; a header may stand in another row than the best one."""
    rows = [["姓名", "谈话日期", "申请入党日期"], ["姓名", "谈话日期", "自评"], ["张三", "2021-05-20", "好"]]
    known = by('[sheets]\nskip = ["旧*"]\nheader = { "新" = 2 }')

    ledger = read_ledger([Sheet("a.xlsx", "旧表", rows), Sheet("a.xlsx", "新", rows)], known, law_kinds)

    assert [("旧表", None), ("新", "自评")] == [(one.sheet, one.column) for one in ledger.unread]
    assert [3] == [one.source.row for one in ledger.dossiers if one.source]


def test_a_header_row_for_every_sheet(by: Map, law_kinds: Kinds) -> None:
    """``*`` is every sheet that is not named, also the one of a CSV; below the last row there is none."""
    sheet = Sheet("a.csv", None, [["姓名", "谈话日期"], ["张三", "2021-05-20"]])

    assert 1 == len(read_ledger([sheet], by('[sheets.header]\n"*" = 1'), law_kinds).dossiers)
    with pytest.raises(InvalidInput, match="no sheet has a header"):
        read_ledger([sheet], by('[sheets.header]\n"*" = 9'), law_kinds)


def test_words(by: Map, read: Callable[..., Ledger]) -> None:
    """Words are added to those of a column, by its title or its field."""
    known = by(
        '[words."政审结论"]\nqualified = ["过关"]\nnone = ["未政审"]\n[words."person.education"]\n"高中" = ["40"]\n'
    )

    ledger = read(["姓名", "政审结论", "学历"], ["张三", "过关", "40"], ["李四", "未政审", "本科"], known=known)

    assert ["高中", "本科"] == [one.person.education for one in ledger.dossiers]
    assert ["political-review"] == list(ledger.dossiers[0].records)
    assert {} == ledger.dossiers[1].records
    assert () == ledger.unread


def test_two_digit_years(by: Map, read: Callable[..., Ledger]) -> None:
    """YY-MM-DD is read where the mapping says so."""
    assert () == read(["姓名", "谈话日期"], ["张三", "21-05-20"], known=by("two_digit_years = true")).unread


def test_all_problems_at_once(by: Map) -> None:
    """Each has its place, and the nearest that is known."""
    text = """
[columns]
"甲" = "talk.dya"
"乙" = "谈话日其"
"丙" = "takl.day"
"申请入党日期" = "application.day"
"申请入党 日期" = "application.day"
" " = "talk.day"
[words."政审结论"]
qualifid = ["过关"]
[words."谈话"]
qualified = ["过关"]
[words."谈话日期"]
none = ["没谈"]
[blank]
means = "nothing"
[blank.columns]
"谈话日期" = "无"
[sheets.header]
"新" = 0
"""
    assert [
        "columns.甲: 'talk' has no field 'dya' for a column (did you mean 'day'?)",
        "columns.乙: there is no kind of record '谈话日其' (did you mean '谈话日期'?)",
        "columns.丙: there is no kind of record 'takl' (did you mean 'talk'?)",
        "columns.申请入党 日期: is the same title as '申请入党日期' (leave one out)",
        "columns. : ' ' is no title",
        "words.政审结论.qualifid: 'political-review.outcome' has no such meaning (did you mean 'qualified'?)",
        "words.谈话: there is no column or field '谈话' (did you mean '谈话人'?)",
        "words.谈话日期: 'talk.day' is a day and takes no words",
        "blank.means: 'nothing' is nothing that a blank can mean (there are: absent, none)",
        "blank.columns.谈话日期: '无' is nothing that a blank can mean (there are: absent, none)",
        "sheets.header.新: 0 is no row (the first row is 1)",
    ] == problems(by, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("colums = {}", "$: unknown field(s): colums"),
        ('[columns]\n"甲" = 3', "$.columns['甲']: expected text, found 3"),
        ("[sheets]\nskip = 'x'", "$.sheets.skip: expected a list of texts, found 'x'"),
        ("[columns", "is not TOML"),
    ],
)
def test_what_is_no_mapping(by: Map, text: str, place: str) -> None:
    """Unknown keys and values of another type are refused."""
    with pytest.raises(InvalidInput) as caught:
        by(text)

    assert place in str(caught.value)
