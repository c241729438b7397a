"""Prospects: from the sponsors to the approval."""

from __future__ import annotations

from datetime import date

from portal import MEETING, VOTES, Portal

import devrules


def test_m28_the_branch_lists_views_and_edits_its_prospects(portal: Portal) -> None:
    """As applicants."""
    portal.to_prospect()
    portal.do(portal.branch, "describe", person={"name": "张三", "phone": "13800000000"})

    assert 1 == len(portal.desk.find(portal.branch, devrules.Wanted(stage="prospect")).rows)
    assert "13800000000" == portal.dossier.person.phone


def test_m29_sponsors_are_two_full_members_chosen_as_contacts_are(portal: Portal) -> None:
    """One lights a lamp."""
    portal.to_prospect()
    assert "members" in portal.refused(lambda: portal.record("sponsor-assignment", people=["m9"]))
    portal.record("sponsor-assignment", people=["m1"])
    assert "two-sponsors" in portal.lamps("pre-examination")
    portal.record("sponsor-assignment", people=["m1", "m4"])

    assert "two-sponsors" not in portal.lamps("pre-examination")


def test_m30_the_contact_and_the_branch_give_opinions_on_the_cultivation(portal: Portal) -> None:
    """Also of a prospect."""
    portal.to_prospect()
    portal.do(portal.contact, "record", "cultivation-opinion", record={"day": "2022-09-20", "by": "m1"})
    portal.record("cultivation-opinion", by="m2", content="……")

    assert 5 == len(portal.dossier.records["cultivation-opinion"])


def test_m31_the_branch_reviews_a_prospect(portal: Portal) -> None:
    """Until the pre-examination is filed."""
    portal.examined().record("activist-review", title="考察", content="……")
    portal.on("2022-11-03").do(portal.branch, "file", "pre-examination-submission", acknowledge=True)

    assert "locked" in portal.refused(lambda: portal.record("activist-review", title="考察"))


def test_m32_the_political_review_has_a_report_and_a_result(portal: Portal) -> None:
    """The comprehensive material may be a file; not qualified lights a lamp."""
    portal.to_prospect().record("political-review", outcome="not-qualified", content="……")
    assert "political-review-qualified" in portal.lamps("pre-examination")
    portal.do(
        portal.branch,
        "edit",
        "political-review",
        target="political-review-1",
        record={"day": "2022-09-20", "outcome": "qualified"},
        files={"政审材料.pdf": b"%PDF"},
    )

    assert "political-review-qualified" not in portal.lamps("pre-examination")


def test_m33_the_short_training_has_days_and_hours(portal: Portal) -> None:
    """Two days light a lamp, three do not."""
    portal.to_prospect().on("2022-10-20")
    training = {"start": "2022-10-12", "end": "2022-10-13", "days": 2, "hours": 16}
    portal.do(portal.branch, "record", "training", record=training)
    assert "training-long-enough" in portal.lamps("pre-examination")
    training = {"start": "2022-10-12", "end": "2022-10-14", "days": 3, "hours": 24}
    portal.do(portal.branch, "edit", "training", target="training-1", record=training)

    assert "training-long-enough" not in portal.lamps("pre-examination")


def test_m34_the_notice_must_be_attached(portal_2018: Portal) -> None:
    """Without the file it is not taken."""
    portal = portal_2018.to_prospect().on("2022-10-26")
    notice = {"start": "2022-10-17", "end": "2022-10-25", "outcome": "clear"}
    assert ("attachments",) == portal.refused(
        lambda: portal.do(portal.branch, "record", "public-notice", record=notice)
    )
    portal.do(portal.branch, "record", "public-notice", record=notice, files={"公示.pdf": b"%PDF"})

    assert "epioneer-2018-public-notice-attached" not in portal.lamps("pre-examination")


def test_m34_from_2026_on_the_notice_comes_between_consent_and_listing(portal: Portal) -> None:
    """The edition in force on the day says when the step is open."""
    portal.cultivated().on("2026-05-12")
    notice = {"start": "2026-05-13", "end": "2026-05-20", "outcome": "clear"}

    def record() -> devrules.Receipt:
        return portal.do(portal.branch, "record", "public-notice", record=notice)

    assert ("present",) == portal.refused(record)
    portal.do(portal.branch, "file", "determination-filing", acknowledge=True)
    portal.do(portal.committee, "decide", "prospect-consent", record={"outcome": "approved"})
    assert "stage" in portal.refused(
        lambda: portal.do(portal.branch, "record", "public-notice", record=notice, as_of=date(2026, 5, 10))
    )

    assert "activist" == record().stage


def test_m35_the_branch_committee_examines_before_the_pre_examination(portal: Portal) -> None:
    """A meeting that did not pass holds the filing up."""
    portal.examined().record("committee-review", **MEETING, outcome="not-passed")

    assert ("unless",) == portal.refused(
        lambda: portal.do(portal.branch, "file", "pre-examination-submission", acknowledge=True)
    )


def test_m36_the_gate_to_the_pre_examination_shows_lamps_and_locks(portal: Portal) -> None:
    """As the first gate."""
    portal.to_prospect().on("2022-11-03")
    assert "political-review-done" in portal.lamps("pre-examination")
    assert ("lamps",) == portal.refused(lambda: portal.do(portal.branch, "file", "pre-examination-submission"))
    portal.do(portal.branch, "file", "pre-examination-submission", acknowledge=True)

    assert "locked" in portal.refused(lambda: portal.record("sponsor-assignment", people=["m1", "m2"]))


def test_m37_only_a_passed_pre_examination_lets_the_general_meeting_be_held(portal: Portal) -> None:
    """One that was not passed ends the process."""
    portal.examined()
    assert ("present",) == portal.refused(lambda: portal.record("general-meeting", **MEETING, outcome="passed"))
    portal.on("2022-11-03").do(portal.branch, "file", "pre-examination-submission", acknowledge=True)

    assert portal.do(portal.committee, "decide", "pre-examination", record={"outcome": "not-passed"}).ended


def test_m38_a_failed_vote_is_recorded_and_the_process_does_not_go_on(portal: Portal) -> None:
    """Until a later meeting passes."""
    portal.to_pre_examination().on("2022-12-01")
    portal.record("general-meeting", **MEETING, **{**VOTES, "votes_for": 4, "votes_against": 5}, outcome="not-passed")

    def file() -> devrules.Receipt:
        return portal.do(portal.branch, "file", "approval-submission", record={"dues": "5"}, acknowledge=True)

    assert ("present",) == portal.refused(file)
    portal.on("2022-12-15").record("general-meeting", **MEETING, **VOTES, outcome="passed")

    assert "file:approval-submission" == file().rule


def test_m39_the_gate_to_the_approval_asks_for_the_dues_and_locks_the_meeting(portal: Portal) -> None:
    """Lamps speak of the meeting's record."""
    portal.to_pre_examination().on("2022-12-01").record("general-meeting", day="2022-12-01", outcome="passed")
    assert portal.lamps("admission-approval")
    assert "dues" in portal.refused(lambda: portal.do(portal.branch, "file", "approval-submission", acknowledge=True))
    portal.do(portal.branch, "file", "approval-submission", record={"dues": "5"}, acknowledge=True)

    def edit() -> devrules.Receipt:
        return portal.do(
            portal.branch, "edit", "general-meeting", target="general-meeting-1", record={"outcome": "passed"}
        )

    assert {"locked", "sealed"} <= set(portal.refused(edit))


def test_m40_the_approval_makes_a_probationary_member_or_ends_the_process(portal: Portal) -> None:
    """Approved here; refused in the next test's words."""
    assert "probationary" == portal.to_probationary().stage


def test_m40_a_refused_approval_ends_the_process(portal: Portal) -> None:
    """It is kept as a refusal, which has rules of its own."""
    portal.to_meeting()
    portal.on("2022-12-05").do(portal.branch, "file", "approval-submission", record={"dues": "5"}, acknowledge=True)

    assert portal.do(portal.committee, "decide", "approval", record={"outcome": "refused"}).ended
    assert 1 == len(portal.dossier.records["refused-approval"])
