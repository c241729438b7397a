"""The store of the desk in a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, select

from devrules.desk.ports import Account, Code, DossierRow, Message, Page, StoredEvent, Unit, Wanted
from devrules.errors import StoreFailure
from devrules_sqlalchemy import dialects, reading, writing
from devrules_sqlalchemy.opening import clear_errors, open_engine, shown, transaction
from devrules_sqlalchemy.schema import ACCOUNTS, ATTACHMENTS, CODES, COMMANDS, EVENTS


class SqlStore:
    """
    Keeps everything in a database; threads and processes may share it.

    Args:
        url: Where it is, as SQLAlchemy writes it: ``sqlite:///desk.db``. Its tables are created when there are none.

    Raises:
        StoreFailure: When it cannot be opened, or a newer devrules made its tables.
        UsageError: When it is no such URL, or the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._closed = False

    @contextmanager
    def _connection(self, *, writes: bool = False) -> Iterator[Connection]:
        if self._closed:
            raise StoreFailure(f"{shown(self._engine)} was closed; open it again")
        with clear_errors(self._engine), transaction(self._engine, writes=writes) as connection:
            yield connection

    def commit(self, unit: Unit) -> None:
        """Write a unit as a whole, or not at all."""
        with self._connection(writes=True) as connection:
            writing.write_unit(connection, unit)

    def result(self, command: str) -> str | None:
        """Give the result of a command that was written before."""
        with self._connection() as connection:
            return connection.scalar(select(COMMANDS.c.result).where(COMMANDS.c.command == command))

    def events(self, stream: str) -> tuple[StoredEvent, ...]:
        """Give the entries of a stream, in order."""
        entries = select(EVENTS).where(EVENTS.c.stream == stream).order_by(EVENTS.c.number)
        with self._connection() as connection:
            return tuple(StoredEvent(**entry) for entry in connection.execute(entries).mappings())

    def streams(self) -> tuple[str, ...]:
        """Name all streams, sorted."""
        with self._connection() as connection:
            return tuple(connection.scalars(select(EVENTS.c.stream).distinct().order_by(EVENTS.c.stream)))

    def redact(self, stream: str, number: int) -> None:
        """Take away the body and the salt of one entry, for good."""
        with self._connection(writes=True) as connection:
            writing.redact(connection, stream, number)
        with clear_errors(self._engine):
            dialects.after_redacting(self._engine)

    def row(self, dossier: str) -> DossierRow | None:
        """Give what lists show of a dossier."""
        with self._connection() as connection:
            return reading.read_row(connection, dossier)

    def find(self, wanted: Wanted) -> Page:
        """List dossiers, in the order of their ids."""
        with self._connection() as connection:
            return reading.read_page(connection, wanted)

    def put_row(self, row: DossierRow) -> None:
        """Replace what lists show of a dossier."""
        with self._connection(writes=True) as connection:
            writing.write_row(connection, row)

    def messages(self, *, unsent_by: str | None = None, limit: int = 100) -> tuple[Message, ...]:
        """Give messages, the oldest first."""
        with self._connection() as connection:
            return reading.read_messages(connection, unsent_by=unsent_by, limit=limit)

    def inbox(self, *, role: str, organisation: str | None, account: str | None) -> tuple[Message, ...]:
        """Give what someone is to read, the newest first."""
        with self._connection() as connection:
            return reading.read_inbox(connection, role=role, organisation=organisation, account=account)

    def put_message(self, message: Message) -> None:
        """Note that a message was sent or read; what others noted meanwhile stays."""
        with self._connection(writes=True) as connection:
            writing.mark_message(connection, message)

    def code(self, digest: str) -> Code | None:
        """Find a code by the hash of its secret."""
        with self._connection() as connection:
            found = connection.execute(select(CODES).where(CODES.c.digest == digest)).mappings().first()
            return None if found is None else Code(**found)

    def codes(
        self, branch: str, *, made_from: datetime | None = None, made_until: datetime | None = None
    ) -> tuple[Code, ...]:
        """List the codes of a branch that were made in a time, the newest first."""
        wanted = select(CODES).where(CODES.c.branch == branch).order_by(CODES.c.made.desc(), CODES.c.id.desc())
        if made_from is not None:
            wanted = wanted.where(CODES.c.made >= made_from)
        if made_until is not None:
            wanted = wanted.where(CODES.c.made < made_until)
        with self._connection() as connection:
            return tuple(Code(**code) for code in connection.execute(wanted).mappings())

    def account(self, account: str) -> Account | None:
        """Find an account."""
        with self._connection() as connection:
            found = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).mappings().first()
            return None if found is None else Account(**found)

    def attachment(self, digest: str) -> bytes | None:
        """Give the content of a file."""
        with self._connection() as connection:
            return connection.scalar(select(ATTACHMENTS.c.content).where(ATTACHMENTS.c.digest == digest))

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        self._engine.dispose()
