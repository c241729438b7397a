"""A store that keeps everything in memory, for tests and demonstrations: gone when the process ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from threading import RLock

import attrs

from devrules.days import to_date
from devrules.desk.ports import (
    Account,
    Code,
    Conflict,
    DossierRow,
    Message,
    Page,
    StoredEvent,
    Unit,
    Wanted,
)
from devrules.errors import UsageError


class MemoryStore:
    """Keeps everything in memory; threads may share it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._results: dict[str, str] = {}
        self._streams: dict[str, list[StoredEvent]] = {}
        self._rows: dict[str, DossierRow] = {}
        self._messages: dict[str, Message] = {}
        self._codes: dict[str, Code] = {}
        self._accounts: dict[str, Account] = {}
        self._attachments: dict[str, bytes] = {}

    def commit(self, unit: Unit) -> None:
        """Write a unit as a whole, or not at all."""
        with self._lock:
            for conflict in self._conflicts(unit):
                raise Conflict(conflict)
            self._results[unit.command] = unit.result
            for event in unit.events:
                self._streams.setdefault(event.stream, []).append(event)
            self._rows |= {row.id: row for row in unit.rows}
            self._messages |= {message.id: message for message in unit.messages}
            self._codes |= {code.id: code for code in unit.codes}
            self._accounts |= {account.id: account for account in unit.accounts}
            self._attachments = {one.digest: one.content for one in unit.attachments} | self._attachments

    def _conflicts(self, unit: Unit) -> Iterator[str]:
        """Name what is not as the unit takes it to be."""
        if unit.command in self._results:
            yield f"command {unit.command}"
        lengths = {event.stream: len(self.events(event.stream)) for event in unit.events}
        for event in unit.events:
            lengths[event.stream] += 1
            if event.number != lengths[event.stream]:
                yield f"stream {event.stream}"
        yield from (f"dossier {row.id}" for row in unit.rows if self._is_newer(row))
        yield from (f"message {message.id}" for message in unit.messages if message.id in self._messages)
        yield from (f"account {account.id}" for account in unit.accounts if account.id in self._accounts)
        yield from (f"code {code.id}" for code in unit.codes if not self._follows(code))

    def _is_newer(self, row: DossierRow) -> bool:
        """Tell whether a newer row is kept than this one."""
        kept = self._rows.get(row.id)
        return kept is not None and kept.version > row.version

    def _follows(self, code: Code) -> bool:
        """Tell whether a code is the next version of what is kept, and its secret no other's."""
        kept, same = self._codes.get(code.id), self.code(code.digest)
        return code.version == (0 if kept is None else kept.version + 1) and (same is None or same.id == code.id)

    def result(self, command: str) -> str | None:
        """Give the result of a command that was written before."""
        return self._results.get(command)

    def events(self, stream: str) -> tuple[StoredEvent, ...]:
        """Give the entries of a stream, in order."""
        return tuple(self._streams.get(stream, ()))

    def streams(self) -> tuple[str, ...]:
        """Name all streams, sorted."""
        with self._lock:
            return tuple(sorted(self._streams))

    def redact(self, stream: str, number: int) -> None:
        """Take away the body and the salt of one entry, for good."""
        with self._lock:
            entries = self._streams.get(stream, [])
            if not 1 <= number <= len(entries):
                raise UsageError(f"stream {stream} has no entry {number}: it has {len(entries)}")
            entries[number - 1] = attrs.evolve(entries[number - 1], body=None, salt=None)

    def row(self, dossier: str) -> DossierRow | None:
        """Give what lists show of a dossier."""
        return self._rows.get(dossier)

    def find(self, wanted: Wanted) -> Page:
        """List dossiers, in the order of their ids."""
        with self._lock:
            found = sorted((row for row in self._rows.values() if _is_wanted(row, wanted)), key=lambda row: row.id)
        page = tuple(found[: wanted.limit])
        return Page(page, page[-1].id if len(found) > len(page) else None)

    def put_row(self, row: DossierRow) -> None:
        """Replace what lists show of a dossier."""
        with self._lock:
            if self._is_newer(row):
                raise Conflict(f"dossier {row.id}")
            self._rows[row.id] = row

    def messages(self, *, unsent_by: str | None = None, limit: int = 100) -> tuple[Message, ...]:
        """Give messages, the oldest first."""
        with self._lock:
            found = [one for one in self._messages.values() if unsent_by is None or unsent_by not in one.sent]
        return tuple(sorted(found, key=_age)[:limit])

    def inbox(self, *, role: str, organisation: str | None, account: str | None) -> tuple[Message, ...]:
        """Give what someone is to read, the newest first."""

        def is_for_them(message: Message) -> bool:
            if message.role != role:
                return False
            return message.organisation == organisation if message.account is None else message.account == account

        with self._lock:
            return tuple(sorted(filter(is_for_them, self._messages.values()), key=_age, reverse=True))

    def put_message(self, message: Message) -> None:
        """Note that a message was sent or read; what others noted meanwhile stays."""
        with self._lock:
            kept = self._messages.get(message.id)
            if kept is None:
                raise UsageError(f"there is no message {message.id}")
            sent = tuple(sorted({*kept.sent, *message.sent}))
            self._messages[kept.id] = attrs.evolve(kept, sent=sent, read=kept.read or message.read)

    def code(self, digest: str) -> Code | None:
        """Find a code by the hash of its secret."""
        with self._lock:
            return next((code for code in self._codes.values() if code.digest == digest), None)

    def codes(
        self, branch: str, *, made_from: datetime | None = None, made_until: datetime | None = None
    ) -> tuple[Code, ...]:
        """List the codes of a branch that were made in a time, the newest first."""
        with self._lock:
            found = [
                code
                for code in self._codes.values()
                if code.branch == branch
                and (made_from is None or code.made >= made_from)
                and (made_until is None or code.made < made_until)
            ]
        return tuple(sorted(found, key=lambda code: (code.made, code.id), reverse=True))

    def account(self, account: str) -> Account | None:
        """Find an account."""
        return self._accounts.get(account)

    def attachment(self, digest: str) -> bytes | None:
        """Give the content of a file."""
        return self._attachments.get(digest)

    def close(self) -> None:
        """Nothing is held open; what is kept stays as long as the store."""


def _age(message: Message) -> tuple[datetime, str]:
    return message.at, message.id


def _is_wanted(row: DossierRow, wanted: Wanted) -> bool:
    """Tell whether a list shows a dossier, on this page or a later one."""
    checks = (
        wanted.after is None or row.id > wanted.after,
        wanted.branches is None or row.branch in wanted.branches,
        wanted.superior is None or row.superior == wanted.superior,
        wanted.contact is None or wanted.contact in row.contacts,
        wanted.receiving is None or row.transferring_to == wanted.receiving,
        wanted.ids is None or row.id in wanted.ids,
        wanted.stage is None or row.stage == wanted.stage,
        wanted.ended is None or row.ended == wanted.ended,
        wanted.waiting is None or row.waiting == wanted.waiting,
        wanted.owing is None or (row.owed > 0) == wanted.owing,
        wanted.name is None or wanted.name.casefold() in row.name.casefold(),
        wanted.changed_from is None or to_date(row.changed) >= wanted.changed_from,
    )
    return all(checks)


__all__ = ["MemoryStore"]
