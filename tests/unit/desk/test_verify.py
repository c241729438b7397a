"""Whoever tampers with a journal leaves a sign, in it or against the heads that were exported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import attrs
import pytest

from devrules.desk.events import Event
from devrules.desk.heads import Head, heads, read_heads, write_heads
from devrules.desk.ports import StoredEvent
from devrules.desk.redaction import redaction
from devrules.desk.seal import chain_of, digest_of, seal
from devrules.desk.verify import Breach, verify, verify_heads, verify_store
from devrules.errors import InvalidInput
from devrules.process.model import Actor

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRETARY = Actor("u1", "branch-secretary", "b1")


@attrs.frozen
class Kept:
    """The part of a store that is verified."""

    entries: tuple[StoredEvent, ...]

    def streams(self) -> tuple[str, ...]:
        return tuple(sorted({entry.stream for entry in self.entries}))

    def events(self, stream: str) -> tuple[StoredEvent, ...]:
        return tuple(entry for entry in self.entries if entry.stream == stream)


def journal(count: int, stream: str = "7", reason: str = "补录") -> list[StoredEvent]:
    """The first entries of a stream."""
    entries: list[StoredEvent] = []
    for number in range(1, count + 1):
        event = Event(
            stream=stream, number=number, at=NOON, actor=SECRETARY, verb="record", rule="record:talk", reason=reason
        )
        entries.append(seal(event, entries[-1] if entries else None))
    return entries


def signs(entries: Iterable[StoredEvent]) -> list[tuple[str, int, str]]:
    """What is found, shortly."""
    return [(breach.stream, breach.number, breach.sign) for breach in verify(entries)]


def changed(entries: list[StoredEvent], number: int, **parts: object) -> list[StoredEvent]:
    """The entries, one of which is another."""
    return [attrs.evolve(one, **parts) if one.number == number else one for one in entries]  # type: ignore[arg-type]  # tampering


def test_a_journal_as_it_was_sealed_has_no_sign() -> None:
    """Several streams, in any order."""
    entries = [*journal(3), *journal(2, "organisation:b1"), *journal(1, "8")]

    assert [] == signs(entries) == signs(reversed(entries)) == signs([])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", datetime(2026, 6, 2, 12, tzinfo=UTC)),
        ("at", datetime(2026, 6, 1, 12, 0, 0, 1, tzinfo=UTC)),
        ("actor", "u2"),
        ("role", "contact"),
        ("organisation", None),
        ("verb", "approve"),
        ("rule", "approve:talk"),
        ("granted", False),
        ("version", 2),
    ],
)
def test_a_changed_entry_is_named_and_no_other(field: str, value: object) -> None:
    """The links that are kept behind it still hold."""
    assert [("7", 2, "chain")] == signs(changed(journal(3), 2, **{field: value}))


def test_a_changed_body_is_named_and_no_other() -> None:
    """So is a changed salt, half a redaction, and a digit moved between the two."""
    entries = journal(3)
    body, salt = entries[1].body or "", entries[1].salt or ""
    for parts in (
        {"body": '{"reason":"另"}'},
        {"salt": salt[::-1]},
        {"body": None},
        {"salt": None},
        {"salt": salt + body[0], "body": body[1:]},
        {"body": "\ud800"},
    ):
        assert [("7", 2, "body")] == signs(changed(entries, 2, **parts))


def test_a_body_that_was_sealed_anew_is_named() -> None:
    """Whoever makes a new digest breaks the chain."""
    salt = "0" * 64
    anew = {"body": "{}", "salt": salt, "digest": digest_of("{}", salt)}

    assert [("7", 2, "chain")] == signs(changed(journal(3), 2, **anew))


def test_a_link_that_was_made_anew_breaks_the_next_one() -> None:
    """Whoever changes an entry in full must change all that follow."""
    entries = changed(journal(3), 2, actor="u2")
    entries = changed(entries, 2, chain=chain_of(entries[1], entries[0]))

    assert [("7", 3, "chain")] == signs(entries)


def test_a_removed_entry_is_named() -> None:
    """And the next one follows nothing."""
    first, _, third = journal(3)

    assert [("7", 2, "missing"), ("7", 3, "chain")] == signs([first, third])
    assert [("7", 1, "missing"), ("7", 3, "chain")] == signs([third])


def test_entries_that_were_added_moved_or_doubled_are_named() -> None:
    """A number stands once, from 1 on, and an entry belongs to its stream."""
    first, second = journal(2)

    assert [("7", 2, "out-of-place"), ("7", 2, "chain")] == signs([first, second, second])
    assert [("7", 0, "out-of-place"), ("7", 0, "chain"), ("7", 1, "chain")] == signs(
        [attrs.evolve(first, number=0), first]
    )
    assert ("7", 1, "chain") in signs([attrs.evolve(second, number=1), attrs.evolve(first, number=2)])
    assert [("8", 1, "chain")] == signs([attrs.evolve(first, stream="8")])


def test_a_declared_redaction_leaves_no_sign() -> None:
    """The digest and the chain stay valid."""
    entries = journal(2)
    said = seal(redaction(entries[0], entries[-1], at=NOON, actor=SECRETARY, reason="应本人请求"), entries[-1])

    assert [] == signs([*changed(entries, 1, body=None, salt=None), said])
    assert [("7", 1, "left-over")] == signs([*entries, said])
    assert [("7", 1, "left-over"), ("7", 1, "body")] == signs([*changed(entries, 1, body=None), said])


def test_a_body_that_was_taken_away_in_silence_is_named() -> None:
    """Somebody must have declared it; and what else is changed there is found, too."""
    assert [("7", 2, "undeclared")] == signs(changed(journal(3), 2, body=None, salt=None))
    assert [("7", 2, "chain"), ("7", 2, "undeclared")] == signs(
        changed(journal(3), 2, body=None, salt=None, digest="0")
    )


def test_a_spoilt_declaration_declares_nothing() -> None:
    """It does not stop the rest from being verified."""
    entries = journal(2)
    said = seal(redaction(entries[0], entries[-1], at=NOON, actor=SECRETARY, reason="应本人请求"), entries[-1])
    gone = changed(entries, 1, body=None, salt=None)

    assert [("7", 1, "undeclared"), ("7", 3, "body")] == signs([*gone, attrs.evolve(said, body="{")])


def test_a_removed_end_shows_against_the_heads() -> None:
    """In itself the rest is sound; a whole stream may be gone, too."""
    kept = Kept((*journal(3), *journal(1, "8")))
    before = heads(kept)
    cut = Kept(kept.entries[:2])

    assert () == verify_store(kept, before) == verify_store(cut)
    assert (Breach("7", 3, "truncated"), Breach("8", 1, "truncated")) == verify_store(cut, before)


def test_a_history_written_anew_shows_against_the_heads() -> None:
    """It is sound in itself."""
    before = heads(Kept(tuple(journal(3))))
    anew = Kept(tuple(journal(4, reason="另一事由")))

    assert () == verify_store(anew)
    assert (Breach("7", 3, "rewritten"),) == verify_store(anew, before) == verify_heads(anew, before)


def test_a_journal_may_go_on_after_its_heads_were_exported() -> None:
    """New entries and new streams are no sign."""
    entries = journal(4)

    assert () == verify_heads(Kept((*entries, *journal(1, "8"))), heads(Kept(tuple(entries[:2]))))


def test_a_redaction_does_not_change_the_heads_from_before() -> None:
    """What was exported stays good."""
    entries = journal(2)
    said = seal(redaction(entries[1], entries[-1], at=NOON, actor=SECRETARY, reason="应本人请求"), entries[-1])
    after = Kept((*changed(entries, 2, body=None, salt=None), said))

    assert () == verify_store(after, heads(Kept(tuple(entries))))


def test_a_store_with_a_changed_entry_names_it() -> None:
    """Each stream is verified by itself."""
    entries = (*journal(2), *changed(journal(2, "8"), 1, actor="u2"))

    assert (Breach("8", 1, "chain"),) == verify_store(Kept(entries))


def test_heads_are_read_as_they_were_written() -> None:
    """One object a line, so that exports can be put one behind the other."""
    kept = Kept((*journal(2), *journal(1, "organisation:甲")))
    text = write_heads(heads(kept))

    assert ["7", "organisation:甲"] == [json.loads(line)["stream"] for line in text.splitlines()]
    assert heads(kept) == read_heads(text)
    assert heads(kept) * 2 == read_heads(f"{text}\n{text}")
    assert () == heads(Kept(())) == read_heads("")


def test_a_stream_may_have_any_name() -> None:
    """A name with a line separator in it stays in its line."""
    found = (Head("甲\u2028\n乙", 1, "0"),)

    assert found == read_heads(write_heads(found))


def test_every_line_that_is_no_head_is_told() -> None:
    """With its number and its fields."""
    with pytest.raises(InvalidInput) as caught:
        read_heads('{"stream":"7","number":1,"chain":"0"}\n{\n{"stream":"7","number":"1"}\n', where="heads.jsonl")

    assert {"heads.jsonl line 2", "heads.jsonl line 3 $.number", "heads.jsonl line 3 $.chain"} == {
        problem.where for problem in caught.value.problems
    }


def test_a_sign_says_what_was_found_in_both_languages() -> None:
    """With the stream and the number of the entry."""
    breach = Breach("7", 3, "truncated")

    assert "entry 3 of 7: it was there when the heads were exported, and is gone" == str(breach)
    assert "曾导出的链头已不存在" == breach.says.zh
