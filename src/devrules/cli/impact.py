"""``devrules impact``: whose verdicts another edition, or an overlay, would change."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from itertools import chain
from pathlib import Path

from devrules.api import Impact
from devrules.cli import exits, options
from devrules.cli.progress import tracker
from devrules.report.formats import How, find_format
from devrules.report.impact_formats import IMPACT_FORMATS, ImpactFormat
from devrules.report.impact_text import impact_blocks
from devrules.report.subject import problems_of
from devrules.report.targets import keep_apart
from devrules.report.writing import write_whole


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("source", nargs="+", type=Path, help="a ledger (xlsx, xls, ods, csv) or dossiers (json, jsonl)")
    said = "as if this edition were in force on every day, for example"
    parser.add_argument("--from", dest="from_", metavar="EDITION", help=f"{said} xize-2014")
    parser.add_argument("--to", metavar="EDITION", help=f"{said} xize-2026")
    said = "instead of two editions: the rules of today against the same with this overlay"
    parser.add_argument("--add-overlay", metavar="ID", help=said)
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what a ledger's titles and words mean (toml)")
    options.add_judging(parser)
    options.add_output(parser, IMPACT_FORMATS, by_ending=True)
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Judge both ways, write what differs, and tell the exit code."""
    # What is wrong with the options is told before the work, not after it.
    keep_apart({"--out": chosen.out}, [*chosen.source, chosen.mapping])
    form = find_format(IMPACT_FORMATS, chosen.format, chosen.out)
    found = options.rules_of(chosen).impact(
        *chosen.source,
        as_of=options.as_of(chosen),
        from_=chosen.from_,
        to=chosen.to,
        add_overlay=chosen.add_overlay,
        mapping=chosen.mapping,
        track=tracker("核查" if options.lang_of(chosen) == "zh" else "judging"),
    )
    _write(chosen, found, form)
    return code_of(found, chosen.fail_level)


def _write(chosen: Namespace, found: Impact, form: ImpactFormat) -> None:
    lang = options.lang_of(chosen)
    told = chain(*(problems_of(one, unmask=False) for one in (found.after, found.before)))
    for problem in dict.fromkeys(told):
        options.complain(problem)
    if form.name == "text" and chosen.out is None:
        options.show(impact_blocks(found, lang=lang, unmask=chosen.unmask))
        return
    pieces = form.pieces(found, How(lang, chosen.unmask, tracker("写报告" if lang == "zh" else "writing")))
    if chosen.out is not None:
        write_whole(chosen.out, pieces)
        return
    for piece in pieces:
        print(piece.decode(), end="", flush=True)  # noqa: T201  # this is the command's output


def code_of(found: Impact, level: exits.FailLevel) -> int:
    """Tell the exit code: what newly fails counts as a finding of an audit does."""
    codes = [exits.code_for(found.failing, level)]
    if not found.after.complete:
        codes.append(exits.NOT_JUDGED)
    if found.after.disagreements or found.before.disagreements:
        codes.append(exits.INTERNAL)
    return exits.worst(codes)
