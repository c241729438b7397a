"""``devrules audit``: ledgers in, lamps with articles out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.api import Audit
from devrules.cli import exits, options
from devrules.report.csv_format import report_csv
from devrules.report.json_format import report_json
from devrules.report.subject import problems_of
from devrules.report.text import audit_blocks, audit_text


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("source", nargs="+", type=Path, help="a ledger (xlsx, xls, ods, csv) or a dossier (json)")
    options.add_judging(parser)
    options.add_output(parser, ("text", "json", "csv"))
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Audit, write the report, and tell the exit code."""
    found = options.rules_of(chosen).audit(*chosen.source, as_of=options.as_of(chosen))
    write(chosen, found)
    return code_of(found, chosen.fail_level)


def write(chosen: Namespace, found: Audit) -> None:
    """Write the report as the options say; what the format has no place for goes to stderr."""
    lang = options.lang_of(chosen)
    for told in problems_of(found, unmask=False):
        options.complain(told)
    if chosen.format == "json":
        options.emit(chosen, report_json(found, unmask=chosen.unmask))
    elif chosen.format == "csv":
        if found.unread:
            options.complain(_hint(len(found.unread), lang))
        options.emit(chosen, report_csv(found, lang=lang, unmask=chosen.unmask))
    elif chosen.out is not None:
        options.emit(chosen, audit_text(found, lang=lang, unmask=chosen.unmask))
    else:
        options.show(audit_blocks(found, lang=lang, unmask=chosen.unmask))


def _hint(unread: int, lang: str) -> str:
    if lang == "zh":
        return f"未能读懂的内容 {unread} 处：见 --format text 或 json"
    return f"{unread} cells or rows were not understood: see --format text or json"


def code_of(found: Audit, level: exits.FailLevel) -> int:
    """Tell the exit code of an audit."""
    codes = [exits.code_for(found.findings, level)]
    if not found.complete:
        codes.append(exits.NOT_JUDGED)
    if found.disagreements:
        codes.append(exits.INTERNAL)
    return exits.worst(codes)
