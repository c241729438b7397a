"""The summary of an audit as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled

from devrules.findings import words
from devrules.findings.model import LAMPS
from devrules.law.model import Text
from devrules.report.lines import STYLES
from devrules.report.summary import Group, Line, Summary

TITLES: dict[Group, Text] = {
    "rule": Text("各条规则", "By rule"),
    "article": Text("各条文", "By article"),
    "branch": Text("各党支部", "By branch"),
    "stage": Text("各阶段", "By stage"),
    "year": Text("各年（所核查事项办理的年份）", "By year (of the act that is judged)"),
}
HEADS: dict[Group, Text] = {
    "rule": Text("规则", "Rule"),
    "article": Text("条文", "Article"),
    "branch": Text("党支部", "Branch"),
    "stage": Text("阶段", "Stage"),
    "year": Text("年份", "Year"),
}
NOT_KNOWN: dict[Group, Text] = {
    "rule": Text("", ""),
    "article": Text("无条文", "no article"),
    "branch": Text("未写明", "not stated"),
    "stage": Text("尚未申请", "before the application"),
    "year": Text("不能确定", "not known exactly"),
}
ON, PEOPLE = Text("亮灯人数", "people on"), Text("涉及人数", "people")
_MANY = 40


def summary_blocks(summary: Summary, lang: str) -> Iterator[RenderableType]:
    """
    Yield a table for each group of which a lamp is on; of stages whenever there is more than one.

    Args:
        summary: What the audit comes to.
        lang: ``zh`` or ``en``.
    """
    for group, lines in summary.groups.items():
        shown = lines if group == "stage" else [line for line in lines if line.on]
        if shown and (group == "rule" or len(lines) > 1):
            yield from _table(group, shown, lang)


def label_of(group: Group, line: Line, lang: str) -> str:
    """Say what a line is about."""
    return line.label or NOT_KNOWN[group].said(lang)


def _table(group: Group, lines: list[Line], lang: str) -> Iterator[RenderableType]:
    table = Table(title=TITLES[group].said(lang), title_justify="left", box=None, pad_edge=False)
    table.add_column(HEADS[group].said(lang), overflow="fold")
    for lamp in LAMPS[:4]:
        table.add_column(words.LAMPS[lamp].said(lang), justify="right", style=STYLES[lamp])
    table.add_column(ON.said(lang), justify="right")
    table.add_column(PEOPLE.said(lang), justify="right")
    cut = len(lines) if group == "rule" else _MANY
    for line in lines[:cut]:
        lamps = (str(line.lamps[lamp] or "") for lamp in LAMPS[:4])
        # A label may come from a ledger, and must not be taken for markup.
        table.add_row(Styled(label_of(group, line, lang)), *lamps, str(line.on), str(line.people))
    yield table
    more = len(lines) - cut
    if more > 0:
        yield Styled(f"（另有 {more} 行）" if lang == "zh" else f"({more} more)")
    yield Styled("")
