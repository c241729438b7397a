"""A directory of members in a TOML file, by their branch, to what the desk asks for them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from devrules.dossier.convert import read_part
from devrules.dossier.model import Member
from devrules.errors import InvalidInput, Problem


def read_members(path: Path | str) -> Callable[[str], Sequence[Member] | None]:
    """
    Read a directory of members.

    Args:
        path: A TOML file with tables for each branch, under its id: ``id``, ``name``, ``full_since``, ``sanctions``.

    Returns:
        What gives the members of a branch; ``None`` for a branch that the file does not name.

    Raises:
        InvalidInput: With every problem found, each with its place; names are masked.
    """
    found: dict[str, list[Member]] = {}
    problems: list[Problem] = []
    for branch, there in _load(Path(path)).items():
        if not isinstance(there, list):
            problems.append(
                Problem(f"{path} $.{branch}", "expected tables of members", f"write [[{branch}]] over each")
            )
            continue
        for n, one in enumerate(there):
            try:
                member = read_part(one, Member, where=str(path), path=f"$.members[{n}]")
            except InvalidInput as error:
                problems += error.problems
            else:
                found.setdefault(branch, []).append(attrs.evolve(member, branch=member.branch or branch))
    problems += _twice(found, str(path))
    if problems:
        raise InvalidInput(problems)
    return found.get


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"cannot be read: {error.strerror or error}")]) from error
    except ValueError as error:  # no UTF-8, or no TOML
        raise InvalidInput([Problem(str(path), f"is no TOML in UTF-8: {error}")]) from error


def _twice(found: Mapping[str, Sequence[Member]], where: str) -> Iterator[Problem]:
    ids = [member.id for members in found.values() for member in members]
    for one in dict.fromkeys(ids):
        if ids.count(one) > 1:
            yield Problem(where, f"two members have the id {one!r}", "give each one of its own")


__all__ = ["read_members"]
