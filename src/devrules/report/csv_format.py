"""An audit as CSV: one line a finding, to be opened in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from devrules.findings import words
from devrules.findings.message import sentence
from devrules.report.formats import How
from devrules.report.subject import Audited, Checked, name_of

HEADERS = {
    "zh": (
        "编号", "姓名", "阶段", "文件", "工作表", "行", "规则", "结论", "亮灯", "提示", "强度", "版本", "条", "核实",
        "应办期限", "说明", "整改建议",
    ),
    "en": (
        "id", "name", "stage", "file", "sheet", "row", "rule", "verdict", "lamp", "notes", "strength", "edition",
        "article", "verified", "due", "message", "remedy",
    ),
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report_csv(audit: Audited, *, lang: str, unmask: bool = False) -> str:
    """
    Write an audit as CSV, with a byte order mark so that spreadsheets read the Chinese.

    Args:
        audit: The audit.
        lang: ``zh`` or ``en``.
        unmask: Whether to write names in full.
    """
    return "".join(csv_lines(audit, How(lang, unmask)))


def csv_lines(audit: Audited, how: How) -> Iterator[str]:
    """Yield the lines of :func:`report_csv`, some at a time."""
    yield "\ufeff" + written([HEADERS[how.lang]])
    for report in how.track(audit.reports):
        yield written(_lines(report, how.lang, unmask=how.unmask))


def written(lines: Iterable[Sequence[str]]) -> str:
    """Write some lines as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def _lines(checked: Checked, lang: str, *, unmask: bool) -> Iterator[list[str]]:
    source = checked.dossier.source
    place = (source.file, source.sheet or "", str(source.row or "")) if source else ("", "", "")
    stage = checked.stage.name.said(lang) if checked.stage else ""
    for finding in checked.findings:
        cells = [
            checked.dossier.id,
            name_of(checked, unmask=unmask),
            stage,
            *place,
            finding.rule,
            words.VERDICTS[finding.verdict].said(lang),
            words.LAMPS[finding.lamp].said(lang),
            " ".join(finding.notes),
            words.STRENGTHS[finding.strength].said(lang),
            finding.edition or "",
            finding.article or "",
            finding.verified or "",
            str(finding.due or ""),
            sentence(finding, lang),
            finding.remedy.said(lang),
        ]
        yield [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
