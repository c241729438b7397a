"""What the tests of populations share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import devrules_duckdb
import devrules_xize
from devrules.days import ChineseCalendar
from devrules.errors import MissingExtra
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.program import Program
from devrules.ruleset.from_toml import load_ruleset

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine


@pytest.fixture(scope="session")
def program() -> Program:
    """The national rules."""
    folder = Path(devrules_xize.__file__).parent
    return compile_rulesets([load_ruleset(folder, ruleset_id="xize", version="0", national=True)], ChineseCalendar())


@pytest.fixture(scope="session")
def duckdb_engine() -> DuckDBEngine:
    """The engine duckdb; where its packages are missing, skips, or fails if DEVRULES_REQUIRE_ALL=1."""
    try:
        return devrules_duckdb.devrules_column_engine("duckdb")
    except MissingExtra as error:
        if os.environ.get("DEVRULES_REQUIRE_ALL") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))
