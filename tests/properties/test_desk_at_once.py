"""Several people at one moment, each at a desk of their own on the same file: one wins, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from desk_commands import good_record
from desk_world import ACTORS, World, rules_with

import devrules
from devrules import Conflict, Receipt, Refused
from devrules.desk.desk import Desk
from devrules.dossier.model import Person
from devrules.process.model import Actor

PEOPLE = 8
BRANCH, COMMITTEE = ACTORS[:2]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A desk on a file."""
    made = World(rules_with(), tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def applicant(world: World) -> Actor:
    """Somebody who has handed in an application."""
    secret, _ = world.desk.registration.make(BRANCH)
    dossier = world.desk.registration.register(secret, account="account-1", person=Person(name="张三"))
    actor = Actor("account-1", "applicant", None, dossier)
    world.desk.do(actor, dossier, "hand-in", "application", record=record(world, "application"))
    return actor


def record(world: World, kind: str) -> Any:
    """A record as it should be."""
    return good_record(world.rules.process.law, kind, date(2025, 9, 1))


def at_once(world: World, doing: Callable[[Desk, int], Any], people: int = PEOPLE) -> list[Any]:
    """Let people do something at one moment, each at a desk of their own; what came of it, or the error."""
    barrier = Barrier(people)

    def one(n: int) -> Any:
        desk = world.open()
        try:
            barrier.wait(timeout=60)
            return doing(desk, n)
        except devrules.DevrulesError as error:
            return error
        finally:
            desk.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def kept_whole(world: World, dossier: str) -> None:
    """The chains hold, and the row is what the entries make."""
    row = world.store.row(dossier)
    assert () == world.desk.verify()
    assert row is not None
    assert world.office.version(dossier) == row.version


@pytest.mark.parametrize(
    ("actor", "verb", "kind"),
    [(BRANCH, "approve", "application"), (BRANCH, "file", "activist-filing"), (COMMITTEE, "terminate", None)],
)
def test_what_can_be_done_once_is_done_once(
    world: World, applicant: Actor, actor: Actor, verb: str, kind: str | None
) -> None:
    """Of several who press the same button one wins; the others are told that it changed, or that it is done."""
    dossier = applicant.dossier or ""

    def press(desk: Desk, _: int) -> Receipt:
        return desk.do(actor, dossier, verb, kind, acknowledge=True, reason="原因")

    came = at_once(world, press)

    assert 1 == sum(isinstance(one, Receipt) for one in came)
    assert PEOPLE - 1 == sum(isinstance(one, Conflict | Refused) for one in came), came
    rule = f"{verb}:{kind}" if kind else verb
    assert 1 == sum(entry.granted and entry.rule == rule for entry in world.store.events(dossier))
    kept_whole(world, dossier)


def test_of_several_who_edit_the_version_they_saw_one_wins(world: World, applicant: Actor) -> None:
    """Nobody's words are overwritten unseen."""
    dossier = applicant.dossier or ""
    seen = world.desk.do(BRANCH, dossier, "record", "talk", record=record(world, "talk")).version

    def edit(desk: Desk, n: int) -> tuple[int, Receipt]:
        written = {"day": "2025-09-01", "content": f"第{n}稿"}
        return n, desk.do(BRANCH, dossier, "edit", "talk", target="talk-1", record=written, seen=seen)

    came = at_once(world, edit)

    [(winner, _)] = [one for one in came if isinstance(one, tuple)]
    assert {Conflict} == {type(one) for one in came if not isinstance(one, tuple)}
    [talk] = world.desk.dossier(BRANCH, dossier).records["talk"]
    assert f"第{winner}稿" == talk.content
    kept_whole(world, dossier)


def test_whoever_was_told_of_a_conflict_tries_again_and_nothing_is_lost(world: World, applicant: Actor) -> None:
    """Everybody's record is there in the end, each under an id of its own."""
    dossier = applicant.dossier or ""

    def add(desk: Desk, n: int) -> Receipt:
        while True:
            try:
                return desk.do(BRANCH, dossier, "record", "talk", record={"day": "2025-09-01", "content": str(n)})
            except Conflict:
                continue

    came = at_once(world, add)

    assert {(f"talk-{n}",) for n in range(1, PEOPLE + 1)} == {one.records for one in came}
    talks = world.desk.dossier(BRANCH, dossier).records["talk"]
    assert {str(n) for n in range(PEOPLE)} == {one.content for one in talks}
    kept_whole(world, dossier)


def test_a_command_that_is_sent_twice_at_one_moment_is_done_once(world: World, applicant: Actor) -> None:
    """Under one id; whoever is told of a conflict and sends it again gets what the first one got."""
    dossier = applicant.dossier or ""

    def send(desk: Desk, _: int) -> Receipt:
        def once() -> Receipt:
            written = {"day": "2025-09-01", "content": "谈话"}
            return desk.do(BRANCH, dossier, "record", "talk", record=written, command_id="button-7")

        try:
            return once()
        except Conflict:
            return once()

    came = at_once(world, send)

    assert 1 == len({repr(one) for one in came}), came
    assert 1 == len(world.desk.dossier(BRANCH, dossier).records["talk"])
    kept_whole(world, dossier)


def test_all_who_register_with_the_code_of_the_branch_at_one_moment_get_a_dossier(world: World) -> None:
    """Each one of their own; the code counts them all."""
    secret, code = world.desk.registration.make_for_many(BRANCH)

    def register(desk: Desk, n: int) -> str:
        person = Person(name=f"张{n}")
        return desk.registration.register(secret, account=f"account-{n}", person=person, source="教室")

    came = at_once(world, register)

    assert [] == [one for one in came if not isinstance(one, str)]
    assert set(came) == {row.id for row in world.desk.find(BRANCH).rows}
    assert PEOPLE == len(set(came))
    assert [PEOPLE] == [one.uses for one in world.desk.registration.codes(BRANCH) if one.id == code.id]
    assert () == world.desk.verify()


def test_a_code_for_one_is_used_by_one(world: World) -> None:
    """However many try at one moment; an account that tries twice has one dossier."""
    secret, _ = world.desk.registration.make(BRANCH)
    many, _ = world.desk.registration.make_for_many(BRANCH)

    def single(desk: Desk, n: int) -> str:
        return desk.registration.register(secret, account=f"account-{n}", person=Person(name="张三"))

    def same_account(desk: Desk, _: int) -> str:
        return desk.registration.register(many, account="account-x", person=Person(name="李四"))

    assert 1 == sum(isinstance(one, str) for one in at_once(world, single))
    assert 1 == sum(isinstance(one, str) for one in at_once(world, same_account))
    assert 2 == len(world.desk.find(BRANCH).rows)
    assert () == world.desk.verify()
