"""What a change changes, as CSV: one line a verdict that changes, to be opened in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.findings import words
from devrules.report.csv_format import harmless, written
from devrules.report.impact import Change, Differences, RuleImpact, place_text
from devrules.report.subject import Checked, name_of

HEADERS = {
    "zh": (
        "编号", "姓名", "阶段", "文件", "工作表", "行", "规则", "内容", "原条文", "新条文", "原结论", "新结论",
        "新亮灯", "原说明", "新说明", "整改建议",
    ),
    "en": (
        "id", "name", "stage", "file", "sheet", "row", "rule", "title", "article before", "article after", "before",
        "after", "lamp after", "message before", "message after", "remedy",
    ),
}  # fmt: skip


def impact_csv(impact: Differences, *, lang: str = "zh", unmask: bool = False) -> str:
    """
    Write what changes as CSV, with a byte order mark so that spreadsheets read the Chinese.

    Args:
        impact: What changes.
        lang: ``zh`` or ``en``.
        unmask: Whether to write names in full.
    """
    lines = [[harmless(cell) for cell in line] for line in _lines(impact, lang, unmask=unmask)]
    return "\ufeff" + written([HEADERS[lang], *lines])


def _lines(impact: Differences, lang: str, *, unmask: bool) -> Iterator[list[str]]:
    for rule in impact.rules:
        about = _rule(impact, rule, lang)
        for checked, change in rule.changed:
            yield [*_who(checked, lang, unmask=unmask), *about, *_verdicts(change, lang)]


def _who(checked: Checked, lang: str, *, unmask: bool) -> list[str]:
    source, stage = checked.dossier.source, checked.stage
    place = (source.file, source.sheet or "", str(source.row or "")) if source else ("", "", "")
    return [checked.dossier.id, name_of(checked, unmask=unmask), stage.name.said(lang) if stage else "", *place]


def _rule(impact: Differences, rule: RuleImpact, lang: str) -> list[str]:
    written = rule.after.rule
    places = (place_text(impact, one, lang) for one in (rule.before, rule.after))
    return [written.id, written.title.said(lang), *places]


def _verdicts(change: Change, lang: str) -> list[str]:
    old, new = change.before, change.after
    return [
        *(words.VERDICTS[verdict].said(lang) for verdict in change.turn),
        words.LAMPS[new.lamp].said(lang),
        old.message.said(lang) if old else "",
        new.message.said(lang),
        new.remedy.said(lang),
    ]
