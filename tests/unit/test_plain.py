from __future__ import annotations

from datetime import date, datetime
from typing import Any

import attrs
import pytest

from devrules.errors import Problem
from devrules.plain import READ_ERRORS, nearest, problems_of, shown, strict_converter


@attrs.frozen
class Inner:
    day: date
    number: int = 0


@attrs.frozen
class Outer:
    name: str
    inner: tuple[Inner, ...] = ()
    yes: bool | None = None


def problems(data: Any) -> list[Problem]:
    """Everything wrong with *data*."""
    with pytest.raises(READ_ERRORS) as caught:
        strict_converter().structure(data, Outer)
    return problems_of(caught.value, "here", "$.x")


def test_reads_what_is_right() -> None:
    """Without changing it."""
    data = {"name": "甲", "inner": [{"day": date(2020, 1, 1), "number": 2**31 - 1}], "yes": True}

    assert Outer("甲", (Inner(date(2020, 1, 1), 2**31 - 1),), yes=True) == strict_converter().structure(data, Outer)


def test_tells_everything_at_once() -> None:
    """Each with its path."""
    data = {"nmae": "甲", "inner": [{"day": "2020-01-01", "number": True}, {"day": datetime(2020, 1, 1)}], "yes": 1}  # noqa: DTZ001  # it is wrong anyway

    assert [
        ("here $.x.name", "required field missing"),
        ("here $.x.inner[0].day", "expected a date such as 2026-05-11, found '2020-01-01'"),
        ("here $.x.inner[0].number", "expected a whole number from 0 to 2147483647, found True"),
        ("here $.x.inner[1].day", "expected a date such as 2026-05-11, found datetime.datetime(2020, 1, 1, 0, 0)"),
        ("here $.x.yes", "expected true or false, found 1"),
        ("here $.x", "unknown field(s): nmae"),
    ] == [(problem.where, problem.what) for problem in problems(data)]


@pytest.mark.parametrize("number", [-1, 2**31, 1.0, "1", True])
def test_a_number_is_whole_and_fits_a_column(number: object) -> None:
    """Databases count to 2147483647."""
    [problem] = problems({"name": "甲", "inner": [{"day": date(2020, 1, 1), "number": number}]})

    assert f"expected a whole number from 0 to 2147483647, found {number!r}" == problem.what


def test_a_value_with_an_at_sign_does_not_shift_the_path() -> None:
    """People write mail addresses everywhere."""
    [problem] = problems({"name": "甲", "yes": "a @ b"})

    assert ("here $.x.yes", "expected true or false, found 'a @ b'") == (problem.where, problem.what)


def test_shows_values_of_a_readable_length() -> None:
    """Cut where they are longer."""
    assert "'甲'" == shown("甲")
    assert 60 == len(shown("x" * 100))
    assert shown("x" * 100).endswith("xxx...")


def test_suggests_what_was_meant() -> None:
    """Where anything is near."""
    assert "did you mean 'talk'?" == nearest("tlak", ["talk", "ballot"])
    assert "" == nearest("zzz", ["talk", "ballot"])
