"""Probationary members: from the oath to the decision on full membership."""

from __future__ import annotations

from portal import MEETING, VOTES, Portal

import devrules


def test_m41_the_branch_lists_views_and_edits_its_probationary_members(portal: Portal) -> None:
    """As applicants."""
    portal.to_probationary()
    portal.do(portal.branch, "describe", person={"name": "张三", "employment": "unit-with-organisation"})

    assert 1 == len(portal.desk.find(portal.branch, devrules.Wanted(stage="probationary")).rows)
    assert "unit-with-organisation" == portal.dossier.person.employment


def test_m42_the_oath_has_a_day_and_photographs(portal: Portal) -> None:
    """The pictures come back unchanged."""
    portal.to_probationary().on("2023-01-20")
    photo = bytes(range(256)) * 40
    portal.do(portal.branch, "record", "oath", record={"day": "2023-01-20"}, files={"宣誓.jpg": photo})
    [oath] = portal.dossier.records["oath"]
    [attachment] = oath.attachments

    assert "宣誓.jpg" == attachment.name
    assert photo == portal.desk.attachment(portal.branch, portal.dossier_id, attachment.digest or "")


def test_m43_the_application_for_full_membership_is_approved_or_returned(portal: Portal) -> None:
    """As the application."""
    portal.to_probationary().on("2023-11-20")

    def hand_in() -> devrules.Receipt:
        return portal.do(
            portal.applicant,
            "hand-in",
            "conversion-application",
            record={"received": "2023-11-20"},
        )

    hand_in()
    portal.do(portal.branch, "return", "conversion-application", reason="请补充思想汇报")
    hand_in()
    portal.do(portal.branch, "approve", "conversion-application")

    assert ("once",) == portal.refused(hand_in)


def test_m44_the_branch_reviews_during_probation(portal: Portal) -> None:
    """Several times."""
    portal.to_probationary()
    for day in ("2023-05-20", "2023-11-10"):
        portal.on(day).record("probation-review", title="考察", content="表现良好")

    assert 2 == len(portal.dossier.records["probation-review"])


def test_m45_the_discussion_is_put_off(portal: Portal) -> None:
    """From the end of probation; longer than six months lights a lamp."""
    portal.to_conversion().on("2023-12-01")
    put_off = {"day": "2023-12-01", "start": "2023-12-01", "end": "2024-06-01"}
    portal.do(portal.branch, "record", "postponement", record=put_off)
    lamps = {finding.rule for finding in portal.rules.check(portal.dossier, as_of=portal.today).lamps}
    assert "postponement-six-months-at-most" not in lamps
    longer = {**put_off, "end": "2024-06-03"}
    portal.do(portal.branch, "edit", "postponement", target="postponement-1", record=longer)

    lamps = {finding.rule for finding in portal.rules.check(portal.dossier, as_of=portal.today).lamps}
    assert "postponement-six-months-at-most" in lamps


def test_m46_the_sponsors_give_an_opinion_on_the_conversion(portal: Portal) -> None:
    """The sponsor, or the branch for them; a stranger does not."""
    portal.to_probationary()
    opinion = {"day": "2023-11-22", "by": "m1", "content": "同意按期转正"}
    portal.do(portal.contact, "record", "conversion-sponsor-opinion", record=opinion)
    portal.do(portal.branch, "record", "conversion-sponsor-opinion", record={**opinion, "by": "m2"})

    assert 2 == len(portal.dossier.records["conversion-sponsor-opinion"])
    assert "reach" in portal.refused(
        lambda: portal.do(devrules.Actor("m4", "contact", "b2"), "record", "conversion-sponsor-opinion", record=opinion)
    )


def test_m47_the_party_group_gives_an_opinion_on_the_conversion(portal: Portal) -> None:
    """Entered by the branch."""
    portal.to_probationary().on("2023-11-22").record("conversion-group-opinion", content="同意")

    assert ["同意"] == [one.content for one in portal.dossier.records["conversion-group-opinion"]]


def test_m48_members_and_masses_give_an_opinion_on_the_conversion(portal: Portal) -> None:
    """Entered by the branch."""
    portal.to_probationary().on("2023-11-22").record("conversion-masses-opinion", content="同意")

    assert ["同意"] == [one.content for one in portal.dossier.records["conversion-masses-opinion"]]


def test_m49_the_general_meeting_ends_in_one_of_the_outcomes(portal: Portal) -> None:
    """On time, extended, cancelled, or not passed; a meeting that did not pass holds the filing up."""
    portal.to_conversion().on("2023-12-05")
    assert "outcome" in portal.refused(lambda: portal.record("conversion-meeting", **MEETING, outcome="perhaps"))
    portal.record("conversion-meeting", **MEETING, **VOTES, outcome="not-passed")
    assert ("unless",) == portal.refused(
        lambda: portal.do(portal.branch, "file", "conversion-submission", acknowledge=True)
    )
    portal.record("conversion-meeting", **MEETING, **VOTES, outcome="cancelled")

    assert 1 == len(portal.dossier.records["cancellation-meeting"])


def test_m50_the_decision_makes_a_full_member(portal: Portal) -> None:
    """On time."""
    portal.to_conversion_filing()
    receipt = portal.do(portal.committee, "decide", "conversion-approval", record={"outcome": "approved"})

    assert "full" == receipt.stage
    assert not receipt.ended


def test_m50_the_decision_extends_probation_and_the_branch_meets_again(portal: Portal) -> None:
    """The gate is open again; the first meeting stays as it was."""
    portal.to_conversion_filing("extended")
    portal.on("2023-12-20")
    portal.do(portal.committee, "decide", "conversion-approval", record={"outcome": "extended"})
    extension = {"day": "2023-12-05", "start": "2023-12-01", "end": "2024-06-01", "approved": "2023-12-20"}
    portal.do(portal.branch, "record", "extension", record=extension)
    assert "probationary" == portal.stage
    assert "sealed" in portal.refused(
        lambda: portal.do(
            portal.branch, "edit", "conversion-meeting", target="conversion-meeting-1", record={"outcome": "passed"}
        )
    )
    portal.on("2024-06-05").record("conversion-meeting", **MEETING, **VOTES, outcome="passed")
    portal.do(portal.branch, "file", "conversion-submission", acknowledge=True)

    done = portal.do(portal.committee, "decide", "conversion-approval", record={"outcome": "approved"})
    assert "full" == done.stage


def test_m50_the_decision_cancels(portal: Portal) -> None:
    """The process ends; it is kept as a cancellation, which has rules of its own."""
    portal.to_conversion_filing("cancelled")
    receipt = portal.do(portal.committee, "decide", "conversion-approval", record={"outcome": "cancelled"})

    assert receipt.ended
    assert 1 == len(portal.dossier.records["cancellation"])


def test_m50_the_decision_sends_the_resolution_back_to_the_branch(portal: Portal) -> None:
    """Refused: the person stays on probation, and the branch may meet and file again."""
    portal.to_conversion_filing()
    receipt = portal.do(portal.committee, "decide", "conversion-approval", record={"outcome": "refused"})
    assert ("probationary", False) == (receipt.stage, receipt.ended)
    portal.on("2023-12-28").record("conversion-meeting", **MEETING, **VOTES, outcome="passed")

    filed = portal.do(portal.branch, "file", "conversion-submission", acknowledge=True)
    assert "file:conversion-submission" == filed.rule


def test_m51_the_statement_of_a_probationary_member_is_as_that_of_an_applicant(portal: Portal) -> None:
    """Owed for the last gate, too."""
    portal.to_probationary().on("2023-12-05").record("conversion-meeting", outcome="passed")
    portal.on("2023-12-08")
    while "explain" in portal.allowed(portal.branch):
        portal.do(portal.branch, "explain", content="……")
    receipt = portal.do(portal.branch, "file", "conversion-submission", acknowledge=True)
    assert receipt.lamps
    portal.do(portal.branch, "explain", content="……")

    assert "explain" not in portal.allowed(portal.branch)
