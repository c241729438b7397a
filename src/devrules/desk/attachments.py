"""Files that belong to records: kept by the hash of their content, shown by a name that is safe to show."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import NamedTuple

from devrules.desk.ports import Attachment as Kept
from devrules.desk.unseen import without_unseen
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Attachment as Named
from devrules.errors import DevrulesError, InvalidInput, Problem

UNNAMED = "附件"
_LONGEST = 255  # bytes; file systems take no longer names
_SUFFIX = re.compile(r"\.\w{1,10}\Z")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


class AttachmentLost(DevrulesError):
    """A file is not in the store, or is not what was put there; *digest* tells which one."""

    def __init__(self, digest: str, what: str) -> None:
        self.digest = digest
        super().__init__(f"the attachment {digest} {what}: bring it back from a backup of the store")


class Attached(NamedTuple):
    """A file, as a record names it and as the store keeps it."""

    named: Named
    kept: Kept

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it: allowed, but the user should be told."""
        return not self.kept.content


def attach(name: str, content: bytes, *, most: int) -> Attached:
    """
    Take in a file.

    Args:
        name: What its owner calls it; of a path only the last part is taken, and nothing that could deceive.
        content: What is in it, kept byte by byte.
        most: How many bytes it may have.

    Raises:
        InvalidInput: When it is too large.
    """
    shown = safe_name(name)
    if not isinstance(content, bytes):
        raise InvalidInput(
            [Problem("attachment", f"is {type(content).__name__}, not bytes", "give what is in the file")]
        )
    if len(content) > most:
        suffix = _SUFFIX.search(shown)
        where = f"attachment {suffix.group()}" if suffix else "attachment"  # its name may be a person's
        raise InvalidInput([Problem(where, f"has {len(content):,} bytes", f"at most {most:,} are taken")])
    digest = hashlib.sha256(content).hexdigest()
    return Attached(Named(name=shown, digest=digest), Kept(digest=digest, content=content))


def check(content: bytes | None, digest: str) -> bytes:
    """
    Make sure that a file is what was put into the store.

    Args:
        content: What the store gave.
        digest: What it was asked for.

    Returns:
        The content, unchanged.

    Raises:
        AttachmentLost: When it is another, or none.
    """
    if content is None:
        raise AttachmentLost(digest, "is not in the store")
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), digest):
        raise AttachmentLost(digest, f"was altered: the store gave {len(content):,} other bytes")
    return content


def digests_of(dossier: Dossier) -> frozenset[str]:
    """List the digests of all files that records of a dossier name."""
    there = (record for records in dossier.records.values() for record in records)
    return frozenset(one.digest for record in there for one in record.attachments if one.digest is not None)


def safe_name(name: str) -> str:
    """
    Make a file's name safe to show and to store.

    Left out are folders, control characters, invisible ones and those that turn the direction of writing; what file
    systems refuse becomes ``_``. A long name is cut before its suffix.

    Args:
        name: What its owner calls it.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    tidy = " ".join(_NOT_IN_NAMES.sub("_", without_unseen(last)).split()).strip(". ")
    return _cut(tidy) or UNNAMED


def _cut(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    found = _SUFFIX.search(name)
    suffix = found.group() if found else ""
    room = _LONGEST - len(suffix.encode())
    stem = name.removesuffix(suffix).encode()[:room].decode("utf-8", "ignore")
    return stem.rstrip(". ") + suffix


__all__ = ["UNNAMED", "Attached", "AttachmentLost", "attach", "check", "digests_of", "safe_name"]
