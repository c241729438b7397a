from __future__ import annotations

import io

import pytest
from rich.console import Console, Group

from devrules.report.prose import Prose


def lines(text: str, width: int) -> list[str]:
    """The lines that a terminal of this width shows."""
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    console.print(Group(Prose(text)))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("收到申请书后派人谈话", ["收到申请书", "后派人谈话"]),
        ("谈话 2021年2月28日", ["谈话", "2021年2月28日"]),
        ("推荐推优会，先后", ["推荐推优", "会，先后"]),
        ("推荐推优“先后”", ["推荐推优", "“先后”"]),
        ("一二\n三四五六七八", ["一二", "三四五六七", "八"]),
        ("no more than it", ["no more", "than it"]),
        ("a-rule-with-a-long-name 甲", ["a-rule-wit", "h-a-long-n", "ame 甲"]),
        ("", [""]),
    ],
    ids=["between any two", "not in a date", "not before a comma", "not after a mark", "lines", "words", "cut", "none"],
)
def test_wraps_where_chinese_does(text: str, wrapped: list[str]) -> None:
    """A line is as full as it may be."""
    width = 13 if "年" in text else 10

    assert wrapped == [line.rstrip() for line in lines(text, width)]


@pytest.mark.parametrize("width", range(2, 40))
def test_nothing_is_lost(width: int) -> None:
    """However narrow it is."""
    text = "列为发展对象前公示不少于五个工作日：不合格；开始2026年7月20日，结束2026年7月22日→[notice-five-working-days]"

    assert text == "".join(lines(text, width))
