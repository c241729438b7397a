"""process.toml to the process as it is written: what cannot be read is told with its key path, all at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from devrules.law.model import Text
from devrules.ruleset.process import CodesText, Guard, Need, Opening, ProcessText, Step
from devrules.ruleset.process_toml import read_process

FILE = Path("process.toml")


def read(text: str) -> ProcessText:
    """Read what must be sound."""
    process, problems = read_process(tomllib.loads(text), FILE)
    assert [] == problems
    return process


def wrong(text: str) -> list[str]:
    """Tell what is wrong."""
    return [str(problem) for problem in read_process(tomllib.loads(text), FILE)[1]]


def test_an_empty_file_says_nothing_of_a_process() -> None:
    """Rulesets without a desk need none."""
    assert ProcessText() == read("")


def test_what_judging_reads_is_left_to_it() -> None:
    """Stages, gates and special ways stand in the same file."""
    assert ProcessText() == read('special_ways = []\n[stages.x]\nzh = "x"\n[gates.x]\nzh = "x"')


def test_names_are_keys_and_both_languages_are_one_text() -> None:
    """Roles, commands, hearings."""
    process = read(
        '[roles.a]\nzh = "甲"\nen = "A"\nreaches = ["own"]\n[commands.b]\nzh = "乙"\nen = "B"\nasks = ["reason"]\n'
        '[[hearings]]\non = "b"\nwho = ["a"]\nzh = "丙"\nen = "C"'
    )

    assert [("a", Text("甲", "A"), ("own",))] == [(one.id, one.name, one.reaches) for one in process.roles]
    assert [("b", Text("乙", "B"), ("reason",))] == [(one.id, one.name, one.asks) for one in process.commands]
    assert [("b", Text("丙", "C"), False)] == [(one.on, one.says, one.lamps) for one in process.hearings]


def test_a_step_is_read_with_all_that_it_may_say() -> None:
    """And so is a guard."""
    process = read(
        '[steps.talk]\nstages = ["a"]\nrecord = ["b"]\nneeds = [{ present = "c" }]\nonce = true\n'
        'editions.d = { stages = ["e"], needs = [{ unless = "f", among = ["g"], stages = ["a"] }] }\n'
        'recorded_as = { g = "h" }\nasks = ["by"]\n'
        '[guards.talk]\nreview = ["i"]\nleaves = "j"'
    )

    opening = Opening(("e",), (Need(unless="f", among=("g",), stages=("a",)),))
    assert process.steps == (
        Step(
            "talk",
            ("a",),
            (Need(present="c"),),
            {"d": opening},
            record=("b",),
            once=True,
            recorded_as={"g": "h"},
            asks=("by",),
        ),
    )
    assert process.guards == (Guard("talk", review=("i",), leaves="j"),)


def test_codes_say_how_long_they_hold() -> None:
    """All of it, or nothing."""
    written = '[codes]\nsingle = "30 days"\nbranch = "30 minutes"\nattempts = 10\nwindow = "10 minutes"'

    assert CodesText("30 days", "30 minutes", 10, "10 minutes") == read(written).codes
    assert ["process.toml codes.branch: required field missing"] == wrong(
        written.replace('branch = "30 minutes"\n', "")
    )


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("[stepps.talk]\n", "stepps", "there is no such section (did you mean 'steps'?)"),
        ("[zzz]\n", "zzz", "there are stages, gates, special_ways, roles"),
        ("roles = 1\n", "roles", "expected tables by name"),
        ("[roles]\na = 1\n", "roles.a", "expected a table"),
        ('[roles.a]\nzh = "甲"\nreaches = ["own"]\n', "roles.a.name.en", "expected text, found None"),
        ('[roles.a]\nzh = "甲"\nen = "A"\n', "roles.a.reaches", "required field missing"),
        ('[roles.a]\nzh = "甲"\nen = "A"\nreaches = ["far"]\n', "roles.a.reaches", "far"),
        ('[commands.a]\nzh = "甲"\nen = "A"\nasks = ["money"]\n', "commands.a.asks", "money"),
        ('[steps.talk]\nrecrod = ["a"]\n', "steps.talk", "unknown field(s): recrod"),
        ('[steps.talk]\nrecord = "a"\n', "steps.talk.record", "expected a list, found 'a'"),
        ('[steps.talk]\nonce = "yes"\n', "steps.talk.once", "expected true or false, found 'yes'"),
        ('[steps.talk]\nmembers_from = "moon"\n', "steps.talk.members_from", "moon"),
        (
            "[steps.talk]\nneeds = [{}]\n",
            "steps.talk.needs[0]",
            "expected exactly one of present, unless, waiting, owed",
        ),
        ('[steps.talk]\nneeds = [{ unless = "a" }]\n', "steps.talk.needs[0]", "expected among beside unless"),
        (
            '[steps.talk]\nneeds = [{ waiting = "a", among = ["b"] }]\n',
            "steps.talk.needs[0]",
            "expected among beside present or unless only",
        ),
        ('[steps.talk]\nneeds = [{ owed = "money" }]\n', "steps.talk.needs[0].owed", "money"),
        ('[guards.talk]\nhand_in = ["a"]\n', "guards.talk", "unknown field(s): hand_in"),
        ('[guards.talk]\nasks = ["money"]\n', "guards.talk.asks", "money"),
        ('[stages_by]\na = "b"\n', "stages_by", "expected a list, found 'b'"),
        ("[[endings]]\namong = []\n", "endings[0].by", "required field missing"),
        ('[[hearings]]\non = "a"\nzh = "甲"\nen = "A"\n', "hearings[0].who", "required field missing"),
        ('[refusals]\nrole = "no"\n', "refusals", "expected fields with values, found 'no'"),
        ('[outcomes]\npassed = { zh = "过" }\n', "outcomes", "required field missing"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, place: str, said: str) -> None:
    """Nothing is coerced, no key is ignored."""
    [found] = wrong(text)

    assert found.startswith(f"process.toml {place}")
    assert said in found


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """And what is sound is read all the same."""
    text = '[steps.a]\nx = 1\n[steps.b]\nrecord = ["r"]\n[zzz]\n[codes]\n[guards.c]\ny = 1\n'

    process, problems = read_process(tomllib.loads(text), FILE)

    assert ["zzz", "steps.a", "guards.c", "codes.single"] == [
        one.where.removeprefix("process.toml ") for one in problems
    ][:4]
    assert ["b"] == [step.kind for step in process.steps]
