from __future__ import annotations

import pytest

from devrules.dossier.kinds import Kinds
from devrules.program.measures import ActDay, Field, FirstKnown, OptionUsed, Scalar
from devrules.program.paths import PathError, read_days, scalar, split

BALLOT, RECORDED = ActDay("ballot", "last"), ActDay("recorded-ballot", "last")


def test_a_path_leads_to_the_record_that_counts(kinds: Kinds) -> None:
    """The kind says which one that is, unless the path does."""
    assert ActDay("talk", "first") == read_days(("talk.day",), kinds).measure
    assert ActDay("talk", "last") == read_days(("talk.last.day",), kinds).measure
    assert Field("notice", "last", "end") == read_days(("notice.end",), kinds).measure


def test_the_days_of_a_document_are_fields_of_their_own(kinds: Kinds) -> None:
    """The day written on it is not the day it arrived."""
    assert Field("application", "first", "received") == read_days(("application.received",), kinds).measure


def test_a_kind_has_a_stand_in_for_its_day(kinds: Kinds) -> None:
    """Where it is taken, the finding says so."""
    read = read_days(("ballot.day",), kinds)

    assert FirstKnown((BALLOT, RECORDED)) == read.measure
    assert (OptionUsed((BALLOT, RECORDED)),) == read.assumed
    assert ("ballot", "recorded-ballot") == read.kinds


def test_a_path_to_the_person_reads_no_record(kinds: Kinds) -> None:
    """Nobody waits for the day of birth."""
    read = read_days(("person.birth",), kinds)

    assert (Scalar("person.birth", "day"), (), ()) == (read.measure, read.kinds, read.assumed)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("tlak.day", "'tlak.day': there is no kind of record 'tlak' (did you mean 'talk'?)"),
        ("talk", "'talk': a talk has no field ''"),
        ("talk.second.day", "'talk.second.day': a talk has no field 'second.day'"),
        ("talk.first.day.year", "'talk.first.day.year': a talk has no field"),
        ("ballot.place", "'ballot.place' is no day"),
        ("person.brith", "'person.brith' names no field of person, branch, superior"),
    ],
)
def test_a_path_that_leads_nowhere(kinds: Kinds, path: str, said: str) -> None:
    """It is shown, with what was meant if that can be guessed."""
    with pytest.raises(PathError) as caught:
        read_days((path,), kinds)

    assert str(caught.value).startswith(said)


def test_takes_a_path_apart(kinds: Kinds) -> None:
    """The kind, the record, the field, the type."""
    assert (kinds["ballot"], "last", "place", "text") == split("ballot.place", kinds)


def test_a_field_of_an_organisation() -> None:
    """Flags, days and texts can be measured."""
    assert Scalar("branch.has_committee", "flag", (), assume=True) == scalar("branch.has_committee", assume=True)


def test_a_text_of_the_person_is_no_day(kinds: Kinds) -> None:
    """It could not be compared with one."""
    with pytest.raises(PathError, match="is no day"):
        read_days(("person.name",), kinds)
