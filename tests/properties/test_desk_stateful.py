"""
Whatever people do at a desk, in whatever order: what was locked, ended, owed and recorded stays so.

Hypothesis draws what is tried (`desk_walk.py`, `desk_commands.py`); `desk_claims.py` says what must hold after each
try. ``DEVRULES_WALKS`` asks for so many walks, and for longer ones.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from desk_walk import Walk
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

WALKS = int(os.environ.get("DEVRULES_WALKS", "0"))
OVERLAYS = ((), (), ("epioneer-2018",), ("epioneer-2023",))
MOST_PEOPLE = 3
# One number for all that is chosen in a step: that is more various than what Hypothesis would draw, and faster.
RANDOMS = st.builds(Random, st.integers(0, 2**32))
ON_DISK = st.sampled_from((False, False, False, True))
SOME = st.sampled_from((1, 3, 6, 12))

pytestmark = pytest.mark.timeout(600 + 20 * WALKS)


class Walks(RuleBasedStateMachine):
    """People at a desk."""

    walk: Walk
    folder: Path | None = None

    @initialize(random=RANDOMS, overlays=st.sampled_from(OVERLAYS), on_disk=ON_DISK)
    def open(self, random: Random, overlays: tuple[str, ...], *, on_disk: bool) -> None:
        """Open the desk; somebody registers."""
        self.folder = Path(tempfile.mkdtemp()) if on_disk else None
        self.walk = Walk(overlays, self.folder)
        self.somebody_comes(random, random.choice((Walk.register, Walk.register, Walk.adopt)))

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "walk"):
            self.walk.world.desk.close()
        if self.folder is not None:
            shutil.rmtree(self.folder)

    @precondition(lambda self: len(self.walk.accounts) < MOST_PEOPLE)
    @rule(random=RANDOMS, how=st.sampled_from((Walk.register, Walk.begin, Walk.adopt)))
    def somebody_comes(self, random: Random, how: Callable[[Walk, Random], None]) -> None:
        """In one of three ways; mostly, something is done for them at once."""
        how(self.walk, random)
        for _ in range(random.choice((0, 3, 6, 9, 12, 15))):
            self.walk.go_on(self.walk.touched)

    @rule(random=RANDOMS, steps=SOME)
    def go_on(self, random: Random, steps: int) -> None:
        """What leads on is done, several times."""
        dossier = self.walk.dossier(random)
        for _ in range(steps):
            if not self.walk.go_on(dossier):
                break

    @rule(random=RANDOMS, back=st.sampled_from((0, 0, 0, 1, 30)), times=SOME, wildly=st.booleans())
    def do_what_is_listed(self, random: Random, back: int, times: int, *, wildly: bool) -> None:
        """People do what is listed as allowed."""
        dossier = self.walk.dossier(random)
        for _ in range(times):
            self.walk.try_something(random, dossier, wildly=wildly, listed=True, back=back)

    @rule(random=RANDOMS, back=st.sampled_from((0, 0, 0, 1, 400, -1)), times=SOME, wildly=st.booleans())
    def do_anything(self, random: Random, back: int, times: int, *, wildly: bool) -> None:
        """People try anything, whether it is theirs or not."""
        dossier = self.walk.dossier(random)
        for _ in range(times):
            self.walk.try_something(random, dossier, wildly=wildly, listed=False, back=back)

    @rule(random=RANDOMS, times=SOME)
    def change_what_is_there(self, random: Random, times: int) -> None:
        """The branch tries to change what is there."""
        dossier = self.walk.dossier(random)
        for _ in range(times):
            self.walk.change_what_is_there(random, dossier)

    @rule(random=RANDOMS)
    def act_on_what_was_seen_before(self, random: Random) -> None:
        """Somebody acts on an older version."""
        self.walk.act_on_what_was_seen_before(self.walk.dossier(random))

    @precondition(lambda self: self.walk.done)
    @rule(random=RANDOMS)
    def repeat(self, random: Random) -> None:
        """A command is sent again."""
        self.walk.repeat(random)

    @rule(random=RANDOMS, reason=st.sampled_from(("依法删除", "依法删除", "")))
    def redact(self, random: Random, reason: str) -> None:
        """Somebody takes away the content of an entry."""
        self.walk.redact(random, self.walk.dossier(random), reason)

    @rule(days=st.sampled_from((1, 7, 31, 190)))
    def wait(self, days: int) -> None:
        """Nothing is done for a while."""
        self.walk.world.later(days)

    @rule()
    def reopen(self) -> None:
        """The desk is closed and opened again: everything is as it was."""
        before = self.walk.all_seen()
        self.walk.world.reopen()
        assert before == self.walk.all_seen()

    @invariant()
    def look_around(self) -> None:
        """What must hold after every step."""
        if hasattr(self, "walk"):
            self.walk.look_around()


TestWalks = Walks.TestCase
TestWalks.settings = settings(
    max_examples=WALKS or 10,
    stateful_step_count=60 if WALKS else 20,
    deadline=None,
    derandomize=not WALKS,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
