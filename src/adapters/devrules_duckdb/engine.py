"""Dossiers to verdicts by DuckDB, a shard at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakKeyDictionary

import attrs
import duckdb

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.engine.choose import EngineKind
from devrules.errors import EngineDisagreement, InvalidInput, Problem
from devrules.population.api import HostTables, Judged, PopulationVerdicts, Written
from devrules.population.query import Query, compile_query
from devrules.population.tables import Table, Tables, calendar_table
from devrules.program.conditions import holds
from devrules.program.evaluate import Values
from devrules.program.program import Program
from devrules_duckdb.facts import judge_by_facts
from devrules_duckdb.files import Files, read_all, read_one, write, write_tables
from devrules_duckdb.load import database, lay_out, load, quoted
from devrules_duckdb.population import judge_population
from devrules_duckdb.run import measures
from devrules_duckdb.stepwise import Plan, Stepwise
from devrules_duckdb.validate import damaged

SHARD = 50_000
_IDLE = 2  # persons and organisations
_FETCHED = 2_000
_NOT_OF_FILES = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
    duckdb.ParserException,
)
"""What no file can be blamed for."""


@attrs.frozen
class _Compiled:
    """A program as DuckDB judges it."""

    query: Query
    plan: Plan
    tables: Tables
    calendar: Table

    @classmethod
    def of(cls, program: Program) -> _Compiled:
        query = compile_query(program)
        calendar = calendar_table(program.calendar)
        return cls(query, Plan.of(query), Tables(query.layout, program.kinds), calendar)


class DuckDBEngine:
    """
    Judges by DuckDB.

    Args:
        shard: How many dossiers it judges at once; it bounds the memory.
    """

    def __init__(self, shard: int = SHARD) -> None:
        self._shard = shard
        self._idle: dict[int, deque[_Run]] = {}
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
        found: list[Judged] = []
        with TemporaryDirectory(prefix="devrules-") as folder, self._run(program, Path(folder)) as run:
            for start in range(0, len(dossiers), self._shard):
                end = start + self._shard
                found += run.judge(dossiers[start:end], as_of[start:end], Path(folder))
        return found

    @contextmanager
    def _run(self, program: Program, folder: Path) -> Iterator[_Run]:
        """Give a database that is ready for *program*, an idle or a new one; it is kept if all goes well."""
        # A database of the parent of a forked process is nothing to touch.
        idle = self._idle.setdefault(os.getpid(), deque(maxlen=_IDLE))
        for run in [one for one in tuple(idle) if one.program is program]:
            with suppress(ValueError):  # another thread was faster
                idle.remove(run)
                break
        else:
            run = _Run(folder, program, self._of(program))
        yield run
        idle.append(run)

    def write_population(self, dossiers: Iterable[Dossier], folder: Path, kinds: Kinds) -> int:
        """Write dossiers as a population: see :func:`devrules_duckdb.files.write`."""
        return write(dossiers, folder, kinds)

    def write_tables(self, tables: HostTables, folder: Path, kinds: Kinds) -> Written:
        """Write the tables of a host as a population: see :func:`devrules_duckdb.files.write_tables`."""
        return write_tables(tables, folder, kinds)

    def read_population(self, folder: Path, kinds: Kinds) -> Iterator[Dossier]:
        """Read all dossiers back: see :func:`devrules_duckdb.files.read_all`."""
        return read_all(folder, kinds)

    def stored(self, folder: Path, kinds: Kinds) -> Files:
        """Look over a population: see :class:`devrules_duckdb.files.Files`."""
        return Files(folder, kinds)

    def read_from_population(self, folder: Path, dossier_id: str, kinds: Kinds) -> Dossier:
        """Read one dossier back: see :func:`devrules_duckdb.files.read_one`."""
        return read_one(folder, dossier_id, kinds)

    def judge_population(
        self, folder: Path, programs: Mapping[str, Program], as_of: date, out: Path
    ) -> PopulationVerdicts:
        """Judge a population: see :func:`devrules_duckdb.population.judge_population`."""
        with _in_words(folder):
            return attrs.evolve(judge_population(folder, programs, as_of, out), engine=self.name)

    def judge_by_facts(
        self,
        folder: Path,
        programs: Mapping[str, Program],
        as_of: date,
        out: Path,
        *,
        engine: EngineKind,
        jobs: int | None = None,
    ) -> PopulationVerdicts:
        """Judge a population by another engine: see :func:`devrules_duckdb.facts.judge_by_facts`."""
        with _in_words(folder):
            return judge_by_facts(folder, programs, as_of, out, engine=engine, jobs=jobs)


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    """Say what may go wrong in a database while everything is right here."""
    try:
        yield
    except duckdb.OutOfRangeException as error:
        raise InvalidInput([Problem(str(folder), f"a number has more than 64 bits: {error}")]) from error
    except duckdb.IOException as error:
        if str(folder) in str(error):
            raise damaged(folder, error) from error
        raise OSError(str(error)) from error  # of what is written
    except duckdb.Error as error:
        if isinstance(error, _NOT_OF_FILES):
            raise
        raise damaged(folder, error) from error


class _Run:
    """One database, with the tables that every shard needs."""

    def __init__(self, folder: Path, program: Program, compiled: _Compiled) -> None:
        self.program = program
        self._connection = database()
        self._compiled = compiled
        lay_out(self._connection, compiled.query.layout, compiled.calendar, folder)
        self._steps = Stepwise(self._connection, compiled.plan)
        self._last = measures(compiled.query)

    def judge(self, dossiers: Sequence[Dossier], as_of: Sequence[date], folder: Path) -> list[Judged]:
        tables = self._compiled.tables.of(dossiers, as_of)
        for table in tables:
            load(self._connection, table, folder)
        found: dict[int, Judged] = {row[0]: self._judged(row) for row in self._rows()}
        self._steps.clear()
        for table in tables:
            self._connection.execute(f"TRUNCATE {quoted(table.name)}")
        return [found[d] for d in range(len(dossiers))]

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        try:
            self._steps.run()
            self._connection.execute(self._last)
            while rows := self._connection.fetchmany(_FETCHED):
                yield from rows
        except duckdb.OutOfRangeException as error:
            raise InvalidInput([Problem("dossier", f"a number has more than 64 bits: {error}")]) from error

    def _judged(self, row: tuple[Any, ...]) -> Judged:
        end = 1 + 2 * len(self.program.measures)
        values: Values = [
            None if low is None else (low, high) for low, high in zip(row[1:end:2], row[2:end:2], strict=True)
        ]
        if (rule := row[-1]) is not None:
            raise self._clash(rule, values)
        rules = self._compiled.query.rules
        return Judged(values, {rule: one for rule, one in zip(rules, row[end:-1], strict=True) if one is not None})

    def _clash(self, rule: str, values: Values) -> EngineDisagreement:
        fact: dict[str, int] = {}
        for measure, ends in zip(self.program.measures, values, strict=True):
            if ends is not None:
                name = self.program.names[measure]
                fact |= {f"{name}.low": ends[0], f"{name}.high": ends[1]}
        held = [one.verdict for one in self.program.outcomes if one.rule == rule and holds(one.when, fact)]
        return EngineDisagreement(rule, held)
