"""Dossiers to verdicts by DuckDB, a shard at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakKeyDictionary

import attrs
import duckdb

from devrules.dossier.model import Dossier
from devrules.errors import EngineDisagreement, InvalidInput, Problem
from devrules.population.api import Judged
from devrules.population.layout import Layout
from devrules.population.query import Query, compile_query
from devrules.population.tables import Table, Tables, calendar_table, columns
from devrules.program.conditions import holds
from devrules.program.evaluate import Values
from devrules.program.program import Program
from devrules_duckdb.load import create, load, quoted
from devrules_duckdb.prepared import Prepared

SHARD = 50_000
_FETCHED = 2_000


@attrs.frozen
class _Compiled:
    """A program as DuckDB judges it."""

    query: Query
    tables: Tables
    calendar: Table

    @classmethod
    def of(cls, program: Program) -> _Compiled:
        query = compile_query(program)
        calendar = calendar_table(program.calendar)
        return cls(query, Tables(query.layout, program.kinds), calendar)


class DuckDBEngine:
    """
    Judges by DuckDB.

    Args:
        shard: How many dossiers it judges at once; it bounds the memory.
    """

    def __init__(self, shard: int = SHARD) -> None:
        self._shard = shard
        self._compiled: WeakKeyDictionary[Program, _Compiled] = WeakKeyDictionary()

    @property
    def name(self) -> str:
        """``duckdb`` and its version."""
        return f"duckdb {duckdb.__version__}"

    def query(self, program: Program) -> Query:
        """Give the query that *program* becomes; it is compiled once."""
        return self._of(program).query

    def _of(self, program: Program) -> _Compiled:
        if program not in self._compiled:
            self._compiled[program] = _Compiled.of(program)
        return self._compiled[program]

    def judge(self, program: Program, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> list[Judged]:
        """
        Judge each dossier as of its day.

        Args:
            program: The rules.
            dossiers: Whom to judge.
            as_of: The day for each of them, in the same order.

        Returns:
            One result a dossier, in the same order.

        Raises:
            EngineDisagreement: When two outcomes of one rule hold at once.
            InvalidInput: When a number, or what is reckoned from it, has more than 64 bits.
            InvalidRuleset: When a measure of the program cannot be taken.
        """
        compiled = self._of(program)
        found: list[Judged] = []
        with duckdb.connect(":memory:") as connection, TemporaryDirectory(prefix="devrules-") as folder:
            run = _Run(connection, Path(folder), program, compiled)
            for start in range(0, len(dossiers), self._shard):
                end = start + self._shard
                found += run.judge(dossiers[start:end], as_of[start:end])
        return found


class _Run:
    """One database, with the tables that every shard needs."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: Path, program: Program, compiled: _Compiled
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._program = program
        self._compiled = compiled
        lay_out(connection, compiled.query.layout, compiled.query.series, compiled.calendar, folder)
        self._prepared = Prepared(connection, compiled.query)
        self._last = compiled.query.last.sql("duckdb", identify=True)

    def judge(self, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> list[Judged]:
        tables = self._compiled.tables.of(dossiers, as_of)
        for table in tables:
            load(self._connection, table, self._folder)
        found: dict[int, Judged] = {row[0]: self._judged(row) for row in self._rows()}
        self._prepared.clear()
        for table in tables:
            self._connection.execute(f"TRUNCATE {quoted(table.name)}")
        return [found[d] for d in range(len(dossiers))]

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        try:
            self._prepared.run()
            self._connection.execute(self._last)
            while rows := self._connection.fetchmany(_FETCHED):
                yield from rows
        except duckdb.OutOfRangeException as error:
            raise InvalidInput([Problem("dossier", f"a number has more than 64 bits: {error}")]) from error

    def _judged(self, row: tuple[Any, ...]) -> Judged:
        end = 1 + 2 * len(self._program.measures)
        values: Values = [
            None if low is None else (low, high) for low, high in zip(row[1:end:2], row[2:end:2], strict=True)
        ]
        if (rule := row[-1]) is not None:
            raise self._clash(rule, values)
        rules = self._compiled.query.rules
        return Judged(values, {rule: one for rule, one in zip(rules, row[end:-1], strict=True) if one is not None})

    def _clash(self, rule: str, values: Values) -> EngineDisagreement:
        fact: dict[str, int] = {}
        for measure, ends in zip(self._program.measures, values, strict=True):
            if ends is not None:
                name = self._program.names[measure]
                fact |= {f"{name}.low": ends[0], f"{name}.high": ends[1]}
        held = [one.verdict for one in self._program.outcomes if one.rule == rule and holds(one.when, fact)]
        return EngineDisagreement(rule, held)


def lay_out(connection: duckdb.DuckDBPyConnection, layout: Layout, series: int, calendar: Table, folder: Path) -> None:
    """Make the tables that a query reads: those of the dossiers are empty, those of days and numbers are full."""
    for name, of in columns(layout).items():
        create(connection, name, of)
    create(connection, calendar.name, calendar.columns)
    load(connection, calendar, folder)
    connection.execute("CREATE TABLE series AS SELECT range AS k FROM range(?)", [series])
