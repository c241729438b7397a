"""What is wrong with a process is told, all at once, each with its file and place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from devrules.api import lint_rulesets
from devrules.errors import InvalidRuleset
from devrules.process.from_rulesets import process_law
from devrules.ruleset.model import Ruleset

Read = Callable[..., Sequence[Ruleset]]


def wrong(rulesets: Sequence[Ruleset]) -> list[str]:
    """What is wrong, without the folder."""
    try:
        process_law(rulesets, rulesets[0].kinds)
    except InvalidRuleset as error:
        folder = rulesets[0].path.parent
        return [str(problem).replace(f"{folder}/", "") for problem in error.problems]
    return []


def test_the_process_of_the_club_is_sound(club_with: Read) -> None:
    """Nothing is found in it; with a sound guard neither."""
    assert [] == wrong(club_with(overlay='[guards.talk]\nrecord = ["guide"]\n'))


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (
            'sees = ["application"]',
            'sees = ["applicaton"]',
            "roles.reader",
            "no kind 'applicaton' (did you mean 'application'?)",
        ),
        ('named_in = ["guides"]', 'named_in = ["guide"]', "roles.guide", "no kind 'guide'"),
        ('roles = ["reader", "guide", "secretary"]', 'roles = ["nobody"]', "commands.view", "no role 'nobody'"),
        ('roles = ["reader", "guide", "secretary"]', 'stages = ["x"]', "commands.view", "no stage 'x'"),
        ('roles = ["reader", "guide", "secretary"]', 'kind = "x"', "commands.view", "no kind 'x'"),
        ('roles = ["reader", "guide", "secretary"]', 'kind_in = { x = "talk" }', "commands.view", "no stage 'x'"),
        ('roles = ["reader", "guide", "secretary"]', 'kind_in = { member = "x" }', "commands.view", "no kind 'x'"),
        ('roles = ["reader", "guide", "secretary"]', 'needs = [{ present = "x" }]', "commands.view", "no kind 'x'"),
        ('approve = { zh = "通过", en = "approve" }\n', "", "steps.application", "no command 'approve'"),
        ('file = { zh = "上报", en = "file" }\n', "", "hearings[0]", "no command 'file'"),
        ('member = ["ballot"]', 'mem = ["ballot"]', "stages_by", "no stage 'mem'"),
        ('member = ["ballot"]', 'member = ["x"]', "stages_by.member", "no kind 'x'"),
        ('by = "review"', 'by = "x"', "endings[0]", "no kind 'x'"),
        ('by = "review"', 'by = "review"\namong = ["x"]', "endings[0]", "no outcome 'x'"),
        ('review = ["secretary"]', 'review = ["y"]', "steps.application", "no role 'y'"),
        (
            'hand_in = ["reader"]\nreview = ["secretary"]',
            'review = ["secretary"]',
            "steps.application.review",
            "nobody hands in",
        ),
        (
            'hand_in = ["reader"]\nreview = ["secretary"]',
            'hand_in = ["reader"]\nreview_stages = ["x"]',
            "steps.application",
            "no stage 'x'",
        ),
        (
            'record = ["secretary", "guide"]',
            'record = ["guyde"]',
            "steps.talk",
            "no role 'guyde' (did you mean 'guide'?)",
        ),
        (
            'record = ["secretary", "guide"]',
            'record = ["guide"]\nmembers_from = "branch"',
            "steps.talk.members_from",
            "name no members",
        ),
        ('record = ["secretary", "guide"]', 'record = ["guide"]\nasks = ["by"]', "steps.talk.asks", "no field 'by'"),
        ('record = ["secretary", "guide"]', 'record = ["guide"]\nleaves = "x"', "steps.talk", "no kind 'x'"),
        ('outcomes = ["passed", "not-passed"]', 'outcomes = ["x"]', "steps.ballot", "no outcome 'x'"),
        ('outcomes = ["passed", "not-passed"]', 'recorded_as = { x = "ballot" }', "steps.ballot", "no outcome 'x'"),
        ('outcomes = ["passed", "not-passed"]', 'recorded_as = { passed = "x" }', "steps.ballot", "no kind 'x'"),
        (
            'outcomes = ["passed", "not-passed"]',
            "editions.x = { stages = [] }",
            "steps.ballot.editions",
            "no edition 'x'",
        ),
        (
            'outcomes = ["passed", "not-passed"]',
            'editions.club-2020 = { stages = ["x"] }',
            "steps.ballot.editions.club-2020",
            "no stage 'x'",
        ),
        (
            'outcomes = ["passed", "not-passed"]',
            'editions.club-2020 = { needs = [{ waiting = "x" }] }',
            "steps.ballot.editions.club-2020",
            "no gate 'x'",
        ),
        ('locked_by = ["filing"]', 'locked_by = ["x"]', "steps.ballot", "no gate 'x'"),
        (
            'needs = [{ present = "talk" }]',
            'needs = [{ unless = "x", among = ["passed"] }]',
            "steps.filing",
            "no kind 'x'",
        ),
        (
            'needs = [{ present = "talk" }]',
            'needs = [{ unless = "ballot", among = ["x"] }]',
            "steps.filing",
            "no outcome 'x'",
        ),
        (
            'needs = [{ present = "talk" }]',
            'needs = [{ present = "talk", stages = ["x"] }]',
            "steps.filing",
            "no stage 'x'",
        ),
        ('who = ["secretary"]', 'who = ["x"]', "hearings[0]", "no role 'x'"),
        ('who = ["secretary"]', 'who = ["guide"]\nkinds = ["x"]', "hearings[0]", "no kind 'x'"),
        (
            'zh = "{person}上报"',
            'zh = "{persn}上报"',
            "hearings[0].zh",
            "nothing stands for {persn} (did you mean 'person'?)",
        ),
        ('en = "{role}: no {deed}"', 'en = "{role: no"', "refusals.role.en", "cannot be filled in"),
        ('en = "{role}: no {deed}"', 'en = "{verb}"', "refusals.role.en", "nothing stands for {verb}"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_its_place(
    club_with: Read, old: str, new: str, place: str, said: str
) -> None:
    """And with what might be meant."""
    [found] = [one for one in wrong(club_with(old=old, new=new)) if one.startswith(f"club/process.toml {place}: ")]

    assert said in found


@pytest.mark.parametrize(
    ("guard", "place", "said"),
    [
        ("[guards.x]\n", "guards.x", "no kind 'x'"),
        ("[guards.notice]\n", "guards.notice", "the process has no step for this kind"),
        ('[guards.talk]\nrecord = ["reader"]\n', "guards.talk.record", "nobody is left of secretary, guide"),
        ('[guards.talk]\nrecord = ["reader", "guide"]\n', "guards.talk.record", "it lets only secretary, guide"),
        ('[guards.application]\nrecord = ["guide"]\n', "guards.application.record", "nobody records this"),
        ('[guards.application]\nreview = ["guide"]\n', "guards.application.review", "nobody is left of secretary"),
        ('[guards.talk]\nreview = ["guide"]\n', "guards.talk.review", "nobody hands in"),
        ('[guards.talk]\nleaves = "ballot"\n', "guards.talk.leaves", "nothing is approved here"),
        ('[guards.review]\nleaves = "x"\nreview = ["secretary"]\n', "guards.review", "no kind 'x'"),
        ('[guards.review]\nreview = ["secretary"]\nreview_stages = ["x"]\n', "guards.review", "no stage 'x'"),
        ('[guards.talk]\nmembers_from = "branch"\n', "guards.talk.members_from", "name no members"),
        ('[guards.talk]\nasks = ["by"]\n', "guards.talk.asks", "no field 'by'"),
        ('[guards.talk]\nneeds = [{ waiting = "x" }]\n', "guards.talk", "no gate 'x'"),
    ],
)
def test_a_guard_that_would_not_guard_is_told(club_with: Read, guard: str, place: str, said: str) -> None:
    """One that lets someone do more, or leaves nobody, or is about nothing."""
    [found] = [one for one in wrong(club_with(overlay=guard)) if one.startswith(f"local/process.toml {place}: ")]

    assert said in found


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("roles", '[roles.boss]\nzh = "头"\nen = "boss"\nreaches = ["own"]\n'),
        ("commands", '[commands.dance]\nzh = "跳舞"\nen = "dance"\n'),
        ("steps", '[steps.notice]\nrecord = ["secretary"]\nstages = ["applicant"]\n'),
        ("stages_by", '[stages_by]\nmember = ["talk"]\n'),
        ("endings", '[[endings]]\nby = "talk"\n'),
        ("hearings", '[[hearings]]\non = "file"\nwho = ["reader"]\nzh = "报"\nen = "filed"\n'),
        ("refusals", '[refusals]\nrole = { zh = "不", en = "no" }\n'),
        ("outcomes", '[outcomes]\nperhaps = { zh = "也许", en = "perhaps" }\n'),
        ("codes", '[codes]\nsingle = "1 day"\nbranch = "1 hour"\nattempts = 3\nwindow = "1 hour"\n'),
        ("stages", '[stages.ghost]\nzh = "鬼"\nen = "ghost"\nentered_by = ["talk"]\n'),
        ("gates", '[gates.other]\nzh = "关"\nen = "other"\nsubmission = "talk"\n'),
        ("special_ways", 'special_ways = ["talk"]\n'),
    ],
)
def test_an_overlay_may_hold_only_guards(club_with: Read, section: str, text: str) -> None:
    """Whatever else stands in its process.toml is told."""
    assert [f"local/process.toml {section}: an overlay may hold only guards (leave the rest to the law)"] == wrong(
        club_with(overlay=text)
    )


def test_everything_is_told_at_once(club_with: Read) -> None:
    """What is wrong in the law and in the overlay, each with its own file."""
    found = wrong(
        club_with(
            old='member = ["ballot"]', new='mem = ["x"]', more='[steps.notice]\nstages = ["y"]', overlay="[guards.z]\n"
        )
    )

    assert ["club", "club", "club", "local"] == [one.split("/")[0] for one in found]


def test_lint_looks_at_the_process_too(club_with: Read, folder: Path) -> None:
    """Of the law, and of the law with each overlay."""
    club_with(old='member = ["ballot"]', new='mem = ["ballot"]', overlay='[guards.talk]\nrecord = ["reader"]\n')

    found = [str(one) for one in lint_rulesets([folder, folder.parent / "local"])]

    assert 1 == sum("there is no stage 'mem'" in one for one in found)
    assert 1 == sum("nobody is left of secretary, guide" in one for one in found)
