"""A calendar of working days is read from TOML, and everything wrong in it is said at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from devrules.days import ChineseCalendar, Combined, read_calendar, working_days
from devrules.errors import InvalidInput

GOOD = """
name = "一个例子"

[[year]]
year = 2028
off = []
worked = []

[[year]]
year = 2027
off = [2027-01-01, 2027-02-05]
worked = [2027-01-30]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the calendar is written."""
    return tmp_path / "calendar.toml"


def problems(file: Path, text: str) -> list[tuple[str, str]]:
    """Say where and what is wrong with a calendar."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_calendar(file)
    return [(problem.where.removeprefix(f"{file}: "), problem.what) for problem in caught.value.problems]


def year(text: str) -> str:
    """A calendar with one year in which one line differs."""
    lines = {"year": "year = 2027", "off": "off = []", "worked": "worked = []"} | {text.split(" ", maxsplit=1)[0]: text}
    return '\nname = "n"\n[[year]]\n' + "\n".join(lines.values())


def test_a_calendar_is_read(file: Path) -> None:
    """Days off and days worked count as the file says; the order of the years does not matter."""
    file.write_text(GOOD, encoding="utf-8")
    calendar = read_calendar(str(file))

    assert calendar.name == "一个例子"
    assert (date(2027, 1, 1), date(2028, 12, 31)) == (calendar.first, calendar.last)
    assert working_days(calendar, date(2027, 1, 1), date(2027, 1, 3)) == 0
    assert working_days(calendar, date(2027, 1, 30), date(2027, 1, 31)) == 1
    assert working_days(calendar, date(2027, 2, 5), date(2027, 2, 7)) == 0
    assert working_days(calendar, date(2028, 1, 1), date(2028, 12, 31)) == 260
    assert calendar.number(date(2029, 1, 1)) is None


def test_a_calendar_may_begin_with_a_byte_order_mark(file: Path) -> None:
    """A file from an editor that writes one is read all the same."""
    file.write_text(GOOD, encoding="utf-8-sig")

    assert date(2027, 1, 1) == read_calendar(file).first


def test_a_calendar_extends_the_published_years(file: Path) -> None:
    """With the next year at hand, a span over New Year is known."""
    file.write_text(GOOD, encoding="utf-8")
    span = date(2026, 12, 31), date(2027, 1, 4)
    published = Combined(read_calendar(file), ChineseCalendar())

    assert working_days(published, *span) == 2


def test_all_problems_are_said_at_once(file: Path) -> None:
    """One reading finds every problem, with its key path, its value and a remedy."""
    text = """
    title = "x"
    name = ""

    [[year]]
    year = 2027
    off = [2027-01-02, 2028-01-03]
    worked = [2027-01-01]
    half = []

    [[year]]
    year = 2027
    off = []
    worked = []

    [[year]]
    year = 2030
    off = []
    worked = []
    """

    expected = [
        ("title", "the key 'title' is not known"),
        ("name", "a calendar has a name, not ''"),
        ("year[0].half", "the key 'half' is not known"),
        ("year[0].off[0]", "2027-01-02 is a Saturday, so it is off anyway"),
        ("year[0].off[1]", "2028-01-03 is not in 2027"),
        ("year[0].worked[0]", "2027-01-01 is a Friday, so it is worked anyway"),
        ("year", "2027 stands twice"),
        ("year", "2028 is missing between 2027 and 2030"),
        ("year", "2029 is missing between 2027 and 2030"),
    ]

    assert expected == problems(file, text)


def test_each_problem_has_a_remedy(file: Path) -> None:
    """What is wrong comes with what to do."""
    file.write_text(year("off = [2027-01-02]"), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_calendar(file)

    assert caught.value.problems[0].remedy == "remove it, or correct the day"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("name", "a calendar has a name; there is none"), ("year", "a calendar has at least one year")]),
        ('name = "n"\nyear = []', [("year", "a calendar has at least one year")]),
        ('name = "n"\nyear = [1]', [("year", "a calendar has at least one year")]),
        ('name = "n"\n[year]', [("year", "a calendar has at least one year")]),
        (year("year = 1027"), [("year[0].year", "a year is a number from 1900 to 2100, not 1027")]),
        (year("year = true"), [("year[0].year", "a year is a number from 1900 to 2100, not True")]),
        (year("year = '2027'"), [("year[0].year", "a year is a number from 1900 to 2100, not '2027'")]),
        ('name = "n"\n[[year]]', [("year[0].year", "a year is a number from 1900 to 2100; there is none")]),
        (
            'name = "n"\n[[year]]\nyear = 2027',
            [("year[0].off", "a list of days is missing"), ("year[0].worked", "a list of days is missing")],
        ),
        (year("off = 2027-01-01"), [("year[0].off", "datetime.date(2027, 1, 1) is not a list")]),
        (year("off = ['2027-01-01']"), [("year[0].off[0]", "'2027-01-01' is not a day")]),
        (year("off = [{}]"), [("year[0].off[0]", "{} is not a day")]),
        (
            year("off = [2027-01-01T00:00:00]"),
            [("year[0].off[0]", "datetime.datetime(2027, 1, 1, 0, 0) is not a day")],
        ),
    ],
)
def test_what_is_wrong_with_a_calendar(file: Path, text: str, expected: list[tuple[str, str]]) -> None:
    """A key that is missing or of another type is named with its value."""
    assert expected == problems(file, text)


def test_a_file_that_is_not_there(file: Path) -> None:
    """A file that cannot be read is named."""
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_calendar(file)


def test_a_file_that_is_not_toml(file: Path) -> None:
    """A file in another format or encoding is named."""
    for content in (b"name = ", "name = '中国'".encode("gb18030")):
        file.write_bytes(content)
        with pytest.raises(InvalidInput, match="not TOML in UTF-8"):
            read_calendar(file)
