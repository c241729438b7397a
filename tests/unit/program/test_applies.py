from __future__ import annotations

import pytest

from devrules.dossier.kinds import Kinds
from devrules.program.applies import applies
from devrules.program.checks import CheckError
from devrules.ruleset.model import When


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(present="talk"), "talk is there >= 1"),
        (When(absent="talk"), "talk is recorded <= 0"),
        (
            When(absent="talk", or_present=("notice", "application")),
            "(talk is recorded <= 0 or notice or application is recorded >= 1)",
        ),
        (When(value="talk.day", stated=True), "(talk is there >= 1 and talk.first.day is stated >= 1)"),
        (When(value="talk.day", stated=False), "(talk is there <= 0 or talk.first.day is stated <= 0)"),
        (When(value="person.birth", stated=True), "person.birth is stated == 1"),
        (When(value="person.birth", stated=False), "person.birth is stated == 0"),
        (When(value="person.floating", is_=False), "person.floating == 0"),
    ],
    ids=str,
)
def test_what_must_hold_for_a_rule_to_apply(kinds: Kinds, when: When, said: str) -> None:
    """A record is there or not, a value is stated or as said."""
    assert said == str(applies(when, kinds))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(), "expected present, absent or value"),
        (When(present="talk", absent="notice"), "expected present, absent or value"),
        (When(absent="tlak"), "when.absent = 'tlak', which is no kind of record"),
        (When(value="talk.day"), "expected yes or no"),
        (When(absent="talk", or_present=("tlak",)), "when.or_present = 'tlak', which is no kind of record"),
        (When(absent="talk", or_in_order=("talk.day",)), "expected the days of two records"),
        (When(absent="talk", or_in_order=("talk.day", "person.birth")), "expected the days of two records"),
        (When(present="talk", or_present=("notice",)), "or_present and or_in_order stand beside absent"),
    ],
    ids=str,
)
def test_what_cannot_be_asked(kinds: Kinds, when: When, said: str) -> None:
    """It is refused when the rules are loaded."""
    with pytest.raises(CheckError, match=said):
        applies(when, kinds)
