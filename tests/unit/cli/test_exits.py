from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import devrules
from devrules.cli.exits import code_for, worst
from devrules.dossier.model import Dossier


@pytest.mark.parametrize(
    ("codes", "code"),
    [([], 0), ([0], 0), ([0, 1], 1), ([1, 4], 4), ([4, 3, 1], 3), ([3, 5, 4], 5), ([5, 0], 5)],
)
def test_the_worst_code_wins(codes: list[int], code: int) -> None:
    """A defect before an invalid ruleset, before what could not be judged, before findings."""
    assert code == worst(codes)


def test_a_transition_counts_as_a_should(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """It is yellow, and no red lamp."""
    dossier = member(application=[{"received": "2019-11-10"}], talk=[{"day": "2020-02-02"}])
    finding = club.check(dossier, as_of=date(2020, 2, 3)).finding("talk-in-time")

    assert "transition" in finding.notes
    assert [0, 1, 0] == [code_for([finding], level) for level in ("must", "should", "never")]


def test_what_is_due_soon_is_no_failure(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Its lamp is yellow all the same."""
    finding = club.check(member(application=[{"received": "2021-05-31"}]), as_of=date(2021, 6, 1)).finding(
        "talk-in-time"
    )

    assert ("pending", "yellow") == (finding.verdict, finding.lamp)
    assert 0 == code_for([finding], "should")
