"""An audit as JSON lines, one dossier a line: for tools that do not want to hold all of it at once."""

from __future__ import annotations

import json
from collections.abc import Iterator

from devrules.report.formats import How
from devrules.report.json_format import FORMAT, checked_data
from devrules.report.subject import Audited


def report_lines(audit: Audited, how: How) -> Iterator[str]:
    """
    Yield a line for each dossier: what ``devrules.report/1`` has for it, with the day and the engine that judged.

    Args:
        audit: The audit.
        how: How to write it; the messages stand in both languages.
    """
    basis = {"format": FORMAT, "as_of": str(audit.as_of), "engine": audit.engine}
    basis["rulesets"] = " ".join(f"{one.id}@{one.version}" for one in audit.rulesets)
    for report in how.track(audit.reports):
        line = basis | {"subject": report.dossier.subject} | checked_data(report, unmask=how.unmask)
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
