"""A folder of Parquet files to verdicts, as files again: a shard at a time, without an object for anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import attrs
import duckdb
from sqlglot import exp

from devrules.errors import EngineDisagreement, InvalidInput
from devrules.population.api import PopulationVerdicts
from devrules.population.outcomes_sql import CLASH
from devrules.population.query import Query, compile_query
from devrules.population.tables import calendar_table
from devrules.population.tables import columns as read_columns
from devrules.program.measures import in_order
from devrules.program.program import Program
from devrules.ruleset.model import VERDICTS
from devrules_duckdb.intake import FIRST, LAST, Intake
from devrules_duckdb.load import database, lay_out, parquet, quoted, text
from devrules_duckdb.sql import duckdb_sql
from devrules_duckdb.stepwise import Stepwise
from devrules_duckdb.validate import check, layout_problems
from devrules_duckdb.views import show

SHARD = 50_000
Counts: TypeAlias = dict[str, dict[str, int]]
"""Rule to verdict to how many dossiers came to it."""


def judge_population(
    folder: Path, programs: Mapping[str, Program], as_of: date, out: Path, *, shard: int = SHARD
) -> PopulationVerdicts:
    """
    Judge every dossier of a population, and write its verdicts.

    Args:
        folder: The population, in the format :data:`devrules.population.contract.FORMAT`.
        programs: The rules, by whom they judge: ``person`` and ``organisation``.
        as_of: The day to judge on.
        out: The folder of the verdicts; one file a shard and subject, one row a dossier, one column a rule.
        shard: How many dossiers are judged at once; it bounds the memory.

    Raises:
        EngineDisagreement: When two outcomes of one rule hold at once.
        InvalidInput: With everything that is wrong with the population.
    """
    out.mkdir(parents=True, exist_ok=True)
    counts: Counts = {}
    dossiers = 0
    for subject, program in programs.items():
        with database() as connection:
            lay_over(connection, folder)
            if subject == next(iter(programs)):
                check(connection, folder, program.kinds)
            found_shards = list(shards(connection, subject, shard))
            if found_shards:
                run = Run(connection, tested_only(program), subject, as_of)
                for n, (first, last, size) in enumerate(found_shards):
                    dossiers += size
                    run.judge(first, last, out / file_of(subject, n), counts)
    return PopulationVerdicts(dossiers, counts)


def lay_over(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """
    Show the tables of a population in the schema ``population``.

    Raises:
        InvalidInput: With every table and column that is missing, or of another type.
    """
    if found := layout_problems(connection, folder):
        raise InvalidInput(found)
    show(connection, folder)


def tested_only(program: Program) -> Program:
    """Leave the measures that outcomes test, and what these are made of: nobody asks for lamps and notes here."""
    named = {name: measure for measure, name in program.names.items()}
    tested = dict.fromkeys(prop.rpartition(".")[0] for one in program.outcomes for prop in sorted(one.when.props()))
    return attrs.evolve(program, measures=tuple(in_order([named[name] for name in tested])))


def add(counts: Counts, rule: str, verdict: str, count: int) -> None:
    """Count that so many more dossiers came to a verdict of a rule."""
    of_rule = counts.setdefault(rule, {})
    of_rule[verdict] = of_rule.get(verdict, 0) + count


def file_of(subject: str, n: int) -> str:
    """Name the file of the verdicts of a shard."""
    return f"{subject}-{n:05}.parquet"


def shards(connection: duckdb.DuckDBPyConnection, subject: str, size: int) -> Iterator[tuple[int, int, int]]:
    """Yield the first and the last number of the dossiers of each shard, and how many they are."""
    rows = connection.execute(
        "SELECT min(dossier), max(dossier), count(*) FROM (SELECT dossier, (row_number() OVER (ORDER BY dossier) - 1)"
        " // $1 AS shard FROM population.dossier WHERE subject = $2) GROUP BY shard ORDER BY shard",
        [size, subject],
    ).fetchall()
    yield from rows


class Run:
    """
    One database with the tables of one program, filled for one shard at a time.

    Args:
        connection: The database, over which a population is laid.
        program: The rules.
        subject: Whose dossiers they judge.
        as_of: The day to judge on.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, program: Program, subject: str, as_of: date) -> None:
        self._connection = connection
        query = self._query = compile_query(program)
        intake = Intake(query.layout, program.kinds, as_of)
        self._read = list(read_columns(query.layout))
        with TemporaryDirectory(prefix="devrules-") as scratch:
            lay_out(connection, query.layout, query.series, calendar_table(program.calendar), Path(scratch))
        connection.execute(f"CREATE TYPE verdict AS ENUM ({', '.join(map(text, VERDICTS))})")
        self._statements = list(intake.statements(subject))
        self._steps = Stepwise(connection, query, intake.given())

    @property
    def query(self) -> Query:
        """What the program became; it can be read while the tables are full."""
        return self._query

    def judge(self, first: int, last: int, path: Path, counts: Counts) -> None:
        """Judge a shard, write its verdicts, and count them."""
        self.fill(first, last)
        ids = "SELECT dossier, id FROM population.dossier WHERE dossier IN (SELECT d FROM dossier) ORDER BY dossier"
        self._steps.lay_beside("ids", ids, "dossier")
        self._connection.execute(f"COPY ({_verdicts(self._query)}) TO {text(str(path))} (FORMAT parquet)")
        count(self._connection, path, self._query.rules, counts)
        self.empty()

    def fill(self, first: int, last: int) -> None:
        """Take the measures of the dossiers from the number *first* to *last*."""
        for name, value in ((FIRST, first), (LAST, last)):
            self._connection.execute(f"SET VARIABLE {quoted(name)} = {value}")
        for statement in self._statements:
            self._connection.execute(statement)
        self._steps.run()

    def empty(self) -> None:
        """Empty the tables, for the next shard."""
        self._steps.clear()
        for table in self._read:
            self._connection.execute(f"TRUNCATE {quoted(table)}")


def count(connection: duckdb.DuckDBPyConnection, file: Path, rules: Sequence[str], counts: Counts) -> None:
    """
    Add up the verdicts of *rules* in a file.

    Raises:
        EngineDisagreement: When two outcomes of one rule hold at once.
    """
    told = ", ".join([f"any_value({CLASH})", *(f"histogram({quoted(rule)})" for rule in rules)])
    ((clash, *found),) = connection.execute(f"SELECT {told} FROM {parquet(file)}").fetchall()  # noqa: S608
    if clash is not None:
        raise EngineDisagreement(clash, [])
    for rule, verdicts in zip(rules, found, strict=True):
        for verdict, number in verdicts.items():
            add(counts, rule, verdict, number)


def _verdicts(query: Query) -> str:
    """Write the query of the verdicts: what is known of no outcome is unknown."""
    columns = ", ".join(f"coalesce(v{n}, 'unknown'::verdict) AS {quoted(rule)}" for n, rule in enumerate(query.rules))
    last = duckdb_sql(query.verdicts.transform(_as_verdict))
    return f"SELECT i.dossier, i.id, {columns}, v.{CLASH} FROM ({last}) AS v POSITIONAL JOIN ids AS i"  # noqa: S608


def _as_verdict(node: exp.Expr) -> exp.Expr:
    """Make the words of verdicts members of the type: a byte each, where a text takes sixteen."""
    named = node.find_ancestor(exp.Alias) if node.is_string and isinstance(node.parent, exp.If) else None
    return node if named is None or named.alias == CLASH else exp.cast(node, exp.DataType.build("verdict", udt=True))
