"""A journal becomes a dossier again, and what is redacted is nowhere in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from devrules.desk.events import Event
from devrules.desk.journal import Folded, fold
from devrules.desk.ports import StoredEvent
from devrules.desk.redaction import also_in, declared, redaction, unfinished
from devrules.desk.seal import SALT_LENGTH, seal
from devrules.desk.verify import verify
from devrules.dossier.convert import write_dossier
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import Talk
from devrules.errors import InvalidInput, UsageError
from devrules.process.model import Actor, Change, PutBranch, PutDossier, PutMember, PutPerson, PutRecord, apply

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRETARY = Actor("u1", "branch-secretary", "b1")
PERSON = PutPerson(Person("张三", id_number="110101200001010018"))
TALK = PutRecord("talk", Talk(id="t1", status="draft", talker="王五", content="谈话内容"))
APPROVED = PutRecord("talk", attrs.evolve(TALK.record, status="effective"))


def event(number: int, *changes: Change, **parts: Any) -> Event:
    """An event of the dossier 7."""
    usual = {"stream": "7", "at": NOON, "actor": SECRETARY, "verb": "record", "rule": "record:talk"}
    return Event(number=number, changes=changes, **usual | parts)


def journal(*steps: tuple[Change, ...]) -> list[StoredEvent]:
    """The sealed entries of the dossier 7, one a step."""
    entries: list[StoredEvent] = []
    for number, changes in enumerate(steps, 1):
        entries.append(seal(event(number, *changes), entries[-1] if entries else None))
    return entries


def redact(entries: list[StoredEvent], number: int) -> list[StoredEvent]:
    """Redact one entry: declare it, and take the body away as a store does."""
    said = redaction(entries[number - 1], entries[-1], at=NOON, actor=SECRETARY, reason="应本人请求")
    gone = [attrs.evolve(one, body=None, salt=None) if one.number == number else one for one in entries]
    return [*gone, seal(said, entries[-1])]


def test_the_dossier_is_what_the_changes_made(kinds: Kinds) -> None:
    """Every kind is kept, as in any portal."""
    entries = journal((PERSON, PutMember(Member("m1", "李四"))), (TALK,), (APPROVED,))
    wanted = apply(
        Dossier("7", recorded_kinds=frozenset(kinds)), (PERSON, PutMember(Member("m1", "李四")), TALK, APPROVED)
    )

    assert Folded(wanted, 3) == fold(entries, "7", kinds)
    assert (APPROVED.record,) == wanted.records["talk"]


def test_without_entries_there_is_an_empty_dossier(kinds: Kinds) -> None:
    """Its version is 0, as that of a stream that is still to be written."""
    assert Folded(Dossier("7", recorded_kinds=frozenset(kinds)), 0) == fold([], "7", kinds)


def test_a_refusal_changes_nothing(kinds: Kinds) -> None:
    """It only stands in the journal."""
    [first] = journal((PERSON,))
    refused = seal(event(2, TALK, granted=False, unmet=("stage",)), first)

    assert (2, {}) == (fold([first, refused], "7", kinds).version, fold([first, refused], "7", kinds).dossier.records)


def test_an_adopted_dossier_is_whole_under_its_new_id(kinds: Kinds, member: Callable[..., Dossier]) -> None:
    """What its source does not keep stays unknown; what is done later is added."""
    old = member(
        id="old-9",
        recorded_kinds=["application", "talk.day"],
        person={"name": "张三"},
        application=[{"received": "2021-02"}],
        source={"file": "台账.xlsx", "row": 7},
    )
    made = fold(journal((PutDossier(old),), (TALK,)), "7", kinds).dossier

    assert attrs.evolve(old, id="7", records={**old.records, "talk": (TALK.record,)}) == made
    assert frozenset({"application", "talk.day"}) == made.recorded_kinds


def test_what_cannot_be_read_is_told_of_all_entries_at_once(kinds: Kinds) -> None:
    """A kind that the ruleset does not know any more, in two entries."""
    entries = journal((PutRecord("gone", Talk()),), (PERSON,), (PutRecord("lost", Talk()),))
    with pytest.raises(InvalidInput) as caught:
        fold(entries, "7", kinds)

    assert ["entry 1 of 7, change 1 $.record", "entry 3 of 7, change 1 $.record"] == [
        problem.where for problem in caught.value.problems
    ]


def test_a_salt_is_drawn_anew_for_every_entry() -> None:
    """The same body twice has two digests, so that nobody can tell from them that it was the same."""
    first, second = journal((TALK,), (TALK,))

    assert first.body == second.body
    assert first.digest != second.digest
    assert {SALT_LENGTH} == {len(one.salt or "") for one in (first, second)}


@pytest.mark.parametrize("salt", ["", "0f", "0" * (SALT_LENGTH + 1)])
def test_a_salt_of_another_length_is_refused(salt: str) -> None:
    """It might be read as a part of the body."""
    with pytest.raises(UsageError, match=f"a salt has 64 hexadecimal digits, this one has {len(salt)}"):
        seal(event(1), None, salt=salt)


@pytest.mark.parametrize(("stream", "number"), [("7", 1), ("7", 3), ("8", 2), ("8", 1)])
def test_only_the_next_event_of_a_stream_can_be_sealed(stream: str, number: int) -> None:
    """The error names both."""
    [first] = journal((PERSON,))
    with pytest.raises(UsageError, match=f"entry {number} of {stream} does not follow entry 1 of 7"):
        seal(event(number, stream=stream), first)


def test_the_first_event_of_a_stream_has_the_number_1() -> None:
    """There is nothing before it."""
    with pytest.raises(UsageError, match="entry 2 of 7 does not follow entry 0 of 7: the next one is entry 1"):
        seal(event(2), None)


def test_a_redacted_entry_is_left_out_and_named(kinds: Kinds) -> None:
    """The rest of the dossier is as it was, and the journal is sound."""
    entries = redact(journal((PERSON,), (TALK,), (PutMember(Member("m1")),)), 2)
    made = fold(entries, "7", kinds)

    assert (4, (2,)) == (made.version, made.redacted)
    assert ({}, "张三", (Member("m1"),)) == (made.dossier.records, made.dossier.person.name, made.dossier.members)
    assert () == verify(entries)


def test_from_its_declaration_on_a_redacted_body_is_not_read(kinds: Kinds) -> None:
    """The new row is made before the body is taken away: if that fails, nothing shows it any more."""
    entries = journal((PERSON,), (TALK,))
    said = seal(redaction(entries[0], entries[-1], at=NOON, actor=SECRETARY, reason="应本人请求"), entries[-1])
    made = fold([*entries, said], "7", kinds)

    assert "张三" not in str(write_dossier(made.dossier))
    assert (1,) == made.redacted == unfinished([*entries, said])
    assert () == unfinished(redact(entries, 1))


def test_the_journal_says_who_redacted_what_when_and_why() -> None:
    """That entry is sealed like every other."""
    entries = journal((PERSON,), (TALK,))
    said = redaction(entries[0], entries[-1], at=NOON, actor=SECRETARY, reason="应本人请求")
    wanted = event(3, verb="redact", rule="redact", about="1", reason="应本人请求")

    assert wanted == said


def test_a_refused_redaction_redacts_nothing(kinds: Kinds) -> None:
    """Neither does one that means itself, or no entry at all."""
    entries = journal((PERSON,))
    for parts in ({"granted": False, "about": "1"}, {"about": "2"}, {"about": "9" * 5000}, {"about": None}):
        other = seal(event(2, verb="redact", **parts), entries[0])

        assert frozenset() == declared([*entries, other])
        assert "张三" == fold([*entries, other], "7", kinds).dossier.person.name


def test_a_refused_redaction_may_itself_be_redacted() -> None:
    """What somebody wrote as its reason may be just what must not be kept."""
    refused = seal(event(1, verb="redact", granted=False, reason="110101200001010018"), None)

    assert "1" == redaction(refused, refused, at=NOON, actor=SECRETARY, reason="应本人请求").about


def test_what_cannot_be_redacted_is_refused_with_the_reason() -> None:
    """No reason, another stream, redacted before, or the entry that tells of a redaction."""
    entries = redact(journal((PERSON,), (TALK,)), 1)
    elsewhere = seal(event(1, stream="8"), None)
    attempts = {
        "entry 2 of 7: a redaction needs a reason": (entries[1], entries[-1], " "),
        "entry 1 of 8 is redacted in its own stream, not in 7": (elsewhere, entries[-1], "应本人请求"),
        "entry 1 of 7 was redacted before": (entries[0], entries[-1], "应本人请求"),
        "entry 3 of 7 says who redacted another one": (entries[2], entries[-1], "应本人请求"),
    }
    for said, (entry, last, reason) in attempts.items():
        with pytest.raises(UsageError, match=said):
            redaction(entry, last, at=NOON, actor=SECRETARY, reason=reason)


def test_names_the_other_entries_that_hold_the_same(kinds: Kinds, member: Callable[..., Dossier]) -> None:
    """A record is put again as a whole when it is approved; a whole dossier holds everything at once."""
    branch = PutBranch(Organisation("b1"), Organisation("c1"))
    adopted = PutDossier(member(talk=[{"id": "t1"}], members=[{"id": "m1"}]))
    entries = journal((adopted,), (PERSON,), (TALK,), (PutMember(Member("m1")),), (APPROVED,), (PERSON,), (branch,))

    assert (1, 5) == also_in(entries, 3, kinds)
    assert (1,) == also_in(entries, 4, kinds)
    assert (2, 3, 4, 5, 6, 7) == also_in(entries, 1, kinds)
    assert (1,) == also_in(entries, 7, kinds)
    assert (1,) == also_in(redact(entries, 5), 3, kinds)
    assert () == also_in(redact(entries, 3), 3, kinds)
    declared_only = [*entries, redact(entries, 5)[-1]]
    assert (1,) == also_in(declared_only, 3, kinds)


def test_records_without_an_id_are_never_the_same(kinds: Kinds) -> None:
    """Nothing replaces them."""
    entries = journal((PutRecord("talk", Talk()),), (PutRecord("talk", Talk()),))

    assert () == also_in(entries, 1, kinds)
