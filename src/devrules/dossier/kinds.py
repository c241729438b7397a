"""The kinds of record: read from a ruleset, used to read dossiers and to compile rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

from devrules.dossier.shapes import SHAPES, Record

FieldType: TypeAlias = Literal["day", "number", "flag", "text", "people", "attachments"]

_TYPES: tuple[tuple[str, FieldType], ...] = (
    ("Attachment", "attachments"),
    ("Day", "day"),
    ("tuple[str", "people"),
    ("bool", "flag"),
    ("int", "number"),
    ("str", "text"),
)


@attrs.frozen
class Kind:
    """
    One kind of record.

    Args:
        id: Its name everywhere.
        zh: Its name in Chinese.
        en: Its name in English.
        shape: One of the shapes of :mod:`devrules.dossier.shapes`.
        step: Its place in the order of the process; ``None`` where it has none (series, side records).
        until: The last step beside which it may still be done, where that is later than its own.
        place: Where it usually lies in that order, for records that have no step but belong to a time.
        counts: Which of several records counts: the first or the last.
        stand_in: A kind whose day is taken where no record of this kind has one.
        kept_with: Kinds of which one being kept means that this one is kept too, so that what is not there is none.
        passes_over: Outcomes with which a record does not count, for example a failed vote.
        takes_from: A kind of which it takes over the records with the outcomes *takes*, over which that one passes.
        takes: These outcomes.
        required: Edition to the fields that it must state.
    """

    id: str
    zh: str
    en: str
    shape: str = attrs.field(validator=attrs.validators.in_(SHAPES))
    step: int | None = None
    until: int | None = None
    place: int | None = None
    counts: Literal["first", "last"] = "last"
    stand_in: str | None = None
    kept_with: tuple[str, ...] = ()
    passes_over: tuple[str, ...] = ()
    takes_from: str | None = None
    takes: tuple[str, ...] = ()
    required: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    @property
    def type(self) -> type[Record]:
        """The class of its records."""
        return SHAPES[self.shape]

    @property
    def act_day(self) -> str:
        """The field that holds the day of the act."""
        return self.type.ACT_DAY

    def field_type(self, name: str) -> FieldType | None:
        """Tell the type of the field *name*, or ``None`` where a record of this kind has no such field."""
        return field_types(self.type).get(name)


Kinds: TypeAlias = Mapping[str, Kind]


def field_types(cls: type) -> dict[str, FieldType]:
    """Tell the fields of an attrs class whose annotations are written out, each with its type; parts are left out."""
    types = {field.name: _field_type(str(field.type)) for field in attrs.fields(cls)}
    return {name: of for name, of in types.items() if of is not None}


def _field_type(annotation: str) -> FieldType | None:
    return next((kind for mark, kind in _TYPES if mark in annotation), None)
