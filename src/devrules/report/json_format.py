"""An audit as ``devrules.report/1``, the stable format that other tools rely on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from devrules.findings.finding import Finding
from devrules.law.model import Citation, Text
from devrules.report.subject import Audited, Checked, name_of, text_of

FORMAT = "devrules.report/1"


def report_json(audit: Audited, *, unmask: bool = False) -> str:
    """
    Write an audit as JSON.

    Args:
        audit: The audit.
        unmask: Whether to write names and numbers in full.
    """
    return json_text(report_data(audit, unmask=unmask))


def json_text(data: Mapping[str, Any]) -> str:
    """Write plain data as JSON, in the form that all reports have."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def report_data(audit: Audited, *, unmask: bool = False) -> dict[str, Any]:
    """Write an audit as plain data; the keys are those of the format's description."""
    findings = [finding for report in audit.reports for finding in report.findings]
    persons = [report for report in audit.reports if report.dossier.subject == "person"]
    organisations = [report for report in audit.reports if report.dossier.subject == "organisation"]
    return {
        "format": FORMAT,
        "as_of": str(audit.as_of),
        "engine": audit.engine,
        "rulesets": rulesets_data(audit),
        "summary": {
            "dossiers": len(persons),
            "organisations": len(organisations),
            "verdicts": dict(sorted(Counter(finding.verdict for finding in findings).items())),
            "lamps": dict(sorted(Counter(finding.lamp for finding in findings).items())),
        },
        "dossiers": [checked_data(report, unmask=unmask) for report in persons],
        "organisations": [checked_data(report, unmask=unmask) for report in organisations],
        "unread": unread_data(audit, unmask=unmask),
    }


def rulesets_data(audit: Audited) -> list[dict[str, str]]:
    """List the rulesets by which was judged."""
    return [{"id": one.id, "version": one.version, "sha256": one.sha256} for one in audit.rulesets]


def unread_data(audit: Audited, *, unmask: bool) -> list[dict[str, Any]]:
    """List the cells and rows that were not understood."""
    return [
        {
            "file": one.file,
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "text": text_of(one, unmask=unmask),
            "reason": one.reason,
        }
        for one in audit.unread
    ]


def checked_data(checked: Checked, *, unmask: bool) -> dict[str, Any]:
    """Write one judged dossier as plain data."""
    found = {"findings": [finding_data(finding) for finding in checked.findings]}
    if checked.dossier.subject == "organisation":
        return who_data(checked, unmask=unmask) | found
    gates = [
        {"gate": view.gate.id, "lamps": [finding.rule for finding in view.lamps]}
        for view in checked.gates
        if view.lamps
    ]
    return who_data(checked, unmask=unmask) | {"gates": gates} | found


def who_data(checked: Checked, *, unmask: bool) -> dict[str, Any]:
    """Tell whose dossier it is: a person's, with the stage and the place, or an organisation's."""
    dossier = checked.dossier
    if dossier.subject == "organisation":
        return {"id": dossier.id, "name": dossier.branch.name, "kind": dossier.branch.kind}
    return {
        "id": dossier.id,
        "name": name_of(checked, unmask=unmask),
        "stage": checked.stage.id if checked.stage else None,
        "source": attrs.asdict(dossier.source) if dossier.source else None,
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """Write a finding as plain data."""
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "lamp": finding.lamp,
        "notes": list(finding.notes),
        "strength": finding.strength,
        "edition": finding.edition,
        "article": finding.article,
        "citations": [_citation(cited) for cited in finding.citations],
        "verified": finding.verified,
        "measured": finding.measured,
        "required": finding.required,
        "records": list(finding.records),
        "due": str(finding.due) if finding.due else None,
        "waiver": _waiver(finding),
        "message": text_data(finding.message),
        "remedy": text_data(finding.remedy),
    }


def _citation(cited: Citation) -> dict[str, str]:
    return {"edition": cited.edition, "article": cited.article, "verified": cited.verified}


def _waiver(finding: Finding) -> dict[str, str] | None:
    waiver = finding.waiver
    if waiver is None:
        return None
    return {"author": waiver.author, "reason": waiver.reason, "expires": str(waiver.expires)}


def text_data(text: Text) -> dict[str, str]:
    """Write a text in both languages."""
    return {"zh": text.zh, "en": text.en}
