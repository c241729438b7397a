"""
Registration codes: a secret to tell, and a :class:`~devrules.desk.ports.Code` to keep, which holds only its hash.

Pure functions over values; how long a code lives and who may make one is for the caller to say.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from uuid import uuid4

import attrs

from devrules.desk.ports import Code
from devrules.errors import UsageError

Fault: TypeAlias = Literal["unknown", "used", "expired", "revoked"]
"""What is wrong with a code; whoever tried it is to hear only that it is not valid."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capital letters without 0, O, 1, I and L, which are taken for one another."""

GROUPS = 4
GROUP = 4
_DASH = "-"


def make_code(
    branch: str, *, by: str, now: datetime, lifetime: timedelta, single: bool, dossier: str | None = None
) -> tuple[str, Code]:
    """
    Make a code.

    Args:
        branch: The branch to which whoever uses it belongs.
        by: Who makes it.
        now: When.
        lifetime: How long it is valid.
        single: Whether it can be used only once.
        dossier: The dossier for which it is made, if that is open already.

    Returns:
        The secret, in groups to read aloud, and what is kept of it. The secret can be had only here.

    Raises:
        UsageError: When the lifetime is not positive, or many could register for one dossier.
    """
    if lifetime <= timedelta():
        raise UsageError(f"a code that is valid for {lifetime} could never be used: give a longer lifetime")
    if dossier is not None and not single:
        raise UsageError(f"a code for the dossier {dossier!r} is for one person: make it for a single use")
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    secret = _DASH.join(groups)
    code = Code(
        id=uuid4().hex,
        digest=digest_of(secret),
        branch=branch,
        made=now,
        by=by,
        expires=now + lifetime,
        single=single,
        dossier=dossier,
    )
    return secret, code


def normal(typed: str) -> str:
    """
    Write a secret in its one form.

    Args:
        typed: What someone typed: in capitals or not, with spaces, dashes or without, full-width or not.

    Returns:
        Its letters and digits, in capitals.
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())


def digest_of(typed: str) -> str:
    """
    Give the hash by which a code is kept and found.

    Args:
        typed: The secret, as someone typed it.

    Returns:
        The SHA-256 of its normal form, in hexadecimal digits.
    """
    return hashlib.sha256(normal(typed).encode("utf-8", "backslashreplace")).hexdigest()


def check_code(code: Code | None, typed: str, now: datetime) -> Fault | None:
    """
    Tell why a code cannot be used.

    Args:
        code: What the store has by the hash of *typed*, if anything.
        typed: The secret, as someone typed it.
        now: When it is tried.

    Returns:
        What is wrong, for the journal and the branch; ``None`` when it can be used.
    """
    if code is None or not hmac.compare_digest(code.digest, digest_of(typed)):
        return "unknown"
    return fault_of(code, now)


def fault_of(code: Code, now: datetime) -> Fault | None:
    """
    Tell why a code that is known cannot be used.

    Args:
        code: The code.
        now: When it is to be used.
    """
    if code.revoked is not None:
        return "revoked"
    if code.single and code.uses:
        return "used"
    return "expired" if now >= code.expires else None


def use(code: Code, now: datetime) -> Code:
    """
    Use a code once.

    Args:
        code: A code without fault.
        now: When it is used.

    Raises:
        UsageError: When it cannot be used.
    """
    _must_be_valid(code, now)
    return attrs.evolve(code, uses=code.uses + 1, used=now, version=code.version + 1)


def revoke(code: Code, now: datetime) -> Code:
    """
    Make a code invalid from now on.

    Args:
        code: A code without fault; of any other the status stays what it is.
        now: When it is revoked.

    Raises:
        UsageError: When it cannot be used anyway.
    """
    _must_be_valid(code, now)
    return attrs.evolve(code, revoked=now, version=code.version + 1)


def _must_be_valid(code: Code, now: datetime) -> None:
    fault = fault_of(code, now)
    if fault is not None:
        raise UsageError(f"the code {code.id} is {fault}: make a new one")


__all__ = [
    "ALPHABET",
    "GROUP",
    "GROUPS",
    "Fault",
    "check_code",
    "digest_of",
    "fault_of",
    "make_code",
    "normal",
    "revoke",
    "use",
]
