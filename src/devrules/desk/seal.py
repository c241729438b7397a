"""
An event to the entry that is kept: its body under a salted digest, and the entry chained to the one before.

The chain is made over digests, not over bodies: a body can be taken away, and the chain still holds.
"""

from __future__ import annotations

import secrets
from datetime import UTC
from hashlib import sha256

import attrs

from devrules.desk.events import Event, canonical, read_event, write_body
from devrules.desk.ports import StoredEvent
from devrules.desk.upcast import VERSION
from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem, UsageError

_SALT_BYTES = 32
SALT_LENGTH = 2 * _SALT_BYTES
"""How many hexadecimal digits a salt has: always the same, so that none of them can pass for a part of the body."""


def seal(
    event: Event,
    previous: StoredEvent | None,
    *,
    salt: str | None = None,
    kinds: Kinds | None = None,
) -> StoredEvent:
    """
    Seal an event, to be kept behind the one before.

    Args:
        event: What was done or refused.
        previous: The entry before it in its stream; ``None`` for the first.
        salt: What is mixed into the digest; by default it is drawn at random, as it should be.
        kinds: The kinds of record that there are. Where they are given, what is to be kept is read back first, so that
            nothing is sealed that could not be read again.

    Raises:
        UsageError: When the event is not the next one of the stream.
        InvalidInput: When it could not be read again.
    """
    _check_next(event, previous)
    body = write_body(event)
    salt = secrets.token_hex(_SALT_BYTES) if salt is None else salt
    if len(salt) != SALT_LENGTH:
        raise UsageError(f"a salt has {SALT_LENGTH} hexadecimal digits, this one has {len(salt)} characters")
    entry = StoredEvent(
        stream=event.stream,
        number=event.number,
        at=event.at,
        actor=event.actor.id,
        role=event.actor.role,
        organisation=event.actor.organisation,
        verb=event.verb,
        rule=event.rule,
        granted=event.granted,
        version=VERSION,
        body=body,
        salt=salt,
        digest=digest_of(body, salt),
        chain="",
    )
    if kinds is not None and read_event(entry, kinds) != event:
        where = f"entry {event.number} of {event.stream}"
        raise InvalidInput([Problem(where, "is read otherwise than it was written", "state it in plain values")])
    return attrs.evolve(entry, chain=chain_of(entry, previous))


def digest_of(body: str, salt: str) -> str:
    """Give the digest of a body: the SHA-256 of salt and body."""
    return _hash(salt + body)


def chain_of(entry: StoredEvent, previous: StoredEvent | None) -> str:
    """Give the link of an entry: the SHA-256 over the link before, and all of the entry but body and salt."""
    kept = attrs.asdict(entry)
    for name in ("body", "salt", "chain"):
        del kept[name]
    # A time without a zone is none that was sealed: it stays as it is, and is found.
    at = entry.at if entry.at.tzinfo is None else entry.at.astimezone(UTC)
    kept["at"] = at.isoformat(timespec="microseconds")
    return _hash(canonical({**kept, "previous": "" if previous is None else previous.chain}))


def _check_next(event: Event, previous: StoredEvent | None) -> None:
    stream, number = (event.stream, 0) if previous is None else (previous.stream, previous.number)
    if (event.stream, event.number) != (stream, number + 1):
        raise UsageError(
            f"entry {event.number} of {event.stream} does not follow entry {number} of {stream}: "
            f"the next one is entry {number + 1}"
        )


def _hash(text: str) -> str:
    # Half a character, which no encoding can write, is none that was sealed either; it must not stop a check.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
