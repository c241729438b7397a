"""What a row says becomes a dossier; what is not understood is told, and unknown is never none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from devrules.dossier.model import Dossier, Member, Source
from devrules.ledger.read import Ledger, Unread
from devrules.ledger.sheet import Cell, CellError

ReadOne = Callable[[dict[str, Cell]], tuple[Dossier, Ledger]]

EVERY_NEW_YEAR = "占位日期：本行各日期均为1月1日 / placeholder: every date of the row is a 1 January"
TOO_EARLY = "占位日期：早于1920年 / placeholder: a step before 1920"
DIFFER = "两列同指一项而值不同，均未采用 / two columns say different things of one field; neither is used"


def days(dossier: Dossier, kind: str) -> list[str]:
    """List the days of the records of a kind."""
    return [str(record.day) for record in dossier.records.get(kind, ())]  # type: ignore[attr-defined]


def test_where_it_was_read(read: Callable[..., Ledger]) -> None:
    """A dossier knows its file, its sheet and its row, the header counted."""
    [dossier] = read(["台账"], [], ["姓名", "谈话日期"], [], ["张三", "2023-05-01"]).dossiers

    assert Source("台账.csv", None, 5) == dossier.source


def test_ids(read: Callable[..., Ledger]) -> None:
    """An id is the same at each reading, differs by row and by key, and holds nothing of the ID number."""
    rows = (["姓名", "身份证号"], ["张三", "999999200001010003"], ["张三", "999999200001010011"])
    first, second = (dossier.id for dossier in read(*rows).dossiers)

    assert [first, second] == [dossier.id for dossier in read(*rows).dossiers]
    assert first != second
    assert 12 == len(first)
    assert first == read(rows[0], ["张三", "999999200001010038"]).dossiers[0].id
    assert first != read(*rows, salt=b"key" * 100).dossiers[0].id


def test_fields_of_one_kind_are_one_record(read_one: ReadOne) -> None:
    """The columns of a kind make one record; each is kept by itself, never the kind as a whole."""
    dossier, _ = read_one({"谈话日期": "2023-05-01", "谈话人": "李四", "支部": "某支部", "流动人员": "否"})

    assert ["2023-05-01"] == days(dossier, "talk")
    assert {"talk.day", "talk.talker"} == dossier.recorded_kinds
    assert frozenset() == dossier.blank_kinds
    assert ("某支部", "branch") == (dossier.branch.name, dossier.branch.kind)


def test_a_series_makes_a_record_of_each_day(read_one: ReadOne) -> None:
    """Every day of a series is a record; numbered columns add up, and a repeated value is the same one."""
    dossier, ledger = read_one(
        {"考察日期": "2022-06、2022-12-31", "思想汇报日期1": "2022-03", "思想汇报日期2": "2022-06"}
    )

    assert ["2022-06", "2022-12-31"] == days(dossier, "activist-review")
    assert ["2022-03", "2022-06"] == days(dossier, "thought-report")
    assert () == ledger.unread


def test_people_become_members(read_one: ReadOne) -> None:
    """The same name in two columns is the same member."""
    dossier, _ = read_one({"培养联系人": "李四、王 五", "入党介绍人1": "王五", "入党介绍人2": "赵六"})

    assert (Member("m1", "李四"), Member("m2", "王五"), Member("m3", "赵六")) == dossier.members
    assert ("m1", "m2") == dossier.records["contact-assignment"][0].people  # type: ignore[attr-defined]
    assert ("m2", "m3") == dossier.records["sponsor-assignment"][0].people  # type: ignore[attr-defined]


def test_blank_cells_are_none_with_a_note(read_one: ReadOne) -> None:
    """Where all columns of a kind are blank, there is none, and the dossier says that only a blank tells so."""
    dossier, ledger = read_one({"谈话日期": "-", "谈话人": None, "公示开始日期": "", "公示结束日期": "2023-05"})

    assert {"talk"} == dossier.blank_kinds
    assert {"talk.day", "talk.talker", "public-notice.start", "public-notice.end"} == dossier.recorded_kinds
    assert ["public-notice"] == list(dossier.records)
    assert () == ledger.unread


def test_no_is_an_answer(read_one: ReadOne) -> None:
    """无 says that there is none, and no blank had to say so."""
    dossier, _ = read_one({"谈话日期": "无", "谈话人": "—", "公示开始日期": "无"})

    assert frozenset() == dossier.blank_kinds
    assert {"talk.day", "talk.talker", "public-notice.start"} == dossier.recorded_kinds
    assert {} == dossier.records


def test_an_unread_cell_is_unknown(read_one: ReadOne) -> None:
    """Absent is not none: a field that cannot be read is not kept, nor is its kind where it was all there is."""
    dossier, ledger = read_one(
        {"谈话日期": "2023.13.1", "谈话人": "", "公示开始日期": "五月", "公示结束日期": "2023-05-09"}
    )

    assert {"public-notice.end"} == dossier.recorded_kinds
    assert ["public-notice"] == list(dossier.records)
    assert frozenset() == dossier.blank_kinds
    assert (
        Unread("台账.csv", None, 2, "谈话日期", "2023.13.1", "没有第13月 / there is no month 13"),
        Unread("台账.csv", None, 2, "公示开始日期", "五月", "不是已知的日期写法 / not a known way to write a day"),
    ) == ledger.unread


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        (["", "2025-01-31"], True),
        (["李?", "2025-01-31"], True),
        (["李四", "昨天"], False),
        (["合计", 3], False),
        (["以下空白", "以下空白"], False),
    ],
    ids=["no name", "no name that is one", "a cell", "a total", "a note"],
)
def test_a_person_who_is_lost(read: Callable[..., Ledger], row: list[Cell], lost: bool) -> None:
    """A row that is no person is none; one that may be is lost."""
    [unread] = read(["姓名", "谈话日期"], row).unread

    assert lost is unread.lost


def test_unread_scalars(read_one: ReadOne) -> None:
    """A field of the person or the branch that cannot be read is not known."""
    dossier, ledger = read_one({"出生日期": "不详", "设支委会": "也许", "手机号码": CellError("#N/A")})

    assert (None, None, None) == (dossier.person.birth, dossier.branch.has_committee, dossier.person.phone)
    assert [("不详", False), ("也许", False), ("#N/A", True)] == [(one.text, one.sensitive) for one in ledger.unread]


def test_names_that_are_not_understood_are_masked(read_one: ReadOne) -> None:
    """The text of an unread cell with names is marked as such."""
    _, ledger = read_one({"培养联系人": "李 四光", "谈话人": "李四1"})

    assert [True, True] == [one.sensitive for one in ledger.unread]


def test_nothing_needs_no_notice(read_one: ReadOne) -> None:
    """无 as the outcome of a notice is "no objections", but only where there was a notice."""
    held, _ = read_one({"公示开始日期": "2023-05-01", "公示结果": "无"})
    never, _ = read_one({"公示开始日期": "无", "公示结果": "无"})
    alone, _ = read_one({"公示结果": "无"})

    assert ["clear"] == [record.outcome for record in held.records["public-notice"]]  # type: ignore[attr-defined]
    assert {} == never.records
    assert {"public-notice.start", "public-notice.outcome"} == never.recorded_kinds
    assert ["clear"] == [record.outcome for record in alone.records["public-notice"]]  # type: ignore[attr-defined]


def test_zeros_are_no_meeting(read_one: ReadOne) -> None:
    """Noughts that fill the columns of votes are no meeting; with a day they are votes."""
    never, _ = read_one({"支部大会日期": "", "赞成票": 0, "反对票": "0"})
    held, _ = read_one({"支部大会日期": "2023-05-01", "赞成票": 9, "反对票": "0"})
    alone, _ = read_one({"反对票": 0})

    assert {} == never.records
    assert frozenset() == never.blank_kinds
    assert [(9, 0)] == [(record.votes_for, record.votes_against) for record in held.records["general-meeting"]]  # type: ignore[attr-defined]
    assert {} == alone.records


def test_a_duplicate_title_with_the_same_value(read: Callable[..., Ledger]) -> None:
    """Two columns of one name may agree, or one of them be blank."""
    ledger = read(
        ["姓名", "申请入党日期", "申请入党日期"],
        ["张三", "2020-01-02", "2020.1.2"],
        ["李四", "-", "2020-01-02"],
        ["王五", "", ""],
    )

    assert [["2020-01-02"], ["2020-01-02"], []] == [days(dossier, "application") for dossier in ledger.dossiers]
    assert () == ledger.unread
    assert {"application"} == ledger.dossiers[2].blank_kinds


@pytest.mark.parametrize("other", ["申请入党日期", "提交入党申请时间"])
@pytest.mark.parametrize("value", ["2020-01-03", "2020-01", "无"])
def test_a_duplicate_title_with_another_value(read: Callable[..., Ledger], other: str, value: str) -> None:
    """Where two columns of one field differ, both cells are reported and neither is used."""
    ledger = read(["姓名", "申请入党日期", other], ["张三", "2020-01-02", value])

    assert frozenset() == ledger.dossiers[0].recorded_kinds
    assert [
        Unread("台账.csv", None, 2, "申请入党日期", "2020-01-02", DIFFER),
        Unread("台账.csv", None, 2, other, value, DIFFER),
    ] == list(ledger.unread)


def test_one_of_two_cannot_be_read(read: Callable[..., Ledger]) -> None:
    """Beside a cell that cannot be read, the other one is not trusted."""
    ledger = read(["姓名", "申请入党日期", "申请入党日期"], ["张三", "2020-01-02", "2020-13"])

    assert frozenset() == ledger.dossiers[0].recorded_kinds
    assert ["2020-13"] == [one.text for one in ledger.unread]


def test_a_duplicate_title_of_people(read: Callable[..., Ledger]) -> None:
    """People in two columns of the very same name are all taken, and the two columns reported."""
    ledger = read(["姓名", "培养联系人", "培养联系人"], ["张三", "李四", "王五"], ["赵六", "无", "李四"])

    assert [("m1", "m2"), ("m1",)] == [one.records["contact-assignment"][0].people for one in ledger.dossiers]  # type: ignore[attr-defined]
    assert ["李四", "王五", "无", "李四"] == [one.text for one in ledger.unread]
    assert {"两列同名而值不同，均已采用 / the title stands twice with different values; both are used"} == {
        one.reason for one in ledger.unread
    }


def test_every_new_year_is_a_placeholder(read_one: ReadOne) -> None:
    """Dates that are all a 1 January fill the row, and are not used."""
    dossier, ledger = read_one({"申请入党日期": "2000-01-01", "谈话日期": "2000.1.1", "考察日期": "", "谈话人": "李四"})

    assert ["talk"] == list(dossier.records)
    assert {"talk.talker", "activist-review.day"} == dossier.recorded_kinds
    assert [EVERY_NEW_YEAR] * 2 == [one.reason for one in ledger.unread]


def test_the_birth_is_no_step(read_one: ReadOne) -> None:
    """A true birthday beside does not make the fillers true; a 1 January counts as one of the two."""
    beside, _ = read_one({"出生日期": "1999-05-03", "申请入党日期": "2000-01-01", "谈话日期": "2000-01-01"})
    among, _ = read_one({"出生日期": "2000-01-01", "申请入党日期": "2000-01-01"})

    assert frozenset() == beside.recorded_kinds
    assert beside.person.birth is not None
    assert (None, frozenset()) == (among.person.birth, among.recorded_kinds)


@pytest.mark.parametrize(
    "cells",
    [
        {"申请入党日期": "2020-01-01"},
        {"申请入党日期": "2020-01-01", "谈话日期": "2020-01-02"},
        {"申请入党日期": "2020", "谈话日期": "2020"},
        {"申请入党日期": "2020-01", "谈话日期": "2020-01"},
        {"出生日期": "2000-01-01", "谈话日期": "2020-02-01"},
    ],
)
def test_a_true_new_year(read_one: ReadOne, cells: dict[str, Cell]) -> None:
    """One 1 January alone, or beside another day, is a day; so is a year or a month."""
    _, ledger = read_one(cells)

    assert () == ledger.unread


@pytest.mark.parametrize("cell", ["1900-01-02", "1919-12-31", 366])
def test_steps_before_1920(read_one: ReadOne, cell: Cell) -> None:
    """A step before 1920 is a filler; a birth is not."""
    dossier, ledger = read_one({"出生日期": cell, "谈话日期": cell, "考察日期": "1920-01-01"})

    assert {"activist-review.day"} == dossier.recorded_kinds
    assert dossier.person.birth is not None
    assert [TOO_EARLY] == [one.reason for one in ledger.unread]
