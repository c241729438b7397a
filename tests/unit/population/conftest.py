"""What the tests of populations share."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

import devrules_duckdb
import devrules_xize
from devrules.days import ChineseCalendar
from devrules.errors import MissingExtra
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.measures import Measure, in_order
from devrules.program.outcomes import measures
from devrules.program.program import Program
from devrules.ruleset.from_toml import load_ruleset
from devrules.ruleset.model import Ruleset

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine

# The dossiers that the benchmarks vary are judged here, too.
sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    """The national rules, as they are written."""
    return load_ruleset(Path(devrules_xize.__file__).parent, ruleset_id="xize", version="0", national=True)


@pytest.fixture(scope="session")
def program(ruleset: Ruleset) -> Program:
    """The national rules."""
    return compile_rulesets([ruleset], ChineseCalendar())


@pytest.fixture(scope="session")
def few(ruleset: Ruleset, program: Program) -> Program:
    """
    A few of the national rules: those that bring a kind of measure that no rule before them has, and a majority.

    DuckDB needs ten seconds to plan them all; the property tests, which run once, judge by all.
    """
    seen: set[type[Measure]] = set()
    chosen = {"majority-at-general-meeting"}
    for compiled in program.rules:
        kinds = set(map(type, in_order(list(measures(compiled)))))
        if not kinds <= seen:
            chosen.add(compiled.id)
            seen |= kinds
    rules = tuple(rule for rule in ruleset.rules if rule.id in chosen)
    return compile_rulesets([attrs.evolve(ruleset, rules=rules)], ChineseCalendar())


@pytest.fixture(scope="session")
def duckdb_engine() -> DuckDBEngine:
    """The engine duckdb; where its packages are missing, skips, or fails if DEVRULES_REQUIRE_ALL=1."""
    try:
        return devrules_duckdb.devrules_column_engine("duckdb")
    except MissingExtra as error:
        if os.environ.get("DEVRULES_REQUIRE_ALL") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))
