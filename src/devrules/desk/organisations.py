"""The tree of organisations: which are over one, which are under it. A TOML file, or a mapping, to a tree."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import attrs

from devrules.errors import InvalidInput, Problem
from devrules.plain import READ_ERRORS, nearest, problems_of, strict_converter


class OrganisationTree(Protocol):
    """Who is over whom. Of an organisation that it does not know, nobody is over or under it."""

    def above(self, organisation: str) -> tuple[str, ...]:
        """List the ids of all organisations over one, the nearest first."""

    def below(self, organisation: str) -> tuple[str, ...]:
        """List the ids of all organisations under one, the nearest first."""

    def name(self, organisation: str) -> str | None:
        """Give the name of one; ``None`` where it is not known."""


@attrs.frozen
class Listed:
    """An organisation as it is written: its *name*, and the id of the one right over it, if any is."""

    name: str
    under: str | None = None


@attrs.frozen
class Organisations:
    """
    A tree of organisations that are all listed.

    Args:
        listed: Id to organisation. Whatever stands over one is listed, too, and nothing stands over itself.
    """

    listed: Mapping[str, Listed] = attrs.field(factory=dict)

    def above(self, organisation: str) -> tuple[str, ...]:
        """List the ids of all organisations over one, the nearest first."""
        return tuple(_over(self.listed, organisation))

    def below(self, organisation: str) -> tuple[str, ...]:
        """List the ids of all organisations under one, the nearest first; of the same distance, in the order listed."""
        found: list[str] = []
        level = self._children.get(organisation, [])
        while level:
            found += level
            level = [child for one in level for child in self._children.get(one, [])]
        return tuple(found)

    def name(self, organisation: str) -> str | None:
        """Give the name of one; ``None`` where it is not known."""
        listed = self.listed.get(organisation)
        return None if listed is None else listed.name

    _children: Mapping[str, list[str]] = attrs.field(init=False, repr=False, eq=False)

    @_children.default
    def _(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for organisation, listed in self.listed.items():
            if listed.under is not None:
                children.setdefault(listed.under, []).append(organisation)
        return children


def read_organisations(source: Path | str | Mapping[str, Any]) -> Organisations:
    """
    Read a tree of organisations.

    Args:
        source: The path of a TOML file with a table for each organisation (its id, with ``name`` and ``under``), or
            what ``tomllib`` made of one.

    Raises:
        InvalidInput: With every problem found, each with its place.
    """
    where = "organisations" if isinstance(source, Mapping) else str(source)
    data = source if isinstance(source, Mapping) else _load(Path(source))
    try:
        listed = strict_converter().structure(data, dict[str, Listed])
    except READ_ERRORS as error:
        raise InvalidInput(problems_of(error, where)) from error
    problems = list(_problems(listed, where))
    if problems:
        raise InvalidInput(problems)
    return Organisations(listed)


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"cannot be read: {error.strerror or error}")]) from error
    except ValueError as error:  # no UTF-8, or no TOML
        raise InvalidInput([Problem(str(path), f"is no TOML in UTF-8: {error}")]) from error


def _problems(listed: Mapping[str, Listed], where: str) -> Iterator[Problem]:
    for organisation, one in listed.items():
        place = f"{where} $[{organisation!r}]"
        if not one.name.strip():
            yield Problem(f"{place}.name", "is empty")
        if one.under is not None and one.under not in listed:
            yield Problem(f"{place}.under", f"there is no organisation {one.under!r}", nearest(one.under, listed))
        if organisation in _over(listed, organisation):
            yield Problem(f"{place}.under", "it would stand over itself")


def _over(listed: Mapping[str, Listed], organisation: str) -> list[str]:
    """Go up; where it leads in a circle, once around."""
    found: list[str] = []
    one = listed.get(organisation)
    while one is not None and one.under is not None and one.under not in found:
        found.append(one.under)
        one = listed.get(one.under)
    return found


__all__ = ["Listed", "OrganisationTree", "Organisations", "read_organisations"]
