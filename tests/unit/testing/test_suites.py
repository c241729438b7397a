"""The suites notice what is wrong with a store or notifier, and say what they compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

import devrules.testing

SPOILT = """
import attrs
import pytest
from devrules.desk.memory import MemoryStore
from devrules.desk.ports import Page, Wanted
from devrules.testing import NotifierSuite
from devrules.testing.store_suite.keeping import KeepingScenarios
from devrules.testing.store_suite.lists import ListScenarios
from devrules.testing.store_suite.people import PeopleScenarios
from devrules.testing.store_suite.units import UnitScenarios
from devrules.testing.store_suite.writers import WriterScenarios

class InMemory:
    missing = {"reopening": "it is in memory", "processes": "the same"}
    kind = MemoryStore

    @pytest.fixture
    def store(self):
        return self.kind()

class Halfway(MemoryStore):
    def commit(self, unit):
        super().commit(attrs.evolve(unit, command=unit.command + "+", events=(), rows=(), codes=(), accounts=()))
        super().commit(attrs.evolve(unit, messages=()))

class Careless(MemoryStore):
    def _follows(self, code):
        return True

class Forgetful(MemoryStore):
    def put_message(self, message):
        self._messages[message.id] = message

class Unsorted(MemoryStore):
    def find(self, wanted):
        return Page(tuple(super().find(wanted).rows[::-1]), None)

class Overwriting(MemoryStore):
    def _is_newer(self, row):
        return False

class TestHalfway(InMemory, UnitScenarios):
    kind = Halfway

class TestCareless(InMemory, WriterScenarios, PeopleScenarios):
    kind = Careless

class TestForgetful(InMemory, PeopleScenarios):
    kind = Forgetful

class TestUnsorted(InMemory, ListScenarios):
    kind = Unsorted

class TestOverwriting(InMemory, UnitScenarios, ListScenarios):
    kind = Overwriting

class TestUndeclared(InMemory, KeepingScenarios):
    missing = {}

class TestDeclaredForNothing(InMemory, KeepingScenarios):
    missing = {**InMemory.missing, "reopening": "it is said so"}

    @pytest.fixture
    def open_store(self):
        return lambda kept=MemoryStore(): kept

    @pytest.fixture
    def store(self, open_store):
        return open_store()

class Mute:
    name = "mute"

    def notify(self, message):
        if message.id == "m3":
            return
        said.append(message.text[:4])

said = []

class TestMute(NotifierSuite):
    @pytest.fixture
    def notifier(self):
        said.clear()
        return Mute()

    @pytest.fixture
    def heard(self):
        return lambda: said
"""

NOTICED = {
    "Halfway": {"1c"},
    "Careless": {"4c", "6b"},
    "Forgetful": {"7c", "7d", "7e"},
    "Unsorted": {"5a", "5b", "5c", "5d", "5e"},
    "Overwriting": {"1c", "5h"},
    "Undeclared": {"9a"},
    "DeclaredForNothing": {"9a"},
    "Mute": {"2a", "2b", "2e", "3b"},
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of the spoilt ones."""
    file = tmp_path_factory.mktemp("suites") / "test_spoilt.py"
    file.write_text(SPOILT, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-rf", "-p", "no:cacheprovider", "-c", os.devnull]
    done = subprocess.run([*words, str(file)], capture_output=True, encoding="utf-8", check=False, cwd=file.parent)
    assert 1 == done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("spoilt", NOTICED)
def test_what_is_spoilt_is_noticed(said: str, spoilt: str) -> None:
    """By the scenarios that are about it."""
    failed = set(re.findall(rf"^FAILED \S+::Test{spoilt}::test_(\d+[a-z])_", said, re.MULTILINE))

    assert NOTICED[spoilt] <= failed


def test_a_scenario_that_fails_shows_what_it_compared(said: str) -> None:
    """As a test of one's own does."""
    assert "At index 0 diff: ['d0', 'd1', 'd2', 'd3'] != ['d3', 'd2', 'd1', 'd0']" in said


def test_what_is_declared_missing_and_is_there_fails(said: str) -> None:
    """So that the declaration goes."""
    assert "[XPASS(strict)] reopening: it is said so" in said


def test_the_suites_are_found_by_their_names() -> None:
    """And nothing else is."""
    assert ["NotifierSuite", "StoreSuite"] == [
        getattr(devrules.testing, name).__name__ for name in devrules.testing.__all__
    ]
    with pytest.raises(AttributeError, match="no attribute 'Suite'"):
        _ = devrules.testing.Suite


def test_cases_of_rules_run_without_pytest() -> None:
    """A user who checks rules has not installed it."""
    code = "import sys; sys.modules['pytest'] = None; import devrules.testing.cases"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)


def test_scenarios_are_numbered_without_gaps() -> None:
    """1a, 1b, … 2a: as the docs list them."""
    for name in devrules.testing.__all__:
        numbers = scenarios(getattr(devrules.testing, name))
        groups = sorted({int(number[:-1]) for number in numbers})

        assert list(range(1, len(groups) + 1)) == groups
        for group in groups:
            letters = sorted(number[-1] for number in numbers if number[:-1] == str(group))
            assert [chr(ord("a") + place) for place in range(len(letters))] == letters


def scenarios(suite: type) -> dict[str, str]:
    """Number to what the scenario says."""
    found = {}
    for name in dir(suite):
        match = re.match(r"test_(\d+[a-z])_", name)
        if match:
            found[match[1]] = " ".join((getattr(suite, name).__doc__ or "").split())
    return found
