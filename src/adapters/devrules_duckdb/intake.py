"""The tables of a population to those that a program reads, by DuckDB: no object is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from devrules.dossier.kinds import Kinds
from devrules.dossier.shapes import EFFECTIVE, Assignment, Record
from devrules.population.endings_sql import recorded
from devrules.population.layout import Layout
from devrules.population.tables import MOVED, OTHER, columns, kept_column, list_column
from devrules_duckdb.load import FLAG, quoted, text
from devrules_duckdb.stepwise import Given

FIRST, LAST = "first_dossier", "last_dossier"
"""The variables that tell the numbers of the dossiers of a shard."""
_SHARD = f"BETWEEN getvariable({text(FIRST)}) AND getvariable({text(LAST)})"
_EFFECTIVE = f"coalesce(r.status, '{EFFECTIVE}') = '{EFFECTIVE}'"


class Intake:
    """
    Writes the statements that fill the tables of a program from those of a population.

    All of them read the dossiers of one shard: the variables :data:`FIRST` and :data:`LAST` tell which.

    Args:
        layout: What the program reads.
        kinds: The kinds of record.
        as_of: The day to judge on.
    """

    def __init__(self, layout: Layout, kinds: Kinds, as_of: date) -> None:
        self._layout = layout
        self._kinds = kinds
        self._as_of = as_of.toordinal()
        self._columns = columns(layout)

    def statements(self, subject: str) -> Iterator[str]:
        """Yield them in their order; *subject* tells whose dossiers are taken."""
        where = f"dossier {_SHARD} AND subject = {text(subject)}"
        found = {"d": "dossier", "as_of": str(self._as_of)}
        found |= {kept_column(kept): quoted(kept_column(kept)) for kept in self._layout.kept}
        for path, of in self._layout.scalars.items():
            found |= self._cells(path, path.replace(".", "_"), of)
        yield self._insert("dossier", found, f"({self._kept(where)}) ORDER BY dossier")
        if self._layout.tested:
            yield from self._people()

    def _kept(self, where: str) -> str:
        """Tell what the source of each dossier keeps: worked out once for all dossiers of whom the same is kept."""
        kept = {kept_column(kept): self._keeps(kept) for kept in self._layout.kept}
        listed = "".join(f", {value} AS {quoted(name)}" for name, value in kept.items())
        # By what is hashed: to compare long lists with each other takes longer than all else here.
        same = "hash(recorded_kinds)"
        lists = (
            f"SELECT {same} AS same, coalesce(any_value(recorded_kinds), []) AS kept "  # noqa: S608
            f"FROM population.dossier WHERE {where} GROUP BY 1"
        )
        taken = f"SELECT same, kept, [split_part(k, '.', 1) FOR k IN kept] AS kinds_kept FROM ({lists})"  # noqa: S608
        return (
            f"SELECT x.*, k.* EXCLUDE (same, kept, kinds_kept) FROM population.dossier AS x "  # noqa: S608
            f"JOIN (SELECT *{listed} FROM ({taken})) AS k ON {same} = k.same WHERE {where}"
        )

    def given(self) -> Iterator[Given]:
        """
        Yield the records of a population as a program reads them: a table for each shape, a view for each kind.

        Kinds of one shape have the same columns, and whoever reads a column of a file reads that of all records.
        """
        shapes: dict[type[Record], list[str]] = {}
        for kind in self._layout.kinds:
            shapes.setdefault(self._kinds[kind].type, []).append(kind)
        for shape, kinds in shapes.items():
            name = f"records of {shape.__name__}"
            numbered = {kind: self._layout.kinds[kind] for kind in kinds}
            views = {
                recorded(self._layout, kind): f"FROM {quoted(name)} WHERE kind = {number}"
                for kind, number in numbered.items()
            }
            yield Given(name, " UNION ALL ".join(self._of_shape(shape, numbered)), views)

    def _of_shape(self, shape: type[Record], kinds: Mapping[str, int]) -> Iterator[str]:
        """Yield queries that give the records of some kinds of one shape together."""
        yield self._records(shape, kinds, {"kind": _numbers(kinds), "n": "position"}, _is_among(kinds))
        for kind, one in kinds.items():
            taken, takes = self._kinds[kind].takes_from, self._kinds[kind].takes
            if taken is not None and takes:
                where = f"r.kind = {text(taken)} AND outcome IN ({_texts(takes)})"
                yield self._records(shape, kinds, {"kind": str(one), "n": f"position + {MOVED}"}, where)

    def _records(self, shape: type[Record], kinds: Collection[str], key: Mapping[str, str], where: str) -> str:
        layout = self._layout
        found = {"d": "dossier", **key, "as_of": f"{self._as_of}::INTEGER"}
        days = (shape.ACT_DAY, *shape.OTHER_DAYS)
        for end in ("low", "high"):
            found[f"act_{end}"] = f"coalesce({', '.join(_ordinal(f'{day}_{end}') for day in days)})"
        if shape is Assignment:
            found["distinct_people"] = "len(list_distinct(people))"
        for name in dict.fromkeys(name for kind in kinds for name in layout.read[kind]):
            found |= self._cells(name, name, layout.fields[name])
        for _, name, words in (one for one in layout.lists if one[0] in kinds):
            found[list_column(name, words)] = (
                f"CASE WHEN len({quoted(name)}) > 0 THEN list_has_all({quoted(name)}, [{_texts(words)}])::{FLAG} END"
            )
        listed = ", ".join(f"{value} AS {quoted(name)}" for name, value in found.items())
        where = f"{where} AND {_EFFECTIVE} AND r.dossier {_SHARD}"
        return f"SELECT {listed} FROM population.record AS r WHERE {where} AND r.dossier IN (SELECT d FROM dossier)"  # noqa: S608

    def _people(self) -> Iterator[str]:
        """Yield what fills the tables of those who take part in records, and of their sanctions."""
        numbered = {kind: self._layout.kinds[kind] for kind in sorted(self._layout.tested)}
        yield f"""CREATE TEMP TABLE named AS
            SELECT r.dossier AS d, {_numbers(numbered)} AS kind, r.position AS n,
                list_position(r.people, m.id) AS person, m.*, x.id AS own_id, x.person_name
            FROM population.record r JOIN dossier AS j ON j.d = r.dossier AND r.dossier {_SHARD}
            JOIN population.dossier x ON x.dossier = r.dossier AND x.dossier {_SHARD}
            JOIN population.member m ON m.dossier = r.dossier AND m.dossier {_SHARD}
                AND list_contains(r.people, m.id)
            WHERE {_is_among(numbered)} AND {_EFFECTIVE}"""  # noqa: S608
        key = {"d": "p.d", "kind": "p.kind", "n": "p.n", "person": "p.person"}
        own = "p.id = p.own_id"
        told = {
            "since_low": _ordinal("full_since_low"),
            "since_high": _ordinal("full_since_high"),
            "unknown_sanctions": "CASE WHEN p.sanctions_recorded THEN 0 ELSE 1 END",
            "own": f"({own})::{FLAG}",
            "namesake": f"({own} OR coalesce(p.name <> '' AND p.name = p.person_name, false))::{FLAG}",
        }
        yield self._insert("participant", key | told, "named AS p")
        sanction = {
            "sanction": self._word("s.kind"),
            **{f"approved_{end}": _ordinal(f"approved_{end}") for end in ("low", "high")},
            **{f"restored_{end}": _ordinal(f"rights_restored_{end}") for end in ("low", "high")},
        }
        joined = f"named AS p JOIN population.sanction s ON s.dossier = p.d AND s.dossier {_SHARD} AND s.member = p.id"
        yield self._insert("sanction", key | sanction, joined)
        yield "DROP TABLE named"

    def _insert(self, table: str, found: dict[str, str], source: str) -> str:
        names = [name for name in self._columns[table] if name in found]
        listed, values = ", ".join(map(quoted, names)), ", ".join(found[name] for name in names)
        return f"INSERT INTO {quoted(table)} ({listed}) SELECT {values} FROM {source}"  # noqa: S608

    def _keeps(self, kept: str) -> str:
        kind = kept.partition(".")[0]
        if "." in kept:
            return f"list_has_any(kept, [{_texts((kept, kind))}])::{FLAG}"
        return f"list_contains(kinds_kept, {text(kind)})::{FLAG}"

    def _cells(self, name: str, source: str, of: str) -> dict[str, str]:
        if of == "day":
            return {f"{name}_{end}": _ordinal(f"{source}_{end}") for end in ("low", "high")}
        column = quoted(source)
        match of:
            case "text":
                return {name: self._word(column)}
            case "people" | "attachments":
                return {name: f"nullif(len({column}), 0)"}
        return {name: f"{column}::{FLAG if of == 'flag' else 'BIGINT'}"}

    def _word(self, column: str) -> str:
        return f"CASE WHEN {column} IS NOT NULL THEN coalesce(TRY_CAST({column} AS word), {text(OTHER)}) END"


def _is_among(kinds: Iterable[str]) -> str:
    """Write that a record is of one of some kinds: a function is asked once for each word of the file, not each row."""
    return f"list_contains([{_texts(kinds)}], r.kind)"


def _numbers(kinds: Mapping[str, int]) -> str:
    """Write the number of the kind of a record."""
    return f"list_extract([{', '.join(map(str, kinds.values()))}], list_position([{_texts(kinds)}], r.kind))"


def _ordinal(column: str) -> str:
    return f"({quoted(column)} - DATE '0001-01-01' + 1)::INTEGER"


def _texts(words: Iterable[str]) -> str:
    return ", ".join(map(text, words))
