"""A judged dossier to what the page of an audit shows of it."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.findings import words
from devrules.findings.finding import Finding
from devrules.findings.message import sentence
from devrules.findings.model import LAMPS
from devrules.report.html_data import RANKS, Shown, Told
from devrules.report.html_words import SCRIPT
from devrules.report.places import article_text
from devrules.report.subject import Checked

LIT, PENDING, WAIVED = 0, 3, 4
PARTS = ((LIT, "findings", "none"), (PENDING, "pending", ""), (WAIVED, "waived", ""))
"""The headings of the page of a person: number, word, and what stands there where there is nothing."""


def shown_of(checked: Checked, lang: str) -> Shown:
    """
    Tell what is shown of a dossier; the rules with a red lamp come before those with a yellow one.

    Args:
        checked: The dossier.
        lang: ``zh`` or ``en``.
    """
    findings = checked.findings
    grey = [finding for finding in findings if finding.lamp == "grey"]
    return Shown(
        checked,
        [sum(finding.lamp == lamp for finding in findings) for lamp in LAMPS[:4]],
        [finding for lamp in ("red", "yellow") for finding in findings if finding.lamp == lamp],
        findings,
        [_told(one, lang) for one in sorted(findings, key=lambda one: LAMPS.index(one.lamp)) if _is_told(one)],
        [finding for finding in grey if finding.verdict != "manual"],
        [finding for finding in grey if finding.verdict == "manual"],
    )


def _is_told(finding: Finding) -> bool:
    return finding.lamp in ("red", "yellow") or finding.verdict == "waived" or finding.due is not None


def _told(finding: Finding, lang: str) -> Told:
    rank = RANKS.get(finding.lamp, 0)
    part = LIT if finding.lamp in ("red", "yellow") else WAIVED if finding.verdict == "waived" else PENDING
    mark = words.LAMPS[finding.lamp] if rank else SCRIPT["waived" if part == WAIVED else "pending"]
    message, lines = sentence(finding, lang), tuple(_lines(finding, lang))
    return Told(finding, rank, part, mark.said(lang), article_text(finding, lang), message, lines)


def _lines(finding: Finding, lang: str) -> Iterator[tuple[str, str]]:
    waiver = finding.waiver
    if finding.verdict != "waived":
        yield SCRIPT["remedy"].said(lang), finding.remedy.said(lang)
    yield SCRIPT["due"].said(lang), str(finding.due or "")
    if waiver is not None:
        colon = "：" if lang == "zh" else ": "
        yield f"{SCRIPT['waived'].said(lang)} ", f"{waiver.author}{colon}{waiver.reason} ({waiver.expires})"
