"""Days as people write them in Chinese ledgers and forms, to days of known precision."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from itertools import pairwise

from devrules.days.interval import Day
from devrules.days.numerals import DIGITS, VALUES
from devrules.days.plausible import DayError, plausible_day
from devrules.days.serials import read_number, read_serial
from devrules.days.shanghai import to_date

__all__ = ["DayError", "read_day", "read_days", "read_number", "read_serial"]


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


# Most days are written so, and then there is nothing to find out.
_ISO = _form(r"\d{4}-\d\d-\d\d")
_FORMS = (
    # Month and day have two digits or a separator: 2023-5-1, but not 202351.
    _form(r"(?P<y>\d{4})(?P<sep>[-./])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?"),
    _form(r"(?P<y>\d{4})(?:(?P<m>\d\d)(?P<d>\d\d)?)?"),
    _form(r"(?P<y>\d{4})年(?:(?P<m>\d{1,2})月份?)?"),
    _form(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]|(?P<third>[上中下])旬)"),
)
_TWO_DIGIT_YEAR = (
    _form(r"(?P<y>\d\d)(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"),
    _form(r"(?P<y>\d\d)年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]|(?P<third>[上中下])旬|份)?"),
)
_YEAR_LAST = _form(r"\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d\d)")
_LUNAR = re.compile(r"农历|阴历|旧历|正月|冬月|腊月|闰|初[一二三四五六七八九十]")
_TIME = _form(
    r"(?P<day>.*\d.*?)(?P<time>[T ] ?(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)"
    r"(?P<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?"
)
_YEAR_NUMERAL = re.compile(f"([零○O{DIGITS}]{{4}}|[零○O{DIGITS}]{{2}})(?=年)")
_NUMERAL = re.compile(r"[〇零○O]?([一二三四五六七八九十]+)(?=[月日号])")
_SPLIT = re.compile(r"[、，,；;\r\n]+")
# NFKC leaves the other dashes alone, and invisible characters where they are.
_DASHES = str.maketrans(dict.fromkeys("‐‒–—−", "-") | dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff"))
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, None)}
# The century that Excel takes for a year of two digits: 1930 to 2029.
_PIVOT = 30


def read_day(text: str, *, two_digit_years: bool = False) -> Day:
    """
    Read a day as people write it.

    Known are 2023-05-01, 2023.5.1, 2023/5/1, 20230501, 2023年5月1日 (or 号) and 二〇二三年五月一日, each without the
    day too; 2023 and 2023年; 2023年5月上旬, 中旬, 下旬. Full-width characters and spaces do not matter. A time of
    day is left out; with a time zone it is first moved to that of China.

    Args:
        text: What was written.
        two_digit_years: Whether 23-05-01 is a day in 2023; years from 30 to 99 are then 1930 to 1999, as in Excel.

    Returns:
        The day, as precise as it was written: 2023.5 is any day of that month.

    Raises:
        DayError: When *text* is not a day, or could be more than one; the error says why.
    """
    if _ISO.fullmatch(text):
        return plausible_day(text, int(text[:4]), int(text[5:7]), int(text[8:]))
    plain = _plain(text)
    if not plain:
        raise DayError(text, "空白 / nothing is written")
    timed = _TIME.fullmatch(plain)
    if timed is None:
        return _untimed(text, plain, two_digit_years=two_digit_years)
    return _timed(text, timed, _untimed(text, timed["day"].strip(), two_digit_years=two_digit_years))


def read_days(text: str, *, two_digit_years: bool = False) -> list[Day]:
    """
    Read the days of one cell.

    Args:
        text: Days with 、 ， , ； ; or a line break between them.
        two_digit_years: As for `read_day`.

    Returns:
        The days in the order written, at least one.

    Raises:
        DayError: When one of them is not a day, or nothing is written; the error has the part that is wrong.
    """
    parts = [part.strip() for part in _SPLIT.split(text)]
    return [read_day(part, two_digit_years=two_digit_years) for part in parts if part] or [read_day("")]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def _timed(text: str, match: re.Match[str], day: Day) -> Day:
    if not day.exact:
        raise DayError(text, "有时刻而没有日 / a time of day without a day")
    if match["zone"] is None:
        return day
    hour, colon, rest = match["time"].strip("T ").partition(":")
    moved = to_date(datetime.fromisoformat(f"{day.low.isoformat()}T{hour:0>2}{colon}{rest}{match['zone']}"))
    return plausible_day(text, moved.year, moved.month, moved.day)


def _untimed(text: str, plain: str, *, two_digit_years: bool) -> Day:
    if _LUNAR.search(plain):
        raise DayError(text, "农历日期不换算 / a day of the lunar calendar (农历) is not converted")
    written = _in_figures(_without_spaces(text, plain))
    for form in _FORMS:
        if match := form.fullmatch(written):
            return _built(text, match, int(match["y"]))
    for form in _TWO_DIGIT_YEAR:
        if match := form.fullmatch(written):
            return _built(text, match, _full_year(text, match["y"], allowed=two_digit_years))
    if _YEAR_LAST.fullmatch(written):
        raise DayError(text, "年不在最前，日月次序不明 / the year is not first, so day and month cannot be told apart")
    raise DayError(text, "不是已知的日期写法 / not a known way to write a day")


def _without_spaces(text: str, plain: str) -> str:
    words = plain.split(" ")
    # Closing the gap in "2023 1 1" would make it 202311, another month.
    if any(left[-1].isdigit() and right[0].isdigit() for left, right in pairwise(words)):
        raise DayError(text, "数字之间有空格 / a space between digits")
    return "".join(words)


def _in_figures(written: str) -> str:
    with_year = _YEAR_NUMERAL.sub(lambda match: "".join(_figure(digit) for digit in match[1]), written)
    return _NUMERAL.sub(lambda match: str(VALUES.get(match[1], match[1])), with_year)


def _figure(digit: str) -> str:
    # 零, ○ and the letter O stand for 〇 and are not found.
    return str(max(DIGITS.find(digit), 0))


def _full_year(text: str, year: str, *, allowed: bool) -> int:
    if not allowed:
        raise DayError(text, "年份只有两位 / the year has only two digits")
    return int(year) + (1900 if int(year) >= _PIVOT else 2000)


def _built(text: str, match: re.Match[str], year: int) -> Day:
    parts = match.groupdict()
    month, day = (int(parts[name]) if parts.get(name) else None for name in ("m", "d"))
    built = plausible_day(text, year, month, day)
    return _third(built, parts["third"]) if parts.get("third") else built


def _third(month: Day, name: str) -> Day:
    first, last = _THIRDS[name]
    return Day(month.low.replace(day=first), month.low.replace(day=last) if last else month.high)
