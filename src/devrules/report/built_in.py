"""The formats of reports that devrules brings itself."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.report.formats import How, ReportFormat, to_bytes
from devrules.report.subject import Audited

# A format is imported when it is first used: the terminal library alone takes a tenth of a second.


def _text(audit: Audited, how: How) -> Iterator[bytes]:
    from devrules.report.text import audit_text  # noqa: PLC0415

    yield to_bytes(audit_text(audit, lang=how.lang, unmask=how.unmask))


def _json(audit: Audited, how: How) -> Iterator[bytes]:
    from devrules.report.json_format import report_json  # noqa: PLC0415

    yield to_bytes(report_json(audit, unmask=how.unmask))


def _jsonl(audit: Audited, how: How) -> Iterator[bytes]:
    from devrules.report.jsonl_format import report_lines  # noqa: PLC0415

    yield from map(to_bytes, report_lines(audit, how))


def _csv(audit: Audited, how: How) -> Iterator[bytes]:
    from devrules.report.csv_format import csv_lines  # noqa: PLC0415

    yield from map(to_bytes, csv_lines(audit, how))


def _html(audit: Audited, how: How) -> Iterator[bytes]:
    from devrules.report.html_format import html_pieces  # noqa: PLC0415

    yield from map(to_bytes, html_pieces(audit, how))


BUILT_IN = (
    ReportFormat("text", ".txt", _text),
    ReportFormat("json", ".json", _json),
    ReportFormat("jsonl", ".jsonl", _jsonl, streams=True),
    ReportFormat("csv", ".csv", _csv, streams=True),
    ReportFormat("html", ".html", _html),
)
