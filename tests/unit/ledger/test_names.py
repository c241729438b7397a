"""Names as they stand in cells."""

from __future__ import annotations

import pytest

from devrules.ledger.names import read_name, read_names
from devrules.ledger.reasons import NotUnderstood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李四、王五", ["李四", "王五"]),
        ("李四，王五", ["李四", "王五"]),
        ("李四, 王五", ["李四", "王五"]),
        ("李四;王五；赵六", ["李四", "王五", "赵六"]),
        ("李四\n王五", ["李四", "王五"]),
        ("李四 王五", ["李四", "王五"]),
        ("李\u3000四", ["李四"]),
        ("李  四、王 五", ["李四", "王五"]),
        ("欧 阳 某", ["欧阳某"]),
        ("李 四 王小五", ["李四", "王小五"]),
        ("王小五 李 四", ["王小五", "李四"]),
        ("李四、李四", ["李四"]),
        ("阿某某·买某某", ["阿某某·买某某"]),
        ("John Smith, 李四", ["John Smith", "李四"]),
        ("李四、", ["李四"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    """Names are parted by marks, line breaks and spaces; a space that only fills a column parts nothing."""
    assert expected == list(read_names(text))


@pytest.mark.parametrize("text", ["李 四光", "李四 王", "李 四 王 五", "李 四 王 五 赵小六"])
def test_unclear_spaces(text: str) -> None:
    """Where a space may part two names or not, the cell is not understood."""
    with pytest.raises(NotUnderstood, match="不能确定空格是否分隔姓名"):
        read_names(text)


@pytest.mark.parametrize("text", ["李四（2023年）", "联系人：李四", "李四1", "某" * 41])
def test_no_names(text: str) -> None:
    """A name has no figures, colons or brackets, and an end."""
    with pytest.raises(NotUnderstood, match="不是姓名"):
        read_names(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("张 三", "张三"), ("欧阳 某某", "欧阳某某"), ("John  Smith", "John Smith")]
)
def test_one_name(text: str, expected: str) -> None:
    """The cell of one person has one name, whatever spaces are in it."""
    assert expected == read_name(text)


def test_two_people_in_one_row() -> None:
    """One row is one person."""
    with pytest.raises(NotUnderstood, match="一格多人"):
        read_name("张三、李四")
