"""``devrules rules coverage``: which verdicts and which sides of limits the cases exercise."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from rich.table import Table

from devrules.cli import exits, options
from devrules.findings import words
from devrules.reference.coverage import SIDES, Covered, coverage, lacking

_HEADINGS = {
    "zh": ("规则", "版本", "结论", "界限：内一日 / 当日 / 外一日"),
    "en": ("rule", "edition", "verdicts", "limits: " + " / ".join(SIDES.values())),
}


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    options.add_rules(parser)
    parser.add_argument("--lacking", action="store_true", help="print only what the cases should show and do not")
    parser.add_argument("--each-edition", action="store_true", help="want every side of a limit in each edition")


def run(chosen: Namespace) -> int:
    """Print what the cases exercise."""
    lang = options.lang_of(chosen)
    rows = list(coverage(options.rules_of(chosen)))
    missing = list(lacking(rows, each_edition=chosen.each_edition))
    if not chosen.lacking:
        table = Table(box=None, pad_edge=False)
        for heading in _HEADINGS[lang]:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(row.rule, row.edition, _verdicts(row, lang), _limits(row))
        options.show([table])
    for line in missing:
        print(line)  # noqa: T201  # this is the command's output
    print(_said(len(missing), lang))  # noqa: T201
    return exits.INVALID_RULESET if missing or not rows else exits.CLEAN


def _said(missing: int, lang: str) -> str:
    if lang == "zh":
        return f"缺 {missing} 处" if missing else "齐全"
    return f"{missing} lacking" if missing else "complete"


def _verdicts(row: Covered, lang: str) -> str:
    shown = ((verdict, row.verdicts.get(verdict, 0)) for verdict in words.VERDICTS)
    return ", ".join(f"{words.VERDICTS[verdict].said(lang)} {count}" for verdict, count in shown if count)


def _limits(row: Covered) -> str:
    return "; ".join(" / ".join("✓" if side in limit.shown else "–" for side in SIDES.values()) for limit in row.limits)
