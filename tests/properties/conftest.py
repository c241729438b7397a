"""What the property tests share: the national program, and whether the optional engines are there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

# The generators beside the tests are modules that the tests import; --import-mode=importlib would not find them.
sys.path.insert(0, str(Path(__file__).parent))

from programs import national_program

import devrules_duckdb
from devrules.engine.durable import available, why_unavailable
from devrules.errors import MissingExtra
from devrules.population.api import ColumnEngine
from devrules.program.program import Program


@pytest.fixture(scope="session")
def program() -> Program:
    """The national rules."""
    return national_program()


@pytest.fixture(scope="session")
def duckdb_engine() -> ColumnEngine:
    """The engine duckdb; where its packages are missing, skips, or fails if DEVRULES_REQUIRE_ALL=1."""
    try:
        engine = devrules_duckdb.devrules_column_engine("duckdb")
    except MissingExtra as error:
        _leave_out(str(error), "DEVRULES_REQUIRE_ALL")
    assert engine is not None
    return engine


@pytest.fixture(scope="session")
def durable_rules() -> str:
    """The version of durable-rules; where it is missing, skips, or fails if DEVRULES_REQUIRE_DURABLE=1."""
    version = available()
    if version is None:
        _leave_out(f"durable-rules cannot be imported: {why_unavailable()}", "DEVRULES_REQUIRE_DURABLE")
    assert version is not None
    return version


def _leave_out(reason: str, variable: str) -> None:
    if os.environ.get(variable) == "1":
        pytest.fail(reason)
    pytest.skip(reason)
