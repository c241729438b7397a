"""What should be known of an audit beside its findings: how it compares, which waivers lapsed or met nothing."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.findings.model import Waiver
from devrules.report.subject import Audited, Compared


def remarks(audit: Audited, lang: str) -> Iterator[str]:
    """
    Yield a sentence for each thing to be known.

    Args:
        audit: The audit.
        lang: ``zh`` or ``en``.
    """
    if audit.compared is not None:
        yield _compared(audit.compared, lang)
    used = {finding.waiver for report in audit.reports for finding in report.judged if finding.waiver}
    for waiver in audit.waivers:
        if waiver.expires < audit.as_of:
            yield _lapsed(waiver, lang)
        elif waiver not in used:
            yield _unused(waiver, lang)


def _compared(found: Compared, lang: str) -> str:
    if lang == "zh":
        return (
            f"与 {found.name}（核查日 {found.as_of}）比较，只列新出现的：原有的红灯、黄灯 {found.old} 项未列，"
            f"另有 {found.gone} 项已经消除"
        )
    return (
        f"compared with {found.name} (as of {found.as_of}), only what is new is shown: {found.old} red and yellow "
        f"lamps of then are left out, {found.gone} are gone"
    )


def _lapsed(waiver: Waiver, lang: str) -> str:
    if lang == "zh":
        return f"豁免已失效，不再适用：{_named(waiver, lang)}，至 {waiver.expires}"
    return f"a waiver has lapsed and no longer counts: {_named(waiver, lang)}, until {waiver.expires}"


def _unused(waiver: Waiver, lang: str) -> str:
    if lang == "zh":
        return f"豁免没有用到：{_named(waiver, lang)}"
    return f"a waiver met nothing: {_named(waiver, lang)}"


def _named(waiver: Waiver, lang: str) -> str:
    whom = waiver.dossier or waiver.branch or ""
    if lang == "zh":
        return f"{waiver.rule}，{whom}，{waiver.author}"
    return f"{waiver.rule}, {whom}, by {waiver.author}"
