"""Questions to the tables, as statements, and what the answers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true

from devrules.days import first_moment
from devrules.desk.ports import DossierRow, Message, Page, Wanted
from devrules_sqlalchemy.dialects import is_among
from devrules_sqlalchemy.schema import CONTACTS, DOSSIERS, MESSAGES, SENT

_ROW = [column for column in DOSSIERS.c if column.name != "name_folded"]


def read_row(connection: Connection, dossier: str) -> DossierRow | None:
    """Read what lists show of a dossier."""
    found = connection.execute(select(*_ROW).where(DOSSIERS.c.id == dossier)).mappings().first()
    return None if found is None else _row(found)


def read_page(connection: Connection, wanted: Wanted) -> Page:
    """Read a part of a list."""
    fitting = select(*_ROW).where(*_conditions(wanted), *_among(wanted, connection.dialect.name))
    found = connection.execute(fitting.order_by(DOSSIERS.c.id).limit(wanted.limit + 1)).mappings().all()
    rows = tuple(_row(one) for one in found[: wanted.limit])
    return Page(rows, rows[-1].id if len(found) > len(rows) else None)


def read_messages(connection: Connection, *, unsent_by: str | None, limit: int) -> tuple[Message, ...]:
    """Read messages, the oldest first."""
    taken = select(SENT.c.message).where(SENT.c.message == MESSAGES.c.id, SENT.c.notifier == unsent_by)
    wanted = true() if unsent_by is None else ~taken.exists()
    return _messages(connection, select(MESSAGES).where(wanted).order_by(MESSAGES.c.at, MESSAGES.c.id).limit(limit))


def read_inbox(
    connection: Connection, *, role: str, organisation: str | None, account: str | None
) -> tuple[Message, ...]:
    """Read what someone is to read, the newest first."""
    everyone = and_(MESSAGES.c.account.is_(None), _is(MESSAGES.c.organisation, organisation))
    theirs = everyone if account is None else or_(everyone, MESSAGES.c.account == account)
    return _messages(connection, select(MESSAGES).where(MESSAGES.c.role == role, theirs))[::-1]


def _messages(connection: Connection, wanted: Select[Any]) -> tuple[Message, ...]:
    """Read messages with the names of those who took them, the oldest first."""
    some = wanted.subquery()
    marked = select(some, SENT.c.notifier).outerjoin(SENT, SENT.c.message == some.c.id)
    lines = connection.execute(marked.order_by(some.c.at, some.c.id, SENT.c.notifier)).mappings()
    return tuple(_message(list(group)) for _, group in groupby(lines, lambda line: line["id"]))


def _message(lines: list[Mapping[Any, Any]]) -> Message:
    values = {**lines[0], "sent": tuple(line["notifier"] for line in lines if line["notifier"] is not None)}
    del values["notifier"]
    return Message(**values)


def _row(found: Mapping[Any, Any]) -> DossierRow:
    return DossierRow(**{**found, "contacts": tuple(found["contacts"])})


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    rows = DOSSIERS.c
    equal = {
        rows.superior: wanted.superior,
        rows.transferring_to: wanted.receiving,
        rows.stage: wanted.stage,
        rows.ended: wanted.ended,
        rows.waiting: wanted.waiting,
    }
    yield from (column == value for column, value in equal.items() if value is not None)
    if wanted.contact is not None:
        yield rows.id.in_(select(CONTACTS.c.dossier).where(CONTACTS.c.member == wanted.contact))
    if wanted.owing is not None:
        yield rows.owed > 0 if wanted.owing else rows.owed == 0
    if wanted.name is not None:
        yield rows.name_folded.contains(wanted.name.casefold(), autoescape=True)
    if wanted.changed_from is not None:
        yield rows.changed >= first_moment(wanted.changed_from)
    if wanted.after is not None:
        yield rows.id > wanted.after


def _among(wanted: Wanted, dialect: str) -> Iterator[ColumnElement[bool]]:
    for column, values in ((DOSSIERS.c.branch, wanted.branches), (DOSSIERS.c.id, wanted.ids)):
        if values is not None:
            yield is_among(column, values, dialect)


def _is(column: ColumnElement[Any], value: str | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
