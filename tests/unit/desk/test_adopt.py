"""Who is adopted at the desk goes on like all others."""

from __future__ import annotations

from datetime import date

import devrules
from devrules import Actor
from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Event


def test_the_next_gate_tells_what_is_missing(rules: devrules.Rules) -> None:
    """Of what is done here; what the ledger did not keep stays unknown."""
    desk = devrules.Desk.open("memory:", rules=rules)
    branch = Actor("admin", "branch", "b1")
    since = Event(day=Day.on(date(2025, 1, 6)))
    ledger = Dossier(
        "row-7", recorded_kinds=frozenset({"recorded-activist-day"}), records={"recorded-activist-day": (since,)}
    )

    dossier = desk.adopt(branch, ledger).dossier

    lamps = {finding.rule for finding in desk.preview(branch, dossier, "determination-filing").lamps}
    assert "contacts-one-or-two" in lamps
    assert "review-every-half-year" not in lamps
    desk.close()
