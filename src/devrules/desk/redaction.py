"""
What must not be kept any longer: the body of an entry is taken away, and a new entry says who did it and why.

The new entry is written first. From then on the old body is not read, and what can be made from the journal, such as
the row that lists show, is made without it; then the store takes it away for good. If it is stopped in between,
:func:`unfinished` tells what is left to do.

One entry may put several things, and others put some of them again. So what was not meant, and goes all the same, is
put again by one more entry (:data:`KEEP`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from devrules.desk.changes import touched
from devrules.desk.events import Event, read_event
from devrules.desk.ports import StoredEvent
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Person
from devrules.errors import InvalidInput, UsageError
from devrules.process.model import Actor

REDACT = "redact"
"""What was done, in the entry that says that another one was redacted."""

KEEP = "redact:keep"
"""The rule of the entry that puts again what was not meant: the dossier as it is then, in the order in which it was."""


def redaction(
    entry: StoredEvent, last: StoredEvent, *, at: datetime, actor: Actor, reason: str, rule: str = REDACT
) -> Event:
    """
    Make the event that says that an entry is redacted; to be sealed behind the *last* one of the stream.

    Args:
        entry: Whose body is to be taken away.
        last: The last entry of the same stream.
        at: When.
        actor: Who does it.
        reason: Why: it is kept for good, so it should not say again what is taken away.
        rule: The rule of the process that lets it pass.

    Raises:
        UsageError: When no reason is given, the entry is of another stream, was redacted before, or says itself that
            another one was redacted.
    """
    which = f"entry {entry.number} of {entry.stream}"
    if not reason.strip():
        raise UsageError(f"{which}: a redaction needs a reason")
    if entry.stream != last.stream:
        raise UsageError(f"{which} is redacted in its own stream, not in {last.stream}")
    if entry.body is None:
        raise UsageError(f"{which} was redacted before")
    if entry.verb == REDACT and entry.granted and entry.rule != KEEP:
        raise UsageError(f"{which} says who redacted another one, and why: that is kept")
    return Event(
        stream=entry.stream,
        number=last.number + 1,
        at=at,
        actor=actor,
        verb=REDACT,
        rule=rule,
        reason=reason,
        about=str(entry.number),
    )


def declared(entries: Iterable[StoredEvent]) -> frozenset[int]:
    """Number the entries of a stream of which another one says that they are redacted."""
    return frozenset(_declared(tuple(entries)))


def unfinished(entries: Iterable[StoredEvent]) -> tuple[int, ...]:
    """Number the entries of a stream that are declared to be redacted, and whose body is there still."""
    entries = tuple(entries)
    hidden = declared(entries)
    return tuple(entry.number for entry in entries if entry.number in hidden and _something_left(entry))


def also_in(entries: Iterable[StoredEvent], number: int, kinds: Kinds) -> tuple[int, ...]:
    """
    Number the other entries that put the same record, person, member or branch as one does.

    A record is put again as a whole whenever it changes, so what is redacted in one entry may stand in these, too.

    Args:
        entries: The entries of a stream.
        number: The entry that is to be redacted.
        kinds: The kinds of record that there are.

    Raises:
        InvalidInput: When an entry cannot be read.
    """
    entries = tuple(entries)
    hidden = declared(entries)
    puts = {entry.number: _touched(entry, kinds) for entry in entries if entry.number not in hidden}
    wanted = puts.pop(number, frozenset())
    return tuple(other for other, there in puts.items() if there & wanted)


def without(dossier: Dossier, entry: StoredEvent, kinds: Kinds) -> Dossier:
    """
    Give a dossier without what an entry put: its records, the person's data, its members; where it lies stays.

    Args:
        dossier: The dossier.
        entry: The entry that is meant to be redacted.
        kinds: The kinds of record that there are.

    Raises:
        InvalidInput: When the entry cannot be read.
    """
    gone = _touched(entry, kinds)
    records = {
        kind: tuple(one for one in there if ("record", kind, one.id) not in gone)
        for kind, there in dossier.records.items()
    }
    return attrs.evolve(
        dossier,
        person=Person() if ("person",) in gone else dossier.person,
        members=tuple(one for one in dossier.members if ("member", one.id) not in gone),
        records={kind: there for kind, there in records.items() if there},
    )


def _declared(entries: tuple[StoredEvent, ...]) -> Iterator[int]:
    numbers = {str(entry.number): entry.number for entry in entries}
    for entry in entries:
        if entry.verb != REDACT or not entry.granted:
            continue
        try:
            event = read_event(entry, {})
        except InvalidInput:
            continue  # it says nothing that can be read; what is wrong with it is found by verifying
        number = numbers.get(event.about or "") if event else None
        if number is not None and number < entry.number:
            yield number


def _something_left(entry: StoredEvent) -> bool:
    return entry.body is not None or entry.salt is not None


def _touched(entry: StoredEvent, kinds: Kinds) -> frozenset[tuple[str, ...]]:
    event = read_event(entry, kinds)
    return frozenset() if event is None else frozenset().union(*map(touched, event.changes))
