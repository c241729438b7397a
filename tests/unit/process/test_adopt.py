"""Who is adopted in mid-process: of the past what is known, from then on judged like all others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import devrules
from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Event, Meeting
from devrules.process.adopt import adopted

Walks = Callable[..., Any]
LEDGER = frozenset({"application.day", "recorded-activist-day"})


def of_a_ledger(walk: Walks, **records: Any) -> Dossier:
    """A dossier whose source keeps two columns, and what is given."""
    found: Dossier = walk(records=records, recorded_kinds=LEDGER | set(records)).dossier
    return found


def test_what_is_still_to_come_will_be_recorded(walk: Walks, rules: devrules.Rules) -> None:
    """At the next gate it is missing, where before nothing was known; of the past nothing new is said."""
    listed = Meeting(id="1", day=Day.on(date(2026, 6, 1)), outcome="passed")
    ledger = of_a_ledger(walk, **{"prospect-decision": (listed,)})
    here = adopted(ledger, rules.process.law)
    lamps = [rules.process.preview(one, "pre-examination", as_of=date(2026, 7, 1)) for one in (ledger, here)]

    assert () == lamps[0]
    assert {"two-sponsors", "political-review-done", "examined-by-branch"} <= set(lamps[1])
    assert {"superior-agrees-after-discussion", "notice-five-working-days"}.isdisjoint(lamps[1])


def test_a_series_of_the_present_stage_stays_unknown(walk: Walks, rules: devrules.Rules) -> None:
    """Reviews were held before, though the ledger has no column for them; those of later stages are all to come."""
    here = adopted(
        of_a_ledger(walk, **{"recorded-activist-day": (Event(id="1", day=Day.on(date(2024, 1, 1))),)}),
        rules.process.law,
    )

    assert {"activist-review", "cultivation-opinion", "education", "talk"}.isdisjoint(here.recorded_kinds)
    assert {"contact-assignment", "masses-opinion", "training", "probation-review", "archive"} <= here.recorded_kinds
    assert here.recorded_kinds >= LEDGER
    finding = rules.check(here, as_of=date(2026, 6, 1)).finding("review-every-half-year")
    assert "unknown" == finding.verdict


def test_who_has_no_record_yet_is_kept_from_the_beginning(walk: Walks, rules: devrules.Rules) -> None:
    """Everything with a place in the order of the process."""
    here = adopted(of_a_ledger(walk), rules.process.law)

    assert {"application", "talk", "activist-decision", "general-meeting", "archive"} <= here.recorded_kinds


def test_rules_without_a_process_adopt_as_it_is(club: devrules.Rules) -> None:
    """There is nothing to come."""
    assert Dossier("d") == adopted(Dossier("d"), club.process.law)
