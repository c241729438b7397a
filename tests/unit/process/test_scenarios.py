"""Whole ways through the process, as they happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import devrules
from devrules.days import Day
from devrules.dossier.model import Organisation
from devrules.dossier.shapes import Assignment, Decision, Document, Event, Meeting, Submission, Transfer
from devrules.process.model import Actor
from devrules.process.state import State

Walks = Callable[..., Any]
STAGES = ("activist", "prospect", "probationary", "full")


def test_the_clean_way_leads_to_full_membership(walk: Walks) -> None:
    """Every stage in turn; at the end nothing waits, nothing is owed, nothing has ended."""
    way = walk().to_full()

    assert ("full", False, (), ()) == (way.state.stage, way.state.ended, way.state.waiting, way.state.owed)
    for kind in ("conversion-announcement", "conversion-talk", "archive"):
        way.do("record", kind)


def test_under_the_edition_of_2014_the_notice_comes_after_the_listing(walk: Walks) -> None:
    """And the way leads through all the same; who is on it when the edition changes goes on by the new one."""
    way = walk(date(2025, 3, 3)).to_consent()

    assert ("stage",) == way.refused("record", "public-notice")
    way.do("record", "prospect-decision", of={"outcome": "passed"})
    way.do("record", "public-notice")
    waiting = walk(date(2025, 3, 3)).to_consent()
    waiting.day = date(2026, 5, 10)
    assert not waiting.may("record:public-notice")
    waiting.day = date(2026, 5, 11)
    assert waiting.may("record:public-notice")


def test_the_whole_way_with_real_lamps(walk: Walks, rules: devrules.Rules) -> None:
    """Much is left out here, so statements are owed; each filing has the lamps that were shown before it."""
    way = walk(process=rules.process).to_full()
    filings = [way.dossier.records[gate.submission][0] for gate in rules.process.law.gates.values()]

    assert "full" == way.state.stage
    assert [one.id for one in filings if one.lamps] == [one.id for one in way.state.owed]
    assert sum(bool(one.lamps) for one in filings) >= 3
    for owed in way.state.owed:
        way.do("explain", content="已补办", target=owed.id)
    assert () == way.state.owed


def test_real_lamps_are_in_the_way_until_they_are_acknowledged(walk: Walks, rules: devrules.Rules) -> None:
    """And then the filing names them, and a statement is owed."""
    way = walk(process=rules.process)
    way.do("hand-in", "application", by="applicant")
    way.do("approve", "application")

    refused = way.decide("file", "activist-filing")

    assert ("lamps",) == refused.unmet
    assert refused.lamps
    filed = way.do("file", "activist-filing", acknowledge=True)
    assert refused.lamps == filed.lamps == way.dossier.records["activist-filing"][0].lamps
    assert ["activist-filing-1"] == [one.id for one in way.state.owed]
    way.do("explain", content="正在补办")
    assert () == way.state.owed


@pytest.mark.parametrize(
    ("until", "kind", "outcome", "kept_as"),
    [
        ("to_activist", "prospect-consent", "refused", "prospect-consent"),
        ("to_prospect", "pre-examination", "not-passed", "pre-examination"),
        ("to_submitted", "approval", "refused", "refused-approval"),
    ],
)
def test_a_refusal_from_above_ends_the_process(walk: Walks, until: str, kind: str, outcome: str, kept_as: str) -> None:
    """Of the consent, at the pre-examination, of the admission; only a statement may still follow."""
    way = getattr(walk(), until)()
    if until != "to_submitted":
        way.file("determination-filing" if kind == "prospect-consent" else "pre-examination-submission")

    decided = way.do("decide", kind, by="committee", of={"outcome": outcome})

    assert decided.ended
    assert way.state.ended
    assert [outcome] == [one.outcome for one in way.dossier.records[kept_as]]
    options = [option for by in ("branch", "committee") for option in way.options(by).values()]
    assert {"view", "redact"} >= {option.rule for option in options if option.allowed}
    assert ("going",) == way.refused("terminate", reason="已终止")


def test_a_failed_general_meeting_is_recorded_and_the_process_does_not_go_on(walk: Walks) -> None:
    """Until another one passes."""
    way = walk().to_pre_examined()
    way.do("record", "general-meeting", of={"outcome": "not-passed"})

    assert ["effective"] == way.statuses("failed-general-meeting")
    assert ("present",) == way.refused("file", "approval-submission", of={"dues": "5"})
    way.do("record", "general-meeting", of={"outcome": "passed"})
    way.file("approval-submission", of={"dues": "5"})
    assert ("admission-approval",) == way.state.waiting


def test_a_meeting_that_is_edited_is_kept_as_what_it_became(walk: Walks) -> None:
    """The one that passed is withdrawn, the one that failed is there, and the other way round."""
    way = walk().to_pre_examined()
    way.do("record", "general-meeting", of={"outcome": "passed"})
    way.do("edit", "general-meeting", target="general-meeting-1", of={"outcome": "not-passed"})

    assert (["withdrawn"], ["effective"]) == (way.statuses("general-meeting"), way.statuses("failed-general-meeting"))
    way.do("edit", "general-meeting", target="failed-general-meeting-1", of={"outcome": "passed"})
    assert ["withdrawn", "effective"] == way.statuses("general-meeting")
    assert ["withdrawn"] == way.statuses("failed-general-meeting")


def test_an_applicant_whose_decision_failed_is_examined_again(walk: Walks) -> None:
    """A later resolution may pass."""
    way = walk()
    way.do("record", "activist-decision", of={"outcome": "not-passed"})

    assert ("unless",) == way.refused("file", "activist-filing")
    way.do("record", "activist-decision", of={"outcome": "passed"})
    way.file("activist-filing")
    assert "activist" == way.state.stage


def test_the_discussion_may_be_put_off(walk: Walks) -> None:
    """And is held later."""
    way = walk().to_conversion()
    way.do("record", "postponement", of={"start": way.day, "end": date(2028, 1, 1)})
    way.meet_and_submit("passed")

    assert ("conversion-approval",) == way.state.waiting


def test_an_extension_opens_the_gate_again(walk: Walks) -> None:
    """The first meeting stays sealed; a second round, with a second application, passes."""
    way = walk().to_conversion().meet_and_submit("extended")
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "extended"})

    assert ("probationary", False, ()) == (way.state.stage, way.state.ended, way.state.waiting)
    assert "conversion-approval" not in way.state.filed
    assert ("sealed",) == way.refused(
        "edit", "conversion-meeting", target="conversion-meeting-1", of={"outcome": "passed"}
    )
    way.do("record", "extension", of={"end": date(2028, 3, 1)})
    way.do("hand-in", "conversion-application", by="applicant")
    way.do("approve", "conversion-application")
    assert ("once",) == way.refused("hand-in", "conversion-application", by="applicant")
    way.meet_and_submit("passed")
    assert ("conversion-approval",) == way.state.waiting
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "approved"})
    assert ("full", ()) == (way.state.stage, way.state.waiting)


def test_a_cancellation_ends_the_process(walk: Walks) -> None:
    """Resolved by the general meeting, approved above; each is kept as what it is."""
    way = walk().to_probation()
    way.do("record", "discipline")
    way.meet_and_submit("cancelled")

    assert ["effective"] == way.statuses("cancellation-meeting")
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "cancelled"})
    assert (["effective"], True) == (way.statuses("cancellation"), way.state.ended)


@pytest.mark.parametrize("outcome", ["passed", "extended", "cancelled"])
def test_a_conversion_is_filed_only_after_a_meeting(walk: Walks, outcome: str) -> None:
    """Whether that passed it, extended probation or cancelled the membership."""
    way = walk().to_conversion()

    assert ("present",) == way.refused("file", "conversion-submission")
    way.meet_and_submit(outcome)
    assert ("conversion-approval",) == way.state.waiting


def test_who_hears_of_a_refused_consent_reads_a_plain_sentence(walk: Walks) -> None:
    """The name of the record would say consent beside refused."""
    way = walk().to_activist()
    way.file("determination-filing")

    decided = way.decide("decide", "prospect-consent", by="committee", of={"outcome": "refused"})

    assert ["上级党委对{person}列为发展对象作出决定：{outcome}"] == [one.says.zh for one in decided.hearings]


def test_a_meeting_that_cancels_counts_after_one_that_failed(walk: Walks) -> None:
    """Though the two are kept as different kinds."""
    way = walk().to_conversion()
    way.do("record", "conversion-meeting", of={"outcome": "not-passed", "day": way.day})

    assert ("unless",) == way.refused("file", "conversion-submission")
    way.do("record", "conversion-meeting", of={"outcome": "cancelled", "day": way.day})
    way.file("conversion-submission")
    assert ("conversion-approval",) == way.state.waiting


def test_the_committee_may_refuse_the_resolution_of_the_branch(walk: Walks) -> None:
    """It goes back to the branch, which meets again."""
    way = walk().to_conversion().meet_and_submit("extended")
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "refused"})

    assert ("probationary", False, ()) == (way.state.stage, way.state.ended, way.state.waiting)
    way.meet_and_submit("passed")
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "approved"})
    assert "full" == way.state.stage


def test_a_second_opinion_of_the_committee_is_not_heard(walk: Walks) -> None:
    """What was decided waits no more."""
    way = walk().to_consent()

    assert ("waiting",) == way.refused("decide", "prospect-consent", by="committee", of={"outcome": "refused"})


B2 = Actor("other", "branch", "b2")


@pytest.mark.parametrize(
    ("until", "kind", "stage"),
    [("to_activist", "transfer", "activist"), ("to_probation", "probation-transfer", "probationary")],
)
def test_another_branch_takes_over_where_the_first_left_off(walk: Walks, until: str, kind: str, stage: str) -> None:
    """The stage goes on; the branch that handed over is out of reach then."""
    way = getattr(walk(), until)()
    assert ("reach",) == way.refused("view", by=B2)
    way.do("hand-over", branch=Organisation(id="b2"), of={"handed_over": way.day, "items": ("application",)})
    assert (kind, "b2") == (way.state.transfer[0], way.state.transfer[1].to)
    assert ("reach",) == way.refused("take-over")

    way.do("take-over", by=B2, branch=Organisation(id="b2", name="第二党支部"), of={"reviewed": way.day})

    [move] = way.dossier.records[kind]
    assert ("b2", stage, None) == (way.dossier.branch.id, way.state.stage, way.state.transfer)
    assert (True, True) == (move.received is not None, move.reviewed is not None)
    assert ("reach",) == way.refused("record", "education")
    way.do("record", "education", by=B2)
    way.do("edit", kind, by=B2, target=move.id, of={"received": way.day, "outcome": "accepted"})


def test_who_takes_over_cannot_send_the_dossier_elsewhere(walk: Walks) -> None:
    """It lies where it was handed over to, whatever the command says."""
    for stated in ({"branch": Organisation(id="b9", name="别处")}, {}):
        way = walk().to_activist()
        way.do("hand-over", branch=Organisation(id="b2"))
        way.do("take-over", by=B2, **stated)
        assert ("b2", "c1") == (way.dossier.branch.id, way.dossier.superior.id)


def test_who_is_handed_over_to_another_branch_goes_there_only(walk: Walks) -> None:
    """A second hand-over replaces one under way; one that was deleted is called off; nobody goes where they are."""
    way = walk().to_activist()
    assert ("to",) == way.refused("hand-over", branch=Organisation(id="b1"))
    way.do("hand-over", branch=Organisation(id="b3"))
    way.do("hand-over", branch=Organisation(id="b2"))

    assert ["withdrawn", "effective"] == way.statuses("transfer")
    assert ("reach",) == way.refused("take-over", by=Actor("x", "branch", "b3"))
    way.do("delete", "transfer", target="transfer-2")
    assert way.state.transfer is None


@pytest.mark.parametrize(
    ("to", "returned"),
    [
        ("probationary", {"conversion-submission"}),
        (
            "prospect",
            *[
                {
                    "conversion-submission",
                    "approval",
                    "approval-submission",
                    "pre-examination",
                    "pre-examination-submission",
                }
            ],
        ),
        (
            "activist",
            {
                *("conversion-submission", "approval", "approval-submission", "pre-examination"),
                *("pre-examination-submission", "prospect-decision", "prospect-consent", "determination-filing"),
            },
        ),
        (
            "applicant",
            {
                *("conversion-submission", "approval", "approval-submission", "pre-examination", "activist-filing"),
                *("pre-examination-submission", "prospect-decision", "prospect-consent", "determination-filing"),
            },
        ),
    ],
)
@pytest.mark.parametrize("by", ["branch", "committee"])
def test_sending_back_opens_the_steps_again_and_loses_nothing(
    walk: Walks, to: str, returned: set[str], by: str
) -> None:
    """Filings, decisions and what brought to later stages are returned; everything else stays as it is."""
    way = walk().to_conversion().meet_and_submit("passed")
    before = way.dossier.records

    way.do("send-back", by=by, stage=to, reason="材料有误")

    after = way.dossier.records
    changed = {kind for kind in before if before[kind] != after[kind]}
    assert returned == changed
    assert to == way.state.stage
    assert all(len(before[kind]) == len(after[kind]) for kind in before)
    assert {("returned", "材料有误")} == {(one.status, one.returned_for) for kind in changed for one in after[kind]}
    assert [(to, "材料有误")] == [(one.stage, one.reason) for one in after["return"]]
    assert () == way.state.waiting


@pytest.mark.parametrize(
    ("to", "kind", "filing"),
    [
        ("applicant", "talk", "activist-filing"),
        ("activist", "activist-review", "determination-filing"),
        ("prospect", "political-review", "pre-examination-submission"),
        ("probationary", "conversion-meeting", "conversion-submission"),
    ],
)
def test_after_sending_back_the_steps_can_be_done_again(walk: Walks, to: str, kind: str, filing: str) -> None:
    """What was locked can be edited, and filed again."""
    way = walk().to_conversion().meet_and_submit("passed")
    record = way.dossier.records[kind][0]
    stated = {"outcome": record.outcome} if getattr(record, "outcome", None) else {}
    assert way.refused("edit", kind, target=record.id, of=stated)

    way.do("send-back", stage=to, reason="材料有误")
    way.do("edit", kind, target=record.id, of={**stated, "remark": "已更正"})
    way.file(filing)

    assert ["returned", "effective"] == way.statuses(filing)


def test_a_stage_is_gone_back_to_only_after_something_was_sent_up_in_it(walk: Walks) -> None:
    """Nor to a later one, nor to none."""
    way = walk().to_activist()

    for stage in ("activist", "prospect", "no-such-stage", None):
        assert ("earlier",) == way.refused("send-back", stage=stage, reason="材料有误")
    way.file("determination-filing")
    way.do("send-back", stage="activist", reason="材料有误")
    assert way.may("record:activist-review")


def test_sending_back_within_probation_keeps_the_earlier_round(walk: Walks) -> None:
    """The extension was decided, and stays decided."""
    way = walk().to_conversion().meet_and_submit("extended")
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "extended"})
    way.meet_and_submit("passed")

    way.do("send-back", stage="probationary", reason="材料有误")

    assert ["effective", "returned"] == way.statuses("conversion-submission")
    assert ["effective"] == way.statuses("conversion-approval")
    assert "conversion-approval" not in way.state.filed
    way.file("conversion-submission")
    assert ("conversion-approval",) == way.state.waiting


def test_an_old_statement_is_no_longer_owed_after_sending_back(walk: Walks, rules: devrules.Rules) -> None:
    """The filing that owed it does not count any more; a new one owes its own."""
    way = walk(process=rules.process)
    way.do("file", "activist-filing", acknowledge=True)
    assert 1 == len(way.state.owed)
    way.do("send-back", stage="applicant", reason="材料有误")
    assert () == way.state.owed
    way.do("file", "activist-filing", acknowledge=True)
    assert ["activist-filing-2"] == [one.id for one in way.state.owed]


def adopted(walk: Walks, *kinds: str, **records: Any) -> tuple[Any, State]:
    """A dossier from a ledger: it keeps only the kinds that it has."""
    way = walk(records=records, recorded_kinds=frozenset((*records, *kinds)))
    return way, way.state


def on(year: int, month: int = 1, day: int = 1) -> Day:
    return Day.on(date(year, month, day))


def test_an_activist_of_a_ledger_goes_on_as_one(walk: Walks) -> None:
    """Their day is enough; there is no filing."""
    way, state = adopted(walk, **{"recorded-activist-day": (Event(id="1", day=on(2024)),)})

    assert ("activist", (), ()) == (state.stage, state.filed, state.waiting)
    way.file("determination-filing")
    way.do("decide", "prospect-consent", by="committee", of={"outcome": "approved"})
    way.do("record", "prospect-decision", of={"outcome": "passed"})
    assert "prospect" == way.state.stage


def test_a_prospect_of_a_ledger_still_gets_the_notice(walk: Walks) -> None:
    """Though the ledger knows nothing of the consent, nor of the filing."""
    way, state = adopted(walk, **{"prospect-decision": (Meeting(id="1", day=on(2026, 3)),)})

    assert "prospect" == state.stage
    way.do("record", "public-notice")
    way.file("pre-examination-submission")
    assert ("pre-examination",) == way.state.waiting


def test_a_prospect_of_a_ledger_who_passed_goes_on_from_there(walk: Walks) -> None:
    """The general meeting may be held."""
    kinds = {
        "prospect-decision": (Meeting(id="1", day=on(2026, 3)),),
        "pre-examination": (Decision(id="1", day=on(2026, 4)),),
    }
    way, _ = adopted(walk, **kinds)

    way.do("record", "general-meeting", of={"outcome": "passed"})
    way.file("approval-submission", of={"dues": "5"})
    way.do("decide", "approval", by="committee", of={"outcome": "approved"})
    assert "probationary" == way.state.stage


def test_a_probationary_member_of_a_ledger_is_converted(walk: Walks) -> None:
    """From the recorded day of admission on."""
    way, state = adopted(walk, **{"recorded-admission-day": (Event(id="1", day=on(2025)),)})

    assert "probationary" == state.stage
    way.meet_and_submit("passed")
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "approved"})
    assert "full" == way.state.stage


def test_whose_probation_was_extended_elsewhere_is_filed_here(walk: Walks) -> None:
    """A decision that was there before does not answer what is sent up now."""
    kinds = {
        "recorded-admission-day": (Event(id="1", day=on(2025)),),
        "conversion-approval": (Decision(id="extended-elsewhere", day=on(2026), outcome="extended"),),
    }
    way, state = adopted(walk, **kinds)
    assert ("probationary", ()) == (state.stage, state.filed)

    way.meet_and_submit("passed")

    assert (("conversion-approval",), ("conversion-approval",)) == (way.state.filed, way.state.waiting)
    way.do("decide", "conversion-approval", by="committee", of={"outcome": "approved"})
    assert ("full", ()) == (way.state.stage, way.state.waiting)


def test_a_filing_of_a_host_that_does_not_say_what_it_covers_waits_for_one_decision(walk: Walks) -> None:
    """Each filing is taken to have had its decision before the next."""
    first, second = Submission(id="s1", day=on(2026)), Submission(id="s2", day=on(2026, 4))
    extended = Decision(id="d1", day=on(2026, 2), outcome="extended")
    base = {"recorded-admission-day": (Event(id="1", day=on(2025)),)}

    def state(filings: tuple[Submission, ...], decisions: tuple[Decision, ...]) -> tuple[Any, Any]:
        kinds = {**base, "conversion-submission": filings, "conversion-approval": decisions}
        found = adopted(walk, **kinds)[1]
        return found.filed, found.waiting

    gate = ("conversion-approval",)
    assert (gate, gate) == state((first,), ())
    assert ((), ()) == state((first,), (extended,))
    assert (gate, gate) == state((first, second), (extended,))
    assert ((), ()) == state((first, second), (extended, extended))


def test_a_person_taken_in_directly_is_probationary(walk: Walks) -> None:
    """By the committee's record alone."""
    way = walk()
    way.do("record", "direct-admission", by="committee")

    assert "probationary" == way.state.stage


def test_a_statement_names_the_filing_that_it_explains(walk: Walks, rules: devrules.Rules) -> None:
    """One that owes nothing cannot be explained; of several the one that is meant, else the first."""
    way = walk(process=rules.process)
    way.file("activist-filing")
    way.file("determination-filing")
    owed = [one.id for one in way.state.owed]
    assert ["activist-filing-1", "determination-filing-1"] == owed

    assert ("owed",) == way.refused("explain", content="补办", target="no-such-filing")
    assert ("content",) == way.refused("explain", content=" ")
    way.do("explain", by="branch", content="补办", target=owed[1])
    way.do("explain", record=Document(content="也在补办"))
    assert (owed[::-1], ()) == ([one.about for one in way.dossier.records["statement"]], way.state.owed)
    assert ("owed",) == way.refused("explain", content="补办")


def test_a_statement_may_follow_the_end(walk: Walks, rules: devrules.Rules) -> None:
    """What was acknowledged is owed whatever comes of it."""
    way = walk(process=rules.process)
    way.file("activist-filing")
    way.do("terminate", reason="本人申请")

    way.do("explain", content="补办")
    assert () == way.state.owed


def test_contacts_are_those_of_the_last_assignment(walk: Walks) -> None:
    """Who was replaced can reach the dossier no more."""
    kinds = {
        "recorded-activist-day": (Event(id="1", day=on(2024)),),
        "contact-assignment": (Assignment(id="1", people=("m1",)), Assignment(id="2", people=("m2",))),
    }
    way, state = adopted(walk, **kinds)

    assert ("m2",) == state.contacts
    assert ("reach",) == way.refused("view", by="contact")
    way.do("view", by=Actor("m2", "contact"))


def test_a_transfer_that_a_ledger_has_received_is_not_under_way(walk: Walks) -> None:
    """Nor is one that does not say where to."""
    for move in (Transfer(id="1", to="b2", received=on(2025)), Transfer(id="1", left=on(2025))):
        assert adopted(walk, transfer=(move,))[1].transfer is None
