"""``devrules check``: one dossier, every finding that says something."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.api import Audit, Report
from devrules.cli import exits, options
from devrules.report.csv_format import report_csv
from devrules.report.json_format import report_json
from devrules.report.targets import keep_apart
from devrules.report.text import report_blocks, report_text


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("dossier", type=Path, help="a dossier in JSON (devrules.dossier/1)")
    options.add_judging(parser)
    options.add_output(parser, ("text", "json", "csv"))
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Check, write the report, and tell the exit code."""
    keep_apart({"--out": chosen.out}, [chosen.dossier])
    rules = options.rules_of(chosen)
    report = rules.check(rules.read_dossier(chosen.dossier), as_of=options.as_of(chosen))
    _write(chosen, report)
    return exits.code_for(report.findings, chosen.fail_level)


def _write(chosen: Namespace, report: Report) -> None:
    lang = options.lang_of(chosen)
    if chosen.format == "text" and chosen.out is None:
        options.show(report_blocks(report, lang=lang, unmask=chosen.unmask))
        return
    if chosen.format == "text":
        options.emit(chosen, report_text(report, lang=lang, unmask=chosen.unmask))
        return
    whole = Audit(report.rules, report.as_of, report.engine, (report,))
    if chosen.format == "json":
        options.emit(chosen, report_json(whole, unmask=chosen.unmask))
    else:
        options.emit(chosen, report_csv(whole, lang=lang, unmask=chosen.unmask))
