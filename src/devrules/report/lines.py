"""Lines of a report for a terminal: findings with their lamps, articles and remedies; what passed, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from devrules.days import Day
from devrules.findings.cited import cited_text
from devrules.findings.finding import Finding
from devrules.findings.message import missing_names, note_text
from devrules.findings.model import Lamp, Waiver
from devrules.findings.unsettled import why_unknown
from devrules.findings.values import day_text
from devrules.mask import mask_text
from devrules.report.places import article_text
from devrules.report.prose import Prose

MARKS = {"red": "✗", "yellow": "!", "grey": "?", "green": "✓", "none": "·"}
"""One column wide in every terminal, and each another, so that they can be told apart without colours."""
STYLES = {"red": "bold red", "yellow": "bold yellow", "grey": "bright_black", "green": "green", "none": "bright_black"}


def finding_lines(findings: Iterable[Finding], lang: str) -> Iterator[RenderableType]:
    """Yield a line for each finding, or for several of one cause."""
    for together in _together(findings, lang):
        if len(together) == 1:
            yield _finding_line(together[0], lang)
        elif together[0].verdict == "unknown":
            yield _unknown_line(together, lang)
        else:
            yield _missing_line(together, lang)


def _together(findings: Iterable[Finding], lang: str) -> Iterable[Sequence[Finding]]:
    """Put together what fails for want of the same record by the same article, and what is unknown for one reason."""
    found: dict[object, list[Finding]] = {}
    for n, finding in enumerate(findings):
        cause: object = n
        notes = tuple(note_text(finding, note, lang) for note in finding.notes)
        if finding.verdict == "fail" and finding.missing:
            cause = (article_text(finding, lang), missing_names(finding, lang), notes, finding.remedy)
        elif finding.verdict == "unknown":
            cause = (why_unknown(finding, lang), notes)
        found.setdefault(cause, []).append(finding)
    return found.values()


def _finding_line(finding: Finding, lang: str) -> RenderableType:
    """Render a finding: the lamp, where it stands, what was found, what to do."""
    said = Prose(finding.message.said(lang))
    if finding.lamp in ("red", "yellow"):
        said.append(f"\n→ {finding.remedy.said(lang)}", style="italic")
    said.append(f"  [{finding.rule}]", style="bright_black")
    return _line(finding.lamp, article_text(finding, lang), said, lang)


def _missing_line(findings: Sequence[Finding], lang: str) -> RenderableType:
    """Say once what is missing, and which rules want it."""
    first, names = findings[0], missing_names(findings[0], lang)
    if lang == "zh":
        head = f"没有{names}的记录，以下 {len(findings)} 项不合格："
    else:
        head = f"No record of {names}, so {len(findings)} fail: "
    said = Prose(head + _titles(findings, lang))
    said.append(f"\n→ {first.remedy.said(lang)}", style="italic")
    said.append(f"  [{', '.join(finding.rule for finding in findings)}]", style="bright_black")
    return _line(first.lamp, article_text(first, lang), said, lang)


def _unknown_line(findings: Sequence[Finding], lang: str) -> RenderableType:
    """Say once what would settle it, and for which rules; of a special way only how many."""
    first, many = findings[0], len(findings)
    count = f"无法判断 {many} 项" if lang == "zh" else f"{many} unknown"
    why = why_unknown(first, lang)
    if first.special:
        return _line(first.lamp, count, Prose(f"{why}{'。' if lang == 'zh' else '.'}"), lang)
    join = ("；涉及：" if lang == "zh" else "; it concerns: ") if why else ""
    return _line(first.lamp, count, Prose(f"{why}{join}{_titles(findings, lang)}"), lang)


def _titles(findings: Sequence[Finding], lang: str) -> str:
    """List what rules say, then the notes that their findings share."""
    notes = (note_text(findings[0], note, lang) for note in findings[0].notes)
    said = ("；" if lang == "zh" else "; ").join([*(finding.title.said(lang) for finding in findings), *notes])
    return said + ("。" if lang == "zh" else ".")


def _line(lamp: Lamp, place: str, said: Prose, lang: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(width=18 if lang == "zh" else 20, overflow="fold")
    grid.add_column(overflow="fold")
    style = STYLES[lamp]
    grid.add_row(Prose(MARKS[lamp], style=style), Prose(place, style=style), said)
    return grid


def waived_lines(findings: Iterable[Finding], lang: str, *, unmask: bool) -> Iterator[RenderableType]:
    """Yield a line for each finding that an auditor waived: who did, why, and until when."""
    for finding in findings:
        if finding.waiver is not None:
            said = Prose(finding.message.said(lang))
            told = waiver_text(finding.waiver, lang)
            said.append(f"\n→ {told if unmask else mask_text(told)}", style="italic")
            said.append(f"  [{finding.rule}]", style="bright_black")
            yield _line(finding.lamp, article_text(finding, lang), said, lang)


def waiver_text(waiver: Waiver, lang: str) -> str:
    """Say who waived, why, and until when."""
    if lang == "zh":
        return f"{waiver.author}：{waiver.reason}（至{day_text(Day.on(waiver.expires), lang)}）"
    return f"{waiver.author}: {waiver.reason} (until {waiver.expires})"


def passed_lines(findings: Iterable[Finding], lang: str) -> Iterator[RenderableType]:
    """Yield what passed: one by one where a note comes with it, else how many, and by which articles."""
    plain: list[Finding] = []
    for finding in findings:
        if finding.notes:
            yield _finding_line(finding, lang)
        else:
            plain.append(finding)
    if plain:
        listed = _places_text(plain, lang)
        count = f"合格 {len(plain)} 项" if lang == "zh" else f"{len(plain)} passed"
        yield _line("green", count, Prose(listed), lang)


def _places_text(findings: Iterable[Finding], lang: str) -> str:
    """List where rules stand: each edition once, with its articles in their order."""
    places: dict[str, set[str]] = {}
    for finding in findings:
        if finding.edition is not None and finding.article is not None:
            places.setdefault(finding.edition, set()).add(finding.article)
    rulesets = next((finding.judgement.program.rulesets for finding in findings), ())
    comma, stop = ("、", "；") if lang == "zh" else (", ", "; ")
    return stop.join(
        cited_text(rulesets, edition, comma.join(sorted(articles, key=_number)), lang)
        for edition, articles in places.items()
    )


def _number(article: str) -> tuple[int, str]:
    return (int(article), "") if article.isdigit() else (0, article)
