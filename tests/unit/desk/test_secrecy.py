"""Nothing leaks from one actor to another, and nobody puts what is not theirs to put."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import devrules
from devrules import Actor, Desk
from devrules.days import Day
from devrules.desk.attachments import attach
from devrules.desk.memory import MemoryStore
from devrules.desk.office import Office, Refused
from devrules.desk.organisations import read_organisations
from devrules.desk.ports import Unit
from devrules.dossier.model import Member, Organisation, Person
from devrules.errors import DevrulesError, InvalidInput, UsageError

BRANCH, SISTER = Actor("admin-1", "branch", "b1"), Actor("admin-2", "branch", "b2")
FOREIGN, CONTACT = Actor("committee-9", "committee", "c9"), Actor("m1", "contact")
COMMITTEE = Actor("committee-1", "committee", "c1")
TREE = read_organisations(
    {
        "c1": {"name": "党委"},
        "b1": {"name": "第一党支部", "under": "c1"},
        "b2": {"name": "第二党支部", "under": "c1"},
        "c9": {"name": "外单位党委"},
    }
)
FULL = Day.parse("2005-07-01")
MEMBERS = {"b1": [Member(one, name, full_since=FULL, branch="b1") for one, name in (("m1", "李四"), ("m2", "王五"))]}
SECRET = attach("谈话.txt", "谈话内容".encode(), most=1000)


@pytest.fixture(scope="module")
def rules() -> devrules.Rules:
    return devrules.load()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def desk(rules: devrules.Rules, store: MemoryStore) -> Desk:
    return Desk(Office(rules, store, tree=TREE, members=MEMBERS.get))


@pytest.fixture
def applicant(desk: Desk) -> Actor:
    """An activist with contacts, of whom the branch noted a talk that they may not read."""
    secret, _ = desk.registration.make(BRANCH)
    dossier = desk.registration.register(secret, account="zhang", person=Person(name="张三"))
    own = Actor("zhang", "applicant", dossier=dossier)

    def on(day: str, who: Actor, verb: str, kind: str, record: Any = None, **stated: Any) -> None:
        desk.do(who, dossier, verb, kind, as_of=date.fromisoformat(day), record=record, **stated)

    on("2024-03-01", own, "hand-in", "application", {"received": "2024-03-01"})
    on("2024-03-02", BRANCH, "approve", "application")
    talk = {"day": "2024-03-04", "talker": "石守拙", "content": "谈话内容"}
    on("2024-03-04", BRANCH, "record", "talk", talk, files={"谈话.txt": SECRET.kept.content})
    on("2024-09-20", BRANCH, "record", "activist-decision", {"day": "2024-09-20", "outcome": "passed"})
    on("2024-09-25", BRANCH, "file", "activist-filing", acknowledge=True)
    on("2024-09-26", BRANCH, "record", "contact-assignment", {"day": "2024-09-26", "people": ["m1", "m2"]})
    return own


def test_a_list_holds_of_a_dossier_only_what_the_actor_may_read(desk: Desk, applicant: Actor) -> None:
    for actor in (applicant, CONTACT):
        [row] = desk.find(actor).rows
        assert "talk" not in json.loads(row.body)["records"]
    [row] = desk.find(BRANCH).rows
    assert "talk" in json.loads(row.body)["records"]


def test_an_applicant_sees_no_members_of_whom_no_shown_record_speaks(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    assert desk.dossier(applicant, applicant.dossier).members == ()
    assert [one.id for one in desk.dossier(CONTACT, applicant.dossier).members] == ["m1", "m2"]


def test_lamps_and_members_are_shown_only_to_those_who_read_all(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    for actor in (applicant, CONTACT):
        with pytest.raises(Refused, match="不能查看亮灯提示"):
            desk.preview(actor, applicant.dossier, "determination-filing")
        with pytest.raises(Refused, match="不能查看党员名单"):
            desk.candidates(actor, applicant.dossier, "contact-assignment")
    assert desk.preview(COMMITTEE, applicant.dossier, "determination-filing").lamps
    assert len(desk.candidates(BRANCH, applicant.dossier, "contact-assignment")) == 2


def test_a_refusal_to_show_names_role_and_deed_in_both_languages(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    with pytest.raises(Refused) as caught:
        desk.journal(applicant, applicant.dossier)
    [said] = caught.value.refusal.says
    assert said.zh == "申请人本人不能查看纪实"
    assert said.en == "the applicant may not do this (look at the journal)"


def test_a_file_is_not_to_be_had_by_naming_its_digest(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    stolen = {"content": "学习体会", "attachments": [{"name": "a.txt", "digest": SECRET.named.digest}]}
    with pytest.raises(InvalidInput, match="not in this dossier"):
        desk.do(applicant, applicant.dossier, "hand-in", "thought-report", record=stolen)
    with pytest.raises(UsageError):
        desk.attachment(applicant, applicant.dossier, SECRET.named.digest or "")


def test_an_edited_record_may_name_the_files_that_it_has(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    review = {"day": "2025-03-04", "by": "支部"}
    desk.do(BRANCH, applicant.dossier, "record", "activist-review", record=review, files={"a.txt": b"a"})
    [before] = desk.dossier(BRANCH, applicant.dossier).records["activist-review"]
    edited = {**review, "outcome": "合格", "attachments": [{"name": "a.txt", "digest": before.attachments[0].digest}]}
    target = before.id
    desk.do(BRANCH, applicant.dossier, "edit", "activist-review", target=target, record=edited)
    assert desk.attachment(BRANCH, applicant.dossier, before.attachments[0].digest or "") == b"a"


def test_a_command_puts_only_members_whom_its_record_names(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    false = Member("m2", "赵六", full_since=Day.parse("1990-01-01"))
    opinion = {"day": "2024-12-01", "by": "m1", "content": "表现良好"}
    desk.do(CONTACT, applicant.dossier, "record", "cultivation-opinion", record=opinion, members=(false,))
    assert false not in desk.dossier(BRANCH, applicant.dossier).members


@pytest.mark.parametrize("verb", ["view", "open", "make-code", "list-codes", "describe"])
def test_what_changes_nothing_is_no_entry_in_a_journal(desk: Desk, applicant: Actor, verb: str) -> None:
    assert applicant.dossier is not None
    version = desk.version(BRANCH, applicant.dossier)
    with pytest.raises(UsageError, match="nothing is stated that changes"):
        desk.do(BRANCH, applicant.dossier, verb)
    assert desk.version(BRANCH, applicant.dossier) == version


def test_nobody_reads_messages_by_calling_themselves_as_a_dossier(desk: Desk, applicant: Actor) -> None:
    assert desk.inbox(applicant)
    assert desk.inbox(Actor(applicant.dossier or "", "applicant")) == ()


def test_whoever_takes_over_cannot_let_a_foreign_committee_in(desk: Desk, applicant: Actor) -> None:
    assert applicant.dossier is not None
    desk.do(BRANCH, applicant.dossier, "hand-over", branch={"id": "b2"})
    desk.do(SISTER, applicant.dossier, "take-over", superior=Organisation("c9"))
    assert desk.dossier(SISTER, applicant.dossier).superior.id == "c1"
    with pytest.raises(Refused):
        desk.dossier(FOREIGN, applicant.dossier)


def test_an_organisation_that_is_no_object_is_named(desk: Desk, applicant: Actor) -> None:
    with pytest.raises(InvalidInput, match="branch"):
        desk.do(BRANCH, applicant.dossier or "", "hand-over", branch="b2")


def test_no_digest_of_a_command_is_kept_that_nobody_can_repeat(
    monkeypatch: pytest.MonkeyPatch, applicant: Actor, desk: Desk, store: MemoryStore
) -> None:
    """It is not salted: whoever knows the rest could find out a number in it, also after that was redacted."""
    written: list[Unit] = []
    monkeypatch.setattr(store, "commit", written.append)
    desk.do(BRANCH, applicant.dossier or "", "describe", person=Person(name="张三", id_number="110101199003078515"))
    [unit] = written
    assert json.loads(unit.result)["request"] == ""


@pytest.mark.parametrize(
    ("kind", "stated", "said"),
    [
        ("talk", {"record": "谈话"}, r"\$"),
        (None, {"person": "张三"}, "person"),
        ("talk", {"as_of": "2024-03-04"}, "as_of is a datetime.date, not str"),
        ("talk", {"as_of": datetime(2024, 3, 4, tzinfo=UTC)}, "as_of is a datetime.date, not datetime"),
        ("talk", {"files": {"a.txt": "a"}}, "is str, not bytes"),
    ],
)
def test_what_a_request_gets_wrong_is_named(
    desk: Desk, applicant: Actor, kind: str | None, stated: dict[str, Any], said: str
) -> None:
    """A web service answers it as a mistake of the request, not as one of its own."""
    with pytest.raises(DevrulesError, match=said):
        desk.do(BRANCH, applicant.dossier or "", "record" if kind else "describe", kind, **stated)


def test_an_id_that_cannot_be_written_is_no_dossier(rules: devrules.Rules, tmp_path: Path) -> None:
    desk = Desk.open(f"sqlite:///{tmp_path}/party.db", rules=rules)
    with pytest.raises(Refused, match="没有这份卷宗"):
        desk.dossier(BRANCH, "\ud83d")
    with pytest.raises(Refused, match="没有这份卷宗"):
        desk.do(BRANCH, "\ud83d", "record", "talk")
    desk.close()


def test_a_contact_writes_in_the_own_name_only(desk: Desk, applicant: Actor) -> None:
    """Not in another's, and nobody changes what another contact wrote; the branch may."""
    dossier = str(applicant.dossier)
    other = Actor("m2", "contact")
    opinion = {"day": "2024-10-01", "content": "……"}
    desk.do(CONTACT, dossier, "record", "cultivation-opinion", record=opinion)

    assert ["m1"] == [one.by for one in desk.dossier(BRANCH, dossier).records["cultivation-opinion"]]  # type: ignore[attr-defined]
    for actor, verb, stated in (
        (CONTACT, "record", {"record": {**opinion, "by": "m2"}}),
        (other, "edit", {"record": opinion, "target": "cultivation-opinion-1"}),
        (other, "delete", {"target": "cultivation-opinion-1"}),
    ):
        with pytest.raises(Refused) as refused:
            desk.do(actor, dossier, verb, "cultivation-opinion", **stated)
        assert ("author",) == refused.value.refusal.unmet
    desk.do(BRANCH, dossier, "delete", "cultivation-opinion", target="cultivation-opinion-1")


def test_no_redaction_moves_the_person(desk: Desk, applicant: Actor) -> None:
    """Taking away a filing or a decision would let it be made again."""
    dossier = str(applicant.dossier)
    journal = desk.journal(BRANCH, dossier)
    filing = next(event.number for event in journal if event and event.verb == "file")
    talk = next(event.number for event in journal if event and event.rule == "record:talk")
    with pytest.raises(UsageError, match="where the person stands"):
        desk.redact(COMMITTEE, dossier, filing, reason="……")
    desk.redact(COMMITTEE, dossier, talk, reason="……")

    assert "talk" not in desk.dossier(BRANCH, dossier).records


def test_a_list_or_a_file_that_was_altered_beside_the_journal_shows(
    desk: Desk, store: MemoryStore, applicant: Actor
) -> None:
    """The chain holds neither; they are compared with what it makes."""
    row = store.row(str(applicant.dossier))
    assert row is not None
    assert () == desk.verify()
    store._rows[row.id] = attrs.evolve(row, branch="b2")
    store._attachments[SECRET.kept.digest] = b"altered"

    assert ["row", "file"] == [breach.sign for breach in desk.verify()]


def test_a_dossier_is_opened_once_with_one_command_id(desk: Desk) -> None:
    """The same request gives the same dossier; another one is refused."""
    first = desk.begin(BRANCH, {"name": "张三"}, command_id="k1")

    assert first == desk.begin(BRANCH, {"name": "张三"}, command_id="k1")
    assert 1 == len(desk.find(BRANCH).rows)
    with pytest.raises(UsageError, match="another command"):
        desk.begin(BRANCH, {"name": "李四"}, command_id="k1")
