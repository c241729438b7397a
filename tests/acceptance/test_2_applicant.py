"""Applicants: from the application to the filing of the activist."""

from __future__ import annotations

from portal import MEETING, Portal

import devrules
from devrules.dossier.shapes import Submission


def test_m05_the_branch_lists_views_and_edits_its_applicants(portal: Portal) -> None:
    """Only its own."""
    portal.to_applicant()
    rows = portal.desk.find(portal.branch, devrules.Wanted(stage="applicant")).rows
    portal.do(portal.branch, "describe", person={"name": "张三", "education": "大学本科"})

    assert [portal.dossier_id] == [row.id for row in rows]
    assert "大学本科" == portal.dossier.person.education
    assert () == portal.desk.find(portal.foreign).rows


def test_m06_the_application_is_returned_with_a_reason_until_it_is_approved(portal: Portal) -> None:
    """It may be handed in again after each return; once approved, not."""
    portal.register()

    def hand_in() -> devrules.Receipt:
        return portal.do(portal.applicant, "hand-in", "application", record={"received": "2021-01-04"})

    hand_in()
    assert ("reason",) == portal.refused(lambda: portal.do(portal.branch, "return", "application"))
    portal.do(portal.branch, "return", "application", reason="请写明入党动机")
    returned = portal.desk.dossier(portal.applicant, portal.dossier_id).records["application"]
    assert ["请写明入党动机"] == [one.returned_for for one in returned]
    hand_in()
    portal.do(portal.branch, "approve", "application")
    assert ("once",) == portal.refused(hand_in)


def test_m07_talks_are_recorded_viewed_edited_and_deleted_until_the_filing(portal: Portal) -> None:
    """Several; the content may be a file."""
    portal.to_applicant().on("2021-01-20")
    portal.record("talk", talker="m1", title="第一次谈话", content="……")
    portal.do(
        portal.branch,
        "record",
        "talk",
        record={"day": "2021-01-21", "talker": "m2"},
        files={"谈话.docx": b"PK"},
    )
    portal.do(portal.branch, "edit", "talk", target="talk-1", record={"day": "2021-01-19", "talker": "m1"})
    portal.do(portal.branch, "delete", "talk", target="talk-2")

    assert ["effective", "withdrawn"] == [one.status for one in portal.dossier.records["talk"]]
    portal.do(portal.branch, "file", "activist-filing", acknowledge=True)
    for verb in ("edit", "delete"):
        unmet = portal.refused(
            lambda verb=verb: portal.do(portal.branch, verb, "talk", target="talk-1", record={"day": "2021-01-18"})  # type: ignore[misc]
        )
        assert "sealed" in unmet


def test_m07_a_talk_later_than_a_month_lights_a_lamp(portal: Portal) -> None:
    """The month runs from the receipt."""
    portal.to_applicant().on("2021-02-04").record("talk", talker="m1")
    assert "talk-within-one-month" not in portal.lamps("activist-filing")
    portal.do(portal.branch, "delete", "talk", target="talk-1")
    portal.on("2021-02-05").record("talk", talker="m1")
    assert "talk-within-one-month" in portal.lamps("activist-filing")


def test_m08_a_recommendation_has_a_day_a_method_and_an_opinion(portal: Portal) -> None:
    """By members or by a mass organisation; the remark may be left out."""
    portal.to_applicant().on("2021-06-01")
    for method in ("member-recommendation", "mass-organisation"):
        portal.record("recommendation", method=method, content="同意推荐")
    portal.do(portal.branch, "record", "recommendation", record={"day": "2021-06-01"}, files={"推优表.pdf": b"%PDF"})

    assert 3 == len(portal.dossier.records["recommendation"])


def test_m09_a_resolution_that_did_not_pass_is_followed_by_another(portal: Portal) -> None:
    """Not passed: examined again; the filing has to wait for one that passes."""
    portal.to_applicant().on("2021-06-10").record("activist-decision", **MEETING, outcome="not-passed")
    unmet = portal.refused(lambda: portal.do(portal.branch, "file", "activist-filing", acknowledge=True))
    assert ("unless",) == unmet
    portal.on("2021-09-10").record("activist-decision", **MEETING, outcome="passed")

    assert "activist" == portal.do(portal.branch, "file", "activist-filing", acknowledge=True).stage


def test_m10_the_gate_shows_its_lamps_and_lets_one_mend_or_file_all_the_same(portal: Portal) -> None:
    """Lamps, a refusal without acknowledgement, then the filing; what was before is locked, the person an activist."""
    portal.to_applicant().on("2021-06-15")
    assert {"talk-within-one-month", "recommended"} <= portal.lamps("activist-filing")
    assert ("lamps",) == portal.refused(lambda: portal.do(portal.branch, "file", "activist-filing"))
    portal.on("2021-01-20").record("talk", talker="m1")
    assert "talk-within-one-month" not in portal.on("2021-06-15").lamps("activist-filing")
    receipt = portal.do(portal.branch, "file", "activist-filing", acknowledge=True)

    assert "recommended" in receipt.lamps
    assert "activist" == receipt.stage
    assert "stage" in portal.refused(lambda: portal.record("talk", talker="m1"))


def test_m10_a_gate_without_lamps_is_passed_without_more_ado(portal: Portal) -> None:
    """Nothing to acknowledge, nothing to explain."""
    portal.ready_to_file().on("2021-06-15")

    assert set() == portal.lamps("activist-filing")
    assert () == portal.do(portal.branch, "file", "activist-filing").lamps
    assert ("owed",) == portal.refused(lambda: portal.do(portal.branch, "explain", content="……"))


def test_m11_the_person_hands_in_thought_reports_and_the_branch_reads_them(portal: Portal) -> None:
    """Already as an applicant."""
    portal.to_applicant().on("2021-03-01")
    portal.do(portal.applicant, "hand-in", "thought-report", record={"received": "2021-03-01", "content": "思想汇报"})

    assert ["思想汇报"] == [one.content for one in portal.dossier.records["thought-report"]]


def test_m12_a_statement_is_owed_only_for_a_gate_passed_with_lamps_on(portal: Portal) -> None:
    """It shows these lamps, the branch explains, the committee above hears of it."""
    portal.to_applicant().on("2021-06-15")
    lamps = portal.do(portal.branch, "file", "activist-filing", acknowledge=True).lamps
    assert 1 == portal.desk.find(portal.branch, devrules.Wanted(owing=True)).rows[0].owed
    assert "explain" in portal.allowed(portal.branch)
    [filing] = portal.dossier.records["activist-filing"]
    assert isinstance(filing, Submission)
    assert lamps == filing.lamps
    assert ("content",) == portal.refused(lambda: portal.do(portal.branch, "explain"))
    portal.do(portal.branch, "explain", content="谈话已在线下完成，记录随后补交。")

    assert "explain" not in portal.allowed(portal.branch)
    assert any("情况说明" in message.text for message in portal.desk.inbox(portal.committee))
    assert "statement" in portal.desk.dossier(portal.committee, portal.dossier_id).records


def test_m13_the_person_is_sent_back_to_an_earlier_stage_and_nothing_is_lost(portal_2023: Portal) -> None:
    """The steps of that stage open again; what was recorded is still there."""
    portal = portal_2023
    portal.to_activist()
    before = {kind: len(records) for kind, records in portal.dossier.records.items()}
    portal.do(portal.branch, "send-back", stage="applicant", reason="谈话记录日期有误")

    assert "applicant" == portal.stage
    portal.do(portal.branch, "edit", "talk", target="talk-1", record={"day": "2021-01-18", "talker": "m1"})
    after = {kind: len(records) for kind, records in portal.dossier.records.items()}
    assert before == {kind: count for kind, count in after.items() if kind != "return"}
    assert "activist" == portal.do(portal.branch, "file", "activist-filing", acknowledge=True).stage
