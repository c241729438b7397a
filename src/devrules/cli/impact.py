"""``devrules impact``: whose verdicts another edition, or an overlay, would change."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from itertools import chain
from pathlib import Path

from devrules.api import Impact
from devrules.cli import exits, options
from devrules.cli.progress import tracker
from devrules.report.impact_csv import impact_csv
from devrules.report.impact_json import impact_json
from devrules.report.impact_text import impact_blocks, impact_text
from devrules.report.subject import problems_of


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("source", nargs="+", type=Path, help="a ledger (xlsx, xls, ods, csv) or a dossier (json)")
    said = "as if this edition were in force on every day, for example"
    parser.add_argument("--from", dest="from_", metavar="EDITION", help=f"{said} xize-2014")
    parser.add_argument("--to", metavar="EDITION", help=f"{said} xize-2026")
    said = "instead of two editions: the rules of today against the same with this overlay"
    parser.add_argument("--add-overlay", metavar="ID", help=said)
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what a ledger's titles and words mean (toml)")
    options.add_judging(parser)
    options.add_output(parser, ("text", "json", "csv"))
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Judge both ways, write what differs, and tell the exit code."""
    found = options.rules_of(chosen).impact(
        *chosen.source,
        as_of=options.as_of(chosen),
        from_=chosen.from_,
        to=chosen.to,
        add_overlay=chosen.add_overlay,
        mapping=chosen.mapping,
        track=tracker("核查" if options.lang_of(chosen) == "zh" else "judging"),
    )
    _write(chosen, found)
    return code_of(found, chosen.fail_level)


def _write(chosen: Namespace, found: Impact) -> None:
    lang = options.lang_of(chosen)
    told = chain(*(problems_of(one, unmask=False) for one in (found.after, found.before)))
    for problem in dict.fromkeys(told):
        options.complain(problem)
    if chosen.format == "text" and chosen.out is None:
        options.show(impact_blocks(found, lang=lang, unmask=chosen.unmask))
    elif chosen.format == "text":
        options.emit(chosen, impact_text(found, lang=lang, unmask=chosen.unmask))
    elif chosen.format == "json":
        options.emit(chosen, impact_json(found, unmask=chosen.unmask))
    else:
        options.emit(chosen, impact_csv(found, lang=lang, unmask=chosen.unmask))


def code_of(found: Impact, level: exits.FailLevel) -> int:
    """Tell the exit code: what newly fails counts as a finding of an audit does."""
    codes = [exits.code_for(found.failing, level)]
    if not found.after.complete:
        codes.append(exits.NOT_JUDGED)
    if found.after.disagreements or found.before.disagreements:
        codes.append(exits.INTERNAL)
    return exits.worst(codes)
