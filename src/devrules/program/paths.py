"""Paths, as rules write them, to measures."""

from __future__ import annotations

from typing import get_args

import attrs

from devrules.dossier.kinds import FieldType, Kind, Kinds, field_types
from devrules.dossier.model import Organisation, Person
from devrules.plain import hinted, nearest
from devrules.program.measures import ActDay, Field, FirstKnown, Measure, OptionUsed, Pick, Scalar
from devrules.ruleset.checks import Paths

OWNERS = {"person": Person, "branch": Organisation, "superior": Organisation}
"""What a path may begin with that is no kind of record."""


class PathError(ValueError):
    """A path that leads nowhere."""


@attrs.frozen
class Read:
    """
    What a path, or a list of them, leads to.

    Args:
        measure: The value.
        kinds: The kinds of record it is read from; empty for a field of the person or an organisation.
        options: The alternatives, the preferred one first.
        others: What else is assumed where it is above 0.
    """

    measure: Measure
    kinds: tuple[str, ...]
    options: tuple[Measure, ...]
    others: tuple[Measure, ...] = ()

    @property
    def of_person(self) -> bool:
        """Whether it may be a field of the person or an organisation."""
        return any(isinstance(option, Scalar) for option in self.options)

    @property
    def assumed(self) -> tuple[Measure, ...]:
        """Measure which alternative was taken, where there are several."""
        return (OptionUsed(self.options), *self.others) if len(self.options) > 1 else self.others


def read_days(paths: Paths, kinds: Kinds) -> Read:
    """
    Find the day that the first of *paths* which is recorded leads to.

    Raises:
        PathError: When one of them leads nowhere, or not to a day.
    """
    options: list[Measure] = []
    read: list[str] = []
    for path in paths:
        owner, _, name = path.partition(".")
        if owner in OWNERS:
            found = scalar(path)
            if found.type != "day":
                raise PathError(f"{path!r} is no day")
            options.append(found)
            continue
        kind, pick, name, kind_type = split(path, kinds)
        if kind_type != "day":
            raise PathError(f"{path!r} is no day")
        options.append(_day(kind, pick, name))
        read.append(kind.id)
        stand_in = kinds.get(kind.stand_in or "")
        if stand_in is not None and name == kind.act_day:
            options.append(ActDay(stand_in.id, stand_in.counts))
            read.append(stand_in.id)
    unique = tuple(dict.fromkeys(options))
    measure = unique[0] if len(unique) == 1 else FirstKnown(unique)
    return Read(measure, tuple(dict.fromkeys(read)), unique)


def split(path: str, kinds: Kinds) -> tuple[Kind, Pick, str, FieldType]:
    """
    Take a path apart: the kind, which of its records counts, the field, the field's type.

    Raises:
        PathError: When there is no such kind or field.
    """
    name, *rest = path.split(".")
    if name not in kinds:
        raise PathError(hinted(f"{path!r}: there is no kind of record {name!r}", nearest(name, kinds)))
    kind = kinds[name]
    pick: Pick = kind.counts
    if len(rest) == 2 and rest[0] in get_args(Pick):  # noqa: PLR2004  # kind.pick.field
        pick = "first" if rest.pop(0) == "first" else "last"
    field_type = kind.field_type(rest[0]) if len(rest) == 1 else None
    if field_type is None:
        field = ".".join(rest)
        hint = nearest(field, field_types(kind.type))
        raise PathError(hinted(f"{path!r}: a {kind.shape} has no field {field!r}", hint))
    return kind, pick, rest[0], field_type


def scalar(
    path: str,
    among: tuple[str, ...] = (),
    assume: bool | None = None,  # noqa: FBT001
    *,
    filled: bool = False,
) -> Scalar:
    """
    Find a field of the person or of an organisation.

    Raises:
        PathError: When there is none.
    """
    owner, _, name = path.partition(".")
    field_type = field_types(OWNERS[owner]).get(name) if owner in OWNERS else None
    if field_type not in ("day", "flag", "text"):
        hint = nearest(name, field_types(OWNERS[owner])) if owner in OWNERS else nearest(owner, OWNERS)
        raise PathError(hinted(f"{path!r} names no field of {', '.join(OWNERS)}", hint))
    return Scalar(path, field_type, among, assume, filled)


def _day(kind: Kind, pick: Pick, name: str) -> Measure:
    sure = name == kind.act_day and not kind.type.OTHER_DAYS
    return ActDay(kind.id, pick) if sure else Field(kind.id, pick, name)
