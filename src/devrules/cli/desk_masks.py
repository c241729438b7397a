"""A dossier as plain data, without what tells who people are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from devrules.dossier.convert import write_dossier
from devrules.dossier.model import Dossier
from devrules.mask import mask_name, mask_number, mask_text

_NAMES = frozenset({"talker", "host", "recorder"})
"""Fields of records that are somebody's name."""

_NUMBERS = frozenset({"id_number", "phone"})
_SEPARATOR = "、"
_ORGANISATIONS = ("部", "委", "会", "组")
"""How the name of an organisation ends, and that of a person hardly."""


def plain_dossier(dossier: Dossier, *, unmask: bool) -> dict[str, Any]:
    """
    Write a dossier as ``devrules.dossier/1``.

    Args:
        dossier: The dossier.
        unmask: Whether to leave names and numbers as they are.
    """
    plain = write_dossier(dossier)
    return plain if unmask else {**_masked(plain, tuple(_names_in(plain))), "id": dossier.id}


def masked_text(dossier: Dossier, text: str) -> str:
    """
    Make the names that a dossier knows unreadable in a text about it, and all long numbers.

    Args:
        dossier: The dossier.
        text: What someone wrote.
    """
    masked: str = _masked(text, tuple(_names_in(write_dossier(dossier))))
    return masked


def _names_in(plain: dict[str, Any]) -> Iterator[str]:
    """Yield all names that the dossier knows, the longest first: in free text these are masked, too."""
    people = [plain.get("person", {}), *plain.get("members", ())]
    names = {one["name"] for one in people if one.get("name")}
    for records in plain["records"].values():
        names |= {record[name] for record in records for name in _NAMES if record.get(name)}
        # Opinions are signed by one or several people, or by an organisation.
        names |= {part for record in records for part in _signers(record)}
    yield from sorted(names, key=len, reverse=True)


def _signers(record: dict[str, Any]) -> Iterator[str]:
    signed = record.get("by") or ""
    if not signed.isascii():
        yield from (part for part in signed.split(_SEPARATOR) if part and not part.endswith(_ORGANISATIONS))


def _masked(value: Any, names: tuple[str, ...], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _masked(part, names, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(part, names, key) for part in value]
    if not isinstance(value, str) or key in ("digest", "id"):
        return value
    if key in _NUMBERS:
        return mask_number(value)
    for name in names:
        value = value.replace(name, mask_name(name))
    return mask_text(value)


__all__ = ["masked_text", "plain_dossier"]
