"""Rows that are read column by column say what they say one by one. All people are invented."""

from __future__ import annotations

import gc
import pickle
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.ledger.block import Block
from devrules.ledger.cells import OBVIOUS, read_cell
from devrules.ledger.collector import collector_at_rest
from devrules.ledger.columns import Columns
from devrules.ledger.model import Form
from devrules.ledger.names import are_han_names, is_han_name
from devrules.ledger.numbers import is_mobile_number
from devrules.ledger.plain import PlainRows
from devrules.ledger.read import Ledger
from devrules.ledger.sheet import Cell, CellError

Read = Callable[..., Ledger]

TITLES = [
    *("序号", "姓名", "公民身份号码", "出生日期", "手机号码", "流动人员", "所在党支部", "申请入党日期", "申请入党日期"),
    *("谈话日期", "谈话人", "培养联系人1", "培养联系人2", "考察日期", "政审结论", "赞成票", "爱好"),
]
NAMES: list[Cell] = ["张三", "李四", "王 五", "赵六、孙七", "无", "-", "合计", "李?", None]
DAYS: list[Cell] = ["2020-01-01", "2021-05-06", "2021.5", 44322, "1900-01-01", "昨天", "", "无", None, 2023.1, True]
OTHERS: list[Cell] = [0, 1, 1.0, -0.0, True, False, "是", "否", "合格", "某支部", "", None, "9人", CellError("#REF!")]
NUMBERS: list[Cell] = ["999999200001010003", "999999200001010011", "无", "999999200001010004", None, 9.99999200001e17]


def rows_of(rng: random.Random) -> list[list[Cell]]:
    """Invent rows: some plain, some odd, some shorter or longer than the header, and the header again."""
    rows: list[list[Cell]] = []
    for n in range(rng.randrange(1, 30)):
        row: list[Cell] = [n, rng.choice(NAMES), rng.choice(NUMBERS), rng.choice(["2000-01-01", "2000-02", *DAYS])]
        row += ["13900000000", "否", "某支部", *rng.choices(DAYS, k=3), rng.choice(NAMES), rng.choice(NAMES), None]
        row += [rng.choice(["2021-05-06、2021-08-06", *DAYS]), "合格", 9, None]
        if rng.random() < 0.5:  # else as plain as it is
            row[rng.randrange(len(row))] = rng.choice(OTHERS)
        rows.append(row[: rng.randrange(12, 18)] + [None, "甚远"] * (rng.random() < 0.1))
        rows += [list(TITLES)] * (rng.random() < 0.05)
    return rows


@pytest.mark.parametrize("seed", range(40))
def test_plain_rows_are_read_as_any_other(read: Read, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Whether a row is looked at together with others or by itself, its dossier and what is reported are the same."""
    rows = rows_of(random.Random(seed))  # noqa: S311  # rows, not secrets
    together = read(TITLES, *rows)
    assert together.dossiers == tuple(together.dossiers)

    monkeypatch.setattr(PlainRows, "odd", lambda _, block: set(range(len(block.rows))))
    alone = read(TITLES, *rows)

    assert alone == together


@pytest.mark.parametrize("seed", range(10))
def test_blocks_do_not_show(read: Read, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """However many rows are looked at together, they say the same."""
    rows = rows_of(random.Random(seed))  # noqa: S311  # rows, not secrets
    at_once = read(TITLES, *rows)

    monkeypatch.setattr("devrules.ledger.read._BLOCK", 3)

    assert at_once == read(TITLES, *rows)


def test_most_rows_are_plain(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 1 January among other days, the person's own name as that of a talker, and a blank need no second look."""
    odd: list[set[int]] = []
    find = PlainRows.odd

    def found(self: PlainRows, block: Block) -> set[int]:
        odd.append(find(self, block))
        return odd[-1]

    monkeypatch.setattr(PlainRows, "odd", found)

    read(
        ["姓名", "公民身份号码", "申请入党日期", "谈话日期", "谈话人"],
        ["张三", "999999200001010003", "2020-01-01", "2020-02-01", "张三"],
        ["李四", "无", "-", "2020-02-01", "无"],
        ["王五", "", "2020-01-01", "2021-01-01", ""],
    )

    assert [{2}] == odd


@pytest.mark.parametrize(
    ("form", "title", "obvious"),
    [
        ("name", "姓名", is_han_name),
        ("names", "谈话人", are_han_names),
        ("people", "培养联系人", are_han_names),
        ("phone", "手机号码", is_mobile_number),
    ],
)
@given(data=st.data())
def test_what_is_obvious_can_be_read(
    columns: Columns, form: Form, title: str, obvious: Callable[[str], object], data: st.DataObject
) -> None:
    """What need not be read could be."""
    text = data.draw(
        st.text("张三李无〇、, 0139+-", max_size=14) | st.from_regex(r"1[0-9]{10}|[一-鿿]{1,41}", fullmatch=True)
    )
    column = columns.find(title)
    assert column is not None
    assert (form, obvious) == (column.form, OBVIOUS[form])

    if obvious(text):
        assert read_cell(text, column, columns).state in ("value", "none")


def test_an_id_number_of_nobody_makes_no_note(read: Read) -> None:
    """无 in the column of ID numbers and in others says nothing of a row that names somebody."""
    ledger = read(["姓名", "公民身份号码", "谈话日期", "公示结果"], ["张三", "无", "昨天", "无"])

    assert ["张三"] == [one.person.name for one in ledger.dossiers]
    assert ["昨天"] == [one.text for one in ledger.unread]


def test_a_note_across_the_row_is_nobody(read: Read) -> None:
    """The same text in the column of names and in another one is a note."""
    ledger = read(["姓名", "谈话日期", "所在党支部"], ["以下空白", None, "以下空白"])

    assert 0 == len(ledger.dossiers)
    assert ["以下空白"] == [one.text for one in ledger.unread]


def test_dossiers_are_made_when_they_are_asked_for(read: Read) -> None:
    """They are equal whenever they are made; some of them are taken as of any sequence, and they can be pickled."""
    dossiers = read(["姓名", "谈话日期"], ["张三", "2023-05-01"], ["李四", "2023-05-02"], ["王五", ""]).dossiers

    assert dossiers[0] == dossiers[0]
    assert dossiers[0] is not dossiers[0]
    assert ["李四", "王五"] == [one.person.name for one in dossiers[1:]]
    assert dossiers == pickle.loads(pickle.dumps(dossiers))  # noqa: S301  # its own
    assert dossiers != dossiers[1:]


def fail_at_rest() -> None:
    """Fail while the collector rests."""
    with collector_at_rest():
        raise ValueError(f"at rest: {not gc.isenabled()}")


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    """It rests, and works again afterwards, or does not, even where reading fails."""
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ValueError, match="at rest: True"):
            fail_at_rest()
        assert enabled is gc.isenabled()
        assert 0 == gc.get_freeze_count()
    finally:
        (gc.enable if before else gc.disable)()
