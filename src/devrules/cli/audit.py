"""``devrules audit``: ledgers in, lamps with articles out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import attrs

from devrules.api import Audit, Rules
from devrules.cli import exits, options
from devrules.cli.passing import Passing
from devrules.cli.progress import tracker
from devrules.errors import UsageError
from devrules.findings.waivers_toml import read_waivers
from devrules.report.baseline import read_baseline
from devrules.report.formats import How, ReportFormat, find_format
from devrules.report.remarks import remarks
from devrules.report.subject import problems_of
from devrules.report.targets import keep_apart
from devrules.report.text import audit_blocks
from devrules.report.writing import write_whole

_SOURCES = "a ledger (xlsx, xls, ods, csv), dossiers (json, jsonl), or a folder of them as columns (a population)"


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("source", nargs="+", type=Path, help=_SOURCES)
    options.add_judging(parser)
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what a ledger's titles and words mean (toml)")
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="an auditor's waivers (toml)")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="show only what is new since this report (json)")
    parser.add_argument(
        "--annotate",
        type=Path,
        metavar="FILE",
        help="also write a copy of the ledgers with marked cells (xlsx); not masked",
    )
    options.add_output(parser, None)
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Audit, write the report, and tell the exit code."""
    # What is wrong with the options is told before the work, not after it.
    read = (*chosen.source, chosen.mapping, chosen.waivers, chosen.baseline)
    keep_apart({"--out": chosen.out, "--annotate": chosen.annotate}, read)
    rules = options.rules_of(chosen)
    form = form_of(chosen, rules)
    waivers = read_waivers(chosen.waivers, [rule.id for rule in rules.compiled]) if chosen.waivers else ()
    baseline = read_baseline(chosen.baseline) if chosen.baseline else None
    lang = options.lang_of(chosen)
    track = tracker("核查" if lang == "zh" else "judging")
    as_of, mapping = options.as_of(chosen), chosen.mapping
    # What is compared or copied needs all reports, and ledgers are held as a whole anyway.
    once = form.streams and baseline is None and chosen.annotate is None and any(map(Path.is_dir, chosen.source))
    found = rules.audit(*chosen.source, as_of=as_of, waivers=waivers, track=track, mapping=mapping, keep=not once)
    if once:
        return _write_once(chosen, found, form)
    if baseline is not None:
        found = found.since(baseline)
    write(chosen, found, form)
    if chosen.annotate is not None:
        found.annotate(chosen.annotate, lang=lang, mapping=mapping)
    return code_of(found, chosen.fail_level)


def form_of(chosen: Namespace, rules: Rules) -> ReportFormat:
    """
    Find the format that the options ask for.

    Raises:
        UsageError: When there is none of that name, or it needs a file and none is named.
    """
    form = find_format(rules.formats, chosen.format, chosen.out)
    if form.binary and chosen.out is None:
        raise UsageError(f"--format {form.name} needs a file: --out report{form.suffix}")
    return form


def _write_once(chosen: Namespace, found: Audit, form: ReportFormat) -> int:
    """Write the report of an audit that keeps none of its reports: what is told of them is gathered on the way."""
    passing = Passing(found.reports, chosen.fail_level)
    _put(chosen, attrs.evolve(found, reports=passing), form)
    # Now that all were gone through it is known on which of them engines differ, and which waivers counted.
    _tell(chosen, attrs.evolve(found, reports=passing.waived), form)
    return exits.worst([passing.code, *_codes(found)])


def write(chosen: Namespace, found: Audit, form: ReportFormat) -> None:
    """Write the report as the options say; what the format has no place for goes to stderr."""
    _tell(chosen, found, form)
    if form.name == "text" and chosen.out is None:
        options.show(audit_blocks(found, lang=options.lang_of(chosen), unmask=chosen.unmask))
    else:
        _put(chosen, found, form)


def _tell(chosen: Namespace, found: Audit, form: ReportFormat) -> None:
    lang = options.lang_of(chosen)
    for told in problems_of(found, unmask=False):
        options.complain(told)
    if form.name not in ("text", "html", "xlsx"):
        for told in remarks(found, lang):
            options.complain(told)
    if form.name in ("csv", "jsonl", "parquet") and found.unread:
        options.complain(_hint(len(found.unread), lang))


def _put(chosen: Namespace, found: Audit, form: ReportFormat) -> None:
    lang = options.lang_of(chosen)
    pieces = form.pieces(found, How(lang, chosen.unmask, tracker("写报告" if lang == "zh" else "writing")))
    if chosen.out is None:
        for piece in pieces:
            print(piece.decode(), end="", flush=True)  # noqa: T201  # this is the command's output
    else:
        write_whole(chosen.out, pieces)


def _hint(unread: int, lang: str) -> str:
    if lang == "zh":
        return f"未能读懂的内容 {unread} 处：见 --format text 或 json"
    return f"{unread} cells or rows were not understood: see --format text or json"


def code_of(found: Audit, level: exits.FailLevel) -> int:
    """Tell the exit code of an audit."""
    return exits.worst([exits.code_for(found.findings, level), *_codes(found)])


def _codes(found: Audit) -> Iterator[int]:
    if not found.complete:
        yield exits.NOT_JUDGED
    if found.disagreements:
        yield exits.INTERNAL
