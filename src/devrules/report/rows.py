"""An audit as a flat table: one row a finding, in the words of the JSON format, with what identifies the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs

from devrules.findings.message import sentence
from devrules.report.formats import How
from devrules.report.subject import Audited, Checked, name_of


@attrs.frozen
class Row:
    """
    One finding, flat.

    *day* is the act's day where it is known exactly; *due* the last day for what is pending, an interval written as
    ``2026-05-01/2026-05-31``.
    """

    dossier: str
    subject: str
    name: str
    branch: str | None
    stage: str | None
    file: str | None
    sheet: str | None
    row: int | None
    rule: str
    title: str
    verdict: str
    lamp: str
    strength: str
    edition: str | None
    article: str | None
    verified: str | None
    day: date | None
    due: str | None
    notes: str
    message: str
    remedy: str
    waived_by: str | None
    waived_because: str | None
    waived_until: date | None


COLUMNS = tuple(field.name for field in attrs.fields(Row))


def finding_rows(audit: Audited, how: How) -> Iterator[Row]:
    """
    Yield a row for each finding, dossier by dossier.

    Args:
        audit: The audit.
        how: In which language the sentences are, and whether names are written in full.
    """
    for report in how.track(audit.reports):
        yield from rows_of(report, how)


def rows_of(checked: Checked, how: How) -> Iterator[Row]:
    """Yield a row for each finding of one dossier."""
    source = checked.dossier.source
    who: dict[str, Any] = {
        "dossier": checked.dossier.id,
        "subject": checked.dossier.subject,
        "name": name_of(checked, unmask=how.unmask),
        "branch": checked.dossier.branch.name,
        "stage": checked.stage.id if checked.stage else None,
        "file": source.file if source else None,
        "sheet": source.sheet if source else None,
        "row": source.row if source else None,
    }
    for finding in checked.findings:
        waiver = finding.waiver
        yield Row(
            **who,
            rule=finding.rule,
            title=finding.title.said(how.lang),
            verdict=finding.verdict,
            lamp=finding.lamp,
            strength=finding.strength,
            edition=finding.edition,
            article=finding.article,
            verified=finding.verified,
            day=finding.act_day,
            due=str(finding.due) if finding.due else None,
            notes=" ".join(finding.notes),
            message=sentence(finding, how.lang),
            remedy=finding.remedy.said(how.lang),
            waived_by=waiver.author if waiver else None,
            waived_because=waiver.reason if waiver else None,
            waived_until=waiver.expires if waiver else None,
        )
