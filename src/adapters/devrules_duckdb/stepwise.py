"""A program's query in DuckDB, step by step; what no later step reads is dropped at once, so that little is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import duckdb
from sqlglot import exp

from devrules.errors import DevrulesError
from devrules.population.query import Query
from devrules.population.steps import DOSSIER, Step
from devrules_duckdb.load import quoted
from devrules_duckdb.sql import duckdb_sql

# Joins stay as they are written: to plan their order takes longer than to run them, and rows keep their order.
_SETTINGS = ("SET disabled_optimizers = 'join_order,build_side_probe_side'", "SET preserve_insertion_order = true")


@attrs.frozen
class Given:
    """
    A table that stands below a query, and the views on it that stand for some of the query's own.

    Args:
        name: The table.
        query: What goes in.
        views: The views, with their queries.
    """

    name: str
    query: str
    views: Mapping[str, str]


@attrs.frozen
class _Piece:
    """
    A table, or a view.

    Args:
        name: What it is called.
        made: How it is made: ``TABLE``, ``TEMP TABLE`` or ``VIEW``.
        query: What goes in.
        reads: The pieces that it reads.
        key: As :attr:`devrules.population.steps.Step.key`.
    """

    name: str
    made: str
    query: str
    reads: tuple[str, ...]
    key: str | None = None

    @property
    def is_view(self) -> bool:
        """Whether it is a view."""
        return self.made == "VIEW"


@attrs.frozen
class Plan:
    """
    What is made, in its order.

    Args:
        pieces: The tables and views.
        done_with: For each of them, the tables that are dropped then.
    """

    pieces: Sequence[_Piece]
    done_with: Sequence[Sequence[str]]

    @classmethod
    def of(cls, query: Query, given: Iterable[Given] = ()) -> Plan:
        """
        Plan a query.

        Args:
            query: The query.
            given: What stands for some of its views.
        """
        found = {piece.name: piece for piece in _pieces(query.steps, given)}
        last = [*_read(query.last), *_read(query.verdicts)]
        pieces = list(_as_needed(found, last))
        return cls(pieces, _done_with(pieces, last))


class Stepwise:
    """
    The steps of a query, to be run over the tables that they read, which are there already.

    Args:
        connection: The database.
        plan: The steps.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
        self._connection = connection
        for setting in _SETTINGS:
            connection.execute(setting)
        self._plan = plan
        self._tables: list[str] = []
        self._has_views = False

    def run(self) -> None:
        """
        Make the tables of the steps; the views, which stay, are made with the first ones.

        Raises:
            DevrulesError: When the rows of two tables do not follow one another: a defect of the library.
        """
        for piece, done_with in zip(self._plan.pieces, self._plan.done_with, strict=True):
            if piece.key is not None:
                self.lay_beside(piece.name, piece.query, piece.key)
            elif not piece.is_view or not self._has_views:
                self._create(piece.made, piece.name, piece.query)
            self._drop(done_with)
        self._has_views = True

    def clear(self) -> None:
        """Drop the tables that are left."""
        self._drop(tuple(self._tables))

    def _drop(self, tables: Sequence[str]) -> None:
        for name in tables:
            self._connection.execute(f"DROP TABLE {quoted(name)}")
            self._tables.remove(name)

    def lay_beside(self, name: str, query: str, key: str) -> None:
        """
        Make a table whose rows follow those of the dossiers.

        Args:
            name: The table.
            query: What goes in.
            key: Its column with the dossiers.

        Raises:
            DevrulesError: When they do not: a defect of the library.
        """
        self._create("TABLE", name, query)
        side_by_side = f"{quoted(DOSSIER)} AS x POSITIONAL JOIN {quoted(name)} AS s"
        told = self._connection.execute(
            f"SELECT count(*) FROM {side_by_side} WHERE x.d IS DISTINCT FROM s.{quoted(key)}"  # noqa: S608
        ).fetchone()
        if told != (0,):
            raise DevrulesError(f"the rows of {name!r} do not follow those of the dossiers: please report it")

    def _create(self, made: str, name: str, query: str) -> None:
        self._connection.execute(f"CREATE {made} {quoted(name)} AS {query}")
        if made != "VIEW":
            self._tables.append(name)


def _pieces(steps: Iterable[Step], given: Iterable[Given]) -> Iterator[_Piece]:
    instead: dict[str, _Piece] = {}
    for table in given:
        # It is read a few times, and soon dropped: to compress it takes longer than it saves.
        yield _Piece(table.name, "TEMP TABLE", table.query, ())
        instead |= {view: _Piece(view, "VIEW", query, (table.name,)) for view, query in table.views.items()}
    for step in steps:
        reads = tuple(_read(step.query))
        # What only picks from a table that is given is no slower for those who read it several times.
        is_view = step.is_view or instead.keys() >= set(reads)
        own = _Piece(step.name, "VIEW" if is_view else "TABLE", duckdb_sql(step.query), reads, step.key)
        yield instead.get(step.name, own)


def _read(query: exp.Select) -> Iterator[str]:
    for table in query.find_all(exp.Table):
        yield table.name


def _as_needed(pieces: Mapping[str, _Piece], last: Iterable[str]) -> Iterator[_Piece]:
    """Put each piece after those that it reads, and not before one of them is read."""
    seen: set[str] = set()

    def needed(name: str) -> Iterator[_Piece]:
        if name in pieces and name not in seen:
            seen.add(name)
            for below in pieces[name].reads:
                yield from needed(below)
            yield pieces[name]

    for name in last:
        yield from needed(name)


def _done_with(pieces: Sequence[_Piece], last: Iterable[str]) -> list[list[str]]:
    """List, for each piece, the tables that no piece after it reads, through views as well."""
    read: dict[str, set[str]] = {}
    last_reader: dict[str, int] = {}
    for n, piece in enumerate(pieces):
        read[piece.name] = {table for name in piece.reads for table in read.get(name, ())}
        if not piece.is_view:
            last_reader |= dict.fromkeys(read[piece.name], n)
            read[piece.name] = {piece.name}
    kept = {table for name in last for table in read.get(name, ())}
    found: list[list[str]] = [[] for _ in pieces]
    for name, n in last_reader.items():
        if name not in kept:
            found[n].append(name)
    return found
