"""The day of birth as it is written, and as the ID number has it."""

from __future__ import annotations

import attrs

from devrules.days import Day
from devrules.ledger.cells import Said
from devrules.ledger.merge import Entry
from devrules.ledger.numbers import birth_of
from devrules.ledger.reasons import BIRTH_DIFFERS

_BIRTH, _ID_NUMBER = "person.birth", "person.id_number"


def birth_fits(id_number: str | None, birth: Day | None) -> bool:
    """Tell whether the two may both be right; they may where one is not known."""
    return id_number is None or birth is None or birth.low <= birth_of(id_number) <= birth.high


def agreed_birth(said: dict[str, Said], entries: list[Entry]) -> list[tuple[Entry, str]]:
    """
    Compare the birth with the ID number.

    Where they disagree nobody can tell which one is right, so that any day from the one to the other is possible.

    Args:
        said: What a row says of each field; the birth is changed where it disagrees.
        entries: The cells of the row.

    Returns:
        The cells of the birth where it disagrees, with the reason.
    """
    birth, id_number = said.get(_BIRTH), said.get(_ID_NUMBER)
    if birth is None or id_number is None or birth.state != "value" or id_number.state != "value":
        return []
    if birth_fits(id_number.value, birth.value):
        return []
    other = birth_of(id_number.value)
    both = Day(min(other, birth.value.low), max(other, birth.value.high))
    said[_BIRTH] = attrs.evolve(birth, value=both)
    return [(entry, BIRTH_DIFFERS) for entry in entries if entry.column.path == _BIRTH and entry.said.state == "value"]
