"""What is wrong with the files of a population, all at once, with counts and the numbers of dossiers as examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from devrules.dossier.kinds import Kinds
from devrules.dossier.shapes import STATUSES
from devrules.errors import Problem
from devrules.population.contract import FORMAT, columns
from devrules_duckdb.files import TYPES
from devrules_duckdb.load import quoted

_SHOWN = 3


def problems(connection: duckdb.DuckDBPyConnection, folder: Path, kinds: Kinds) -> list[Problem]:
    """
    List what is wrong with a population.

    Args:
        connection: A database in which the schema ``population`` has the tables, if :func:`layout_problems` has none.
        folder: Where its files are.
        kinds: The kinds of record.
    """
    found: list[Problem] = []
    for table, wrong, told, remedy in _queries(kinds):
        count, *examples = connection.execute(
            f"SELECT count(*), min(dossier), median(dossier)::BIGINT, max(dossier) FROM ({wrong})"  # noqa: S608
        ).fetchone() or (0,)
        if count:
            shown = sorted({one for one in examples if one is not None})
            found.append(Problem(f"{folder / table}.parquet", f"{count} × {told}; dossiers {shown}", remedy))
    return found


def layout_problems(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Problem]:
    """List the tables and columns that are missing, or of another type."""
    found: list[Problem] = []
    for table, of in columns().items():
        path = folder / f"{table}.parquet"
        if not path.is_file():
            found.append(Problem(str(path), "is missing", f"a population has the tables {', '.join(columns())}"))
            continue
        try:
            told = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            stated = connection.execute(
                "SELECT value::VARCHAR FROM parquet_kv_metadata(?) WHERE key::VARCHAR = 'devrules'", [str(path)]
            ).fetchone()
        except duckdb.Error as error:
            found.append(Problem(str(path), f"is no Parquet file: {error}"))
            continue
        if stated is not None and stated[0] != FORMAT:
            found.append(Problem(str(path), f"has the format {stated[0]!r}", f"this version reads {FORMAT}"))
        types = {row[0]: row[1] for row in told}
        for name, kind in of.items():
            if name not in types:
                found.append(Problem(f"{path} {name}", "the column is missing", f"add it: {TYPES[kind]}"))
            elif types[name].replace('"', "") != TYPES[kind]:
                found.append(Problem(f"{path} {name}", f"the column is {types[name]}", f"cast it to {TYPES[kind]}"))
    return found


def _queries(kinds: Kinds) -> Iterator[tuple[str, str, str, str]]:
    """Yield, for each thing that may be wrong: the table, the rows in question, what is wrong, and the remedy."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    statuses = ", ".join(f"'{status}'" for status in STATUSES)
    twice = "SELECT {0} FROM population.{1} GROUP BY {0} HAVING count(*) > 1"
    yield "dossier", "SELECT dossier FROM population.dossier WHERE dossier IS NULL", "no number", "number the dossiers"
    yield "dossier", twice.format("dossier", "dossier"), "the same number twice", "one row a dossier"
    ids = "SELECT min(dossier) AS dossier FROM population.dossier GROUP BY id HAVING count(*) > 1 OR id IS NULL"
    yield "dossier", ids, "the same id twice, or none", "give every dossier an id of its own"
    subject = "SELECT dossier FROM population.dossier WHERE coalesce(subject, '') NOT IN ('person', 'organisation')"
    yield "dossier", subject, "subject is neither person nor organisation", "state whose dossier it is"
    for name in ("record", "member", "sanction"):
        orphan = f"SELECT dossier FROM population.{name} t ANTI JOIN population.dossier USING (dossier)"  # noqa: S608
        yield name, orphan, "no such dossier", "add it, or leave the rows out"
    kind = f"SELECT dossier FROM population.record WHERE kind IS NULL OR kind NOT IN ({known})"  # noqa: S608
    yield "record", kind, "no such kind of record", "devrules rules show lists the kinds"
    status = f"SELECT dossier FROM population.record WHERE status NOT IN ({statuses})"  # noqa: S608
    yield "record", status, "no such status", f"one of {', '.join(STATUSES)}; empty means {STATUSES[0]}"
    position = twice.format("dossier, kind, position", "record")
    yield (
        "record",
        position,
        "two records of a kind with the same position",
        "number the records of a kind in a dossier",
    )
    yield "member", twice.format("dossier, id", "member"), "the same member twice", "one row a member of a dossier"
    for table, of in columns().items():
        lows = [name for name in of if name.endswith("_low")]
        wrong = " OR ".join(
            f"{quoted(low)} > {quoted(high)} OR ({quoted(low)} IS NULL) <> ({quoted(high)} IS NULL)"
            for low, high in ((low, low.removesuffix("low") + "high") for low in lows)
        )
        if wrong:
            told = "a day whose low is after its high, or that has only one of them"
            yield table, f"SELECT dossier FROM population.{table} WHERE {wrong}", told, "state both"  # noqa: S608
