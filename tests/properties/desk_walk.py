"""What people do at a desk, one thing after another; after each, what must hold is looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import attrs
import desk_claims
import pytest
from desk_commands import Stated, good, good_record, wild
from desk_world import ACTORS, World, rules_with
from dossiers import KINDS_OF_NOISE, sample

import devrules
from devrules import Actor
from devrules.desk.ports import Conflict, Wanted
from devrules.desk.receipt import Receipt
from devrules.dossier.model import Person
from devrules.process.model import Option

BRANCH, COMMITTEE = ACTORS[:2]
NOT_DONE = ("view", "redact", "make-code", "revoke-code", "list-codes", "open", "adopt")
"""What is about no dossier, or is done in another way."""

FORWARD = (
    *("approve:application", "hand-in:application", "file:activist-filing", "record:contact-assignment"),
    *("decide:prospect-consent", "record:prospect-decision", "file:determination-filing"),
    *("decide:pre-examination", "file:pre-examination-submission", "decide:approval", "file:approval-submission"),
    *("record:general-meeting", "decide:conversion-approval", "file:conversion-submission"),
)
"""What leads on: the first of these that someone may do now."""


@attrs.frozen
class Done:
    """A command that was granted under an id, and what it gave; *other* states something else under the same id."""

    receipt: Receipt
    again: Callable[[], Receipt]
    other: Callable[[], Receipt]


class Walk:
    """
    A desk, and a few people on the way.

    Args:
        overlays: The overlays that are added to the national rules.
        folder: Where the database lies; ``None``: everything is in memory.
    """

    def __init__(self, overlays: tuple[str, ...], folder: Path | None) -> None:
        self.world = World(rules_with(*overlays), folder)
        self.law = self.world.rules.process.law
        self.accounts: dict[str, Actor] = {}
        self.touched = ""
        self.stale: dict[str, int] = {}
        self.done: list[Done] = []
        self.commands = 0

    # People come.

    def register(self, random: Random) -> None:
        """Somebody registers with a code of the first branch, for one or for many."""
        registration = self.world.desk.registration
        secret, _ = random.choice((registration.make, registration.make_for_many))(BRANCH)
        account = f"account-{len(self.accounts)}"
        self._came(registration.register(secret, account=account, person=Person(name="张三")), account)

    def begin(self, _: Random) -> None:
        """The branch opens a dossier; its person registers for it, and after that nobody else."""
        registration, account = self.world.desk.registration, f"account-{len(self.accounts)}"
        dossier = self.world.desk.begin(BRANCH, {"name": "李明"}).dossier
        secret, _code = registration.make(BRANCH, dossier=dossier)
        second, _code = registration.make(BRANCH, dossier=dossier)
        assert dossier == registration.register(secret, account=account, person=Person(name="李明"))
        with pytest.raises(devrules.Refused):
            registration.register(second, account="thief", person=Person(name="冒名"))
        self._came(dossier, account)

    def adopt(self, random: Random) -> None:
        """The branch adopts somebody in mid-process."""
        known = sample(random, self.law.kinds, random.choice(KINDS_OF_NOISE)).dossier
        self._came(self.world.desk.adopt(BRANCH, known).dossier, f"account-{len(self.accounts)}")

    def _came(self, dossier: str, account: str) -> None:
        self.accounts[dossier] = Actor(account, "applicant", None, dossier)
        self.touched = dossier

    # People act.

    def dossier(self, random: Random) -> str:
        """Choose a dossier; it is looked at after the step."""
        self.touched = random.choice(list(self.accounts))
        return self.touched

    def seen(self, dossier: str) -> desk_claims.Seen:
        """Look at what is kept."""
        return desk_claims.seen(self.world, dossier)

    def all_seen(self) -> list[desk_claims.Seen]:
        """Look at everything that is kept."""
        return [self.seen(one) for one in self.accounts]

    def somebody(self, random: Random, dossier: str) -> Actor:
        """Choose somebody: mostly the person, the branch, the committee above it or the contact."""
        near = (self.accounts[dossier], *ACTORS[:3])
        return random.choice(near if random.random() < 0.7 else (*ACTORS, *self.accounts.values()))

    def options(self, dossier: str, actor: Actor, day: date | None = None) -> tuple[Option, ...]:
        """List what somebody may do; whoever may not look may do nothing."""
        whole, day = self.seen(dossier).dossier, day or self.world.today
        options = self.world.rules.process.available(whole, actor, as_of=day, tree=self.world.tree)
        if not desk_claims.concerns(actor, whole):
            assert [] == [one.rule for one in options if one.allowed]
            with pytest.raises(devrules.Refused):
                self.world.desk.dossier(actor, dossier)
        return tuple(one for one in options if one.verb not in NOT_DONE)

    def go_on(self, dossier: str) -> bool:
        """Do the next thing that leads on; tell whether there was one."""
        records = self.seen(dossier).dossier.records
        status = {(kind, one.status) for kind, there in records.items() for one in there}
        listed: dict[Actor, dict[str, Option]] = {}
        for name in FORWARD:
            verb, kind = name.split(":")
            if (verb == "approve" and (kind, "submitted") not in status) or (
                verb == "record" and (kind, "effective") in status
            ):
                continue
            actor = {"hand-in": self.accounts[dossier], "decide": COMMITTEE}.get(verb, BRANCH)
            if actor not in listed:
                listed[actor] = {one.rule: one for one in self.options(dossier, actor)}
            option = listed[actor][name]
            if option.allowed:
                stated: Stated = {"acknowledge": True}
                if verb != "approve":
                    stated["record"] = good_record(self.law, kind, self.world.today)
                done = self.attempt(dossier, actor, option, **stated)
                assert isinstance(done, Receipt), f"{name} was refused when it was listed and all was stated: {done}"
                return True
        return False

    def try_something(self, random: Random, dossier: str, *, wildly: bool, listed: bool, back: int) -> None:
        """Somebody tries something: what is *listed* as allowed or anything, as it should be or *wildly*."""
        actor = self.somebody(random, dossier)
        options = [one for one in self.options(dossier, actor) if one.allowed or not listed]
        if options:
            self.act(random, dossier, actor, random.choice(options), wildly=wildly, back=back)

    def change_what_is_there(self, random: Random, dossier: str) -> None:
        """The branch tries to edit or delete what is there: perhaps it went up with a filing."""
        there = self.seen(dossier).dossier.records
        verb = random.choice(("edit", "delete"))
        options = [one for one in self.options(dossier, BRANCH) if one.verb == verb and one.kind in there]
        if options:
            self.act(random, dossier, BRANCH, random.choice(options), wildly=False, back=0)

    def act(self, random: Random, dossier: str, actor: Actor, option: Option, *, wildly: bool, back: int) -> None:
        """Do what an option names."""
        day, there = self.world.today - timedelta(days=back), self.seen(dossier).dossier
        if wildly:
            stated = wild(random, self.law, option.kind, there)
        else:
            stated = good(random, self.law, option.verb, option.kind, day, there)
        if back:
            stated["as_of"] = day
            option = next(one for one in self.options(dossier, actor, day) if one.rule == option.rule)
        self.attempt(dossier, actor, option, **stated)

    def attempt(self, dossier: str, actor: Actor, option: Option, **stated: Any) -> Receipt | Exception:
        """Do what was listed, as allowed or not, and look at what came of it."""
        before = self.seen(dossier)
        self.commands += 1
        stated["command_id"] = f"command-{self.commands}"

        def do(**more: Any) -> Receipt:
            return self.world.desk.do(actor, dossier, option.verb, option.kind, **{**stated, **more})

        try:
            receipt = do()
        except devrules.Refused as error:
            desk_claims.refused(before, self.seen(dossier), option, error.refusal)
            return error
        except (devrules.InvalidInput, devrules.UsageError) as error:
            assert before == self.seen(dossier), "what cannot be read changes nothing"
            return error
        after = self.seen(dossier)
        desk_claims.granted(before, after, option, self.law)
        assert (receipt.version, receipt.stage, receipt.ended) == (after.version, after.row.stage, after.row.ended)
        self.done.append(Done(receipt, do, lambda: do(reason="另一个原因")))
        if option.verb == "return":
            self._handed_in_again(dossier, option.kind or "")
        return receipt

    def _handed_in_again(self, dossier: str, kind: str) -> None:
        """What was returned can be handed in again by the person, unless another one was approved."""
        records = self.seen(dossier).dossier.records[kind]
        if not any(one.status == "effective" for one in records):
            options = {one.rule: one for one in self.options(dossier, self.accounts[dossier])}
            assert options[f"hand-in:{kind}"].allowed

    def act_on_what_was_seen_before(self, dossier: str) -> None:
        """The branch acts on an older version: nothing is done."""
        before = self.seen(dossier)
        older = self.stale.get(dossier, before.version)
        may = {one.rule for one in self.options(dossier, BRANCH) if one.allowed}
        if older != before.version and "describe" in may:
            with pytest.raises(Conflict):
                self.world.desk.do(BRANCH, dossier, "describe", person={"name": "张三"}, seen=older)
            assert before == self.seen(dossier)
        self.stale[dossier] = before.version

    def repeat(self, random: Random) -> None:
        """A command is sent again under its id: it gives the same, nothing is written; the id serves no other."""
        done, before = random.choice(self.done), self.all_seen()
        assert done.receipt == done.again()
        with pytest.raises(devrules.UsageError):
            done.other()
        assert before == self.all_seen()

    def redact(self, random: Random, dossier: str, reason: str) -> None:
        """Somebody takes away the content of an entry, mostly not of the first one: it says where the dossier lies."""
        actor = random.choice(ACTORS) if random.random() < 0.3 else COMMITTEE
        before = self.seen(dossier)
        number = random.randint(0 if random.random() < 0.1 else 2, len(before.entries) + 1)
        try:
            gone = self.world.desk.redact(actor, dossier, number, reason=reason)
        except (devrules.Refused, devrules.UsageError):
            after = self.seen(dossier)
            assert (before.row, before.dossier) == (after.row, after.dossier)
        else:
            assert actor.role == "committee"
            assert reason
            desk_claims.redacted(before, self.seen(dossier), number, gone, self.law)

    # What holds after every step.

    def look_around(self) -> None:
        """Look at the dossier that was touched last, at the chains, and at what everybody sees."""
        there = self.seen(self.touched)
        desk_claims.kept_as_written(self.world, there)
        desk_claims.owes_as_filed(there, self.law)
        assert () == self.world.desk.verify()
        whole = [one.dossier for one in self.all_seen()]
        for actor in (*ACTORS, *self.accounts.values()):
            wanted = [Wanted()] + [Wanted(receiving=actor.organisation or "")] * (actor.role == "branch")
            listed = {row.id for one in wanted for row in self.world.desk.find(actor, one).rows}
            assert {one.id for one in whole if desk_claims.concerns(actor, one)} == listed


__all__ = ["Done", "Walk"]
