"""Reports for a terminal: lamps with articles, in Chinese or English."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text as Styled

from devrules.days import Day
from devrules.findings import words
from devrules.findings.gates import GateView
from devrules.findings.model import LAMPS
from devrules.findings.values import day_text
from devrules.ledger.read import Unread
from devrules.mask import mask_text
from devrules.report.lines import STYLES, finding_lines, passed_lines, waived_lines
from devrules.report.prose import Prose
from devrules.report.remarks import remarks
from devrules.report.subject import Audited, Checked, name_of, problems_of, reason_of, text_of
from devrules.report.summary import Line, summary_of
from devrules.report.summary_text import summary_blocks
from devrules.ruleset.model import Ruleset

_WIDTH = 120


def report_text(checked: Checked, *, lang: str = "zh", unmask: bool = False, full: bool = True) -> str:
    """
    Write one judged dossier as text.

    Args:
        checked: The judged dossier.
        lang: ``zh`` or ``en``.
        unmask: Whether to write the name in full.
        full: Whether to write all of :func:`report_blocks`; else only the red and yellow lamps and what is waived.
    """
    if full:
        return plain_text(report_blocks(checked, lang=lang, unmask=unmask))
    return plain_text([dossier_block(checked, lang=lang, unmask=unmask, full=False)])


def audit_text(audit: Audited, *, lang: str = "zh", unmask: bool = False) -> str:
    """Write an audit as text: see :func:`audit_blocks`."""
    return plain_text(audit_blocks(audit, lang=lang, unmask=unmask))


def plain_text(blocks: Iterable[RenderableType]) -> str:
    """Write blocks without colours and without trailing spaces, for files and pipes."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, legacy_windows=False)
    for block in blocks:
        console.print(block)
    out = console.file
    assert isinstance(out, io.StringIO)  # noqa: S101  # it was made above
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def report_blocks(checked: Checked, *, lang: str, unmask: bool = False) -> Iterable[RenderableType]:
    """
    Yield one judged dossier as blocks for a terminal: every finding that says something, the gates, what judged.

    Args:
        checked: The judged dossier.
        lang: ``zh`` or ``en``.
        unmask: Whether to write the name in full.
    """
    yield dossier_block(checked, lang=lang, unmask=unmask, full=True)
    told = {finding.rule for finding in checked.findings if finding.lamp in ("red", "yellow")}
    for view in checked.gates:
        if view.lamps:
            # Printed by itself, rich would make a plain text of it.
            yield Group(_gate_line(view, told, lang))
    rulesets = checked.findings[0].judgement.program.rulesets if checked.findings else ()
    basis = basis_text(checked.as_of, checked.engine, rulesets, lang)
    yield Styled(basis[:1].upper() + basis[1:])


def audit_blocks(audit: Audited, *, lang: str, unmask: bool = False) -> Iterable[RenderableType]:
    """
    Yield an audit as blocks for a terminal: dossiers with a lamp on, a summary, what was not understood.

    A dossier is shown, too, where something is waived. Where nothing could be read, there is nothing to sum up.

    Args:
        audit: The audit.
        lang: ``zh`` or ``en``.
        unmask: Whether to write names and numbers in full.
    """
    waived = 0
    for report in audit.reports:
        own = sum(finding.verdict == "waived" for finding in report.findings)
        waived += own
        if own or any(finding.lamp in ("red", "yellow") for finding in report.findings):
            yield dossier_block(report, lang=lang, unmask=unmask, full=False)
    if audit.reports or not (audit.problems or audit.disagreements):
        summary = summary_of(audit, lang)
        yield from summary_blocks(summary, lang)
        yield _totals(audit, summary.total, waived, lang)
    yield from unread_blocks(audit, lang, unmask=unmask)
    for told in remarks(audit, lang):
        yield Styled(told if unmask else mask_text(told), style="bold")
    for told in problems_of(audit, unmask=unmask):
        yield Styled(told, style="red")


def dossier_block(checked: Checked, *, lang: str, unmask: bool, full: bool) -> RenderableType:
    """
    Render one dossier: a heading, then its findings, the worst first; those that passed are counted.

    What is waived follows the lamps that are on. What a person must attest, whatever the records say, comes last.
    """
    lines: list[RenderableType] = [_heading(checked, lang, unmask=unmask)]
    shown = {lamp: [finding for finding in checked.findings if finding.lamp == lamp] for lamp in LAMPS}
    if not shown["red"] and not shown["yellow"]:
        lines.append(Styled("没有亮红灯、黄灯" if lang == "zh" else "No lamp is on"))
    lines += [*finding_lines(shown["red"], lang), *finding_lines(shown["yellow"], lang)]
    lines += waived_lines(checked.findings, lang, unmask=unmask)
    if full:
        manual = [finding for finding in shown["grey"] if finding.verdict == "manual"]
        lines += finding_lines((finding for finding in shown["grey"] if finding.verdict != "manual"), lang)
        lines += [*passed_lines(shown["green"], lang), *finding_lines(manual, lang)]
    lines.append(Styled(""))
    return Group(*lines)


def _heading(checked: Checked, lang: str, *, unmask: bool) -> Styled:
    dossier = checked.dossier
    heading = Styled(name_of(checked, unmask=unmask) or dossier.id, style="bold")
    stage = checked.stage.name.said(lang) if checked.stage else None
    source = dossier.source
    place = source and " ".join(filter(None, [source.file, source.sheet, row_text(source.row, lang)]))
    ended = ("流程已终止" if lang == "zh" else "the process has ended") if checked.over else None
    for part in (stage, ended, dossier.branch.name, place or dossier.id):
        if part:
            heading.append(f" · {part}", style="not bold")
    return heading


def row_text(row: int | None, lang: str) -> str:
    """Say which row of a ledger; nothing where there is none."""
    if row is None:
        return ""
    return f"第{row}行" if lang == "zh" else f"row {row}"


def _gate_line(view: GateView, told: Collection[str], lang: str) -> Prose:
    """Say how many lamps are on at a gate, and which of them are not told of above."""
    name, many = view.gate.name.said(lang), len(view.lamps)
    titles = [finding.title.said(lang) for finding in view.lamps if finding.rule not in told]
    above = many - len(titles)
    if lang == "zh":
        head = f"关口 {name}{'（已通过）' if view.passed else ''}：{many} 盏灯"
        seen = "，均见上" if not titles else f"，其中 {above} 盏见上，另有：" if above else "："
        return Prose(f"{head}{seen}{'；'.join(titles)}")
    head = f"Gate {name}{' (passed)' if view.passed else ''}: {many} {'lamp' if many == 1 else 'lamps'} on"
    seen = ", told above" if not titles else f", {above} of them told above; also: " if above else ": "
    return Prose(f"{head}{seen}{'; '.join(titles)}")


def _totals(audit: Audited, found: Line, waived: int, lang: str) -> Styled:
    basis = basis_text(audit.as_of, audit.engine, audit.rulesets, lang)
    if lang == "zh":
        said = f"共核查 {len(audit.reports)} 人，其中 {found.on} 人亮灯；{basis}\n"
    else:
        said = f"{len(audit.reports)} dossiers, {found.on} with a lamp on; {basis}\n"
    total = Styled(said)
    for lamp in LAMPS[:4]:
        total.append(f"{words.LAMPS[lamp].said(lang)} {found.lamps[lamp]}  ", style=STYLES[lamp])
    if waived:
        total.append(f"{words.VERDICTS['waived'].said(lang)} {waived}", style=STYLES["none"])
    return total


def unread_blocks(audit: Audited, lang: str, *, unmask: bool) -> Iterable[RenderableType]:
    """Yield what was not understood: how much, and where."""
    if audit.unread:
        count = len(audit.unread)
        yield Styled(
            f"\n未能读懂的内容 {count} 处" if lang == "zh" else f"\n{count} cells or rows were not understood",
            style="bold",
        )
    for told in _told(audit.unread):
        first = told[0]
        columns = "、".join(one.column for one in told if one.column is not None)
        place = " ".join(filter(None, [first.file, first.sheet, row_text(first.row, lang), columns]))
        texts = dict.fromkeys(repr(text_of(one, unmask=unmask)) for one in told if one.text != one.column)
        said = f": {', '.join(texts)}" if texts else ""
        yield Padding(Styled(f"{place}{said} — {reason_of(first, lang)}"), (0, 0, 0, 2))


def _told(unread: Iterable[Unread]) -> Iterable[list[Unread]]:
    """Put together what was not understood in one row for the same reason."""
    grouped: dict[tuple[object, ...], list[Unread]] = {}
    for one in unread:
        grouped.setdefault((one.file, one.sheet, one.row, one.reason), []).append(one)
    return grouped.values()


def basis_text(as_of: date, engine: str, rulesets: Iterable[Ruleset], lang: str) -> str:
    """Say what the judging rests on: the day, the engine, the rulesets."""
    named = ", ".join(f"{one.id} {one.version}" for one in rulesets)
    if lang == "zh":
        return f"核查日 {day_text(Day.on(as_of), lang)}；引擎 {engine}；规则 {named}"
    return f"as of {as_of}; engine {engine}; rulesets {named}"
