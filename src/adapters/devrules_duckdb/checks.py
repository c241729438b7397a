"""Whether the rows of a population fit together; every table is gone through as few times as can be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.dossier.shapes import STATUSES, Record
from devrules.errors import Problem
from devrules.mask import mask_text
from devrules.plain import nearest
from devrules.population.contract import columns, columns_of
from devrules_duckdb.load import literal, quoted, text
from devrules_duckdb.views import parts

_SHOWN = 3
_WORDS = 10
_AT_ONCE = 50_000
"""So many dossiers are looked at together where what is kept in mind grows with their rows."""
_IDS_AT_ONCE = 1_000_000
_KEYS = ("dossier", "kind", "position")


class Checks:
    """
    Asks what is wrong. What is right is most often all there is, so that the numbers of dossiers are asked last.

    Args:
        connection: A database in which the schema ``population`` has the tables.
        folder: Where their files are.
        kinds: The kinds of record.
        named: What to call the folder.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, kinds: Kinds, named: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._kinds = kinds
        self._named = named

    def dossiers(self) -> Iterator[Problem]:
        """Yield what is wrong with the list of dossiers."""
        yield from self._wrong("dossier", "dossier IS NULL", "no number", "number the dossiers")
        yield from self._twice("dossier", "the same number twice", "one row a dossier")
        nameless = "coalesce(id, '') = ''"
        yield from self._wrong("dossier", nameless, "no id", "give every dossier an id of its own")
        yield from self._twice("id", "the same id twice", "give every dossier an id of its own")
        subject = "coalesce(subject, '') NOT IN ('person', 'organisation')"
        told = "subject is neither person nor organisation"
        yield from self._wrong("dossier", subject, told, "state whose dossier it is")
        yield from self._kept("recorded_kinds")
        yield from self._kept("blank_kinds")
        yield from self._days("dossier", self._empty("dossier"))

    def records(self) -> Iterator[Problem]:
        """Yield what is wrong with records."""
        yield from self._orphans("record")
        for kind in self._other_words("kind", self._kinds):
            remedy = nearest(kind, self._kinds) if kind else "state the kind"
            yield from self._wrong("record", _is("kind", kind), f"no such kind of record: {_shown(kind)}", remedy)
        for status in self._other_words("status", STATUSES):
            if status is not None:
                remedy = f"one of {', '.join(STATUSES)}; empty means {STATUSES[0]}"
                yield from self._wrong("record", _is("status", status), f"no such status: {_shown(status)}", remedy)
        empty = self._empty("record")
        yield from self._fields(empty)
        yield from self._days("record", empty)
        yield from self._positions()
        named = "SELECT dossier, unnest(people) AS id FROM population.record WHERE len(people) > 0 AND {own}"
        nobody = f"SELECT dossier FROM ({named}) t ANTI JOIN (FROM population.member WHERE {{own}}) USING (dossier, id)"  # noqa: S608
        told = "people names no member of the dossier"
        yield from self._of_parts("record", f"{nobody} WHERE id IS NOT NULL", told, "add a row to member")

    def others(self) -> Iterator[Problem]:
        """Yield what is wrong with members and their sanctions."""
        for table in ("member", "sanction"):
            yield from self._orphans(table)
            yield from self._days(table, self._empty(table))
        yield from self._wrong("member", "coalesce(id, '') = ''", "no id", "state the id by which records name them")
        named = "SELECT dossier FROM population.member WHERE {own} AND id IS NOT NULL"
        twice = f"{named} GROUP BY dossier, id HAVING count(*) > 1"
        yield from self._of_parts("member", twice, "the same member twice", "one row a member of a dossier")
        yield from self._wrong("sanction", "kind IS NULL", "no kind", "state the kind of sanction")
        sanctions = "SELECT s.dossier FROM (FROM population.sanction WHERE {own}) s"
        member = "(FROM population.member WHERE {own}) m ON m.dossier = s.dossier AND m.id = s.member"
        nobody = f"{sanctions} ANTI JOIN {member}"
        yield from self._of_parts("sanction", nobody, "no such member of the dossier", "add a row to member")
        unsure = f"{sanctions} JOIN {member} WHERE m.sanctions_recorded IS NOT true"
        told = "a member with sanctions of whom sanctions_recorded is not true"
        yield from self._of_parts("member", unsure, told, "it is recorded which sanctions they have: state true")

    def _kept(self, column: str) -> Iterator[Problem]:
        """Yield the kinds and fields that a source is said to keep, and that there are not."""
        # By what is hashed: to compare long lists with each other takes longer than all else here.
        lists = self._rows(f"SELECT any_value({column}) FROM population.dossier GROUP BY hash({column})")  # noqa: S608
        known = {kept for (some,) in lists for kept in some or ()}
        if None in known:
            yield from self._gap("dossier", column)
        for kept in sorted(kept for kept in known if kept is not None):
            kind, dot, field = kept.partition(".")
            if kind in self._kinds and (not dot or self._kinds[kind].field_type(field) is not None):
                continue
            where = f"list_contains({column}, {text(kept)})"
            remedy = nearest(kind, self._kinds) if kind not in self._kinds else "name a field of its records"
            yield from self._wrong("dossier", where, f"{column} names {_shown(kept)}, which there is not", remedy)

    def _other_words(self, column: str, known: Collection[str]) -> list[str | None]:
        """List some words in a column of records that are not known."""
        # Of an aggregate: else each record is looked at, not each word.
        other = f"(any_value({column}) IN ({', '.join(map(text, known))})) IS NOT true"
        found = f"SELECT {column} FROM population.record GROUP BY 1 HAVING {other} ORDER BY 1 LIMIT {_WORDS}"  # noqa: S608
        return [word for (word,) in self._rows(found)]

    def _days(self, table: str, empty: Collection[str]) -> Iterator[Problem]:
        """Yield what is wrong with days; there are none in the columns that are *empty*."""
        lows = [name for name in columns()[table] if name.endswith("_low")]
        wrong = {low: _no_day(low) for low in lows if not {low, _high(low)} <= set(empty)}
        # Most often there is nothing: all days are looked at together before each is by itself.
        if wrong and self._rows(f"SELECT 1 FROM population.{table} WHERE {' OR '.join(wrong.values())} LIMIT 1"):  # noqa: S608
            remedy = "a day has two ends, the same where it is known"
            for name, condition in wrong.items():
                told = f"{name} is after {_high(name)}, or only one of them is stated"
                yield from self._wrong(table, condition, told, remedy)

    def _fields(self, empty: Collection[str]) -> Iterator[Problem]:
        """Yield what is stated of records that have no such field, and lists with gaps; each column is read once."""
        values = _values_of_records(empty)
        listed = ", ".join(f"count({value})" for value in values.values())
        rows = self._rows(f"SELECT kind, {listed} FROM population.record GROUP BY 1 ORDER BY 1")  # noqa: S608
        stated = {kind: [name for name, some in zip(values, told, strict=True) if some] for kind, *told in rows}
        common = columns_of(Record)
        for kind in [kind for kind in self._kinds if kind in stated]:
            has = columns_of(self._kinds[kind].type)
            for name in stated[kind]:
                if name not in (*common, *has):
                    where = f"{_is('kind', kind)} AND {values[name]} IS NOT NULL"
                    said = f"{name} is stated of a {kind!r}, which has no such field"
                    remedy = f"it has {', '.join(sorted(has.keys() - common.keys()))}"
                    yield from self._wrong("record", where, said, remedy)
        for name, of in columns()["record"].items():
            if of == "list" and any(name in names for names in stated.values()):
                yield from self._gap("record", name)

    def _gap(self, table: str, name: str) -> Iterator[Problem]:
        where = f"list_count({quoted(name)}) < len({quoted(name)})"
        yield from self._wrong(table, where, f"{name} has an empty entry", "leave it out of the list")

    def _positions(self) -> Iterator[Problem]:
        """Yield whether two records have one place: of some dossiers at a time, for places are as many as records."""
        remedy = "number the records of a kind in a dossier"
        yield from self._wrong("record", "position IS NULL", "no position", remedy)
        if not self._in_order():
            own = "SELECT dossier FROM population.record WHERE {own} AND position IS NOT NULL"
            twice = f"{own} GROUP BY dossier, kind, position HAVING count(*) > 1"
            yield from self._of_parts("record", twice, "two records of a kind with the same position", remedy)

    def _in_order(self) -> bool:
        """Tell whether each record stands after the one before it, as in most files: then no two have one place."""
        # To compare the numbers of kinds takes half as long as to compare their names, and the order is the same.
        kinds = ", ".join(map(text, sorted(self._kinds)))
        placed = f"SELECT dossier, list_position([{kinds}], kind) AS kind, position FROM population.record"  # noqa: S608
        before = ", ".join(f"{key}, lag({key}) OVER () AS {key}_before" for key in _KEYS)
        rising = (
            "dossier > dossier_before OR dossier = dossier_before AND "
            "(kind > kind_before OR kind = kind_before AND position > position_before)"
        )
        found = f"SELECT count(*) FROM (SELECT {before} FROM ({placed})) WHERE ({rising}) IS NOT true"  # noqa: S608
        ((falling,),) = self._rows(found)
        return bool(falling <= 1)  # the first one stands after none

    def _empty(self, table: str) -> frozenset[str]:
        """Name the columns in which the file itself says that there is nothing."""
        column = "split_part(path_in_schema, ', ', 1)"
        nothing = "bool_and(coalesce(stats_null_count = num_values, false))"
        path = text(literal(self._folder / f"{table}.parquet"))
        found = self._rows(f"SELECT {column} FROM parquet_metadata({path}) GROUP BY 1 HAVING {nothing}")  # noqa: S608
        return frozenset(name for (name,) in found)

    def _orphans(self, table: str) -> Iterator[Problem]:
        first, last, count = self._numbers
        rows = f"SELECT dossier FROM population.{table} t"  # noqa: S608
        if first is not None and last is not None and count == last - first + 1:  # no number is left out
            orphans = f"{rows} WHERE (dossier BETWEEN {first} AND {last}) IS NOT true"
        else:
            orphans = f"{rows} ANTI JOIN population.dossier USING (dossier)"
        yield from self._told(table, [orphans], "no such dossier", "add it, or leave the rows out")

    def _wrong(self, table: str, where: str, told: str, remedy: str) -> Iterator[Problem]:
        """Yield a problem if there are rows of which *where* is true."""
        yield from self._told(table, [f"SELECT dossier FROM population.{table} WHERE {where}"], told, remedy)  # noqa: S608

    def _twice(self, key: str, told: str, remedy: str) -> Iterator[Problem]:
        """Yield a problem if several dossiers have the same *key*; some keys at a time."""
        *_, count = self._numbers
        times = -(-count // _IDS_AT_ONCE) or 1
        some = f"FROM population.dossier WHERE {key} IS NOT NULL AND hash({key}) % {times} = "
        twice = f"GROUP BY {key} HAVING count(*) > 1"
        queries = [f"SELECT min(dossier) AS dossier {some}{n} {twice}" for n in range(times)]
        yield from self._told("dossier", queries, told, remedy)

    def _of_parts(self, table: str, rows: str, told: str, remedy: str) -> Iterator[Problem]:
        """
        Yield a problem if there are *rows*; they are looked for among some dossiers at a time.

        Args:
            table: Where it is told.
            rows: A query for the numbers of dossiers; ``{own}`` stands for the condition of the part.
            told: What is wrong.
            remedy: What to do.
        """
        own = (f"dossier BETWEEN {first} AND {last}" for first, last in self._parts)
        yield from self._told(table, (rows.format(own=one) for one in own), told, remedy)

    @cached_property
    def _numbers(self) -> tuple[int | None, int | None, int]:
        """The first and the last number of a dossier, and how many there are."""
        (row,) = self._rows("SELECT min(dossier), max(dossier), count(dossier) FROM population.dossier")
        first, last, count = row
        return first, last, count

    @cached_property
    def _parts(self) -> list[tuple[int, int]]:
        """The first and the last number of some dossiers after another."""
        return [part[:2] for part in parts(self._connection, _AT_ONCE) if None not in part]

    def _told(self, table: str, queries: Iterable[str], told: str, remedy: str) -> Iterator[Problem]:
        """Yield a problem if any of *queries* finds rows, each with the number of a dossier."""
        total, some = 0, list[int]()
        for rows in queries:
            ((count,),) = self._rows(f"SELECT count(*) FROM ({rows})")  # noqa: S608
            if count:
                total += count
                numbered = f"SELECT DISTINCT dossier FROM ({rows}) WHERE dossier IS NOT NULL"  # noqa: S608
                some += [number for (number,) in self._rows(f"{numbered} ORDER BY 1 LIMIT {_SHOWN}")]
        if total:
            yield self._problem(table, total, told, sorted(some)[:_SHOWN], remedy)

    def _problem(self, table: str, count: int, told: str, dossiers: list[int], remedy: str) -> Problem:
        shown = f"; dossiers {dossiers}" if dossiers else ""
        return Problem(f"{self._named / table}.parquet", f"{count} × {told}{shown}", remedy)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()


def _no_day(low: str) -> str:
    one, other = quoted(low), quoted(_high(low))
    return f"({one} > {other} OR ({one} IS NULL) <> ({other} IS NULL))"


def _high(low: str) -> str:
    return low.removesuffix("low") + "high"


def _values_of_records(empty: Collection[str]) -> dict[str, str]:
    """Write, of each list and each field of some kinds only, what is null unless it states something."""
    found = {}
    for name, kind in columns()["record"].items():
        if kind in ("list", "attachments"):  # whatever the file says: it takes an empty entry for no list
            found[name] = f"nullif(len({quoted(name)}), 0)"
        elif name not in (*_KEYS, *columns_of(Record), *empty):
            found[name] = quoted(name)
    return found


def _is(column: str, value: str | None) -> str:
    return f"{column} IS NULL" if value is None else f"{column} = {text(value)}"


def _shown(value: str | None) -> str:
    """Show what stands where a known word should; whoever confused columns may have put a person there."""
    return repr(value if value is None else mask_text(value))
