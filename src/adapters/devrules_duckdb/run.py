"""A program to the verdicts of one shard after another: tables in, a file out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import attrs
import duckdb
from sqlglot import exp

from devrules.errors import EngineDisagreement
from devrules.population.layout import Layout
from devrules.population.outcomes_sql import CLASH
from devrules.population.query import Query, compile_query
from devrules.population.tables import Table, calendar_table, columns
from devrules.program.measures import in_order
from devrules.program.program import Program
from devrules.ruleset.model import VERDICTS
from devrules_duckdb.intake import FIRST, LAST, Intake
from devrules_duckdb.load import lay_out, parquet, quoted, text
from devrules_duckdb.shards import Shard
from devrules_duckdb.sql import duckdb_sql
from devrules_duckdb.stepwise import Plan, Stepwise

Counts: TypeAlias = dict[str, dict[str, int]]
"""Rule to verdict to how many dossiers came to it."""


def tested_only(program: Program) -> Program:
    """Leave the measures that outcomes test, and what these are made of: nobody asks for lamps and notes here."""
    named = {name: measure for measure, name in program.names.items()}
    tested = dict.fromkeys(prop.rpartition(".")[0] for one in program.outcomes for prop in sorted(one.when.props()))
    return attrs.evolve(program, measures=tuple(in_order([named[name] for name in tested])))


def add(counts: Counts, counted: Counts) -> None:
    """Add what was *counted* to *counts*."""
    for rule, verdicts in counted.items():
        of_rule = counts.setdefault(rule, {})
        for verdict, number in verdicts.items():
            of_rule[verdict] = of_rule.get(verdict, 0) + number


@attrs.frozen
class Prepared:
    """
    A program as DuckDB runs it on the dossiers of one subject: texts only, for expressions take much memory.

    Args:
        layout: What is read.
        rules: The rules that have outcomes.
        calendar: The working days.
        statements: What fills the tables that the query reads.
        plan: The steps of the query.
        last: What is read when they are done.
    """

    layout: Layout
    rules: Sequence[str]
    calendar: Table
    statements: Sequence[str]
    plan: Plan
    last: str

    @classmethod
    def of(cls, program: Program, subject: str, as_of: date, last: Callable[[Query], str]) -> Prepared:
        """
        Prepare a program.

        Args:
            program: The rules.
            subject: Whose dossiers they judge.
            as_of: The day to judge on.
            last: What to read: :func:`measures`, or :func:`verdicts` to judge.
        """
        query = compile_query(program)
        intake = Intake(query.layout, program.kinds, as_of)
        return cls(
            layout=query.layout,
            rules=query.rules,
            calendar=calendar_table(program.calendar),
            statements=list(intake.statements(subject)),
            plan=Plan.of(query, intake.given()),
            last=last(query),
        )


class Run:
    """
    One database with the tables of one program, filled for one shard at a time.

    Args:
        connection: The database, over which a population is laid.
        prepared: The program.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
        self._connection = connection
        self._prepared = prepared
        with TemporaryDirectory(prefix="devrules-") as scratch:
            lay_out(connection, prepared.layout, prepared.calendar, Path(scratch))
        connection.execute(f"CREATE TYPE verdict AS ENUM ({', '.join(map(text, VERDICTS))})")
        self._steps = Stepwise(connection, prepared.plan)

    def judge(self, shard: Shard, path: Path) -> Counts:
        """Judge a shard, write its verdicts, and count them."""
        self.fill(shard)
        ids = "SELECT dossier, id FROM population.dossier WHERE dossier IN (SELECT d FROM dossier) ORDER BY dossier"
        self._steps.lay_beside("ids", ids, "dossier")
        self._connection.execute(f"COPY ({self._prepared.last}) TO {text(str(path))} (FORMAT parquet)")
        counted = count(self._connection, path, self._prepared.rules)
        self.empty()
        return counted

    def fill(self, shard: Shard) -> None:
        """Take the measures of the dossiers of a shard; they can be read until the tables are emptied."""
        for name, value in ((FIRST, shard.first), (LAST, shard.last)):
            self._connection.execute(f"SET VARIABLE {quoted(name)} = {value}")
        for statement in self._prepared.statements:
            self._connection.execute(statement)
        self._steps.run()

    def empty(self) -> None:
        """Empty the tables, for the next shard."""
        self._steps.clear()
        for table in columns(self._prepared.layout):
            self._connection.execute(f"TRUNCATE {quoted(table)}")


def count(connection: duckdb.DuckDBPyConnection, file: Path, rules: Sequence[str]) -> Counts:
    """
    Count the verdicts of *rules* in a file.

    Raises:
        EngineDisagreement: When two outcomes of one rule hold at once.
    """
    told = ", ".join([f"any_value({CLASH})", *(f"histogram({quoted(rule)})" for rule in rules)])
    ((clash, *found),) = connection.execute(f"SELECT {told} FROM {parquet(file)}").fetchall()  # noqa: S608
    if clash is not None:
        raise EngineDisagreement(clash, [])
    return dict(zip(rules, found, strict=True))


def measures(query: Query) -> str:
    """Write what reads the two ends of every measure of each dossier, whose number is ``d``, and its verdicts."""
    return duckdb_sql(query.last)


def verdicts(query: Query) -> str:
    """Write what reads the verdict of every rule on each dossier: what is known of no outcome is unknown."""
    listed = ", ".join(f"coalesce(v{n}, 'unknown'::verdict) AS {quoted(rule)}" for n, rule in enumerate(query.rules))
    last = duckdb_sql(query.verdicts.transform(_as_verdict))
    return f"SELECT i.dossier, i.id, {listed}, v.{CLASH} FROM ({last}) AS v POSITIONAL JOIN ids AS i"  # noqa: S608


def _as_verdict(node: exp.Expr) -> exp.Expr:
    """Make the words of verdicts members of the type: a byte each, where a text takes sixteen."""
    named = node.find_ancestor(exp.Alias) if node.is_string and isinstance(node.parent, exp.If) else None
    return node if named is None or named.alias == CLASH else exp.cast(node, exp.DataType.build("verdict", udt=True))
