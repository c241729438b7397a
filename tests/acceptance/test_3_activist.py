"""Activists: from the contacts to the decision after the superior committee's consent."""

from __future__ import annotations

import pytest
from portal import MEETING, SISTER, Portal

import devrules
from devrules import Actor
from devrules.desk.forms import cultivation_form, to_docx, to_html


def test_m14_the_branch_lists_views_and_edits_its_activists(portal: Portal) -> None:
    """As applicants."""
    portal.to_activist()
    portal.do(portal.branch, "describe", person={"name": "张三", "education": "硕士研究生"})

    assert 1 == len(portal.desk.find(portal.branch, devrules.Wanted(stage="activist")).rows)
    assert 0 == len(portal.desk.find(portal.branch, devrules.Wanted(stage="applicant")).rows)
    assert "硕士研究生" == portal.dossier.person.education


def test_m15_contacts_are_chosen_from_the_full_members_of_the_own_branch(portal_2018: Portal) -> None:
    """The manual of 2018: one at least; not from another branch."""
    portal = portal_2018.to_activist()
    names = [member.id for member in portal.desk.candidates(portal.branch, portal.dossier_id, "contact-assignment")]
    assert ["m1", "m2"] == names
    assert "members" in portal.refused(lambda: portal.record("contact-assignment", people=["m4"]))
    portal.record("contact-assignment", people=["m1"])

    assert ("李四",) == tuple(member.name for member in portal.dossier.members)


def test_m15_contacts_may_come_from_another_branch_under_the_same_committee(portal_2023: Portal) -> None:
    """The manual of 2023: one or two full members; three light a lamp."""
    portal = portal_2023.to_activist()
    names = [member.id for member in portal.desk.candidates(portal.branch, portal.dossier_id, "contact-assignment")]
    assert ["m1", "m2", "m4"] == names
    assert "members" in portal.refused(lambda: portal.record("contact-assignment", people=["m9"]))
    assert "members" in portal.refused(lambda: portal.record("contact-assignment", people=["m3"]))
    portal.record("contact-assignment", people=["m1", "m4"])
    assert "contacts-one-or-two" not in portal.lamps("determination-filing")
    portal.record("contact-assignment", people=["m1", "m2", "m4"])

    assert "contacts-one-or-two" in portal.lamps("determination-filing")


def test_m16_a_thought_report_is_shown_to_the_branch_after_the_contact_approved_it(portal_2018: Portal) -> None:
    """Only the contact may; until then the branch does not see it."""
    portal = portal_2018.to_activist()
    portal.record("contact-assignment", people=["m1"])
    portal.do(portal.applicant, "hand-in", "thought-report", record={"received": "2021-06-15", "content": "汇报"})
    assert "thought-report" not in portal.dossier.records
    assert "role" in portal.refused(lambda: portal.do(portal.branch, "approve", "thought-report"))
    portal.do(portal.contact, "approve", "thought-report")

    assert ["汇报"] == [one.content for one in portal.dossier.records["thought-report"]]


def test_m17_the_contact_gives_the_opinion_on_the_cultivation(portal_2018: Portal) -> None:
    """The manual of 2018: the contact, and nobody else."""
    portal = portal_2018.to_activist()
    portal.record("contact-assignment", people=["m1"])
    opinion = {"day": "2021-06-15", "by": "m1", "content": "……"}
    portal.do(portal.contact, "record", "cultivation-opinion", record=opinion)
    stranger = Actor("m2", "contact", "b1")

    assert "role" in portal.refused(lambda: portal.do(portal.branch, "record", "cultivation-opinion", record=opinion))
    assert "reach" in portal.refused(lambda: portal.do(stranger, "record", "cultivation-opinion", record=opinion))


def test_m17_the_branch_enters_the_opinion_and_names_the_contact(portal_2023: Portal) -> None:
    """The manual of 2023: once every half-year at least, else a lamp."""
    portal = portal_2023.to_activist()
    portal.record("contact-assignment", people=["m1"])
    portal.on("2022-07-01")
    assert "epioneer-2023-cultivation-every-half-year" in portal.lamps("determination-filing")
    for day in ("2021-09-01", "2022-02-01", "2022-07-01"):
        portal.on(day).record("cultivation-opinion", by="m1", content="……")

    assert "epioneer-2023-cultivation-every-half-year" not in portal.lamps("determination-filing")


def test_m18_the_branch_reviews_once_every_half_year(portal: Portal) -> None:
    """A gap lights a lamp."""
    portal.to_activist()
    portal.on("2022-08-01").record("activist-review", title="考察", content="……")
    assert "review-every-half-year" in portal.lamps("determination-filing")
    for day in ("2021-09-01", "2022-02-01"):
        portal.on(day).record("activist-review", title="考察", content="……")

    assert "review-every-half-year" not in portal.on("2022-08-01").lamps("determination-filing")


def test_m19_the_contact_states_an_opinion_on_becoming_a_prospect(portal_2023: Portal) -> None:
    """The branch enters it and names the contact; every half-year."""
    portal = portal_2023.to_activist()
    portal.record("contact-assignment", people=["m1"])
    portal.on("2022-07-01")
    assert "epioneer-2023-contact-opinion-every-half-year" in portal.lamps("determination-filing")
    for day in ("2021-09-01", "2022-02-01", "2022-07-01"):
        portal.on(day).record("contact-opinion", by="m1", content="同意")

    assert "epioneer-2023-contact-opinion-every-half-year" not in portal.lamps("determination-filing")


def test_m20_the_opinion_of_members_and_masses_is_entered_every_half_year(portal_2023: Portal) -> None:
    """Title, day, opinion."""
    portal = portal_2023.to_activist().on("2022-07-01")
    assert "epioneer-2023-masses-opinion-every-half-year" in portal.lamps("determination-filing")
    for day in ("2021-09-01", "2022-02-01", "2022-07-01"):
        portal.on(day).record("masses-opinion", title="群众意见", content="同意")

    assert "epioneer-2023-masses-opinion-every-half-year" not in portal.lamps("determination-filing")


def test_m21_without_a_party_group_the_lamp_is_explained_in_the_statement(portal_2023: Portal) -> None:
    """The lamp stays on, the filing goes through, the statement says why."""
    portal = portal_2023.to_activist()
    portal.do(portal.branch, "explain", content="……") if "explain" in portal.allowed(portal.branch) else None
    portal.on("2022-09-05")
    assert "epioneer-2023-group-opinion-recorded" in portal.lamps("determination-filing")
    portal.do(portal.branch, "file", "determination-filing", acknowledge=True)
    portal.do(portal.branch, "explain", content="本支部未划分党小组。")

    [*_, statement] = portal.dossier.records["statement"]
    assert "本支部未划分党小组。" == statement.content


def test_m22_the_branch_committee_meets_before_the_filing(portal: Portal) -> None:
    """With the meeting's fields and its opinion; a file will do."""
    portal.cultivated()
    portal.do(
        portal.branch,
        "record",
        "prospect-discussion",
        record={"day": "2022-09-02", "outcome": "passed"},
        files={"会议记录.pdf": b"%PDF"},
    )

    assert 2 == len(portal.dossier.records["prospect-discussion"])
    assert ("outcome",) == portal.refused(lambda: portal.record("prospect-discussion", **MEETING))


def test_m23_the_gate_before_the_determination_shows_lamps_and_locks(portal: Portal) -> None:
    """As the first gate."""
    portal.to_activist().on("2022-09-05")
    assert "review-every-half-year" in portal.lamps("determination-filing")
    assert ("lamps",) == portal.refused(lambda: portal.do(portal.branch, "file", "determination-filing"))
    portal.do(portal.branch, "file", "determination-filing", acknowledge=True)

    assert "activist" == portal.stage
    assert "locked" in portal.refused(lambda: portal.record("activist-review", title="考察"))
    assert "filed" in portal.refused(lambda: portal.do(portal.branch, "file", "determination-filing"))


def test_m24_a_refusal_of_the_committee_above_ends_the_process(portal: Portal) -> None:
    """By itself; afterwards nothing goes on."""
    portal.cultivated()
    portal.on("2022-09-05").do(portal.branch, "file", "determination-filing", acknowledge=True)
    assert "role" in portal.refused(
        lambda: portal.do(portal.branch, "decide", "prospect-consent", record={"outcome": "approved"})
    )
    receipt = portal.do(portal.committee, "decide", "prospect-consent", record={"outcome": "refused"})

    assert receipt.ended
    assert "going" in portal.refused(lambda: portal.record("prospect-decision", **MEETING, outcome="passed"))


def test_m25_the_branch_committee_decides_after_the_consent(portal: Portal) -> None:
    """Not before it; then the person is a prospect."""
    portal.cultivated().on("2022-09-05")

    def decide() -> devrules.Receipt:
        return portal.record("prospect-decision", **MEETING, outcome="passed")

    assert ("present",) == portal.refused(decide)
    portal.do(portal.branch, "file", "determination-filing", acknowledge=True)
    assert ("present",) == portal.refused(decide)
    portal.on("2022-09-15").do(portal.committee, "decide", "prospect-consent", record={"outcome": "approved"})

    assert "prospect" == decide().stage


def test_m26_the_form_is_made_of_the_data_and_the_cultivation(portal: Portal) -> None:
    """As a page to print and as a document."""
    portal.cultivated()
    form = cultivation_form(portal.dossier, portal.rules.program.kinds, as_of=portal.today)
    page = to_html(form)

    assert all(said in page for said in ("张三", "表现良好", "2022"))
    assert to_docx(form).startswith(b"PK")


def test_m27_the_statement_of_an_activist_is_as_that_of_an_applicant(portal: Portal) -> None:
    """Owed for the second gate, too."""
    portal.to_activist().on("2022-09-05")
    while "explain" in portal.allowed(portal.branch):
        portal.do(portal.branch, "explain", content="……")
    portal.do(portal.branch, "file", "determination-filing", acknowledge=True)
    portal.do(portal.branch, "explain", content="考察在线下进行，材料随后补交。")

    assert "explain" not in portal.allowed(portal.branch)
    assert SISTER not in {message.organisation for message in portal.desk.inbox(portal.committee)}
    with pytest.raises(devrules.Refused):
        portal.do(portal.branch, "explain", content="……")
