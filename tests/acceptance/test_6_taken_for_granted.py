"""What both manuals take for granted: messages, attachments, roles."""

from __future__ import annotations

import pytest
from portal import BRANCH, Portal

import devrules
from devrules import Actor


def test_m52_the_right_people_hear_of_it(portal: Portal) -> None:
    """The committee of a filing and a statement, the branch of what is owed, the applicant of approval and return."""
    portal.register()
    portal.do(portal.applicant, "hand-in", "application", record={"received": "2021-01-04"})
    portal.do(portal.branch, "return", "application", reason="请写明入党动机")
    portal.do(portal.applicant, "hand-in", "application", record={"received": "2021-01-04"})
    portal.do(portal.branch, "approve", "application")
    portal.do(portal.branch, "file", "activist-filing", acknowledge=True)
    portal.do(portal.branch, "explain", content="……")

    heard = [message.text for message in portal.desk.inbox(portal.applicant)]
    assert 2 == len(heard)
    assert any("已审核通过" in text for text in heard)
    assert any("被退回，原因：请写明入党动机" in text for text in heard)
    assert 2 == len(portal.desk.inbox(portal.committee))
    assert any("请补写情况说明" in message.text for message in portal.desk.inbox(portal.branch))
    assert () == portal.desk.inbox(portal.foreign)
    assert not any("张三" in message.text for message in portal.desk.inbox(portal.committee))


def test_m52_the_branch_hears_of_a_decision_and_the_organisation_department_of_an_approval(portal: Portal) -> None:
    """And of no consent."""
    portal.to_probationary()

    assert 3 == sum("作出决定" in message.text for message in portal.desk.inbox(portal.branch))
    assert 1 == sum("作出决定" in message.text for message in portal.desk.inbox(portal.department))


def test_m52_a_message_is_read_once_and_stays(portal: Portal) -> None:
    """By those to whom it is addressed."""
    portal.to_applicant()
    [message, *_] = portal.desk.inbox(portal.branch)
    portal.desk.read(portal.branch, message.id)

    assert [message.id] == [one.id for one in portal.desk.inbox(portal.branch) if one.read is not None]
    with pytest.raises(devrules.UsageError):
        portal.desk.read(portal.foreign, message.id)


def test_m53_attachments_come_back_unchanged_after_the_desk_was_closed(portal: Portal) -> None:
    """And only to those who may read the record."""
    portal.to_applicant().on("2021-01-20")
    content = bytes(range(256)) * 5000
    portal.do(
        portal.branch, "record", "talk", record={"day": "2021-01-20", "talker": "m1"}, files={"谈话.docx": content}
    )
    digest = portal.dossier.records["talk"][0].attachments[0].digest or ""
    portal.reopen()

    assert content == portal.desk.attachment(portal.branch, portal.dossier_id, digest)
    assert content == portal.desk.attachment(portal.committee, portal.dossier_id, digest)
    with pytest.raises(devrules.UsageError):
        portal.desk.attachment(portal.applicant, portal.dossier_id, digest)
    with pytest.raises(devrules.Refused):
        portal.desk.attachment(portal.foreign, portal.dossier_id, digest)


def test_m54_each_role_sees_and_does_only_what_is_its_own(portal: Portal) -> None:
    """In its own organisation; the matrix of all roles and commands is a test of its own."""
    portal.to_activist().record("contact-assignment", people=["m1", "m2"])

    assert {"view", "describe", "hand-in:thought-report"} == portal.allowed(portal.applicant)
    assert "record:cultivation-opinion" in portal.allowed(portal.contact)
    assert "record:activist-review" in portal.allowed(portal.branch)
    assert "record:activist-review" not in portal.allowed(portal.committee)
    assert {"view"} == portal.allowed(portal.department)
    for stranger in (portal.foreign, portal.sister, Actor("x", "committee", "c9"), Actor("m9", "contact", BRANCH)):
        with pytest.raises(devrules.Refused):
            portal.desk.available(stranger, portal.dossier_id)
        assert () == portal.desk.find(stranger).rows
    assert "talk" not in portal.desk.dossier(portal.applicant, portal.dossier_id).records


def test_m54_a_refusal_is_in_the_journal_and_says_nothing_to_strangers(portal: Portal) -> None:
    """The branch's own in the dossier; a stranger's in that of the stranger's organisation."""
    portal.to_applicant()
    portal.refused(lambda: portal.do(portal.branch, "file", "activist-filing"))
    portal.refused(lambda: portal.do(portal.foreign, "file", "activist-filing"))
    journal = portal.desk.journal(portal.branch, portal.dossier_id)

    assert [("file", ("lamps",))] == [(one.verb, one.unmet) for one in journal if one and not one.granted]
    with pytest.raises(devrules.Refused, match="没有这份卷宗") as refused:
        portal.do(portal.foreign, "record", "talk", record={"day": "2021-01-20"})
    assert "申请人" not in str(refused.value)
