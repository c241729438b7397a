"""What the process answers: options, refusals, what is visible, who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import devrules
from devrules.days import Day
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import Attachment, Document, Event, Talk, Termination
from devrules.errors import UsageError
from devrules.process.decide import Process
from devrules.process.from_rulesets import process_law
from devrules.process.model import Actor, Command, Decided, PutBranch, PutMember, PutPerson, PutRecord, Refusal, apply

Walks = Callable[..., Any]
DAY = date(2026, 6, 1)


def test_every_command_and_step_is_an_option(walk: Walks, process: Process) -> None:
    """Whether it may be done or not; a refused one says why."""
    options = walk().options()

    assert list(process.permissions) == list(options)
    assert {option.rule for option in options.values() if option.allowed} >= {"record:talk", "hand-over", "terminate"}
    assert all(option.refusal.unmet and option.refusal.says for option in options.values() if not option.allowed)


def test_an_option_says_what_must_be_stated(walk: Walks) -> None:
    """So that a portal can ask for it."""
    option = walk().options()["record:activist-decision"]

    assert ("record", "activist-decision", ("outcome",)) == (option.verb, option.kind, option.asks)


@pytest.mark.parametrize("name", ["no-such-command", "record:no-such-kind", "record"])
def test_a_command_that_there_is_not_is_no_refusal(walk: Walks, name: str) -> None:
    """It is an error of the program, which names what might be meant."""
    verb, _, kind = name.partition(":")

    with pytest.raises(UsageError, match="the process knows no command"):
        walk().process.decide(Dossier("d"), Command(verb=verb, kind=kind or None), Actor("x", "branch"), as_of=DAY)


def test_a_gate_that_there_is_not_cannot_be_previewed(process: Process) -> None:
    """The nearest one is named."""
    with pytest.raises(UsageError, match="did you mean 'pre-examination'"):
        process.preview(Dossier("d"), "pre-examinatoin", as_of=DAY)


def test_a_preview_names_the_lamps_of_a_gate(walk: Walks, process: Process, rules: devrules.Rules) -> None:
    """Those that filing it now would have to acknowledge."""
    way = walk(process=process)

    lamps = process.preview(way.dossier, "activist-filing", as_of=DAY)

    assert "application-made" in lamps
    assert lamps == way.decide("file", "activist-filing").lamps
    view = rules.preview(way.dossier, "activist-filing", as_of=DAY)
    assert lamps == tuple(finding.rule for finding in view.lamps)
    assert {} == dict(way.dossier.records)


def test_a_filing_is_looked_at_with_what_it_states(walk: Walks, rules: devrules.Rules) -> None:
    """What is missing without it is not missing in it: the lamps are those of the dossier once it is filed."""
    seen: list[Dossier] = []
    spy = Process(rules.process.law, lambda dossier, _gate, _day: (seen.append(dossier), ())[1])
    way = walk(process=spy)
    way.do("file", "activist-filing", of={"items": ("报告",)})

    assert [("报告",)] == [dossier.records["activist-filing"][0].items for dossier in seen]


@pytest.mark.parametrize(
    ("verb", "role", "reach", "unmet"),
    [
        ("make-code", "branch", "own", None),
        ("make-code", "committee", "below", ("role",)),
        ("make-code", "branch", None, ("reach",)),
        ("open", "applicant", "self", ("role",)),
        ("adopt", "branch", "own", None),
    ],
)
def test_what_is_about_no_dossier_has_rules_too(
    process: Process, verb: str, role: str, reach: Any, unmet: tuple[str, ...] | None
) -> None:
    """Codes, opening and adopting."""
    refused = process.may(verb, role, reach)

    assert unmet == (refused.unmet if refused else None)


@pytest.mark.parametrize("role", ["visitor", ""])
def test_a_role_that_there_is_not_may_do_nothing_and_see_nothing(walk: Walks, role: str) -> None:
    """And is refused, not an error: accounts come from outside."""
    way = walk()
    visitor = Actor("x", role, "b1", dossier="d1")

    assert way.process.visible(way.dossier, visitor) is None
    assert not any(one.allowed for one in way.process.available(way.dossier, visitor, as_of=DAY))
    assert ("role", "reach") == way.refused("view", by=visitor)


@pytest.mark.parametrize(
    ("actor", "reaches"),
    [
        (Actor("x", "applicant", dossier="d1"), True),
        (Actor("x", "applicant", dossier="d2"), False),
        (Actor("x", "applicant", "b1"), False),
        (Actor("m1", "contact"), True),
        (Actor("m3", "contact"), False),
        (Actor("x", "branch", "b1"), True),
        (Actor("x", "branch", "b2"), False),
        (Actor("x", "branch"), False),
        (Actor("x", "branch", "c1"), False),
        (Actor("x", "committee", "c1"), True),
        (Actor("x", "committee", "o1"), True),
        (Actor("x", "committee", "b1"), False),
        (Actor("x", "committee", "c2"), False),
        (Actor("x", "organisation-department", "o1"), True),
        (Actor("x", "organisation-department", None), False),
    ],
)
def test_everyone_reaches_only_their_own(walk: Walks, actor: Actor, reaches: bool) -> None:
    """The person, the contacts, the branch, those above it."""
    way = walk().to_activist()
    way.do("record", "contact-assignment", of={"people": ("m1",)})

    assert reaches is isinstance(way.decide("view", by=actor), Decided)


def test_without_a_tree_only_the_committee_above_is_known(process: Process) -> None:
    """And of a dossier that states no organisations nobody is above."""
    dossier = Dossier("d1", branch=Organisation(id="b1"), superior=Organisation(id="c1"))
    allowed = lambda actor, one: isinstance(process.decide(one, Command(verb="view"), actor, as_of=DAY), Decided)  # noqa: E731

    assert allowed(Actor("x", "committee", "c1"), dossier)
    assert not allowed(Actor("x", "committee", "o1"), dossier)
    assert not allowed(Actor("x", "committee", None), Dossier("d1"))
    assert not allowed(Actor("x", "branch", None), Dossier("d1"))


def test_everyone_sees_what_is_theirs(walk: Walks, process: Process) -> None:
    """The person their own papers, contacts the cultivation, the branch and those above everything."""
    way = walk().to_prospect()
    sees = lambda actor: set(process.visible(way.dossier, actor).records)  # noqa: E731
    everything = set(way.dossier.records)

    assert {"application", "thought-report"} == sees(Actor("x", "applicant", dossier="d1"))
    contact = sees(Actor("m1", "contact"))
    assert contact < everything
    assert "cultivation-opinion" in contact
    assert "activist-decision" not in contact
    assert everything == sees(Actor("x", "branch", "b1")) == sees(Actor("x", "committee", "c1"))
    assert process.visible(way.dossier, Actor("x", "branch", "b2")) is None


def test_an_application_under_review_is_seen_by_who_handed_it_in_and_who_reviews_it(walk: Walks) -> None:
    """Not by those above; neither is one that was returned or replaced."""
    way = walk()
    sees = lambda role, place: [  # noqa: E731
        one.status
        for one in way.process.visible(way.dossier, Actor("x", role, place, dossier="d1")).records.get(
            "application", ()
        )
    ]
    way.do("hand-in", "application", by="applicant")
    way.do("hand-in", "application", by="applicant")
    way.do("return", "application", reason="请重写")
    statuses = ["withdrawn", "returned"]

    assert statuses == way.statuses("application") == sees("applicant", None) == sees("branch", "b1")
    assert [] == sees("committee", "c1")
    way.do("hand-in", "application", by="applicant")
    way.do("approve", "application")
    assert ["effective"] == sees("committee", "c1")


HEARD = [
    ("hand-in", "application", "applicant", {}, ["branch"]),
    ("approve", "application", "branch", {}, ["applicant"]),
    ("record", "talk", "branch", {}, []),
    ("file", "activist-filing", "branch", {"acknowledge": True}, ["committee"]),
    ("send-back", None, "committee", {"stage": "applicant", "reason": "材料有误"}, ["branch", "committee"]),
    ("terminate", None, "branch", {"reason": "本人申请"}, ["branch", "committee"]),
]


def test_the_right_people_hear_of_it(walk: Walks) -> None:
    """The branch of what was handed in, the person of what was approved, those above of a filing."""
    way = walk()
    for verb, kind, by, stated, heard in HEARD:
        decided = way.do(verb, kind, by=by, **stated)
        assert heard == [role for hearing in decided.hearings for role in hearing.who], verb


def test_a_return_is_heard_by_the_person_with_its_reason(walk: Walks) -> None:
    """And may be handed in again."""
    way = walk()
    way.do("hand-in", "application", by="applicant")
    returned = way.do("return", "application", reason="请重写")

    assert [(("applicant",), True)] == [(one.who, "{reason}" in one.says.zh) for one in returned.hearings]
    assert "请重写" == way.dossier.records["application"][0].returned_for


def test_lamps_are_heard_of_only_where_they_were_on(walk: Walks, process: Process) -> None:
    """By the branch that owes a statement."""
    for lit, heard in ((walk(process=process), ["committee", "branch"]), (walk(), ["committee"])):
        decided = lit.do("file", "activist-filing", acknowledge=True)
        assert heard == [role for hearing in decided.hearings for role in hearing.who]


def test_a_hand_over_is_heard_where_the_person_goes(walk: Walks) -> None:
    """Not only above the branch that the person leaves."""
    decided = walk().do("hand-over", branch=Organisation(id="b2"))

    assert [("committee", False), ("branch", True)] == [(one.who[0], one.receiving) for one in decided.hearings]


@pytest.mark.parametrize(
    ("kind", "outcome", "heard"),
    [("prospect-consent", "approved", ["branch"]), ("approval", "approved", ["branch", "organisation-department"])],
)
def test_a_decision_is_heard_by_the_branch(walk: Walks, kind: str, outcome: str, heard: list[str]) -> None:
    """One on an admission by the organisation department, too."""
    way = walk()
    if kind == "approval":
        way.to_submitted()
    else:
        way.to_activist().file("determination-filing")
    decided = way.do("decide", kind, by="committee", of={"outcome": outcome})

    assert heard == [role for hearing in decided.hearings for role in hearing.who]


# What comes of it


def test_what_is_recorded_is_dated_by_who_records_it(walk: Walks) -> None:
    """A decision or a filing without a day gets that on which it is made; what states its day keeps it."""
    way = walk()
    day = way.day
    way.do("record", "talk")
    way.do("file", "activist-filing")
    way.do("file", "determination-filing", of={"day": date(2026, 6, 20)})
    way.do("decide", "prospect-consent", by="committee", of={"outcome": "approved"})
    way.do("record", "prospect-decision", of={"outcome": "passed"})
    way.file("pre-examination-submission")
    way.do("decide", "pre-examination", by="committee", of={"outcome": "passed", "day": date(2026, 6, 5)})

    assert Day.on(date(2026, 6, 5)) == way.dossier.records["pre-examination"][0].day
    assert way.dossier.records["talk"][0].day is None
    assert Day.on(date(2026, 6, 2)) == way.dossier.records["activist-filing"][0].day
    assert Day.on(date(2026, 6, 20)) == way.dossier.records["determination-filing"][0].day
    assert Day.on(date(2026, 6, 4)) == way.dossier.records["prospect-consent"][0].day
    assert date(2026, 6, 1) == day


def test_a_filing_covers_what_it_locks(walk: Walks) -> None:
    """By the ids of the records; what is recorded in the next stage is open."""
    way = walk().to_activist()
    [filing] = way.dossier.records["activist-filing"]

    assert {"application-1", "talk-1", "recommendation-1", "activist-decision-1"} == set(filing.covers)
    assert ("stage",) == way.refused("record", "talk")


def test_a_record_that_an_earlier_filing_covers_stays_sealed(walk: Walks) -> None:
    """Also in a later stage, in which records of its kind may be added."""
    way = walk().to_prospect()
    way.do("record", "education")

    assert ("sealed",) == way.refused("edit", "education", target="education-1")
    assert ("sealed",) == way.refused("delete", "education", target="education-1")
    way.do("edit", "education", target="education-2", of={"remark": "已更正"})
    way.do("delete", "education", target="education-2")
    assert ("target",) == way.refused("edit", "education", target="education-2")
    assert ("target",) == way.refused("delete", "education", target="no-such-record")
    assert ("target",) == way.refused("delete", "education")


def test_what_was_sent_back_is_not_edited(walk: Walks) -> None:
    """It stays as it was when it was returned."""
    way = walk().to_prospect()
    way.do("send-back", stage="activist", reason="材料有误")
    way.file("determination-filing")
    way.do("decide", "prospect-consent", by="committee", of={"outcome": "approved"})

    assert ("target",) == way.refused(
        "edit", "prospect-decision", target="prospect-decision-1", of={"outcome": "passed"}
    )
    way.do("record", "prospect-decision", of={"outcome": "passed"})
    assert ["returned", "effective"] == way.statuses("prospect-decision")


def test_ids_are_never_used_twice(walk: Walks) -> None:
    """Neither one that was deleted, nor one that an adopted dossier brings."""
    way = walk(records={"talk": (Talk(id="talk-2"),)}, recorded_kinds=frozenset({"talk"}))
    way.do("record", "talk")
    way.do("delete", "talk", target="talk-3")
    way.do("record", "talk")

    assert ["talk-2", "talk-3", "talk-4"] == [one.id for one in way.dossier.records["talk"]]


def test_the_person_is_described_anew(walk: Walks) -> None:
    """By the branch, or by themselves."""
    way = walk()
    way.do("describe", by="applicant", person=Person(name="张三", nation="汉族"))

    assert "汉族" == way.dossier.person.nation
    assert () == way.do("describe").changes


def test_looking_changes_nothing(walk: Walks) -> None:
    """It is granted, or it is not."""
    decided = walk().do("view")

    assert (("view"), (), False) == (decided.rule, decided.changes, decided.ended)


def test_changes_are_made_in_their_order(walk: Walks) -> None:
    """A record with a known id replaces the old one, a member too; a branch brings its committee."""
    dossier = walk().dossier
    changes = (
        PutRecord("talk", Talk(id="t")),
        PutRecord("talk", Talk(id="t", title="再谈")),
        PutRecord("talk", Talk(id=None)),
        PutPerson(Person(name="李四")),
        PutMember(Member("m", name="王五")),
        PutMember(Member("m", name="赵六")),
        PutBranch(Organisation(id="b2"), Organisation(id="c2")),
    )

    after = apply(dossier, changes)

    assert [("t", "再谈"), (None, None)] == [(one.id, one.title) for one in after.records["talk"]]
    assert ("李四", ["赵六"]) == (after.person.name, [one.name for one in after.members])
    assert ("b2", "c2") == (after.branch.id, after.superior.id)
    assert {} == dict(dossier.records)


def test_the_reference_decides_alike(walk: Walks, rules: devrules.Rules) -> None:
    """Where durable-rules cannot be imported, the process works all the same."""
    plain = Process(rules.process.law, lambda *_: (), "reference")

    assert "reference" == plain.engine.name
    assert walk().to_full().dossier == walk(process=plain).to_full().dossier


def test_rules_without_a_process_let_nobody_do_anything(club: devrules.Rules) -> None:
    """They judge all the same."""
    assert {} == dict(club.process.permissions)
    assert () == club.process.available(Dossier("d"), Actor("x", "branch"), as_of=DAY)
    with pytest.raises(UsageError, match="the process knows no command 'view'"):
        club.process.decide(Dossier("d"), Command(verb="view"), Actor("x", "branch"), as_of=DAY)


def test_another_law_has_another_process(club_with: Callable[..., Any]) -> None:
    """Nothing of the roles, stages and kinds is written in Python."""
    [club] = club_with()
    process = Process(process_law([club], club.kinds), lambda *_: (), "reference")
    dossier = Dossier("d", branch=Organisation(id="b"))
    reader, secretary = Actor("x", "reader", dossier="d"), Actor("y", "secretary", "b")

    handed_in = process.decide(dossier, Command(verb="hand-in", kind="application"), reader, as_of=DAY)
    assert isinstance(handed_in, Decided)
    assert "submitted" == handed_in.dossier.records["application"][0].status
    refused = process.decide(handed_in.dossier, Command(verb="file", kind="filing"), secretary, as_of=DAY)
    assert isinstance(refused, Refusal)
    assert ("present",) == refused.unmet
    ended = process.decide(dossier, Command(verb="hand-in", kind="review"), reader, as_of=DAY)
    assert isinstance(ended, Decided)
    assert ended.ended


def test_a_statement_with_nothing_in_it_says_nothing(walk: Walks, process: Process) -> None:
    """Its text may stand in the command, in the record, or in a file."""
    way = walk(process=process)
    way.file("activist-filing")
    file = Attachment("说明.pdf")

    for nothing in ({}, {"content": " "}, {"record": Document()}, {"record": Document(content="")}):
        assert ("content",) == way.refused("explain", **nothing)
    for something in (
        {"content": "补办"},
        {"record": Document(content="补办")},
        {"record": Document(attachments=(file,))},
    ):
        assert isinstance(way.decide("explain", **something), Decided)


def test_an_ending_of_a_ledger_ends(walk: Walks) -> None:
    """A dossier that was refused elsewhere is at its end here."""
    ended = {"termination": (Termination(id="1"),)}
    assert walk(records=ended).state.ended
    assert not walk(records={"recorded-activist-day": (Event(id="1"),)}).state.ended
