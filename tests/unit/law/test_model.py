from __future__ import annotations

from datetime import date

import pytest

from devrules.law.model import MARKS, Citation, Edition, Regulation, Text

OLD = Edition("old", "旧版", "old", date(2000, 1, 1), "读书会", "V1")
NEW = Edition("new", "新版", "new", date(2020, 1, 1), "读书会", "V2")
CLUB = Regulation("club", "章程", "statutes", "读书会", Text("章程", "Statutes"), (OLD, NEW))


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(1999, 12, 31), None),
        (date(2000, 1, 1), OLD),
        (date(2019, 12, 31), OLD),
        (date(2020, 1, 1), NEW),
        (date.max, NEW),
    ],
)
def test_an_edition_is_in_force_until_the_next(day: date, edition: Edition | None) -> None:
    """It counts from its own day; before the first, none is encoded."""
    assert edition == CLUB.in_force(day)


def test_a_mark_must_be_one_of_those_explained() -> None:
    """Nobody knows what another one would mean."""
    with pytest.raises(ValueError, match="'verified' must be in"):
        Citation("old", "1", "sure")


def test_every_mark_is_explained_in_both_languages() -> None:
    """They stand in reports of either language."""
    assert [{"zh", "en"}] * len(MARKS) == [set(said) for said in MARKS.values()]


def test_a_text_is_said_in_either_language() -> None:
    """Whatever is not Chinese is English."""
    text = Text("甲", "one")

    assert ("甲", "one") == (text.said("zh"), text.said("en"))
