"""Nothing in a ledger is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput
from devrules.ledger.columns import Columns
from devrules.ledger.read import Ledger, Unread, read_ledger
from devrules.ledger.sheet import Sheet

HEADER = ["序号", "姓名", "谈话日期"]
PERSON = [1, "张三", "2023-05-01"]


def reported(ledger: Ledger) -> list[tuple[int | None, str | None, str, str]]:
    """List what was not understood, with the English half of the reason."""
    return [(one.row, one.column, one.text, one.reason.partition(" / ")[2]) for one in ledger.unread]


def test_unknown_columns(read: Callable[..., Ledger]) -> None:
    """A column that is not known is reported once, at its title, if anything stands in it."""
    ledger = read(
        [*HEADER, "爱好", "籍贯", None, None],
        [*PERSON, "读书", "-", None, "某"],
        [2, "李四", "", "下棋", None, None, None, "远"],
    )

    assert [
        (1, "爱好", "爱好", "unknown column"),
        (1, "第7列 / column G", "", "the column has no title"),
        (1, "第8列 / column H", "", "the column has no title"),
    ] == reported(ledger)


def test_blank_rows(read: Callable[..., Ledger]) -> None:
    """Rows without data are skipped, also those with no more than a number, dashes, or the branch filled down."""
    ledger = read(
        [*HEADER, "所在党支部"],
        [*PERSON, "某支部"],
        [],
        [2],
        ["3."],
        [None, "—", "-", None],
        [4, None, None, "某支部"],
        [5, "李四"],
    )

    assert ["张三", "李四"] == [dossier.person.name for dossier in ledger.dossiers]
    assert () == ledger.unread


@pytest.mark.parametrize(
    ("row", "text", "reason"),
    [
        ([2, None, "2023-05-01"], "2 | 2023-05-01", "data without a name and without an ID number"),
        (["说明：请勿删除"], "说明：请勿删除", "data without a name and without an ID number"),
        (["合计", None, None], "合计", "a total, not a person"),
        ([None, "总 计", 12], "总 计 | 12", "a total, not a person"),
        (["注：以上属实"] * 3, "注：以上属实", "a note across the row, not a person"),
        (["备注", "以上属实", "以上属实"], "备注 | 以上属实", "a note across the row, not a person"),
        ([2, "填表人：李四"], "2 | 填表人：李四", "not a name"),
        ([2, "李四、王五", "2023"], "2 | 李四、王五 | 2023", "several people in one cell"),
    ],
)
def test_rows_that_are_no_person(read: Callable[..., Ledger], row: list[object], text: str, reason: str) -> None:
    """A row that is no person is reported, masked, and the others are read all the same."""
    ledger = read(HEADER, PERSON, row, [3, "王五"])

    assert ["张三", "王五"] == [dossier.person.name for dossier in ledger.dossiers]
    assert [(3, None, text, reason)] == reported(ledger)
    assert ledger.unread[0].sensitive


def test_a_row_with_many_cells_is_shown_in_part(read: Callable[..., Ledger]) -> None:
    """Only the beginning of a row is shown."""
    ledger = read(["姓名", "谈话日期", "谈话人", "支部", "学历"], [None, "2023", "李四", "某支部", "大学"])

    assert "2023 | 李四 | 某支部 | …" == ledger.unread[0].text


def test_a_destroyed_id_number_is_a_person(read: Callable[..., Ledger]) -> None:
    """Someone without a name whose ID number is destroyed is still someone; a bad name beside an ID number, too."""
    ledger = read(
        ["姓名", "身份证号", "谈话日期"],
        [None, 1.10101e17, "2023"],
        ["李四1", "999999200001010003", "2023"],
        ["李四1", "999999", "2023"],
    )

    assert [(None), ("999999200001010003")] == [dossier.person.id_number for dossier in ledger.dossiers]
    assert [(2, "身份证号"), (3, "姓名"), (4, None)] == [(one.row, one.column) for one in ledger.unread]


def test_no_sheet_has_a_header(columns: Columns, law_kinds: Kinds) -> None:
    """Without any header the file is refused, with its sheets, how they begin, and what to do."""
    sheets = [
        Sheet("台账.xlsx", "说明", [[], ["填表说明", None]]),
        Sheet("台账.xlsx", "名单", [["名字", "谈心时间", "爱好", "籍贯"], ["张三", "2023"]]),
        Sheet("台账.xlsx", "数据", [["张三", "13900000000"]]),
        Sheet("台账.xlsx", "空", []),
        Sheet("名单.csv", None, [["名字"]]),
    ]

    with pytest.raises(InvalidInput) as caught:
        read_ledger(sheets, columns, law_kinds)

    first, second = caught.value.problems
    assert ("台账.xlsx", "名单.csv") == (first.where, second.where)
    assert (
        "no sheet has a header that is known: sheet '说明' begins with '填表说明'; "
        "sheet '名单' begins with '名字 | 谈心时间 | 爱好 | …'; sheet '数据' begins with data; sheet '空' is empty"
    ) == first.what
    assert "no sheet has a header that is known: the file begins with '名字'" == second.what
    assert "mapping file" in first.remedy


def test_no_sheets(columns: Columns, law_kinds: Kinds) -> None:
    """Nothing to read is an error, not an empty ledger."""
    with pytest.raises(InvalidInput, match="there are no sheets"):
        read_ledger([], columns, law_kinds)


def test_one_sheet_without_a_header(columns: Columns, law_kinds: Kinds) -> None:
    """Beside a ledger, a sheet without a header is reported, and an empty one is nothing."""
    sheets = [
        Sheet("台账.xlsx", "说明", [["填表说明"]]),
        Sheet("台账.xlsx", "空", [[None], []]),
        Sheet("台账.xlsx", "名单", [HEADER, PERSON]),
    ]

    ledger = read_ledger(sheets, columns, law_kinds)

    assert 1 == len(ledger.dossiers)
    reason = "前20行内没有认得的表头 / no header that is known within the first 20 rows"
    assert (Unread("台账.xlsx", "说明", None, None, "填表说明", reason, sensitive=True),) == ledger.unread


def test_a_table_without_a_header(columns: Columns, law_kinds: Kinds) -> None:
    """What looks like a table may hold people who were not judged."""
    table = Sheet("台账.xlsx", "旧名单", [["甲", "乙", "丙", "丁"]])

    ledger = read_ledger([table, Sheet("台账.xlsx", "名单", [HEADER, PERSON])], columns, law_kinds)

    assert [True] == [unread.lost for unread in ledger.unread]


def test_a_header_without_people(read: Callable[..., Ledger]) -> None:
    """An empty ledger is a ledger."""
    assert Ledger() == read(HEADER)
