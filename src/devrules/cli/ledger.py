"""``devrules ledger``: how a ledger would be read, a mapping for it, an empty one to fill in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from devrules.cli import exits, options
from devrules.errors import DevrulesError, InvalidInput, MissingExtra, PluginFailure, UsageError
from devrules.ledger.inspect import ColumnView, SheetView, inspect, mapping_text
from devrules.ledger.template import template_columns
from devrules.report.writing import write_whole

_TEMPLATE = Path("台账模板.xlsx")


def add(parser: ArgumentParser) -> None:
    """Add the subcommands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    said = "show how ledgers would be read, column by column"
    looking = commands.add_parser("inspect", help=said, description=said)
    looking.add_argument("source", nargs="+", type=Path, help="a ledger (xlsx, xls, ods, csv)")
    looking.add_argument(
        "--mapping", type=Path, metavar="FILE", help="what columns, blanks, sheets and words mean (toml)"
    )
    looking.add_argument(
        "--write-mapping", type=Path, metavar="FILE", help="write a mapping to edit; never over a file"
    )
    looking.set_defaults(run=run_inspect)
    said = "write an empty ledger with every column that is known"
    template = commands.add_parser("template", help=said, description=said)
    template.add_argument("--out", type=Path, default=_TEMPLATE, metavar="FILE", help=f"default: {_TEMPLATE}")
    template.set_defaults(run=run_template)
    for command in (looking, template):
        options.add_rules(command)
        options.add_lang(command)


def run_inspect(chosen: Namespace) -> int:
    """Show each sheet; 4 where a file cannot be read or a sheet has no header."""
    rules, lang = options.rules_of(chosen), options.lang_of(chosen)
    columns = rules.columns_by(chosen.mapping)
    views: list[SheetView] = []
    codes = [exits.CLEAN]
    for path in chosen.source:
        try:
            views += (inspect(sheet, columns, rules.program.kinds) for sheet in rules.sheets(path) if sheet.rows)
        except (InvalidInput, MissingExtra, PluginFailure) as error:
            _complain(path, error)
            codes.append(exits.NOT_JUDGED)
    if not any(view.header for view in views):
        codes.append(exits.NOT_JUDGED)
    for view in views:
        options.show(_blocks(view, lang))
    if chosen.write_mapping is not None:
        _write(chosen.write_mapping, mapping_text(views))
    return exits.worst(codes)


def run_template(chosen: Namespace) -> int:
    """Write the template."""
    rules, out = options.rules_of(chosen), chosen.out
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out}: a template is a workbook; name a file that ends in .xlsx")
    _check_new(out)
    columns = template_columns(rules.columns, rules.program.kinds)
    try:
        written = rules.plugins.call("devrules_write_template", path=out, columns=columns)
    except OSError as error:  # of a plugin that does not say it by itself
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from error
    if not written:
        raise MissingExtra("writing a template", "excel")
    said = f"{out}：{len(columns)} 列" if options.lang_of(chosen) == "zh" else f"{out}: {len(columns)} columns"
    print(said)  # noqa: T201  # this is the command's output
    return exits.CLEAN


def _blocks(view: SheetView, lang: str) -> Iterable[RenderableType]:
    place = " ".join(filter(None, [view.file, view.name, view.encoding]))
    yield Text(f"{place}: {_header(view, lang)}", style="bold")
    if view.columns:
        zh = lang == "zh"
        table = Table(box=None, pad_edge=False)
        for title in ("列", "标题", "字段", "读懂", "未懂", "空白") if zh else _TITLES:
            table.add_column(title, justify="right" if title in _COUNTS else "left")
        for column in view.columns:
            counts = map(str, (column.read, column.unread, column.blank))
            table.add_row(column.place, " ".join(column.title.split()), Text(_field(column, zh=zh)), *counts)
        yield table


_TITLES = ("column", "title", "field", "read", "unread", "blank")
_COUNTS = frozenset({"读懂", "未懂", "空白", "read", "unread", "blank"})


def _header(view: SheetView, lang: str) -> str:
    if view.skipped:
        return "按映射跳过" if lang == "zh" else "skipped, as the mapping says"
    if view.header is None:
        return "没有认得的表头" if lang == "zh" else "no header that is known"
    if lang == "zh":
        return f"表头在第{view.header}行，{view.people} 人"
    return f"the header is row {view.header}; {view.people} people"


def _field(column: ColumnView, *, zh: bool) -> str:
    if column.field == "unused":
        return "认得，没有规则用到" if zh else "known; no rule takes anything of it"
    if column.field == "ignore":
        return "与人无关" if zh else "nothing about a person"
    if column.field is not None:
        return column.field
    said = "未认得" if zh else "not understood"
    return f"{said} ({'、'.join(column.near)} ?)" if column.near else said


def _complain(path: Path, error: DevrulesError) -> None:
    options.complain(str(error) if isinstance(error, InvalidInput) else f"{path}: {error}")


def _write(path: Path, text: str) -> None:
    _check_new(path)
    write_whole(path, [text.encode()])


def _check_new(path: Path) -> None:
    """Never write over what somebody may have filled in."""
    if path.exists():
        raise UsageError(f"{path}: is already there; name another file, or remove it")
