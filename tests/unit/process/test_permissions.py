"""Everything that can be done is a rule with guards, each of which can hold or not hold alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

import devrules
from devrules.engine.reference import Reference
from devrules.process.decide import Process
from devrules.process.permissions import ALLOWED, MET, Codes, Guard, Permission
from devrules.program.conditions import AllOf, AnyOf, Plain, Test, holds

OVERLAYS = ((), ("epioneer-2018",), ("epioneer-2023",))
DAYS = (date(2026, 5, 10), date(2026, 5, 11))
TRIES = 4000


def compared(plain: Plain) -> Iterator[Test]:
    """Yield the comparisons of a condition."""
    if isinstance(plain, Test):
        yield plain
    else:
        for part in plain.parts:
            yield from compared(part)


def values_of(guards: tuple[Guard, ...]) -> dict[str, list[int]]:
    """For every property that guards read the numbers on both sides of everything that it is compared with."""
    found: dict[str, set[int]] = {}
    for guard in guards:
        for test in compared(guard.when):
            found.setdefault(test.prop, set()).update((test.value - 1, test.value, test.value + 1))
    return {prop: sorted(values) for prop, values in found.items()}


def fact_where(permission: Permission, but: Guard | None, chance: random.Random) -> dict[str, int] | None:
    """Find a fact in which all guards hold, or all but one."""
    guards = (*permission.standing, *permission.asked)
    values = values_of(guards)
    fact = {prop: chance.choice(known) for prop, known in values.items()}
    for _ in range(TRIES):
        wrong = [guard for guard in guards if holds(guard.when, fact) is (guard == but)]
        if not wrong:
            return fact
        prop = chance.choice([test.prop for test in compared(chance.choice(wrong).when)])
        fact[prop] = chance.choice(values[prop])
    return None


@pytest.fixture(scope="session", params=OVERLAYS, ids=lambda one: "+".join(one) or "national")
def any_process(request: pytest.FixtureRequest, loaded: Callable[..., devrules.Rules]) -> Process:
    """The national process, and those with the guards of overlays."""
    return loaded(overlays=request.param).process


def test_every_guard_decides_alone(any_process: Process, process: Process) -> None:
    """
    With all guards met it is allowed; where one alone is not, the engine says which; and so for every guard.

    Of the processes with overlays only what they change: the rest is judged with the national one.
    """
    chance = random.Random(20260511)  # noqa: S311  # a test, no secret
    changed = [one for one in any_process.permissions.values() if one != process.permissions.get(one.id)]
    for permission in changed or any_process.permissions.values():
        met = {f"{permission.id}/{n}" for n in range(len(permission.standing + permission.asked))}
        fact = fact_where(permission, None, chance)
        assert fact is not None, f"{permission.id} can never be done"
        said = any_process.engine.judge(fact)
        assert ALLOWED == said[permission.id]
        assert met == {rule for rule, verdict in said.items() if verdict == MET and rule in met}
        for n, guard in enumerate((*permission.standing, *permission.asked)):
            fact = fact_where(permission, guard, chance)
            assert fact is not None, f"{permission.id}: {guard.name} always holds where the others do"
            said = any_process.engine.judge(fact)
            assert met - {f"{permission.id}/{n}"} == {rule for rule in said if rule in met}
            assert (permission.id in said) is (n >= len(permission.standing))


def test_the_reference_judges_alike(any_process: Process) -> None:
    """Where durable-rules judges, each verdict was compared already; here the reference is asked alone."""
    outcomes = [one for permission in any_process.permissions.values() for one in permission.outcomes()]
    reference = Reference(outcomes)
    chance = random.Random(7)  # noqa: S311  # a test, no secret
    for permission in list(any_process.permissions.values())[::9]:
        fact = fact_where(permission, None, chance)
        assert fact is not None
        assert any_process.engine.judge(fact) == reference.judge(fact)


@pytest.mark.parametrize("kind", ["public-notice", "origin-notice"])
@pytest.mark.parametrize("verb", ["record", "edit", "delete"])
@pytest.mark.parametrize(
    ("day", "stage", "consent", "open_"),
    [
        (DAYS[0], "activist", 1, False),
        (DAYS[0], "activist", 0, False),
        (DAYS[0], "prospect", 1, True),
        (DAYS[0], "prospect", 0, True),
        (DAYS[0], "probationary", 1, False),
        (DAYS[1], "activist", 1, True),
        (DAYS[1], "activist", 0, False),
        (DAYS[1], "prospect", 1, True),
        (DAYS[1], "prospect", 0, True),
        (DAYS[1], "probationary", 1, False),
    ],
)
def test_the_notice_follows_the_edition_of_the_day(
    process: Process, kind: str, verb: str, day: date, stage: str, consent: int, open_: bool
) -> None:
    """Until 10 May 2026 in the prospect stage; from the 11th on also before it, once the consent is there."""
    codes = Codes(process.law)
    fact = {
        "role": codes.role("branch"),
        "reach": codes.reach("own"),
        "ended": 0,
        "day": day.toordinal(),
        "stage": codes.stage(stage),
        "counts.prospect-consent": consent,
        "locked.pre-examination": 0,
    }

    assert open_ is (f"{verb}:{kind}" in process.engine.judge(fact))


@pytest.mark.parametrize("days", [-36500, -1, 0, 1, 36500])
def test_every_day_lies_in_one_edition_of_a_step(process: Process, days: int) -> None:
    """Long ago and long from now, too."""
    day = DAYS[1] + timedelta(days=days)
    stage = next(guard for guard in process.permissions["record:public-notice"].standing if guard.name == "stage")
    assert isinstance(stage.when, AnyOf)

    parts = [part for part in stage.when.parts if isinstance(part, AllOf)]
    inside = [part for part in parts if all(holds(test, {"day": day.toordinal()}) for test in part.parts[:2])]
    assert 1 == len(inside)


def test_what_must_be_stated_is_told(process: Process) -> None:
    """Before it is asked for."""
    asks = {rule: permission.asks for rule, permission in process.permissions.items() if permission.asks}

    assert ("reason",) == asks["return:application"] == asks["terminate"]
    assert ("reason", "earlier") == asks["send-back"]
    assert ("dues",) == asks["file:approval-submission"]
    assert ("outcome",) == asks["record:general-meeting"] == asks["decide:approval"]
    assert ("members",) == asks["edit:contact-assignment"]
    assert "delete:contact-assignment" not in asks


def test_names_have_numbers_of_their_own(process: Process) -> None:
    """None is 0; an outcome that the process does not know is 1, like none that is stated."""
    codes = Codes(process.law)

    assert [1, 2, 3, 4, 5] == [codes.stage(stage) for stage in process.law.stages]
    assert (0, 0, 0) == (codes.stage("x"), codes.role("x"), codes.reach(None))
    assert (1, 1, 2) == (codes.outcome(None), codes.outcome("x"), codes.outcome("passed"))
