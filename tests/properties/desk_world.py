"""An invented world around a desk: two branches under one committee, a foreign one, their people, a clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import devrules
from devrules import Actor, Desk
from devrules.days import Day
from devrules.desk.memory import MemoryStore
from devrules.desk.office import Office
from devrules.desk.ports import Store
from devrules.dossier.model import Member

ABOVE = {
    "b1": ("c1", "d1"),
    "b2": ("c1", "d1"),
    "c1": ("d1",),
    "b9": ("c9", "d9"),
    "c9": ("d9",),
}
"""Organisation to those above it."""

_FULL = Day.on(date(2005, 7, 1))
_MEMBERS = {
    "b1": [
        Member("m1", "李四", full_since=_FULL, branch="b1", sanctions=()),
        Member("m2", "王五", full_since=_FULL, branch="b1", sanctions=()),
        Member("m3", "赵六", full_since=Day.on(date(2099, 1, 1)), branch="b1", sanctions=()),
    ],
    "b2": [Member("m4", "孙七", full_since=_FULL, branch="b2", sanctions=())],
    "b9": [Member("m9", "周八", full_since=_FULL, branch="b9", sanctions=())],
}

ACTORS = (
    Actor("admin-1", "branch", "b1"),
    Actor("committee-1", "committee", "c1"),
    Actor("m1", "contact", "b1"),
    Actor("m2", "contact", "b1"),
    Actor("m4", "contact", "b2"),
    Actor("officer-1", "organisation-department", "d1"),
    Actor("admin-2", "branch", "b2"),
    Actor("admin-9", "branch", "b9"),
    Actor("committee-9", "committee", "c9"),
    Actor("officer-9", "organisation-department", "d9"),
    Actor("m9", "contact", "b9"),
    Actor("nobody", "applicant"),
    Actor("lost", "branch"),
    Actor("m1", "branch", "c1"),
    Actor("m1", "visitor", "b1"),
)
"""Who may be there: those of the first branch first, then those of others, then some who are nowhere at home."""


class Tree:
    """The organisations of the world."""

    def above(self, organisation: str) -> tuple[str, ...]:
        """List the organisations over one, the nearest first."""
        return ABOVE.get(organisation, ())

    def below(self, organisation: str) -> tuple[str, ...]:
        """List all organisations under one."""
        return tuple(one for one, above in ABOVE.items() if organisation in above)

    def name(self, organisation: str) -> str | None:
        """Give the name of one."""
        return f"组织{organisation}" if organisation in ABOVE else None


@cache
def rules_with(*overlays: str) -> devrules.Rules:
    """Load the national rules with some overlays, once."""
    return devrules.load(overlays=overlays)


class World:
    """
    A desk in this world, and its clock.

    Args:
        rules: The rules.
        folder: Where its database lies; ``None``: it keeps everything in memory.
    """

    def __init__(self, rules: devrules.Rules, folder: Path | None = None) -> None:
        self.rules, self.folder = rules, folder
        self.today = date(2025, 9, 1)
        self.tree = Tree()
        self._memory = MemoryStore()
        self._passed = 0
        self.desk = self.open()

    def now(self) -> datetime:
        """The time: every look at the clock takes a second."""
        self._passed += 1
        return datetime.combine(self.today, time(8), ZoneInfo("Asia/Shanghai")) + timedelta(seconds=self._passed)

    def later(self, days: int) -> None:
        """Let time pass."""
        self.today += timedelta(days=days)
        self._passed = 0

    def open(self) -> Desk:
        """Open a desk on what is kept."""
        if self.folder is not None:
            return Desk.open(
                f"sqlite:///{self.folder}/party.db",
                rules=self.rules,
                organisations=self.tree,
                members=_MEMBERS.get,
                clock=self.now,
            )
        return Desk(Office(rules=self.rules, store=self._memory, clock=self.now, tree=self.tree, members=_MEMBERS.get))

    def reopen(self) -> None:
        """Close the desk and open another one on what is kept."""
        self.desk.close()
        self.desk = self.open()

    @property
    def office(self) -> Office:
        """The office of the desk: what it kept is looked at behind its back."""
        return self.desk._office

    @property
    def store(self) -> Store:
        """Where the desk keeps things."""
        return self.office.store
