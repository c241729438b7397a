"""
The ports of the desk: where it keeps things, and whom it tells.

A store is anything with the methods of :class:`Store`. Everything that one command changes is one :class:`Unit`, and a
store writes it as a whole or not at all. What is kept is plain: texts, whole numbers, and times in UTC with their zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Protocol, TypeAlias

import attrs

from devrules.errors import DevrulesError

CodeStatus: TypeAlias = Literal["unused", "activated", "expired", "revoked"]


class Conflict(DevrulesError):
    """Someone else changed the same thing meanwhile; nothing was written. Read it again and decide anew."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} was changed meanwhile by someone else: read it again, then decide anew")


@attrs.frozen(kw_only=True)
class StoredEvent:
    """
    One entry of the journal, as it is kept.

    Args:
        stream: What it belongs to: the id of a dossier, or of an organisation with ``organisation:`` before it.
        number: Its place in the stream, from 1 on without gaps.
        at: When it was written.
        actor: Who did it.
        role: In which role.
        organisation: For which organisation.
        verb: What was done, or refused.
        rule: The rule of the process that let it pass or refused it.
        granted: Whether it was done; a refusal is journalled, too.
        version: The version of the form of *body*.
        body: What it changes, as JSON; ``None`` where it was redacted.
        salt: Mixed into the digest, so that a short body cannot be guessed from it; ``None`` where it was redacted.
        digest: The SHA-256 of salt and body, in hexadecimal digits.
        chain: The SHA-256 over the entry before and all of this one but body and salt.
    """

    stream: str
    number: int
    at: datetime
    actor: str
    role: str
    organisation: str | None
    verb: str
    rule: str
    granted: bool
    version: int
    body: str | None
    salt: str | None
    digest: str
    chain: str


@attrs.frozen(kw_only=True)
class DossierRow:
    """
    What lists show of a dossier; it can be made anew from its events at any time.

    Args:
        id: The dossier.
        version: The number of its last event.
        branch: The id of its branch.
        superior: The id of the committee above.
        stage: The stage; empty before the first.
        ended: Whether the process has ended.
        waiting: The gate whose decision is awaited.
        owed: How many statements are owed.
        name: The person's name, as it stands in the dossier.
        contacts: The members who are contacts or sponsors now.
        transferring_to: The organisation that is to take it over.
        changed: When it last changed.
        body: The whole dossier as ``devrules.dossier/1``, JSON.
    """

    id: str
    version: int
    branch: str | None
    superior: str | None
    stage: str
    ended: bool
    waiting: str | None
    owed: int
    name: str
    contacts: tuple[str, ...]
    transferring_to: str | None
    changed: datetime
    body: str


@attrs.frozen(kw_only=True)
class Message:
    """
    What someone is to hear.

    Args:
        id: Its own id.
        dossier: The dossier that it is about.
        role: The role that is to hear it.
        organisation: The organisation in which that role is; ``None`` for a person.
        account: The account that is to hear it; ``None``: everyone in the role.
        text: The message, in Chinese; names are masked.
        at: When it was written.
        verb: The command that it tells of.
        sent: The notifiers that have taken it, by name.
        read: When it was read in the inbox.
    """

    id: str
    dossier: str
    role: str
    organisation: str | None
    account: str | None
    text: str
    at: datetime
    verb: str
    sent: tuple[str, ...] = ()
    read: datetime | None = None


@attrs.frozen(kw_only=True)
class Code:
    """
    A registration code (single use), or the code of a branch in an image (for many, for a short time).

    Args:
        id: Its own id, which is no secret.
        digest: The hash of the secret; the secret is kept nowhere.
        branch: The branch to which whoever uses it belongs.
        made: When it was made.
        by: Who made it.
        expires: From when on it is refused.
        single: Whether it can be used only once.
        dossier: The dossier for which it was made, if that is open already.
        uses: How often it was used.
        used: When it was last used.
        revoked: When it was revoked.
        version: How often it was changed.
    """

    id: str
    digest: str
    branch: str
    made: datetime
    by: str
    expires: datetime
    single: bool
    dossier: str | None = None
    uses: int = 0
    used: datetime | None = None
    revoked: datetime | None = None
    version: int = 0

    def status(self, now: datetime) -> CodeStatus:
        """Tell its status at *now*."""
        if self.revoked is not None:
            return "revoked"
        if self.single and self.uses:
            return "activated"
        if now >= self.expires:
            return "expired"
        return "activated" if self.uses else "unused"


@attrs.frozen(kw_only=True)
class Account:
    """An account that registration made: *id* is the host's own, *dossier* the person's, *branch* where they belong."""

    id: str
    dossier: str
    branch: str
    code: str


@attrs.frozen
class Attachment:
    """A file: *digest* is the SHA-256 of *content*, in hexadecimal digits."""

    digest: str
    content: bytes


@attrs.frozen(kw_only=True)
class Unit:
    """
    Everything that one command writes.

    Args:
        command: The id of the command; a unit with the same one is written once.
        result: What the command gave, as JSON: given again when it is repeated.
        events: New entries of streams. The number of the first one of a stream says how many there were before.
        rows: The dossiers as they are now.
        messages: Who is to hear of it.
        codes: Codes, new (version 0) or changed (version: one more than what is kept).
        accounts: New accounts.
        attachments: Files; one that is kept already stays as it is.
    """

    command: str
    result: str = "{}"
    events: tuple[StoredEvent, ...] = ()
    rows: tuple[DossierRow, ...] = ()
    messages: tuple[Message, ...] = ()
    codes: tuple[Code, ...] = ()
    accounts: tuple[Account, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@attrs.frozen(kw_only=True)
class Wanted:
    """
    Which dossiers a list shows; what is not stated does not narrow it.

    Args:
        branches: In one of these branches; ``None``: in any; empty: in none.
        superior: Directly under this committee.
        contact: With this member as a contact or sponsor.
        receiving: On its way to this organisation.
        ids: Only these.
        stage: In this stage.
        ended: Whether the process has ended.
        waiting: Awaiting the decision at this gate.
        owing: Whether a statement is owed.
        name: Part of the name; capital and small letters are the same.
        changed_from: Changed on this day in China or later.
        after: The id after which the page begins; pages are in the order of ids.
        limit: How many at most, one or more.
    """

    branches: tuple[str, ...] | None = None
    superior: str | None = None
    contact: str | None = None
    receiving: str | None = None
    ids: tuple[str, ...] | None = None
    stage: str | None = None
    ended: bool | None = None
    waiting: str | None = None
    owing: bool | None = None
    name: str | None = None
    changed_from: date | None = None
    after: str | None = None
    limit: int = attrs.field(default=50, validator=attrs.validators.ge(1))


@attrs.frozen
class Page:
    """A part of a list: its *rows*; *next* is the *after* of the next part, ``None`` at the end."""

    rows: tuple[DossierRow, ...]
    next: str | None = None


class Store(Protocol):
    """
    Where the desk keeps things.

    The numbered scenarios of ``devrules.testing.StoreSuite`` say what is asked of a store.
    """

    def commit(self, unit: Unit) -> None:
        """
        Write a unit as a whole, or not at all.

        Raises:
            Conflict: When a stream or code is not as the unit takes it to be, a newer row is kept, an account or
                message is there already, or the id of the command was used.
            StoreFailure: When it could not be written.
        """

    def result(self, command: str) -> str | None:
        """Give the result of a command that was written before; ``None`` where it was not."""

    def events(self, stream: str) -> tuple[StoredEvent, ...]:
        """Give the entries of a stream, in order; none where there is no such stream."""

    def streams(self) -> tuple[str, ...]:
        """Name all streams, sorted."""

    def redact(self, stream: str, number: int) -> None:
        """
        Take away the body and the salt of one entry, for good; the rest of it stays.

        Raises:
            UsageError: When there is no such entry.
        """

    def row(self, dossier: str) -> DossierRow | None:
        """Give what lists show of a dossier; ``None`` where there is none."""

    def find(self, wanted: Wanted) -> Page:
        """List dossiers, in the order of their ids."""

    def put_row(self, row: DossierRow) -> None:
        """
        Replace what lists show of a dossier, after its events were redacted or read anew.

        Raises:
            Conflict: When a newer one is kept.
        """

    def messages(self, *, unsent_by: str | None = None, limit: int = 100) -> tuple[Message, ...]:
        """Give messages, the oldest first; *unsent_by*: only those that this notifier has not taken."""

    def inbox(self, *, role: str, organisation: str | None, account: str | None) -> tuple[Message, ...]:
        """
        Give what someone is to read, the newest first: what is for everyone in the role, and for the account in it.

        Args:
            role: Their role.
            organisation: Where they have it; messages for everyone in the role there are given.
            account: Who they are; messages for this account in the role are given, too.
        """

    def put_message(self, message: Message) -> None:
        """
        Note that a message was sent or read; what others noted meanwhile stays, the first to read it counts.

        Raises:
            UsageError: When there is no such message.
        """

    def code(self, digest: str) -> Code | None:
        """Find a code by the hash of its secret."""

    def codes(
        self, branch: str, *, made_from: datetime | None = None, made_until: datetime | None = None
    ) -> tuple[Code, ...]:
        """List the codes of a branch, the newest first: made at *made_from* or later, and before *made_until*."""

    def account(self, account: str) -> Account | None:
        """Find an account."""

    def attachment(self, digest: str) -> bytes | None:
        """Give the content of a file; ``None`` where there is none."""

    def close(self) -> None:
        """Give back what is held open."""


class Notifier(Protocol):
    """Tells people; the numbered scenarios of ``devrules.testing.NotifierSuite`` say what is asked of one."""

    @property
    def name(self) -> str:
        """What the outbox calls it."""

    def notify(self, message: Message) -> None:
        """
        Tell. May be called again with the same message, when it is not sure whether it was told.

        Raises:
            Exception: When it could not; it will be tried again.
        """


__all__ = [
    "Account",
    "Attachment",
    "Code",
    "CodeStatus",
    "Conflict",
    "DossierRow",
    "Message",
    "Notifier",
    "Page",
    "Store",
    "StoredEvent",
    "Unit",
    "Wanted",
]
