"""The entries of a journal to whatever shows that somebody tampered with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import attrs

from devrules.desk.heads import Head, Streams
from devrules.desk.ports import StoredEvent
from devrules.desk.redaction import declared
from devrules.desk.seal import SALT_LENGTH, chain_of, digest_of
from devrules.law.model import Text

Sign: TypeAlias = Literal[
    "missing",
    "out-of-place",
    "chain",
    "body",
    "undeclared",
    "left-over",
    "truncated",
    "rewritten",
    "row",
    "file",
]

_SAYS: Mapping[Sign, Text] = {
    "missing": Text("缺少该条目", "this entry is missing"),
    "out-of-place": Text("编号不应出现在此处", "an entry with this number is where none should be"),
    "chain": Text("条目被改动，或与前一条不衔接", "it was changed, or does not follow from the entry before it"),
    "body": Text("正文与摘要不符", "its body is not the one that was sealed"),
    "undeclared": Text("正文已被删去，但没有条目说明由谁删去", "its body was taken away, and no entry says by whom"),
    "left-over": Text("已登记删去，但正文仍在", "it is declared to be redacted, and its body is there still"),
    "truncated": Text("曾导出的链头已不存在", "it was there when the heads were exported, and is gone"),
    "row": Text("列表数据与纪实不符", "what lists show is not what the journal makes"),
    "file": Text("附件缺失或被改动", "an attachment is gone or was altered"),
    "rewritten": Text("与曾导出的链头不符，历史被改写", "it is not what it was when the heads were exported"),
}


@attrs.frozen
class Breach:
    """
    A sign that an entry is not as it was sealed.

    Args:
        stream: The stream.
        number: The entry.
        sign: What was found.
    """

    stream: str
    number: int
    sign: Sign

    @property
    def says(self) -> Text:
        """Say it in words."""
        return _SAYS[self.sign]

    def __str__(self) -> str:
        return f"entry {self.number} of {self.stream}: {self.says.en}"


def verify(entries: Iterable[StoredEvent]) -> tuple[Breach, ...]:
    """
    Look for entries that were changed, removed, added or moved since they were sealed.

    Entries at the end that were removed, and a stream that was sealed anew from some entry on, leave no sign here: only
    heads that are kept elsewhere show it (:func:`verify_heads`).

    Args:
        entries: Whole streams, in any order.

    Returns:
        Every sign, in the order of streams and numbers; none where all is as it was sealed. Behind an entry that is
        missing or whose link was changed, the next one carries a sign, too.
    """
    streams: dict[str, list[StoredEvent]] = {}
    for entry in entries:
        streams.setdefault(entry.stream, []).append(entry)
    return tuple(
        breach
        for stream in sorted(streams)
        for breach in _in_stream(sorted(streams[stream], key=lambda entry: entry.number))
    )


def verify_heads(store: Streams, heads: Iterable[Head]) -> tuple[Breach, ...]:
    """
    Compare a journal with heads that were exported before.

    Args:
        store: Where the journal is kept.
        heads: The heads; several of one stream, if they were exported several times.

    Returns:
        The heads that are gone, or that are not as they were.
    """
    return tuple(breach for head in heads for breach in _at_head(store.events(head.stream), head))


def verify_store(store: Streams, heads: Iterable[Head] = ()) -> tuple[Breach, ...]:
    """Verify every stream of a store, one after the other, and compare it with *heads* that were exported before."""
    found = [breach for stream in store.streams() for breach in verify(store.events(stream))]
    return (*found, *verify_heads(store, heads))


def _in_stream(entries: list[StoredEvent]) -> Iterator[Breach]:
    hidden = declared(entries)
    previous = None
    for entry in entries:
        expected = 1 if previous is None else previous.number + 1
        if entry.number > expected:
            yield Breach(entry.stream, expected, "missing")
        if entry.number < expected:
            yield Breach(entry.stream, entry.number, "out-of-place")
        if entry.chain != chain_of(entry, previous):
            yield Breach(entry.stream, entry.number, "chain")
        yield from _in_body(entry, declared=entry.number in hidden)
        previous = entry


def _in_body(entry: StoredEvent, *, declared: bool) -> Iterator[Breach]:
    gone = entry.body is None and entry.salt is None
    if gone and not declared:
        yield Breach(entry.stream, entry.number, "undeclared")
    if not gone and declared:
        yield Breach(entry.stream, entry.number, "left-over")
    if not gone and not _as_sealed(entry):
        yield Breach(entry.stream, entry.number, "body")


def _as_sealed(entry: StoredEvent) -> bool:
    if entry.body is None or entry.salt is None or len(entry.salt) != SALT_LENGTH:
        return False
    return entry.digest == digest_of(entry.body, entry.salt)


def _at_head(entries: Iterable[StoredEvent], head: Head) -> Iterator[Breach]:
    chains = {entry.number: entry.chain for entry in entries}
    if head.number not in chains:
        yield Breach(head.stream, head.number, "truncated")
    elif chains[head.number] != head.chain:
        yield Breach(head.stream, head.number, "rewritten")
