"""What random walks at the desk, and people at one moment, had found wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

import devrules
from devrules import Actor, Desk
from devrules.desk.memory import MemoryStore
from devrules.desk.office import Office
from devrules.desk.ports import Conflict, Unit
from devrules.dossier.model import Dossier, Organisation, Person
from devrules.dossier.shapes import Meeting, Talk

BRANCH = Actor("admin-1", "branch", "b1")
SISTER = Actor("admin-2", "branch", "b2")
COMMITTEE = Actor("committee-1", "committee", "c1")


class Tree:
    """Two branches under one committee."""

    def above(self, organisation: str) -> tuple[str, ...]:
        return ("c1",) if organisation in ("b1", "b2") else ()

    def below(self, organisation: str) -> tuple[str, ...]:
        return ("b1", "b2") if organisation == "c1" else ()

    def name(self, organisation: str) -> str:
        return organisation


class Clock:
    """A clock that can be set."""

    now = datetime(2025, 9, 1, 15, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Crowded(MemoryStore):
    """A store at which others are faster for a while, whenever somebody registers."""

    conflicts = 0

    def commit(self, unit: Unit) -> None:
        """Write, unless somebody else was faster."""
        if unit.accounts and self.conflicts:
            self.conflicts -= 1
            raise Conflict("code")
        super().commit(unit)


@pytest.fixture(scope="module")
def rules() -> devrules.Rules:
    """The national rules."""
    return devrules.load()


@pytest.fixture
def clock() -> Clock:
    """A minute before midnight in China."""
    return Clock()


@pytest.fixture
def store() -> Crowded:
    """Where the desk keeps things."""
    return Crowded()


@pytest.fixture
def desk(rules: devrules.Rules, clock: Clock, store: Crowded) -> Iterator[Desk]:
    """A desk in memory."""
    made = Desk(Office(rules=rules, store=store, clock=clock, tree=Tree()))
    yield made
    made.close()


def register(desk: Desk, account: str = "account-1") -> str:
    """Let somebody register."""
    secret, _ = desk.registration.make(BRANCH)
    return desk.registration.register(secret, account=account, person=Person(name="张三"))


def talk(desk: Desk, dossier: str, content: str = "……") -> devrules.Receipt:
    """Record a talk."""
    return desk.do(BRANCH, dossier, "record", "talk", record={"day": "2025-09-01", "content": content})


def test_a_dossier_is_one_person_s_for_good(desk: Desk) -> None:
    """Of two codes for it the second is refused once the first was used: nobody else gets at it."""
    opened = desk.begin(BRANCH, {"name": "张三"}).dossier
    first, second = (desk.registration.make(BRANCH, dossier=opened)[0] for _ in range(2))
    desk.registration.register(first, account="account-1", person=Person(name="张三"))

    with pytest.raises(devrules.Refused) as refused:
        desk.registration.register(second, account="thief", person=Person(name="李四"))
    assert ("code",) == refused.value.refusal.unmet
    assert desk.own_dossier("thief") is None
    assert "张三" == desk.dossier(BRANCH, opened).person.name


def test_a_code_does_not_follow_a_dossier_to_another_branch(desk: Desk) -> None:
    """The branch that has taken it over makes a code of its own."""
    opened = desk.begin(BRANCH, {"name": "张三"}).dossier
    secret, _ = desk.registration.make(BRANCH, dossier=opened)
    desk.do(BRANCH, opened, "hand-over", branch=Organisation(id="b2", kind="branch"))
    desk.do(SISTER, opened, "take-over")

    with pytest.raises(devrules.Refused):
        desk.registration.register(secret, account="account-1", person=Person(name="张三"))
    secret, _ = desk.registration.make(SISTER, dossier=opened)
    assert opened == desk.registration.register(secret, account="account-1", person=Person(name="张三"))


def test_whoever_waits_for_others_has_not_guessed(desk: Desk, store: Crowded) -> None:
    """In a full classroom the code is looked at again and again; that is one attempt."""
    secret, _ = desk.registration.make_for_many(BRANCH)
    store.conflicts = 30

    assert desk.registration.register(secret, account="account-1", person=Person(name="张三"), source="classroom")
    assert 0 == store.conflicts


def test_a_command_that_is_sent_again_after_midnight_is_the_same(desk: Desk, clock: Clock) -> None:
    """The day was not stated, so it is no other command."""
    dossier = register(desk)
    stated: dict[str, Any] = {"record": {"day": "2025-09-01"}, "command_id": "button-7"}
    first = desk.do(BRANCH, dossier, "record", "talk", **stated)
    clock.now += timedelta(minutes=2)

    assert first == desk.do(BRANCH, dossier, "record", "talk", **stated)
    with pytest.raises(devrules.UsageError, match="another command"):
        desk.do(BRANCH, dossier, "record", "talk", as_of=date(2025, 9, 1), **stated)


def test_records_that_are_adopted_have_an_id_of_their_own(desk: Desk) -> None:
    """A record without one gets none that another one has; editing one of them leaves the other."""
    known = Dossier("x", records={"talk": (Talk(id="talk-2", content="旧"), Talk(content="新"))})
    dossier = desk.adopt(BRANCH, known).dossier
    desk.do(BRANCH, dossier, "edit", "talk", target="talk-2", record={"day": "2025-09-01", "content": "改"})

    assert [("talk-2", "改"), ("talk-1", "新")] == [
        (one.id, one.content) for one in desk.dossier(BRANCH, dossier).records["talk"]
    ]


def test_two_records_of_one_id_are_not_adopted(desk: Desk) -> None:
    """Editing one would overwrite both."""
    with pytest.raises(devrules.InvalidInput, match=r"records\.talk: two records have the id 'a'"):
        desk.adopt(BRANCH, Dossier("x", records={"talk": (Talk(id="a"), Talk(id="a"))}))


def test_a_redaction_leaves_the_dossier_where_it_lies(desk: Desk) -> None:
    """The person's data were put by the registration, too, together with the branch."""
    dossier = register(desk)
    described = desk.do(BRANCH, dossier, "describe", person={"name": "张三", "phone": "13800000000"})
    talk(desk, dossier)

    assert (described.version, 1) == desk.redact(COMMITTEE, dossier, described.version, reason="应本人请求")
    left = desk.dossier(BRANCH, dossier)
    assert Person() == left.person
    assert ["talk-1"] == [one.id for one in left.records["talk"]]
    assert [dossier] == [row.id for row in desk.find(BRANCH).rows]
    assert () == desk.verify()


def test_a_redaction_of_one_filing_does_not_bring_back_another(desk: Desk, rules: devrules.Rules) -> None:
    """Both were sent back by one entry, which is redacted with the first: the second stays returned."""
    dossier = register(desk)
    application = {"received": "2025-09-01", "content": "……"}
    desk.do(Actor("account-1", "applicant", None, dossier), dossier, "hand-in", "application", record=application)
    filed = desk.do(BRANCH, dossier, "file", "activist-filing", acknowledge=True)
    desk.do(BRANCH, dossier, "file", "determination-filing", acknowledge=True)
    desk.do(COMMITTEE, dossier, "decide", "prospect-consent", record={"outcome": "approved"})
    desk.do(BRANCH, dossier, "record", "prospect-decision", record={"day": "2025-09-01", "outcome": "passed"})
    desk.do(BRANCH, dossier, "send-back", stage="applicant", reason="材料有误")

    desk.redact(COMMITTEE, dossier, filed.version, reason="应本人请求")
    left = desk.dossier(COMMITTEE, dossier)
    assert "applicant" == rules.process.state(left).stage
    assert "activist-filing" not in left.records
    assert ["returned"] == [one.status for one in left.records["determination-filing"]]


def test_what_was_put_again_after_a_redaction_can_be_redacted(desk: Desk) -> None:
    """And what is left then is put again."""
    dossier = register(desk)
    described = desk.do(BRANCH, dossier, "describe", person={"name": "张三"})
    first, second = talk(desk, dossier, "甲"), talk(desk, dossier, "乙")
    desk.redact(COMMITTEE, dossier, described.version, reason="应本人请求")
    desk.redact(COMMITTEE, dossier, first.version, reason="应本人请求")

    assert ["乙"] == [one.content for one in desk.dossier(BRANCH, dossier).records["talk"]]
    bodies = [entry.body or "" for entry in desk._office.store.events(dossier)]
    assert not any("甲" in body for body in bodies)
    assert second.records == ("talk-2",)
    assert () == desk.verify()


def test_an_id_that_a_filing_still_names_is_given_to_no_new_record(desk: Desk) -> None:
    """Else a talk that is new would be taken for one that went up and was redacted, and could not be edited."""
    dossier = register(desk)
    filed = talk(desk, dossier)
    desk.do(BRANCH, dossier, "file", "activist-filing", acknowledge=True)
    desk.redact(COMMITTEE, dossier, filed.version, reason="应本人请求")
    desk.do(BRANCH, dossier, "send-back", stage="applicant", reason="补谈话记录")

    assert ("talk-2",) == talk(desk, dossier).records


def test_nobody_is_sent_back_into_a_stage_that_they_skipped(desk: Desk) -> None:
    """Of somebody who was adopted as a prospect nothing says that they were an activist."""
    listed = Meeting(outcome="passed")
    dossier = desk.adopt(BRANCH, Dossier("x", records={"prospect-decision": (listed,)})).dossier

    with pytest.raises(devrules.Refused) as refused:
        desk.do(BRANCH, dossier, "send-back", stage="activist", reason="材料有误")
    assert ("earlier",) == refused.value.refusal.unmet
    assert "applicant" == desk.do(BRANCH, dossier, "send-back", stage="applicant", reason="材料有误").stage
