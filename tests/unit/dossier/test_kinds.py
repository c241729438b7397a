from __future__ import annotations

import pytest

from devrules.dossier.kinds import Kind, field_types
from devrules.dossier.model import Person
from devrules.dossier.shapes import SHAPES, Document, Event


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_its_day_among_its_fields(shape: str) -> None:
    """The day of the act is a field, and a day."""
    kind = Kind("act", "事", "act", shape)

    assert "day" == kind.field_type(kind.act_day)


def test_a_kind_has_no_field_that_its_shape_has_not() -> None:
    """An event was on a day and has no end."""
    kind = Kind("act", "事", "act", "event")

    assert ("day", None) == (kind.field_type("day"), kind.field_type("end"))


def test_a_kind_has_a_shape_that_exists() -> None:
    """Python has the shapes, data has the kinds."""
    with pytest.raises(ValueError, match="'shape' must be in"):
        Kind("act", "事", "act", "happening")


def test_a_document_counts_from_its_receipt() -> None:
    """Where the receipt is not recorded, the day written on it stands in."""
    both = Document(day="written", received="received")  # type: ignore[arg-type]  # any value will do
    written = Document(day="written")  # type: ignore[arg-type]  # any value will do

    assert ("received", "written", None) == (both.act_day, written.act_day, Document().act_day)


def test_an_event_counts_from_its_day() -> None:
    """Every shape says which of its fields is the day of the act."""
    assert Event().act_day is None


def test_types_are_read_from_annotations() -> None:
    """They tell a measure how to read the field."""
    types = field_types(Person)

    assert ("text", "day", "flag") == (types["name"], types["birth"], types["floating"])
