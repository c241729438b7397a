"""The columns that are known to those of an empty ledger: titles, what to write there, what to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from devrules.dossier.kinds import Kinds
from devrules.ledger.model import Column, Columns, Form

_HOW: Mapping[Form, str] = {
    "day": "日期，如 2023-05-01；只知月份写 2023-05",
    "days": "一个或多个日期，用“、”分开",
    "number": "整数",
    "people": "一人或多人姓名，用“、”分开",
    "name": "一人姓名",
    "names": "姓名",
    "id-number": "18位，文本格式",
    "phone": "文本格式",
    "words": "从下拉列表中选择",
    "codes": "名称或国家标准代码",
    "text": "文字",
}
_GROUPS = {"person": "本人", "branch": "党组织", "superior": "党组织"}


@attrs.frozen
class TemplateColumn:
    """
    A column of an empty ledger.

    Args:
        title: Its title.
        group: What it is about, to stand above it.
        note: What to write in it.
        choices: What to choose from; empty where anything may be written.
        is_text: Whether its cells are text whatever they look like: an ID number is no number.
    """

    title: str
    group: str
    note: str
    choices: tuple[str, ...] = ()
    is_text: bool = True


def template_columns(columns: Columns, kinds: Kinds) -> tuple[TemplateColumn, ...]:
    """List the columns of an empty ledger: each that is known once, under its main name."""
    return tuple(_made(column, kinds) for column in dict.fromkeys(columns.by_name.values()))


def _made(column: Column, kinds: Kinds) -> TemplateColumn:
    group = _GROUPS.get(column.owner) or kinds[column.owner].zh
    also = f"；也可叫：{'、'.join(column.also)}" if column.also else ""
    note = f"{_HOW[column.form]}{also}；空格表示没有"
    return TemplateColumn(column.name, group, note, tuple(_choices(column)), column.form != "number")


def _choices(column: Column) -> Iterator[str]:
    """Yield the first word of each meaning."""
    if column.form == "words":
        first: dict[str | bool | None, str] = {}
        for word, meant in column.words.items():
            first.setdefault(meant, word)
        yield from first.values()
