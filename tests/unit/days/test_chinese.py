"""Days are read as people write them, keep their precision, and are refused with a reason."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.days import Day, DayError, read_day, read_days

plausible = st.dates(date(1800, 1, 1), date(2100, 12, 31))
numerals = "〇一二三四五六七八九"


def in_numerals(number: int) -> str:
    """Write a day of a month in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + (numerals[ones] if ones else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-01", "2023-05-01"),
        ("2023-5-1", "2023-05-01"),
        ("2023.05.01", "2023-05-01"),
        ("2023.5.8", "2023-05-08"),
        ("2023/05/01", "2023-05-01"),
        ("2023/5/1", "2023-05-01"),
        ("20230501", "2023-05-01"),
        ("2023年5月1日", "2023-05-01"),
        ("2023年05月01日", "2023-05-01"),
        ("2023年5月1号", "2023-05-01"),
        ("2024年2月29日", "2024-02-29"),
        ("2023.05", "2023-05"),
        ("2023.5", "2023-05"),
        ("1969.01", "1969-01"),
        ("2023-05", "2023-05"),
        ("2023/5", "2023-05"),
        ("202305", "2023-05"),
        ("2023年5月", "2023-05"),
        ("2023年5月份", "2023-05"),
        ("2023年", "2023"),
        ("2023", "2023"),
    ],
)
def test_figures(text: str, expected: str) -> None:
    """Each way to write a day in figures is read, as precise as it is."""
    assert expected == str(read_day(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２３－０５－０１", "2023-05-01"),
        ("２０２３．５．１", "2023-05-01"),
        ("２０２３年５月１日", "2023-05-01"),
        ("2023—05—01", "2023-05-01"),
        ("  2023-05-01\t", "2023-05-01"),
        ("\ufeff2023-05-01\u200b", "2023-05-01"),
        ("2023 年 5 月 1 日", "2023-05-01"),
        ("2023 年5月\n1日", "2023-05-01"),
        ("2023. 5. 1", "2023-05-01"),
        ("2023\u3000年5月", "2023-05"),
    ],
)
def test_width_and_spaces_do_not_matter(text: str, expected: str) -> None:
    """Full-width characters, other dashes, spaces and invisible characters are seen through."""
    assert expected == str(read_day(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二三年五月一日", "2023-05-01"),
        ("二○二三年五月一日", "2023-05-01"),
        ("二零二三年零五月零一日", "2023-05-01"),
        ("二OO九年十月十日", "2009-10-10"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("二〇二三年十月二十日", "2023-10-20"),
        ("二〇二三年十一月二十九号", "2023-11-29"),
        ("一九六九年一月", "1969-01"),
        ("二〇二〇年", "2020"),
        ("二〇二三年5月1日", "2023-05-01"),
        ("2023年五月一日", "2023-05-01"),
    ],
)
def test_numerals(text: str, expected: str) -> None:
    """Chinese numerals are read, with any of the noughts that people type."""
    assert expected == str(read_day(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年5月上旬", "2023-05-01/2023-05-10"),
        ("2023年5月中旬", "2023-05-11/2023-05-20"),
        ("2023年5月下旬", "2023-05-21/2023-05-31"),
        ("2023年2月下旬", "2023-02-21/2023-02-28"),
        ("二〇二四年二月下旬", "2024-02-21/2024-02-29"),
    ],
)
def test_thirds_of_a_month(text: str, expected: str) -> None:
    """上旬, 中旬 and 下旬 are ten days, ten days, and the rest."""
    assert expected == str(read_day(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-01 00:00:00", "2023-05-01"),
        ("2023-05-01T08:00:00", "2023-05-01"),
        ("2023-05-01T23:59:59.999", "2023-05-01"),
        ("2023/5/1 8:30", "2023-05-01"),
        ("2023年5月1日 08：30", "2023-05-01"),
        ("2023-05-01T08:00:00+08:00", "2023-05-01"),
        ("2023-04-30T16:00:00Z", "2023-05-01"),
        ("2023-04-30 15:59:59Z", "2023-04-30"),
        ("2023-05-01 8:30+0900", "2023-05-01"),
        ("2023-05-01 0:30+09:00", "2023-04-30"),
    ],
)
def test_a_time_of_day_is_left_out(text: str, expected: str) -> None:
    """A time without a zone is that of China; one with a zone is moved there first."""
    assert expected == str(read_day(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23-05-01", "2023-05-01"),
        ("23.5.1", "2023-05-01"),
        ("29/12/31", "2029-12-31"),
        ("30-01-01", "1930-01-01"),
        ("85-03-15", "1985-03-15"),
        ("69年1月", "1969-01"),
        ("69年1月份", "1969-01"),
        ("二三年五月一日", "2023-05-01"),
        ("23年5月上旬", "2023-05-01/2023-05-10"),
        ("23-05-01 00:00:00", "2023-05-01"),
        ("2023-05-01", "2023-05-01"),
    ],
)
def test_two_digit_years_on_request(text: str, expected: str) -> None:
    """Where the source is known to write them, years of two digits are read as Excel does."""
    assert expected == str(read_day(text, two_digit_years=True))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "空白 / nothing is written"),
        (" \u3000", "空白 / nothing is written"),
        ("23-05-01", "年份只有两位 / the year has only two digits"),
        ("23年5月1日", "年份只有两位 / the year has only two digits"),
        ("二三年五月", "年份只有两位 / the year has only two digits"),
        ("05/06/23", "年份只有两位 / the year has only two digits"),
        ("05/06/2023", "年不在最前，日月次序不明 / the year is not first, so day and month cannot be told apart"),
        ("25/6/2023", "年不在最前，日月次序不明 / the year is not first, so day and month cannot be told apart"),
        ("5.6.23", "年不在最前，日月次序不明 / the year is not first, so day and month cannot be told apart"),
        ("2023.13.1", "没有第13月 / there is no month 13"),
        ("2023.0.1", "没有第0月 / there is no month 0"),
        ("2023年十三月", "没有第13月 / there is no month 13"),
        ("20231301", "没有第13月 / there is no month 13"),
        ("2023年13月上旬", "没有第13月 / there is no month 13"),
        ("2023-02-30", "2023年2月没有30日 / there is no day 30 in 2023-02"),
        ("2023-02-29", "2023年2月没有29日 / there is no day 29 in 2023-02"),
        ("2023-05-00", "2023年5月没有0日 / there is no day 0 in 2023-05"),
        ("2101-01-01", "2101年不在1800..2100之内 / the year 2101 is not in 1800..2100"),
        ("1799年", "1799年不在1800..2100之内 / the year 1799 is not in 1800..2100"),
        ("2100-12-31T23:00:00Z", "2101年不在1800..2100之内 / the year 2101 is not in 1800..2100"),
        ("农历2023年三月初一", "农历日期不换算 / a day of the lunar calendar (农历) is not converted"),
        ("2023年腊月初八", "农历日期不换算 / a day of the lunar calendar (农历) is not converted"),
        ("2023 1 1", "数字之间有空格 / a space between digits"),
        ("2023-05-01\n2023-06-01", "数字之间有空格 / a space between digits"),
        ("2023-05 00:00:00", "有时刻而没有日 / a time of day without a day"),
        ("2023-05-01 25:00:00", "数字之间有空格 / a space between digits"),
        ("无", "不是已知的日期写法 / not a known way to write a day"),
        ("—", "不是已知的日期写法 / not a known way to write a day"),
        ("202351", "没有第51月 / there is no month 51"),
        ("2023年初", "不是已知的日期写法 / not a known way to write a day"),
        ("2023-05.01", "不是已知的日期写法 / not a known way to write a day"),
        ("2023-05-01x", "不是已知的日期写法 / not a known way to write a day"),
        ("45047", "不是已知的日期写法 / not a known way to write a day"),
        ("1.10101E+17", "不是已知的日期写法 / not a known way to write a day"),
        ("五月一日", "不是已知的日期写法 / not a known way to write a day"),
        ("2023年五五月", "不是已知的日期写法 / not a known way to write a day"),
        ("二〇二年五月", "不是已知的日期写法 / not a known way to write a day"),
        ("2022-07-01～2023-06-30", "不是已知的日期写法 / not a known way to write a day"),
    ],
)
def test_what_is_refused_and_why(text: str, reason: str) -> None:
    """A text that is not one day is refused with the text as written and the reason in two languages."""
    with pytest.raises(DayError) as caught:
        read_day(text)

    assert (text, reason) == (caught.value.text, caught.value.reason)
    assert f"{text!r}: {reason}" == str(caught.value)


def test_a_two_digit_year_comes_first() -> None:
    """Even where years of two digits are read, 5/6/23 does not say which is the month."""
    with pytest.raises(DayError, match="年不在最前"):
        read_day("5/6/23", two_digit_years=True)


def test_a_refusal_survives_a_process() -> None:
    """The error can be sent from one process to another."""
    error = pickle.loads(pickle.dumps(DayError("无", "why")))  # noqa: S301 - made here

    assert (error.text, error.reason) == ("无", "why")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-01", ["2023-05-01"]),
        ("2023.5.1、2023.6", ["2023-05-01", "2023-06"]),
        (
            "2023.5.1，2023.6,2023.7；2023.8;2023.9\r\n2023.10",
            [f"2023-{m}" for m in ("05-01", "06", "07", "08", "09", "10")],
        ),
        ("2023年5月1日、 2023年6月1日、", ["2023-05-01", "2023-06-01"]),
    ],
)
def test_several_days_in_a_cell(text: str, expected: list[str]) -> None:
    """Days are split at each of the separators, in the order written; a separator at the end adds none."""
    assert expected == [str(day) for day in read_days(text)]


def test_several_days_of_two_digit_years() -> None:
    """Years of two digits are read in a list, too, on request."""
    assert [Day.parse("2023-05-01")] == read_days("23.5.1", two_digit_years=True)


@pytest.mark.parametrize(("text", "part"), [("2023.5.1、无", "无"), ("2023年5月1日、8日", "8日"), ("、", ""), ("", "")])
def test_one_wrong_day_refuses_the_cell(text: str, part: str) -> None:
    """No day of a cell is dropped in silence; the error names the part that is wrong."""
    with pytest.raises(DayError) as caught:
        read_days(text)

    assert part == caught.value.text


@given(plausible)
def test_every_form_of_a_day_is_that_day(day: date) -> None:
    """Whatever way a day is written in full, it is the same day."""
    year, month, number = day.year, day.month, day.day
    forms = [
        day.isoformat(),
        f"{year}.{month}.{number}",
        f"{year}/{month:02}/{number:02}",
        f"{day:%Y%m%d}",
        f"{year}年{month}月{number}日",
        f"{''.join(numerals[int(digit)] for digit in str(year))}年{in_numerals(month)}月{in_numerals(number)}日",
        f"{day.isoformat()} 00:00:00",
    ]

    assert {Day.on(day)} == {read_day(form) for form in forms}


@given(st.text(alphabet="0123456789年月日.-/:T 十二〇上旬Z+", max_size=20) | st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text is read as a plausible day or refused with a reason, never otherwise."""
    try:
        day = read_day(text, two_digit_years=True)
    except DayError as error:
        held = " / " in error.reason
    else:
        held = date(1800, 1, 1) <= day.low <= day.high <= date(2100, 12, 31)

    assert held
