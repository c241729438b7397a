from __future__ import annotations

from collections.abc import Callable
from datetime import date

import devrules
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.program.view import View, kept_kinds

AS_OF = date(2021, 6, 30)


def test_records_later_than_the_day_are_left_out(kinds: Kinds, member: Callable[..., Dossier]) -> None:
    """They are remembered, so that the finding can say so."""
    view = View(member(talk=[{"day": "2021-06-30"}, {"day": "2021-07-01"}], filing=[{"day": "2022"}]), AS_OF, kinds)

    assert ([0], {"talk", "filing"}) == ([dated.n for dated in view.records["talk"]], view.later)
    assert "filing" not in view.records


def test_what_may_be_later_was_done_by_the_day(kinds: Kinds, member: Callable[..., Dossier]) -> None:
    """What is recorded has happened."""
    view = View(member(talk=[{"day": "2021"}]), AS_OF, kinds)

    assert (date(2021, 1, 1).toordinal(), AS_OF.toordinal()) == view.records["talk"][0].ends


def test_only_effective_records_count(kinds: Kinds, member: Callable[..., Dossier]) -> None:
    """Drafts and what was returned or withdrawn do not, nor a failed vote."""
    statuses = [{"status": one} for one in ("draft", "returned", "withdrawn", "effective")]
    view = View(member(talk=statuses, ballot=[{"outcome": "not-passed"}]), AS_OF, kinds)

    assert [3] == [dated.n for dated in view.records["talk"]]
    assert "ballot" not in view.records


def test_a_kind_is_kept_where_one_field_is(member: Callable[..., Dossier]) -> None:
    """A ledger keeps those of its columns."""
    assert {"talk", "ballot"} == kept_kinds(member(recorded_kinds=["talk.day", "talk.talker", "ballot"]))


def test_what_one_kind_passes_over_another_may_take(rules: devrules.Rules) -> None:
    """A meeting on the conversion that extended probation is one on the extension, as those filed so are."""
    records = {
        "conversion-meeting": [
            {"day": "2021-01-01", "outcome": "extended"},
            {"day": "2021-02-01", "outcome": "passed"},
        ],
        "extension-meeting": [{"day": "2020-01-01"}],
    }
    plain = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records}
    view = View(rules.read_dossier(plain), AS_OF, rules.program.kinds)

    assert [1] == [dated.n for dated in view.records["conversion-meeting"]]
    assert [date(2020, 1, 1), date(2021, 1, 1)] == [
        date.fromordinal(dated.ends[0]) for dated in view.records["extension-meeting"] if dated.ends
    ]
