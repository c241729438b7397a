"""``devrules audit``: ledgers in, lamps with articles out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.api import Audit, Rules
from devrules.cli import exits, options
from devrules.report.csv_format import report_csv
from devrules.report.json_format import report_json
from devrules.report.text import audit_blocks, audit_text


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("source", nargs="+", type=Path, help="a ledger (xlsx, xls, ods, csv) or a dossier (json)")
    options.add_judging(parser)
    options.add_output(parser, ("text", "json", "csv"))
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Audit, write the report, and tell the exit code."""
    return audit(chosen, options.rules_of(chosen), chosen.source)


def audit(chosen: Namespace, rules: Rules, sources: list[Path]) -> int:
    """Audit *sources* and write the report as the options say."""
    found = rules.audit(*sources, as_of=options.as_of(chosen))
    lang = options.lang_of(chosen)
    if chosen.format == "json":
        options.emit(chosen, report_json(found, unmask=chosen.unmask))
    elif chosen.format == "csv":
        options.emit(chosen, report_csv(found, lang=lang, unmask=chosen.unmask))
    elif chosen.out is not None:
        options.emit(chosen, audit_text(found, lang=lang, unmask=chosen.unmask))
    else:
        options.show(audit_blocks(found, lang=lang, unmask=chosen.unmask))
    return code_of(found, chosen.fail_level)


def code_of(found: Audit, level: exits.FailLevel) -> int:
    """Tell the exit code of an audit."""
    codes = [exits.code_for(found.findings, level)]
    if not found.complete:
        codes.append(exits.NOT_JUDGED)
    if found.disagreements:
        codes.append(exits.INTERNAL)
    return exits.worst(codes)
