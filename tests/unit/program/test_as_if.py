"""One edition in force on every day: what it asks of every act, and that nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs
import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.program.as_if import as_if, compile_as_if
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.model import Body, Compiled

AS_OF = date(2021, 6, 1)
OVERLAYS = ("epioneer-2018", "epioneer-2023", "local-example-province", "local-example-university")
EDITIONS = ("xize-2014", "xize-2026")
Make = Callable[..., Dossier]


@pytest.fixture(scope="session")
def everything(loaded: Callable[..., devrules.Rules]) -> devrules.Rules:
    """The national rules with every overlay that comes with devrules."""
    return loaded(overlays=OVERLAYS, engine="reference")


def body(compiled: Compiled, edition: str) -> Body | None:
    """Give what a rule asks in an edition; when a fail is in doubt is told for a group of editions elsewhere."""
    index = next(n for n, one in enumerate(compiled.editions, start=1) if one.id == edition)
    group = compiled.group(index)
    return group.body and attrs.evolve(group.body, softened=()) if group else None


def test_an_old_act_is_judged_by_the_new_edition(club: devrules.Rules, member: Make) -> None:
    """Forty days were in time in 2010, and are too many by what is asked since 2020; nothing is in transition."""
    dossier = member(application=[{"received": "2010-01-31"}], talk=[{"day": "2010-03-12"}])
    now = club.check(dossier, as_of=AS_OF).finding("talk-in-time")
    then = club.as_if("club-2020").check(dossier, as_of=AS_OF).finding("talk-in-time")

    assert ("pass", "club-2000", "1") == (now.verdict, now.edition, now.article)
    assert ("fail", "red", "club-2020", "2", ()) == (then.verdict, then.lamp, then.edition, then.article, then.notes)


def test_a_new_act_is_judged_by_the_old_edition(club: devrules.Rules, member: Make) -> None:
    """The other way round."""
    dossier = member(application=[{"received": "2021-01-31"}], talk=[{"day": "2021-03-12"}])
    now = club.check(dossier, as_of=AS_OF).finding("talk-in-time")
    then = club.as_if("club-2000").check(dossier, as_of=AS_OF).finding("talk-in-time")

    assert ("fail", "club-2020") == (now.verdict, now.edition)
    assert ("pass", "club-2000", "1") == (then.verdict, then.edition, then.article)


@pytest.mark.parametrize(
    ("received", "talk", "note", "verdict"),
    [
        ("1990-01-31", "1990-02-10", "edition-not-encoded", "pass"),
        ("2019-12-01", "2020-02-10", "transition", "fail"),
        ("2019-11-01", "2020-01-10", "transition", "fail"),
        ("2019-12-01", "2019-12-20/2020-01-10", None, "unknown"),
    ],
)
def test_a_what_if_has_no_change_of_editions(
    club: devrules.Rules, member: Make, received: str, talk: str, note: str | None, verdict: str
) -> None:
    """Nothing is in transition, no day is too old; what is not precise enough for the limit stays unknown."""
    dossier = member(application=[{"received": received}], talk=[{"day": talk}])
    now = club.check(dossier, as_of=AS_OF).finding("talk-in-time")
    then = club.as_if("club-2020").check(dossier, as_of=AS_OF).finding("talk-in-time")

    assert ([note] if note else []) == list(now.notes)
    assert (verdict, (), "club-2020") == (then.verdict, then.notes, then.edition)


def test_a_rule_without_a_body_does_not_apply(club: devrules.Rules, member: Make) -> None:
    """Nobody asked for five working days before 2020."""
    dossier = member(notice=[{"start": "2021-03-01", "end": "2021-03-02"}])
    verdicts = [
        rules.check(dossier, as_of=AS_OF).finding("notice-long-enough").verdict
        for rules in (club, club.as_if("club-2000"), club.as_if("club-2020"))
    ]

    assert ["fail", "not_applicable", "fail"] == verdicts


def test_an_unknown_edition_is_told_with_those_that_there_are(club: devrules.Rules) -> None:
    """And the one that was meant."""
    said = r"there is no edition 'club-2021'; there are: club-2000, club-2020 \(did you mean 'club-20\d0'\?\)"
    with pytest.raises(devrules.UsageError, match=said):
        club.as_if("club-2021")


def test_a_rule_that_cannot_be_compiled_is_not_left_out(club: devrules.Rules) -> None:
    """Else a what-if would be silent about it."""
    [ruleset] = club.rulesets
    first, *others = ruleset.rules
    broken = attrs.evolve(ruleset, rules=(attrs.evolve(first, judges=("nothing",)), *others))

    with pytest.raises(devrules.InvalidRuleset, match="judges 'nothing', which is no kind of record"):
        compile_as_if([broken], "club-2020", club.program.calendar, "person")


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_rule_asks_what_it_asks_in_that_edition(everything: devrules.Rules, edition: str) -> None:
    """Of all rules, those of overlays too; where it stands stays the same."""
    fixed = everything.as_if(edition)

    assert [rule.id for rule in everything.compiled] == [rule.id for rule in fixed.compiled]
    for real, what_if in zip(everything.compiled, fixed.compiled, strict=True):
        if edition in {one.id for one in real.editions}:
            assert body(real, edition) == body(what_if, edition), real.id
            assert edition == what_if.editions[-1].id
            assert real.rule.citations == what_if.rule.citations


@pytest.mark.parametrize(("edition", "asks"), [("xize-2014", False), ("xize-2026", True)])
def test_an_overlay_extends_what_that_edition_asks(everything: devrules.Rules, edition: str, asks: bool) -> None:
    """The example province asks for a longer notice at the place of origin; before 2026 there was none."""
    compiled = everything.as_if(edition).rule("province-origin-notice")

    assert asks == any(group.body is not None for group in compiled.groups)


def test_other_regulations_stay_as_they_are(everything: devrules.Rules) -> None:
    """Only the edition that is named rules for ever."""
    xize, *others = (one for ruleset in as_if(everything.rulesets, "xize-2014") for one in ruleset.regulations)
    _, *unchanged = (one for ruleset in everything.rulesets for one in ruleset.regulations)

    assert ["xize-2026", "xize-2014"] == [one.id for one in xize.editions]
    assert "xize-2014" == xize.in_force(date(2026, 12, 1)).id  # type: ignore[union-attr]
    assert unchanged == others


def test_rules_that_are_compiled_again_stay_as_they_are(everything: devrules.Rules) -> None:
    """A program's rulesets are resolved; resolving them once more changes nothing, citations included."""
    program = everything.program
    again = compile_rulesets(program.rulesets, program.calendar)

    assert program.rules == again.rules
    assert program.outcomes == again.outcomes
