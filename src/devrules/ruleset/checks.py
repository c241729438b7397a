"""
The checks, as a rule writes them.

Each is one way of saying what the law wants; what it measures stands in :mod:`devrules.program.checks`.

A *path* names a value: ``talk.day`` (of the record that counts), ``talk.first.day``, ``person.birth``. A list of paths
means: the first that is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

import attrs

from devrules.law.model import Text

PATHS = "a path or a list of paths"
Paths: TypeAlias = Annotated[tuple[str, ...], PATHS]
"""One path needs no list; other lists of words do."""


@attrs.frozen
class Present:
    """A record of this kind is there; or, in its stead, one of the kind *or_record* (``or`` in a rule)."""

    record: str
    or_record: str | None = None


@attrs.frozen
class Complete:
    """The record states these fields; by default those that its kind requires in the edition."""

    record: str
    fields: tuple[str, ...] = ()


@attrs.frozen
class Count:
    """There are at least, at most so many records."""

    records: str
    at_least: str | None = None
    at_most: str | None = None


@attrs.frozen
class Within:
    """
    *to* comes no later than *limit* after *from*; with *to_any* the earliest of these that is not before *from*.

    With *extended*, that longer limit holds where one of the fields *if_stated* gives a reason. *also_from* are other
    accepted starting points: where one of them would change the verdict, the finding says so.
    """

    limit: str
    start: Paths
    end: Paths = ()
    extended: str | None = None
    if_stated: Paths = ()
    also_from: Paths = ()
    end_any: Paths = ()


@attrs.frozen
class After:
    """
    *to* comes no earlier than *limit* after *from*; where a record of the kind of *unless* is there, than that day.

    With *strict* it comes later than that day.
    *also_from* and *also_to* are other accepted readings: where one would change the verdict, the finding says so.
    """

    limit: str
    start: Paths
    end: Paths
    unless: str | None = None
    also_from: Paths = ()
    also_to: Paths = ()
    strict: bool = False


@attrs.frozen
class Lasts:
    """
    It lasts from *from* to *to*, at least or at most so long.

    With *or_day_before*, an end that is written as the day before is long enough too.
    """

    start: Paths
    end: Paths
    at_least: str | None = None
    at_most: str | None = None
    or_day_before: bool = False


@attrs.frozen
class InOrder:
    """*first* comes no later than *then*."""

    first: Paths
    then: Paths


@attrs.frozen
class Every:
    """
    Every full *interval* from *from* until *until* (or the as-of day) has a record of the series.

    The intervals are counted from *from*; with the *grid* ``calendar`` they are those of the calendar year, without
    the one that began before *from*.
    """

    interval: str
    series: str
    start: Paths
    until: Paths
    grid: Literal["anchor", "calendar"] = "anchor"


@attrs.frozen
class Quorum:
    """
    More than this share, or at least this share, of those who should vote were present.

    From the day *in_doubt_since* on (a parameter) another regulation is content with exactly the share: a fail by that
    much is a warning.
    """

    meeting: str
    more_than: str | None = None
    at_least_share: str | None = None
    in_doubt_since: str | None = None


@attrs.frozen
class Majority:
    """More than this share of those who should vote were in favour."""

    meeting: str
    more_than: str


@attrs.frozen
class People:
    """
    The assignment names so many distinct people; all are full members; none is barred.

    Barred are: who is under one of the sanctions *none_under* with their rights not restored; who is within the time
    that a sanction of *none_within* (sanction to parameter) has effect; with *not_self*, the person of the dossier.
    """

    of: str
    at_least: str | None = None
    at_most: str | None = None
    full_members: bool = False
    none_under: tuple[str, ...] = ()
    none_within: Mapping[str, str] = attrs.field(factory=dict)
    not_self: bool = False


@attrs.frozen
class Attached:
    """The record has at least one attachment."""

    to: str


@attrs.frozen
class Agrees:
    """
    *day* is the day *plus* after *with*.

    Where there is a record of the kind of *unless*, it is that day instead. With *or_day_before*, one day earlier is
    accepted as another way of writing it.
    """

    day: Paths
    other: Paths
    plus: str | None = None
    unless: str | None = None
    or_day_before: bool = False


@attrs.frozen
class Sums:
    """The numbers *parts* of the meeting's record do not add up to more than the number *at_most_value*."""

    meeting: str
    parts: tuple[str, ...]
    at_most_value: str


@attrs.frozen
class StageAgrees:
    """The stage that the source states is the one that the records have reached."""

    recorded: str


@attrs.frozen
class Gap:
    """No two neighbours of a series lie further apart than *limit*."""

    limit: str
    series: str
    start: Paths
    until: Paths


@attrs.frozen
class Manual:
    """
    Nothing here can be measured: a person attests each of these, once the act is there. Never a pass.

    *numbers* are the parameters that the person goes by; the rule has a body in the editions in which they have values.
    """

    attest: tuple[Text, ...]
    numbers: tuple[str, ...] = ()


@attrs.frozen
class Term:
    """One comparison of an expression: with a parameter, with words, with yes or no; or whether anything is stated."""

    value: str
    at_least: str | None = None
    at_most: str | None = None
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()
    is_: bool | None = None
    stated: bool = False
    includes: tuple[str, ...] = ()


@attrs.frozen
class Expression:
    """Any, or all, of some comparisons hold."""

    any: tuple[Term, ...] = ()
    all: tuple[Term, ...] = ()


Check: TypeAlias = (
    Present
    | Complete
    | Count
    | Within
    | After
    | Lasts
    | InOrder
    | Every
    | Quorum
    | Majority
    | People
    | Attached
    | Agrees
    | Sums
    | StageAgrees
    | Gap
    | Manual
    | Expression
)

CHECKS: dict[str, type[Check]] = {
    "present": Present,
    "complete": Complete,
    "count": Count,
    "within": Within,
    "after": After,
    "lasts": Lasts,
    "in_order": InOrder,
    "every": Every,
    "quorum": Quorum,
    "majority": Majority,
    "people": People,
    "attached": Attached,
    "agrees": Agrees,
    "sums": Sums,
    "stage_agrees": StageAgrees,
    "gap": Gap,
    "manual": Manual,
    "expression": Expression,
}
"""What each check is called in a rule."""

NAMES: dict[type[Check], str] = {cls: name for name, cls in CHECKS.items()}
"""The other way round."""

RENAMED: dict[str, str] = {
    "start": "from",
    "end": "to",
    "end_any": "to_any",
    "other": "with",
    "or_record": "or",
    "is_": "is",
}
"""Fields whose name in a rule is a keyword of Python, or reads badly there."""
