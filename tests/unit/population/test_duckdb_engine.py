from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import attrs
import pytest

import devrules_duckdb
from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import Document, Meeting, Talk
from devrules.errors import EngineDisagreement, InvalidInput, MissingExtra
from devrules.population.layout import Layout
from devrules.program import measures as m
from devrules.program.conditions import AllOf, Outcome, Test
from devrules.program.program import Program

if TYPE_CHECKING:
    from devrules_duckdb.engine import DuckDBEngine

AS_OF = date(2020, 6, 1)


def dossier(talk: date, kinds: frozenset[str]) -> Dossier:
    application = Document(received=Day.on(date(2020, 1, 31)))
    return Dossier(
        "1", recorded_kinds=kinds, records={"application": (application,), "talk": (Talk(day=Day.on(talk)),)}
    )


def test_judges_in_order(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """The last day of a month is the limit, and each result stands where its dossier does."""
    days = [date(2020, 2, 29), date(2020, 3, 1), date(2020, 2, 28)]
    found = duckdb_engine.judge(few, [dossier(day, frozenset(few.kinds)) for day in days], [AS_OF] * 3)

    assert ["pass", "fail", "pass"] == [one.verdicts["talk-within-one-month"] for one in found]


def test_judges_nobody(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """No dossiers come to no results."""
    assert [] == duckdb_engine.judge(few, [], [])


def test_shards_change_nothing(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """Three dossiers two at a time are the same as three at once."""
    dossiers = [dossier(date(2020, 2, day), frozenset(few.kinds)) for day in (1, 2, 3)]
    whole = duckdb_engine.judge(few, dossiers, [AS_OF] * 3)

    assert whole == type(duckdb_engine)(shard=2).judge(few, dossiers, [AS_OF] * 3)


def test_reads_a_dossier_without_records(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """Where nothing is recorded and nothing kept, nothing is known of what was done."""
    (found,) = duckdb_engine.judge(few, [Dossier("1")], [AS_OF])

    assert "pass" not in found.verdicts.values()
    assert "fail" not in found.verdicts.values()


def test_two_outcomes_at_once_are_an_error(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """It names the rule and what each outcome says."""
    node = m.AsOf()
    holds = AllOf((Test("m0.low", ">", 0),))
    outcomes = (Outcome("one", "pass", holds), Outcome("two", "pass", holds), Outcome("two", "fail", holds))
    clashing = attrs.evolve(few, measures=(node,), names={node: "m0"}, outcomes=outcomes)

    with pytest.raises(EngineDisagreement) as raised:
        duckdb_engine.judge(clashing, [Dossier("1")], [AS_OF])
    assert ("two", ("pass", "fail")) == (raised.value.rule, raised.value.verdicts)


def test_a_sum_of_more_than_64_bits_is_an_error(duckdb_engine: DuckDBEngine, few: Program) -> None:
    """The input is at fault, as it is for the reference."""
    meeting = Meeting(day=Day.on(AS_OF), should_vote=2**62, votes_for=2**62)

    with pytest.raises(InvalidInput, match="64 bits"):
        duckdb_engine.judge(few, [Dossier("1", records={"general-meeting": (meeting,)})], [AS_OF])


def test_a_number_of_the_database_is_no_column_of_its_own(program: Program) -> None:
    """DuckDB does not tell capitals apart: the columns of a layout must differ without them."""
    layout = Layout.of(program)
    names = [*layout.kinds, *layout.fields]

    assert len(names) == len({name.lower() for name in names})


def test_is_offered_by_its_name(duckdb_engine: DuckDBEngine) -> None:
    """Another name is for another plugin."""
    assert duckdb_engine.name.startswith("duckdb ")
    assert devrules_duckdb.devrules_column_engine("spark") is None


@pytest.mark.parametrize("package", ["duckdb", "sqlglot"])
def test_says_which_extra_is_missing(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a package cannot be imported, the error tells what to install."""
    for name in [name for name in sys.modules if name.startswith(("devrules_duckdb.", "devrules.population."))]:
        if not name.endswith(".api"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(MissingExtra, match=r"devrules\[duckdb\]"):
        devrules_duckdb.devrules_column_engine("duckdb")
