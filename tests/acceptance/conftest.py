"""The portal of the acceptance tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The portal beside the tests is a module that they import; --import-mode=importlib would not find it.
sys.path.insert(0, str(Path(__file__).parent))

from portal import Portal

import devrules


@pytest.fixture(scope="session")
def national() -> devrules.Rules:
    """The national rules."""
    return devrules.load()


@pytest.fixture(scope="session")
def manual_2018() -> devrules.Rules:
    """The national rules with the manual of 2018."""
    return devrules.load(overlays=["epioneer-2018"])


@pytest.fixture(scope="session")
def manual_2023() -> devrules.Rules:
    """The national rules with the manual of 2023."""
    return devrules.load(overlays=["epioneer-2023"])


@pytest.fixture
def portal(tmp_path: Path, national: devrules.Rules) -> Iterator[Portal]:
    """A portal on SQLite, with the national rules."""
    made = Portal(tmp_path, rules=national)
    yield made
    made.desk.close()


@pytest.fixture
def portal_2018(tmp_path: Path, manual_2018: devrules.Rules) -> Iterator[Portal]:
    """A portal on SQLite, with the manual of 2018."""
    made = Portal(tmp_path, rules=manual_2018)
    yield made
    made.desk.close()


@pytest.fixture
def portal_2023(tmp_path: Path, manual_2023: devrules.Rules) -> Iterator[Portal]:
    """A portal on SQLite, with the manual of 2023."""
    made = Portal(tmp_path, rules=manual_2023, later=3)
    yield made
    made.desk.close()
