"""A finding to what is to be done about it, in Chinese and English."""

from __future__ import annotations

from devrules.findings.message import missing_names
from devrules.findings.model import Found
from devrules.findings.values import day_text
from devrules.law.model import Text
from devrules.program.measures import Cells


def remedy_of(finding: Found) -> Text:
    """
    Say what to do.

    Returns:
        What is to be recorded, where something is missing or due; the rule's own remedy for what was measured and
        failed, and where it is about what is missing or there is a choice; nothing for what needs none.
    """
    match finding.verdict:
        case "fail" if finding.missing and not _speaks_for_itself(finding):
            return Text(f"补办并记录{missing_names(finding, 'zh')}", f"Do and record: {missing_names(finding, 'en')}")
        case "pending" if not _has_choice(finding):
            return _in_time(finding)
        case "fail" | "manual" | "pending":
            return finding.compiled.rule.remedy
    return Text("", "")


def _speaks_for_itself(finding: Found) -> bool:
    """Tell whether the rule asks for nothing but that a record is there, or any of several would do."""
    return _has_choice(finding) or (finding.body is not None and not finding.body.refutable)


def _has_choice(finding: Found) -> bool:
    """Tell whether what is missing is one of several that would do, or would be an exemption from the rule."""
    body = finding.body
    if body is None or body.refutable:
        return body is not None and body.either and len(finding.missing) > 1
    return len(body.wanted[0].kinds) > 1 or body.wanted[0].kinds[0].endswith("-exemption")


def _in_time(finding: Found) -> Text:
    names = Text(missing_names(finding, "zh"), missing_names(finding, "en")) if finding.missing else _series(finding)
    due = finding.due
    if due is None:
        return Text(f"办理并记录{names.zh}", f"Do and record: {names.en}")
    return Text(f"按期办理{names.zh}，最迟{day_text(due, 'zh')}", f"Do and record by {day_text(due, 'en')}: {names.en}")


def _series(finding: Found) -> Text:
    """Name the series of which a record is due next; else what the rule says."""
    for shown in finding.body.measured if finding.body else ():
        if isinstance(shown.measure, Cells):
            kind = finding.judgement.program.kinds[shown.measure.kind]
            return Text(f"“{kind.zh}”", kind.en)
    return Text(f"“{finding.title.zh}”", finding.title.en)
