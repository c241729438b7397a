"""Guards of overlays: those of the two manuals, and that none ever lets anyone do more."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

import devrules
from devrules.dossier.model import Member
from devrules.errors import InvalidRuleset
from devrules.process.decide import Process
from devrules.process.from_rulesets import narrowed
from devrules.process.law import ProcessLaw
from devrules.process.model import Actor
from devrules.process.permissions import permissions
from devrules.program.conditions import AllOf, Plain, Test, holds
from devrules.ruleset.process import Guard, Need, Step

Walks = Callable[..., Any]
M1, M2, AWAY = Member("m1", branch="b1"), Member("m2", branch="b1"), Member("m9", branch="b2")


@pytest.fixture(scope="module")
def under(loaded: Callable[..., devrules.Rules]) -> Callable[[str], Process]:
    """The process with the guards of an overlay, no lamp ever on."""
    return lambda overlay: Process(loaded(overlays=[overlay]).process.law, lambda *_: ())


# 2018


@pytest.mark.parametrize(
    ("until", "kind"), [("to_activist", "contact-assignment"), ("to_prospect", "sponsor-assignment")]
)
def test_in_2018_contacts_and_sponsors_are_of_the_own_branch(
    walk: Walks, under: Callable[[str], Process], until: str, kind: str
) -> None:
    """By the law those of other branches may be named, too."""
    two, away = {"people": ("m1", "m2")}, {"people": ("m1", "m9")}
    way = getattr(walk(), until)()
    manual = walk(process=under("epioneer-2018"))
    manual.dossier, manual.day = way.dossier, way.day

    way.do("record", kind, of=away, members=(M1, AWAY))
    assert ("members",) == manual.refused("record", kind, of=away, members=(M1, AWAY))
    assert "本支部" in str(manual.decide("record", kind, of=away, members=(M1, AWAY)))
    manual.do("record", kind, of=two, members=(M1, M2))
    assert ("members",) == manual.refused("record", kind, of={"people": ()})


def with_contact(walk: Walks, process: Process) -> Any:
    """An activist of whom m1 is the contact."""
    way = walk(process=process).to_activist()
    way.do("record", "contact-assignment", of={"people": ("m1", "m2")}, members=(M1, attrs.evolve(M2, name="李四")))
    return way


def test_in_2018_the_branch_reads_a_thought_report_when_the_contact_has_approved_it(
    walk: Walks, under: Callable[[str], Process]
) -> None:
    """From the activist on; that it was handed in the contact hears, not the branch."""
    way = with_contact(walk, under("epioneer-2018"))
    seen = lambda by: len(way.process.visible(way.dossier, by).records.get("thought-report", ()))  # noqa: E731
    admin, contact = Actor("admin", "branch", "b1"), Actor("m1", "contact")

    handed_in = way.do("hand-in", "thought-report", by="applicant", of={"content": "汇报"})
    assert [("contact",)] == [one.who for one in handed_in.hearings]
    assert (0, 1, ["submitted"]) == (seen(admin), seen(contact), way.statuses("thought-report"))
    assert ("role",) == way.refused("approve", "thought-report")
    assert ("reason",) == way.refused("return", "thought-report", by="contact")
    way.do("return", "thought-report", by="contact", reason="太短")
    assert (0, 1) == (seen(admin), seen(contact))
    way.do("hand-in", "thought-report", by="applicant")
    way.do("approve", "thought-report", by="contact")
    assert (1, 2, ["returned", "effective"]) == (seen(admin), seen(contact), way.statuses("thought-report"))
    assert ("submitted",) == way.refused("approve", "thought-report", by="contact")


def test_in_2018_an_applicants_thought_report_needs_nobody(walk: Walks, under: Callable[[str], Process]) -> None:
    """There is no contact yet; by the law there never is a review."""
    for process in (under("epioneer-2018"), None):
        way = walk(process=process)
        handed_in = way.do("hand-in", "thought-report", by="applicant")
        assert (["effective"], [("branch",)]) == (
            way.statuses("thought-report"),
            [one.who for one in handed_in.hearings],
        )
    way.to_activist()
    way.do("hand-in", "thought-report", by="applicant")
    assert ["effective"] * 2 == way.statuses("thought-report")


def test_in_2018_the_contact_writes_the_opinions(walk: Walks, under: Callable[[str], Process]) -> None:
    """The branch reads them."""
    way = with_contact(walk, under("epioneer-2018"))

    for kind in ("cultivation-opinion", "contact-opinion"):
        assert ("role",) == way.refused("record", kind)
        way.do("record", kind, by="contact")
        assert ("role",) == way.refused("edit", kind, target=f"{kind}-1")


def test_in_2018_the_notice_is_attached(walk: Walks, under: Callable[[str], Process]) -> None:
    """By the law it need not be."""
    way = walk(process=under("epioneer-2018"))
    way.dossier = walk().to_consent().dossier

    assert ("attachments",) == way.refused("record", "public-notice")
    walk_by_law = walk()
    walk_by_law.dossier = way.dossier
    walk_by_law.do("record", "public-notice")


# 2023


def test_in_2023_the_branch_enters_the_opinions_and_names_the_contact(
    walk: Walks, under: Callable[[str], Process]
) -> None:
    """By id or by name; the contact has no hand in it."""
    way = with_contact(walk, under("epioneer-2023"))

    for kind in ("cultivation-opinion", "contact-opinion"):
        assert ("role",) == way.refused("record", kind, by="contact", of={"by": "m1"})
        assert ("by",) == way.refused("record", kind)
        assert ("by",) == way.refused("record", kind, of={"by": "王五"})
        way.do("record", kind, of={"by": "m1"})
        way.do("record", kind, of={"by": "李四"})


def test_in_2023_contacts_may_be_of_another_branch(walk: Walks, under: Callable[[str], Process]) -> None:
    """Under the same committee."""
    way = walk(process=under("epioneer-2023")).to_activist()

    way.do("record", "contact-assignment", of={"people": ("m1", "m9")}, members=(M1, AWAY))

    assert [("m1", "m9")] == [one.people for one in way.dossier.records["contact-assignment"]]


def test_in_2023_the_approval_of_the_application_leaves_its_day(walk: Walks, under: Callable[[str], Process]) -> None:
    """From which the manual counts the month for the talk."""
    way = walk(process=under("epioneer-2023"))
    way.do("hand-in", "application", by="applicant")
    day = way.day
    way.do("approve", "application")

    assert [day] == [one.day.low for one in way.dossier.records["application-approval"]]
    by_law = walk()
    by_law.do("hand-in", "application", by="applicant")
    by_law.do("approve", "application")
    assert "application-approval" not in by_law.dossier.records


def test_a_desk_names_one_manual(loaded: Callable[..., devrules.Rules]) -> None:
    """Together they leave nobody who may write an opinion; for audits both may be loaded."""
    both = loaded(overlays=["epioneer-2018", "epioneer-2023"])

    with pytest.raises(InvalidRuleset, match="nobody is left of branch, contact"):
        _ = both.process


# Whatever a guard says


def guards_of(step: Step, law: ProcessLaw) -> Iterator[Guard]:
    """Yield guards of every sort for a step, also such as would like to allow more."""
    roles = tuple(law.roles)
    for size in (1, 2):
        yield from (Guard(step.kind, record=some) for some in itertools.combinations(step.record, size))
    yield from (Guard(step.kind, review=(role,)) for role in step.review or roles)
    yield Guard(step.kind, review=step.review or ("branch",), review_stages=("activist",))
    yield from (Guard(step.kind, members_from=one) for one in ("branch", "committee"))
    yield Guard(step.kind, needs=(Need(present="talk"),))
    yield Guard(step.kind, needs=(Need(waiting="pre-examination", stages=("prospect",)),))
    yield Guard(step.kind, asks=("by", "attachments", "dues"))


def implies(stricter: Plain, laxer: Plain, chance: random.Random) -> bool:
    """Try whether wherever the one holds the other does."""
    values: dict[str, list[int]] = {}
    for test in (*compared(stricter), *compared(laxer)):
        values.setdefault(test.prop, []).extend((test.value - 1, test.value, test.value + 1))
    facts = ({prop: chance.choice(known) for prop, known in values.items()} for _ in range(150))
    return all(holds(laxer, fact) for fact in facts if holds(stricter, fact))


def compared(plain: Plain) -> Iterator[Test]:
    if isinstance(plain, Test):
        yield plain
    else:
        for part in plain.parts:
            yield from compared(part)


def test_no_guard_ever_allows_more(process: Process) -> None:
    """
    Whatever it says, where something may be done with it, it may be done without it.

    A review that a guard brings adds approving and returning; these are about what would have counted at once.
    """
    chance = random.Random(1)  # noqa: S311  # a test, no secret
    law, by_law = process.law, process.permissions
    tried = 0
    for step in law.steps.values():
        for guard in guards_of(step, law):
            guarded = permissions(attrs.evolve(law, steps={step.kind: narrowed(step, guard)}))
            for rule, permission in guarded.items():
                if permission.kind != step.kind or (not step.review and permission.verb in ("approve", "return")):
                    continue
                whole = AllOf(tuple(one.when for one in (*permission.standing, *permission.asked)))
                lax = by_law[rule]
                assert implies(whole, AllOf(tuple(one.when for one in (*lax.standing, *lax.asked))), chance), guard
                tried += 1
    assert tried > 1000


def test_what_is_reviewed_stays_reviewed_everywhere(process: Process) -> None:
    """Not only in the stages that a guard names; nor does a guard open the branch to the committee."""
    step = attrs.evolve(process.law.steps["application"], members_from="branch")

    assert () == narrowed(step, Guard("application", review=("branch",), review_stages=("activist",))).review_stages
    assert "branch" == narrowed(step, Guard("application", members_from="committee")).members_from


def test_a_guard_also_holds_in_the_openings_of_editions(process: Process) -> None:
    """What is asked before the new edition is asked after it."""
    step = process.law.steps["public-notice"]
    asked = Need(present="talk")

    guarded = narrowed(step, Guard("public-notice", needs=(asked,)))

    assert asked in guarded.needs
    assert all(asked in opening.needs for opening in guarded.editions.values())
