"""
The body of an entry as an older version wrote it, to what this version reads.

Bodies are never rewritten: the chain is made over their digests. So every form that was ever written stays readable,
by one step from each version to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from devrules.errors import InvalidInput, Problem

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

VERSION = 1
"""The version of the form in which bodies are written."""

UPCASTERS: Mapping[int, Upcaster] = {}
"""A version to the step from it to the next; every version before ``VERSION`` has one."""


def upcast(
    body: dict[str, Any],
    version: int,
    *,
    where: str,
    to: int = VERSION,
    upcasters: Mapping[int, Upcaster] = UPCASTERS,
) -> dict[str, Any]:
    """
    Bring a body into the form of a later version.

    Args:
        body: The body, as it was written; it is not changed.
        version: The version of its form.
        where: What to call the entry in errors.
        to: The version that is wanted.
        upcasters: The step from each version to the next.

    Raises:
        InvalidInput: When the version is newer than the one that is wanted, or there is no way from it.
    """
    if version > to:
        said = f"its body is of version {version}, and this devrules reads versions up to {to}"
        raise InvalidInput([Problem(where, said, "read it with the devrules that wrote it, or a newer one")])
    for step in range(version, to):
        if step not in upcasters:
            said = f"its body is of version {version}, and nothing brings version {step} to {step + 1}"
            raise InvalidInput([Problem(where, said, f"versions that can be read: {_readable(to, upcasters)}")])
        body = upcasters[step](dict(body))
    return body


def _readable(to: int, upcasters: Mapping[int, Upcaster]) -> str:
    first = to
    while first - 1 in upcasters:
        first -= 1
    return ", ".join(map(str, range(first, to + 1)))
