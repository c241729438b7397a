"""Whether and when a process ended, and what is judged then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

import devrules
from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.program.endings import last_day, over
from devrules.program.view import View
from devrules.ruleset.process import Ending

AS_OF = date(2026, 11, 20)
REFUSED = Ending("prospect-consent", ("refused",))
ENDED = Ending("termination")
CANCELLED = Ending("cancellation")
DAYS = ["2026-06", "2026-06-10", "2026-06-20", "2026", None]

Seen = tuple[tuple[int, int], date, date]


@pytest.fixture(scope="module")
def told(rules: devrules.Rules) -> Callable[..., Seen]:
    """Tells of a dossier whether its process has ended, and between which days."""

    def tell(*endings: Ending, **records: Any) -> Seen:
        kinds = rules.program.kinds
        view = View(rules.read_dossier(plain(records)), AS_OF, kinds)
        low, high = last_day(endings, view, kinds)
        return over(endings, view, kinds), date.fromordinal(low), date.fromordinal(high)

    return tell


def plain(records: dict[str, Any]) -> dict[str, Any]:
    """Make a dossier with these records, as it is written."""
    written = {name.replace("_", "-"): of_kind for name, of_kind in records.items()}
    return {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": written}


def test_a_process_that_goes_on_ends_with_the_as_of_day(told: Callable[..., Seen]) -> None:
    """What is not effective, is later, or came to something else ends nothing."""
    going = ((0, 0), AS_OF, AS_OF)

    assert going == told(REFUSED, ENDED)
    assert going == told(ENDED, termination=[{"day": "2026-11-21"}, {"day": "2026-06-10", "status": "returned"}])
    assert going == told(REFUSED, prospect_consent=[{"day": "2026-06-10", "outcome": "approved"}])
    assert going == told(CANCELLED, cancellation=[{"day": "2026-06-10", "outcome": "refused"}])


def test_it_ends_with_the_first_ending(told: Callable[..., Seen]) -> None:
    """Nothing is owed after it, whatever else ends later."""
    refused = [{"day": "2026-06-10", "outcome": "refused"}]

    assert ((1, 1), date(2026, 6, 10), date(2026, 6, 10)) == told(REFUSED, prospect_consent=refused)
    assert ((1, 1), date(2026, 6, 10), date(2026, 6, 10)) == told(
        REFUSED, ENDED, prospect_consent=refused, termination=[{"day": "2026-07-01"}]
    )


def test_an_ending_that_was_overtaken_does_not_count(told: Callable[..., Seen]) -> None:
    """The last record of its kind tells."""
    refused, approved = ({"day": "2026-06-10", "outcome": "refused"}, {"day": "2026-08-10", "outcome": "approved"})

    assert ((0, 0), AS_OF, AS_OF) == told(REFUSED, prospect_consent=[refused, approved])
    assert ((0, 0), AS_OF, AS_OF) == told(REFUSED, prospect_consent=[approved, refused])


def test_a_refused_approval_ends_nothing_where_an_approval_shows_that_it_went_on(
    told: Callable[..., Seen], rules: devrules.Rules
) -> None:
    """Whichever of them is older: what is owed after the approval is owed."""
    refused = Ending("refused-approval", unless=("approval",))
    records = {"refused-approval": [{"day": "2026-06-10"}], "approval": [{"day": "2026-09-10"}]}
    report = rules.check(rules.read_dossier(plain(records)), as_of=AS_OF)

    assert ((1, 1), date(2026, 6, 10), date(2026, 6, 10)) == told(refused, refused_approval=[{"day": "2026-06-10"}])
    assert ((0, 0), AS_OF, AS_OF) == told(refused, **records)
    assert not report.over


def test_an_end_without_a_day_may_have_been_any_day(told: Callable[..., Seen]) -> None:
    """By the as-of day; one of a month was in that month."""
    assert ((1, 1), date.min, AS_OF) == told(ENDED, termination=[{"reason": "本人不再申请"}])
    assert ((1, 1), date(2026, 11, 1), AS_OF) == told(ENDED, termination=[{"day": "2026-11"}])


@pytest.mark.parametrize(("refused", "approved"), [*product(DAYS, DAYS)])
def test_no_completion_of_the_days_contradicts_it(
    told: Callable[..., Seen], refused: str | None, approved: str | None
) -> None:
    """Whatever the days turn out to be, the end lies in the interval."""

    def tell(one: str | None, other: str | None) -> Seen:
        consents = [{"day": one, "outcome": "refused"}, {"day": other, "outcome": "approved"}]
        return told(REFUSED, prospect_consent=[{k: v for k, v in consent.items() if v} for consent in consents])

    (surely, possibly), low, high = tell(refused, approved)
    found = [tell(one, other) for one, other in product(ends(refused), ends(approved))]

    assert all(surely <= flag <= possibly for (flag, _), _, _ in found)
    assert all(low <= day <= high for _, day, _ in found)


def ends(day: str | None) -> list[str]:
    """Give days that an imprecise one may turn out to be."""
    known = Day.parse(day) if day else Day(date(2026, 1, 1), AS_OF)
    return sorted(
        {
            known.low.isoformat(),
            "2026-06-15" if day in ("2026-06", "2026", None) else known.low.isoformat(),
            min(known.high, AS_OF).isoformat(),
        }
    )


def test_where_it_is_open_whether_it_ended_nothing_is_pending(rules: devrules.Rules) -> None:
    """Nor is it said that nothing is owed."""
    consents = [{"day": "2026-06", "outcome": "refused"}, {"day": "2026-06-10", "outcome": "approved"}]
    report = rules.check(rules.read_dossier(plain({"prospect-consent": consents})), as_of=AS_OF)

    assert "unknown" == report.finding("oath-taken").verdict
    assert not report.over
    assert "pre-examination" in {view.gate.id for view in report.gates}


def test_once_it_has_ended_no_gate_is_ahead_and_nothing_is_pending(rules: devrules.Rules) -> None:
    """What was late before the end stays late; a gate that was passed looks as it did then."""
    records = {
        "application": [{"received": "2025-01-10"}],
        "activist-decision": [{"day": "2025-06-01"}],
        "activist-filing": [{"day": "2025-06-03"}],
        "termination": [{"day": "2025-08-01", "reason": "本人不再申请"}],
    }
    report = rules.check(rules.read_dossier(plain(records)), as_of=AS_OF)

    assert report.over
    assert ["activist-filing"] == [view.gate.id for view in report.gates]
    assert "fail" == report.finding("talk-within-one-month").verdict
    assert "not_applicable" == report.finding("review-every-half-year").verdict
    assert "pending" not in {finding.verdict for finding in report}
    assert not report.gate("pre-examination").lamps


def test_an_organisation_has_no_end(rules: devrules.Rules) -> None:
    """It does not go through the process."""
    dossier = {"format": Dossier.FORMAT, "id": "1", "subject": "organisation", "recorded_kinds": "all"}

    assert not rules.check(rules.read_dossier(dossier), as_of=AS_OF).over


@pytest.mark.parametrize(("way", "stage"), [("direct-admission", "probationary"), ("posthumous-recognition", "full")])
def test_a_special_way_leads_to_its_stage(rules: devrules.Rules, way: str, stage: str) -> None:
    """As at the desk."""
    report = rules.check(rules.read_dossier(plain({way: [{"day": "2026-06-10"}]})), as_of=AS_OF)

    assert report.stage is not None
    assert stage == report.stage.id
