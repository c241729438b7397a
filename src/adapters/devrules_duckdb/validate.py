"""What is wrong with the files of a population, all at once, with counts and the numbers of dossiers as examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.dossier.shapes import STATUSES, Record
from devrules.errors import Problem
from devrules.plain import nearest
from devrules.population.contract import FORMAT, ColumnKind, columns, columns_of
from devrules_duckdb.load import quoted
from devrules_duckdb.views import TYPES, fits, plain, text

_SHOWN = 3
_KEYS = ("dossier", "kind", "position")


def layout_problems(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Problem]:
    """List the tables and columns that are missing, or of a type that does not fit."""
    return [one for table, of in columns().items() for one in _table_problems(connection, folder, table, of)]


def problems(connection: duckdb.DuckDBPyConnection, folder: Path, kinds: Kinds) -> list[Problem]:
    """
    List what is wrong with a population.

    Args:
        connection: A database in which the schema ``population`` has the tables, if :func:`layout_problems` has none.
        folder: Where its files are.
        kinds: The kinds of record.
    """
    checks = _Checks(connection, folder, kinds)
    return [*checks.dossiers(), *checks.kept(), *checks.records(), *checks.others(), *checks.cells()]


def _table_problems(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: str, of: dict[str, ColumnKind]
) -> Iterator[Problem]:
    path = folder / f"{table}.parquet"
    if not path.is_file():
        yield Problem(str(path), "is missing", f"a population has the tables {', '.join(columns())}")
        return
    try:
        told = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        stated = connection.execute(
            "SELECT value::VARCHAR FROM parquet_kv_metadata(?) WHERE key::VARCHAR = 'devrules'", [str(path)]
        ).fetchone()
    except duckdb.Error as error:
        yield Problem(str(path), f"is no Parquet file: {error}")
        return
    if stated is not None and stated[0] != FORMAT:
        yield Problem(str(path), f"has the format {stated[0]!r}", f"this version reads {FORMAT}")
    types: dict[str, str] = {row[0]: row[1] for row in told}
    for name, kind in of.items():
        if name not in types:
            near = nearest(name, types.keys() - of.keys())
            yield Problem(
                f"{path} {name}", "the column is missing", ", ".join(filter(None, [f"add it: {TYPES[kind]}", near]))
            )
        elif not fits(types[name], kind):
            yield Problem(f"{path} {name}", f"the column is {plain(types[name])}", f"cast it to {TYPES[kind]}")


class _Checks:
    """Asks what is wrong. What is right is most often all there is, so that the numbers of dossiers are asked last."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, kinds: Kinds) -> None:
        self._connection = connection
        self._folder = folder
        self._kinds = kinds

    def dossiers(self) -> Iterator[Problem]:
        """Yield what is wrong with the list of dossiers."""
        yield from self._wrong("dossier", "dossier IS NULL", "no number", "number the dossiers")
        yield from self._twice("dossier", "dossier", "the same number twice", "one row a dossier")
        nameless = "coalesce(id, '') = ''"
        yield from self._wrong("dossier", nameless, "no id", "give every dossier an id of its own")
        yield from self._twice("dossier", "id", "the same id twice", "give every dossier an id of its own")
        subject = "coalesce(subject, '') NOT IN ('person', 'organisation')"
        told = "subject is neither person nor organisation"
        yield from self._wrong("dossier", subject, told, "state whose dossier it is")

    def kept(self) -> Iterator[Problem]:
        """Yield the kinds and fields that a source is said to keep, and that there are not."""
        for column in ("recorded_kinds", "blank_kinds"):
            lists = self._rows(f"SELECT DISTINCT {column} FROM population.dossier WHERE {column} IS NOT NULL")  # noqa: S608
            known = {kept for (kept_here,) in lists for kept in kept_here if kept is not None}
            for kept in sorted(known):
                kind, dot, field = kept.partition(".")
                if kind in self._kinds and (not dot or self._kinds[kind].field_type(field) is not None):
                    continue
                where = f"list_contains({column}, {text(kept)})"
                remedy = nearest(kind, self._kinds) if kind not in self._kinds else "name a field of its records"
                yield from self._wrong("dossier", where, f"{column} names {kept!r}, which there is not", remedy)

    def records(self) -> Iterator[Problem]:
        """Yield what is wrong with records, which are gone through once if nothing is."""
        yield from self._orphans("record")
        yield from self._of_kinds()
        yield from self._wrong("record", "position IS NULL", "no position", "number the records of a kind in a dossier")
        told = "two records of a kind with the same position"
        yield from self._twice("record", "dossier, kind, position", told, "number the records of a kind in a dossier")
        named = "(SELECT dossier, unnest(people) AS id FROM population.record WHERE len(people) > 0)"
        nobody = f"SELECT dossier FROM {named} t ANTI JOIN population.member USING (dossier, id) WHERE id IS NOT NULL"  # noqa: S608
        yield from self._told("record", nobody, "people names no member of the dossier", "add a row to member")

    def _of_kinds(self) -> Iterator[Problem]:
        """Yield kinds and statuses that there are not, and what is stated in a field that the kind does not have."""
        common = columns_of(Record)
        odd = {name: kind for name, kind in columns()["record"].items() if name not in (*_KEYS, *common)}
        filled = {name: _filled(name, kind) for name, kind in odd.items()}
        counted = ", ".join(f"count({one})" for one in filled.values())
        grouped = f"SELECT kind, status, {counted} FROM population.record GROUP BY ALL ORDER BY kind, status"  # noqa: S608
        for kind, status, *counts in self._rows(grouped):
            this = f"kind IS NOT DISTINCT FROM {_literal(kind)} AND status IS NOT DISTINCT FROM {_literal(status)}"
            if status is not None and status not in STATUSES:
                remedy = f"one of {', '.join(STATUSES)}; empty means {STATUSES[0]}"
                yield from self._wrong("record", this, f"no such status: {status!r}", remedy)
            if kind not in self._kinds:
                near = nearest(kind, self._kinds) if kind else "state the kind"
                yield from self._wrong("record", this, f"no such kind of record: {kind!r}", near)
                continue
            has = columns_of(self._kinds[kind].type)
            for (name, one), count in zip(filled.items(), counts, strict=True):
                if count and name not in has:
                    where = f"{this} AND {one} IS NOT NULL"
                    told = f"{name} is stated of a {kind!r}, which has no such field"
                    remedy = f"it has {', '.join(sorted(has.keys() - common.keys()))}"
                    yield from self._wrong("record", where, told, remedy)

    def others(self) -> Iterator[Problem]:
        """Yield what is wrong with members and their sanctions."""
        for table in ("member", "sanction"):
            yield from self._orphans(table)
        yield from self._wrong("member", "coalesce(id, '') = ''", "no id", "state the id by which records name them")
        yield from self._twice("member", "dossier, id", "the same member twice", "one row a member of a dossier")
        yield from self._wrong("sanction", "kind IS NULL", "no kind", "state the kind of sanction")
        member = "population.member m ON m.dossier = s.dossier AND m.id = s.member"
        nobody = f"SELECT s.dossier FROM population.sanction s ANTI JOIN {member}"  # noqa: S608
        yield from self._told("sanction", nobody, "no such member of the dossier", "add a row to member")
        unsure = f"SELECT s.dossier FROM population.sanction s JOIN {member} WHERE m.sanctions_recorded IS NOT true"  # noqa: S608
        told = "a member with sanctions of whom sanctions_recorded is not true"
        yield from self._told("member", unsure, told, "it is recorded which sanctions they have: state true")

    def cells(self) -> Iterator[Problem]:
        """Yield what is wrong with days and lists, whatever they are about."""
        for table, of in columns().items():
            wrong = {name: _no_day(name) for name in of if name.endswith("_low")}
            wrong |= {name: _has_gap(name) for name, kind in of.items() if kind == "list"}
            if not wrong:
                continue
            counted = ", ".join(f"count(*) FILTER (WHERE {where})" for where in wrong.values())
            (counts,) = self._rows(f"SELECT {counted} FROM population.{table}")  # noqa: S608
            for (name, where), count in zip(wrong.items(), counts, strict=True):
                if count and of[name] == "date":
                    told = f"{name} is after {_high(name)}, or only one of them is stated"
                    yield from self._wrong(table, where, told, "a day has two ends, the same where it is known")
                elif count:
                    yield from self._wrong(table, where, f"{name} has an empty entry", "leave it out of the list")

    def _orphans(self, table: str) -> Iterator[Problem]:
        orphans = f"SELECT dossier FROM population.{table} t ANTI JOIN population.dossier USING (dossier)"  # noqa: S608
        yield from self._told(table, orphans, "no such dossier", "add it, or leave the rows out")

    def _wrong(self, table: str, where: str, told: str, remedy: str) -> Iterator[Problem]:
        """Yield a problem if there are rows of which *where* is true."""
        yield from self._told(table, f"SELECT dossier FROM population.{table} WHERE {where}", told, remedy)  # noqa: S608

    def _twice(self, table: str, key: str, told: str, remedy: str) -> Iterator[Problem]:
        """Yield a problem if several rows have the same *key*."""
        some = " AND ".join(f"{name} IS NOT NULL" for name in key.split(", "))
        grouped = (
            f"SELECT min(dossier) AS dossier FROM population.{table} WHERE {some} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608
        )
        yield from self._told(table, grouped, told, remedy)

    def _told(self, table: str, rows: str, told: str, remedy: str) -> Iterator[Problem]:
        ((count,),) = self._rows(f"SELECT count(*) FROM ({rows})")  # noqa: S608
        if count:
            numbered = f"SELECT DISTINCT dossier FROM ({rows}) WHERE dossier IS NOT NULL"  # noqa: S608
            some = self._rows(f"{numbered} ORDER BY 1 LIMIT {_SHOWN}")
            shown = f"; dossiers {[one for (one,) in some]}" if some else ""
            yield Problem(f"{self._folder / table}.parquet", f"{count} × {told}{shown}", remedy)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()


def _has_gap(name: str) -> str:
    return f"list_count({quoted(name)}) < len({quoted(name)})"


def _no_day(low: str) -> str:
    one, other = quoted(low), quoted(_high(low))
    return f"({one} > {other} OR ({one} IS NULL) <> ({other} IS NULL))"


def _high(low: str) -> str:
    return low.removesuffix("low") + "high"


def _filled(name: str, kind: ColumnKind) -> str:
    """Write what is null where nothing is stated; an empty list states nothing."""
    return f"nullif(len({quoted(name)}), 0)" if kind in ("list", "attachments") else quoted(name)


def _literal(value: str | None) -> str:
    return "NULL" if value is None else text(value)
