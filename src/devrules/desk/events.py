"""What one command did, or why it was refused; to the body of an entry of the journal, as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from devrules.desk.changes import read_change, write_change
from devrules.desk.ports import StoredEvent
from devrules.desk.upcast import UPCASTERS, VERSION, Upcaster, upcast
from devrules.dossier.convert import read_part
from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.process.model import Actor, Change


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"expected a time with its zone, found {at.isoformat()}")
    return at.astimezone(UTC)


@attrs.frozen(kw_only=True)
class Event:
    """
    What one command did, or why it was refused.

    Args:
        stream: What it belongs to, as in :class:`devrules.desk.ports.StoredEvent`.
        number: Its place in the stream, from 1 on.
        at: When, in any zone; it is kept in UTC.
        actor: Who wanted it.
        verb: What was wanted.
        rule: The rule of the process that let it pass or refused it.
        granted: Whether it was done.
        reason: Why, in the words of the actor.
        about: What it is about where no change says it: the id of a code, the number of the entry that is redacted.
        unmet: Of a refusal: what did not hold, by the names of the guards.
        changes: What it changed, in order.
    """

    stream: str
    number: int = attrs.field(validator=attrs.validators.ge(1))
    at: datetime = attrs.field(converter=_utc)
    actor: Actor
    verb: str
    rule: str
    granted: bool = True
    reason: str | None = None
    about: str | None = None
    unmet: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@attrs.frozen(kw_only=True)
class _Body:
    """The part of an event that can be redacted, as it is read: *dossier* is the actor's, *changes* are plain."""

    reason: str | None = None
    about: str | None = None
    dossier: str | None = None
    unmet: tuple[str, ...] = ()
    changes: tuple[Any, ...] = ()


def canonical(data: Any) -> str:
    """Write plain data as JSON in the one way that digests are made of: keys sorted, no spaces, Chinese as it is."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def write_body(event: Event) -> str:
    """Write the body of an event; :func:`read_event` reads it."""
    body = {
        "reason": event.reason,
        "about": event.about,
        "dossier": event.actor.dossier,
        "unmet": list(event.unmet) or None,
        "changes": list(map(write_change, event.changes)) or None,
    }
    return canonical({key: value for key, value in body.items() if value is not None})


def read_event(
    stored: StoredEvent,
    kinds: Kinds,
    *,
    upcasters: Mapping[int, Upcaster] = UPCASTERS,
    version: int = VERSION,
) -> Event | None:
    """
    Read an entry of the journal.

    Args:
        stored: The entry, as it is kept.
        kinds: The kinds of record that there are.
        upcasters: The step from each version of bodies to the next.
        version: The version that these lead to.

    Returns:
        The event; ``None`` where its body was redacted.

    Raises:
        InvalidInput: When the body cannot be read, with every problem found.
    """
    if stored.body is None:
        return None
    where = f"entry {stored.number} of {stored.stream}"
    plain = upcast(_loaded(stored.body, where), stored.version, where=where, to=version, upcasters=upcasters)
    body = read_part(plain, _Body, where=where)
    try:
        return Event(
            stream=stored.stream,
            number=stored.number,
            at=stored.at,
            actor=Actor(stored.actor, stored.role, stored.organisation, body.dossier),
            verb=stored.verb,
            rule=stored.rule,
            granted=stored.granted,
            reason=body.reason,
            about=body.about,
            unmet=body.unmet,
            changes=_changes(body.changes, kinds, where),
        )
    except ValueError as error:  # no time with its zone, or no number
        raise InvalidInput([Problem(where, str(error.args[0]), "verify the journal")]) from error


def _loaded(body: str, where: str) -> dict[str, Any]:
    try:
        plain = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidInput([Problem(where, f"its body is not JSON: {error}", "verify the journal")]) from error
    if not isinstance(plain, dict):
        raise InvalidInput([Problem(where, f"its body is no object: {type(plain).__name__}", "verify the journal")])
    return plain


def _changes(items: tuple[Any, ...], kinds: Kinds, where: str) -> tuple[Change, ...]:
    found: list[Change] = []
    problems: list[Problem] = []
    for n, item in enumerate(items, 1):
        try:
            found.append(read_change(item, kinds, where=f"{where}, change {n}"))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInput(problems)
    return tuple(found)
