"""Whatever may not be done, both sentences that say so are whole."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import devrules
from devrules.process.decide import Process
from devrules.process.from_rulesets import process_law
from devrules.process.model import Actor, Refusal
from devrules.process.permissions import Guard, Permission
from devrules.process.refusals import _Words, refusal

Walks = Callable[..., Any]
EMPTY = re.compile(r"限于阶段|处于阶段|（）|“”|\(\)|  |^[ ：:，,]|[：:，,] *$| [:,;]|\{|\}")


def every_guard(process: Process) -> Iterator[tuple[Permission, Guard]]:
    for permission in process.permissions.values():
        for guard in (*permission.standing, *permission.asked):
            yield permission, guard


@pytest.mark.parametrize("overlay", [(), ("epioneer-2018",), ("epioneer-2023",)])
@pytest.mark.parametrize("role", ["applicant", "contact", "branch", "committee", "organisation-department", "visitor"])
def test_no_sentence_of_any_guard_has_a_gap(
    loaded: Callable[..., devrules.Rules], walk: Walks, overlay: tuple[str, ...], role: str
) -> None:
    """Of every permission, in both languages, whoever asks; also one whose role the process does not know."""
    process = loaded(overlays=overlay).process
    law = process.law
    for until in (None, "to_activist"):
        way = walk()
        state = (getattr(way, until)() if until else way).state
        for permission, guard in every_guard(process):
            assert guard.name in law.text.refusals, f"{permission.id}: nothing is said of {guard.name!r}"
            words = _Words(law, state, role, permission, ("some-rule",))
            for lang in ("zh", "en"):
                text = law.text.refusals[guard.name].said(lang)
                names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
                gaps = [name for name in names if not words.named(name, guard, lang)]
                assert [] == gaps, f"{permission.id}, {guard.name}"
                said = words.said(guard).said(lang)
                assert not EMPTY.search(said), f"{permission.id}, {guard.name}: {said}"


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (
            ("branch", "record", "contact-assignment"),
            (
                "录入“确定培养联系人”限于入党积极分子阶段，此人现处于入党申请人阶段",
                "only in these stages: activist; the person is in: applicant (record: assignment of contacts)",
            ),
        ),
        (
            ("applicant", "record", "talk"),
            ("申请人本人不能录入“谈话”", "the applicant may not do this (record: talk with the applicant)"),
        ),
        (("committee", "terminate", None), ("须写明原因", "state the reason")),
        (
            ("branch", "record", "activist-decision"),
            ("须写明结果：通过、未通过", "state the outcome: passed, not passed"),
        ),
    ],
)
def test_a_sentence_names_what_is_meant(walk: Walks, do: tuple[str, str, str | None], says: tuple[str, str]) -> None:
    """As users read it."""
    by, verb, kind = do
    refused = walk().decide(verb, kind, by=by)

    assert isinstance(refused, Refusal)
    assert says == (refused.says[0].zh, refused.says[0].en)


def test_a_refusal_prints_what_it_says_in_chinese(walk: Walks) -> None:
    """One sentence after another."""
    refused = walk().decide("send-back", stage="activist")

    assert "; ".join(one.zh for one in refused.says) == str(refused)
    assert ("stage", "reason", "earlier") == refused.unmet


def test_lamps_are_named_only_where_they_are_in_the_way(dark: Process, walk: Walks) -> None:
    """And counted in the sentence."""
    permission = dark.permissions["file:activist-filing"]
    guards = {guard.name: guard for guard in (*permission.standing, *permission.asked)}
    given = {"law": dark.law, "state": walk().state, "role": "branch", "lamps": ("a-rule", "another")}

    at_gate = refusal(permission, [guards["lamps"]], **given)
    assert (("a-rule", "another"), "有 2 项亮灯；改正，或者确认后带灯上报并补写情况说明") == (
        at_gate.lamps,
        str(at_gate),
    )
    assert () == refusal(permission, [guards["stage"]], **given).lamps


def test_a_guard_of_which_nothing_is_said_is_named(club_with: Callable[..., Any], walk: Walks) -> None:
    """Better its name than nothing."""
    [club] = club_with()
    process = Process(process_law([club], club.kinds), lambda *_: (), "reference")
    refused = walk(process=process).decide("record", "talk", by=Actor("x", "secretary"))

    assert (("reach",), "reach") == (refused.unmet, str(refused))


def test_who_cannot_reach_a_dossier_learns_nothing_of_it(walk: Walks) -> None:
    """Not even its stage."""
    way = walk(date(2026, 6, 1))

    assert ("reach",) == way.refused("record", "contact-assignment", by=Actor("x", "branch", "b9"))
    assert ("role",) == way.refused("record", "contact-assignment", by="applicant")
