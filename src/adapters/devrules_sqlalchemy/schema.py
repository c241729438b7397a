"""The tables. A column is named as the field of the value that it keeps."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
)

from devrules_sqlalchemy.dialects import BYTES, KEY, LONG, Moment

VERSION = 1
"""The number of this form of the tables; it goes up when they change."""

TABLES = MetaData()

SCHEMA = Table("devrules_schema", TABLES, Column("version", Integer, primary_key=True, autoincrement=False))

COMMANDS = Table(
    "devrules_commands", TABLES, Column("command", KEY, primary_key=True), Column("result", LONG, nullable=False)
)

EVENTS = Table(
    "devrules_events",
    TABLES,
    Column("stream", KEY, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", KEY, nullable=False),
    Column("role", KEY, nullable=False),
    Column("organisation", KEY),
    Column("verb", KEY, nullable=False),
    Column("rule", KEY, nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LONG),
    Column("salt", LONG),
    Column("digest", KEY, nullable=False),
    Column("chain", KEY, nullable=False),
)

DOSSIERS = Table(
    "devrules_dossiers",
    TABLES,
    Column("id", KEY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("branch", KEY),
    Column("superior", KEY),
    Column("stage", KEY, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("waiting", KEY),
    Column("owed", Integer, nullable=False),
    Column("name", LONG, nullable=False),
    Column("name_folded", LONG, nullable=False),  # the name without capitals, to search in
    Column("contacts", JSON, nullable=False),
    Column("transferring_to", KEY),
    Column("changed", Moment, nullable=False),
    Column("body", LONG, nullable=False),
    Index("devrules_dossiers_branch", "branch", "id"),
    Index("devrules_dossiers_superior", "superior", "id"),
    Index("devrules_dossiers_transferring", "transferring_to"),
)

CONTACTS = Table(
    "devrules_contacts",
    TABLES,
    Column("member", KEY, primary_key=True),
    Column("dossier", ForeignKey(DOSSIERS.c.id, ondelete="CASCADE"), primary_key=True, index=True),
)
"""The contacts of the dossiers once more, to search by."""

MESSAGES = Table(
    "devrules_messages",
    TABLES,
    Column("id", KEY, primary_key=True),
    Column("dossier", KEY, nullable=False),
    Column("role", KEY, nullable=False),
    Column("organisation", KEY),
    Column("account", KEY),
    Column("text", LONG, nullable=False),
    Column("at", Moment, nullable=False),
    Column("verb", KEY, nullable=False),
    Column("read", Moment),
    Index("devrules_messages_at", "at", "id"),
    Index("devrules_messages_role", "role", "organisation"),
    Index("devrules_messages_account", "account"),
)

SENT = Table(
    "devrules_sent",
    TABLES,
    Column("message", ForeignKey(MESSAGES.c.id), primary_key=True),
    Column("notifier", KEY, primary_key=True),
)
"""Which notifiers have taken which message."""

CODES = Table(
    "devrules_codes",
    TABLES,
    Column("id", KEY, primary_key=True),
    Column("digest", KEY, nullable=False, unique=True),
    Column("branch", KEY, nullable=False),
    Column("made", Moment, nullable=False),
    Column("by", KEY, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("single", Boolean, nullable=False),
    Column("dossier", KEY),
    Column("uses", Integer, nullable=False),
    Column("used", Moment),
    Column("revoked", Moment),
    Column("version", Integer, nullable=False),
    Index("devrules_codes_branch", "branch", "made"),
)

ACCOUNTS = Table(
    "devrules_accounts",
    TABLES,
    Column("id", KEY, primary_key=True),
    Column("dossier", KEY, nullable=False),
    Column("branch", KEY, nullable=False),
    Column("code", KEY, nullable=False),
)

ATTACHMENTS = Table(
    "devrules_attachments", TABLES, Column("digest", KEY, primary_key=True), Column("content", BYTES, nullable=False)
)
