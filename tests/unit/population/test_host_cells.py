"""What databases give for a number, a text, a flag, a day, a list; and what is refused rather than guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from devrules.population.contract import ColumnKind
from devrules.population.host_cells import Unfit, fitted

KEY = UUID("12345678-1234-5678-1234-567812345678")


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        *[("number", value, 7) for value in (7, 7.0, Decimal(7), Decimal("7.00"), "7", "+7")],
        ("number", "-7", -7),
        ("number", 2**63 - 1, 2**63 - 1),
        ("text", "张三", "张三"),
        ("text", "", ""),
        ("text", 4711, "4711"),
        ("text", Decimal("4711.0"), "4711"),
        ("text", KEY, str(KEY)),
        *[("flag", value, True) for value in (True, 1, Decimal(1), "1", "true", "T", b"\x01")],
        *[("flag", value, False) for value in (False, 0, Decimal(0), "0", "False", b"\x00")],
        *[
            ("date", value, "2021-02-03")
            for value in (
                *(date(2021, 2, 3), datetime(2021, 2, 3)),  # noqa: DTZ001  # as databases give it
                *("2021-02-03", "2021-02-03 00:00:00", "2021-02-03T00:00:00.000000"),
            )
        ],
        *[
            ("list", value, ["a", "b"])
            for value in (["a", "b"], ("a", "b"), '["a", "b"]', ' [ "a","b"]', "a,b", "a , b")
        ],
        *[("list", value, []) for value in ([], "[]", "", " ")],
        ("list", [1, Decimal(2)], ["1", "2"]),
        ("list", "[1, 2]", ["1", "2"]),
        ("list", '["a,b"]', ["a,b"]),
        ("attachments", '[{"name": "1.pdf"}]', [{"name": "1.pdf", "digest": None}]),
        ("attachments", [{"name": "1.pdf", "digest": "00"}], [{"name": "1.pdf", "digest": "00"}]),
        ("attachments", "[]", []),
    ],
    ids=repr,
)
def test_what_is_understood(kind: ColumnKind, value: Any, expected: Any) -> None:
    found = fitted(value, kind)

    assert (type(expected), expected) == (type(found), found)


@pytest.mark.parametrize("kind", ["number", "text", "flag", "date", "list", "attachments"])
def test_null_is_null(kind: ColumnKind) -> None:
    """In every column."""
    assert None is fitted(None, kind)


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        *[
            ("number", value, "a whole number")
            for value in (
                True,
                7.5,
                float("nan"),
                float("inf"),
                Decimal("7.5"),
                Decimal("Infinity"),
                "",
                "7.0",
                "七",
                2**63,
            )
        ],
        *[("number", value, "a whole number") for value in ("٧", "9" * 30, b"7", [7])],
        *[("text", value, "text") for value in (b"x", True, 7.5, date(2021, 2, 3), "\ud800", ["x"])],
        *[("flag", value, "yes or no: a boolean, 0 or 1") for value in (2, "yes", "", "是", b"\x02", [1])],
        *[
            ("date", value, "a day such as 2026-05-11")
            for value in ("", "2021-02", "2021/2/3", "20210203", 20210203, "今天")
        ],
        ("date", "0000-00-00", "a day that there is"),
        ("date", "2021-02-30", "a day that there is"),
        ("date", datetime(2021, 2, 3, 16), "a day without a time"),  # noqa: DTZ001  # as databases give it
        ("date", datetime(2021, 2, 3, tzinfo=UTC), "a day without a time"),
        ("date", "2021-02-03 16:00:00", "a day such as 2026-05-11"),
        *[("list", value, "a list") for value in (7, b"a", "[broken", "[" * 100_000, {"a": 1})],
        *[("list", value, "a list of texts") for value in ([None], '["a", null]', '[{"a": 1}]')],
        *[("list", value, "a list without an empty entry") for value in ("a,,b", ",", [""], '["a", ""]')],
        *[("attachments", value, "a list of files") for value in ("1.pdf", 7, "", '{"name": "1.pdf"}')],
        *[
            ("attachments", value, "a list of files with names")
            for value in (
                '["1.pdf"]',
                [{"digest": "00"}],
                [{"name": 1}],
                [{"name": "1", "size": 2}],
                '[{"name": "", "digest": 1}]',
            )
        ],
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_refused(kind: ColumnKind, value: Any, wanted: str) -> None:
    """With what was wanted, and what to write in the view."""
    with pytest.raises(Unfit) as raised:
        fitted(value, kind)
    assert wanted == raised.value.wanted
    assert raised.value.remedy
