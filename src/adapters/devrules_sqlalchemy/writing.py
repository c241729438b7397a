"""A unit into the tables; what is not as the unit takes it to be is a conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs
from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from devrules.desk.ports import Attachment, Code, Conflict, DossierRow, Message, StoredEvent, Unit
from devrules.errors import UsageError
from devrules_sqlalchemy.dialects import insert_unless_there, is_taken
from devrules_sqlalchemy.schema import (
    ACCOUNTS,
    ATTACHMENTS,
    CODES,
    COMMANDS,
    CONTACTS,
    DOSSIERS,
    EVENTS,
    MESSAGES,
    SENT,
)


def write_unit(connection: Connection, unit: Unit) -> None:
    """
    Write everything of a unit, within one transaction.

    Raises:
        Conflict: Then the transaction is to be taken back.
    """
    _add(connection, COMMANDS, f"command {unit.command}", {"command": unit.command, "result": unit.result})
    _write_events(connection, unit.events)
    for row in unit.rows:
        write_row(connection, row)
    for message in unit.messages:
        _write_message(connection, message)
    for code in unit.codes:
        _write_code(connection, code)
    for account in unit.accounts:
        _add(connection, ACCOUNTS, f"account {account.id}", _plain(account))
    for attachment in sorted(unit.attachments, key=lambda one: one.digest):  # as everyone: none waits for another
        _write_attachment(connection, attachment)


def write_row(connection: Connection, row: DossierRow) -> None:
    """Replace a row, unless a newer one is there."""
    connection.execute(delete(DOSSIERS).where(DOSSIERS.c.id == row.id, DOSSIERS.c.version <= row.version))
    values = _plain(row) | {"name_folded": row.name.casefold(), "contacts": list(row.contacts)}
    _add(connection, DOSSIERS, f"dossier {row.id}", values)
    if row.contacts:
        connection.execute(insert(CONTACTS), [{"member": one, "dossier": row.id} for one in {*row.contacts}])


def mark_message(connection: Connection, message: Message) -> None:
    """
    Add that a message was sent or read.

    Raises:
        UsageError: When there is no such message.
    """
    if connection.scalar(select(MESSAGES.c.id).where(MESSAGES.c.id == message.id)) is None:
        raise UsageError(f"there is no message {message.id}")
    for notifier in message.sent:
        _add_unless_there(connection, SENT, f"message {message.id}", {"message": message.id, "notifier": notifier})
    if message.read is not None:
        unread = (MESSAGES.c.id == message.id) & MESSAGES.c.read.is_(None)
        connection.execute(update(MESSAGES).where(unread).values(read=message.read))


def redact(connection: Connection, stream: str, number: int) -> None:
    """
    Take away the body and the salt of an entry.

    Raises:
        UsageError: When there is no such entry.
    """
    entry = (EVENTS.c.stream == stream) & (EVENTS.c.number == number)
    if not connection.execute(update(EVENTS).where(entry).values(body=None, salt=None)).rowcount:
        raise UsageError(f"stream {stream} has no entry {number}: it has {_length(connection, stream)}")


def _length(connection: Connection, stream: str) -> int:
    return connection.scalar(select(func.max(EVENTS.c.number)).where(EVENTS.c.stream == stream)) or 0


def _write_events(connection: Connection, events: tuple[StoredEvent, ...]) -> None:
    lengths = {stream: _length(connection, stream) for stream in {event.stream for event in events}}
    for event in events:
        lengths[event.stream] += 1
        if event.number != lengths[event.stream]:
            raise Conflict(f"stream {event.stream}")
        _add(connection, EVENTS, f"stream {event.stream}", _plain(event))


def _write_message(connection: Connection, message: Message) -> None:
    values = _plain(message)
    sent = values.pop("sent")
    _add(connection, MESSAGES, f"message {message.id}", values)
    for notifier in sent:
        connection.execute(insert(SENT).values(message=message.id, notifier=notifier))


def _write_code(connection: Connection, code: Code) -> None:
    if code.version == 0:
        return _add(connection, CODES, f"code {code.id}", _plain(code))
    before = (CODES.c.id == code.id) & (CODES.c.version == code.version - 1)
    with _conflict(f"code {code.id}"):
        changed = connection.execute(update(CODES).where(before).values(_plain(code))).rowcount
    if not changed:
        raise Conflict(f"code {code.id}")
    return None


def _write_attachment(connection: Connection, attachment: Attachment) -> None:
    there = select(ATTACHMENTS.c.digest).where(ATTACHMENTS.c.digest == attachment.digest)
    if connection.scalar(there) is None:
        _add_unless_there(connection, ATTACHMENTS, f"file {attachment.digest}", _plain(attachment))


def _plain(value: Any) -> dict[str, Any]:
    return attrs.asdict(value, recurse=False)


def _add(connection: Connection, table: Table, what: str, values: Mapping[str, object]) -> None:
    """Insert what must not be there yet."""
    with _conflict(what):
        connection.execute(insert(table).values(values))


def _add_unless_there(connection: Connection, table: Table, what: str, values: Mapping[str, object]) -> None:
    """Insert what someone else may have inserted a moment ago."""
    with _conflict(what):
        connection.execute(insert_unless_there(table, connection.dialect.name).values(values))


@contextmanager
def _conflict(what: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise Conflict(what) from None
