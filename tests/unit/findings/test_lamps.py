from __future__ import annotations

from datetime import date, timedelta

import pytest

from devrules.findings.lamps import NEAR_DAYS, lamp_of
from devrules.findings.model import LAMPS, NOTES
from devrules.findings.words import LAMPS as LAMP_WORDS
from devrules.findings.words import NOTES as NOTE_WORDS
from devrules.findings.words import STRENGTHS, VERDICTS, label
from devrules.ruleset.model import VERDICTS as ALL_VERDICTS

AS_OF = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("verdict", "strength", "notes", "lamp"),
    [
        ("fail", "must", (), "red"),
        ("fail", "must", ("borderline", "assumed", "blank-cell", "later-record"), "red"),
        ("fail", "must", ("transition",), "yellow"),
        ("fail", "should", (), "yellow"),
        ("fail", "may", (), "yellow"),
        ("fail", "local", (), "yellow"),
        ("pass", "must", (), "green"),
        ("pass", "local", ("transition",), "green"),
        ("unknown", "must", (), "grey"),
        ("manual", "should", (), "grey"),
        ("pending", "must", (), "none"),
        ("not_applicable", "must", (), "none"),
        ("waived", "must", (), "none"),
    ],
)
def test_the_colour_of_a_verdict(verdict: str, strength: str, notes: tuple[str, ...], lamp: str) -> None:
    """Only a must that failed is red; only a transition changes a colour."""
    assert lamp == lamp_of(verdict, strength, notes, None, AS_OF)  # type: ignore[arg-type]  # it is a strength


@pytest.mark.parametrize(
    ("days", "lamp"), [(-1, "yellow"), (0, "yellow"), (NEAR_DAYS, "yellow"), (NEAR_DAYS + 1, "none")]
)
def test_what_is_due_soon_is_yellow(days: int, lamp: str) -> None:
    """Thirty days before; earlier it is of no concern."""
    due = (AS_OF + timedelta(days=days)).toordinal()

    assert lamp == lamp_of("pending", "must", (), due, AS_OF)
    assert "green" == lamp_of("pass", "must", (), due, AS_OF)


def test_there_are_words_for_everything() -> None:
    """A reader never meets a bare key."""
    assert set(ALL_VERDICTS) == set(VERDICTS)
    assert set(LAMPS) == set(LAMP_WORDS)
    assert set(NOTES) == set(NOTE_WORDS)
    assert {"must", "should", "may", "local"} == set(STRENGTHS)


def test_a_measured_value_without_words_keeps_its_name() -> None:
    """A ruleset may measure what nobody thought of."""
    assert ("room_number", "room number") == (label("room_number").zh, label("room_number").en)
    assert "写明日期" == label("day_stated").zh
    assert "content as required" == label("outcome_as_required").en
