"""The colour of a finding. The law defines no colours: this is the library's own convention."""

from __future__ import annotations

from datetime import date

from devrules.findings.model import Lamp
from devrules.ruleset.model import Strength

NEAR_DAYS = 30
"""A due day is near when it is at most so many days away; the library's own default."""


def lamp_of(
    verdict: str, strength: Strength, notes: tuple[str, ...], due: int | None, as_of: date, *, firm: bool = True
) -> Lamp:
    """
    Tell the colour.

    Args:
        verdict: How the rule ended.
        strength: How binding it is.
        notes: The finding's notes; only ``transition`` changes a colour.
        due: The ordinal of the earliest day on which something pending may be due.
        as_of: The day of judging.
        firm: Whether a fail stands whatever is assumed; one that rests on an assumed beginning is a warning only.

    Returns:
        Red for a failed *must*, yellow for any other fail and for a due day that is near, grey for unknown and manual,
        green for a pass, none for the rest.
    """
    match verdict:
        case "fail":
            return "red" if strength == "must" and firm and "transition" not in notes else "yellow"
        case "pass":
            return "green"
        case "unknown" | "manual":
            return "grey"
        case "pending" if due is not None and due - as_of.toordinal() <= NEAR_DAYS:
            return "yellow"
    return "none"
