"""The tables of a host become a population, in SQLite and in PostgreSQL; what is wrong with them is told at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, UsageError
from devrules.population.contract import ColumnKind, columns, rows_of
from devrules.population.view_sql import select_sql

pytest.importorskip("duckdb")
sqlalchemy = pytest.importorskip("sqlalchemy")

from devrules_sqlalchemy.tables import SqlTables  # noqa: E402  # after the check

SQLITE = {"number": "INTEGER", "text": "TEXT", "flag": "INTEGER", "date": "TEXT", "list": "TEXT", "attachments": "TEXT"}
POSTGRESQL = {"number": "BIGINT", "text": "TEXT", "flag": "BOOLEAN", "date": "DATE", "list": "TEXT[]"}
POSTGRESQL |= {"attachments": "JSONB"}
PLAIN: list[dict[str, Any]] = [
    {
        "id": "a",
        "person": {"name": "张三", "birth": "1999-07", "floating": False, "id_number": "11010519491231002X"},
        "branch": {"id": "b1", "kind": "branch", "has_committee": True},
        "recorded_kinds": ["application", "talk", "contact-assignment.day"],
        "blank_kinds": ["talk"],
        "records": {
            "application": [{"received": "2021", "id": "r'1", "status": "returned"}, {"received": "2021-01-04"}],
            "talk": [
                {"day": "2021-02-01/2021-03-05", "content": "一行\n“二”行 \\ 🙂 '", "topics": ["动机", "家庭, 工作"]}
            ],
            "contact-assignment": [{"day": "2021-02-03", "people": ["m1"]}, {"people": []}, {}],
            "political-review": [{"attachments": [{"name": "结论.pdf"}, {"name": "a.pdf", "digest": "00ff"}]}],
            "general-meeting": [{"should_vote": 0, "present_vote": 12, "secret_ballot": False}],
        },
        "members": [
            {"id": "m1", "name": "李四", "sanctions": [{"kind": "warning", "approved": "2019-05"}]},
            {"id": "m2", "sanctions": []},
            {"id": "m3"},
        ],
        "source": {"file": "台账.xlsx", "row": 7},
    },
    {"id": "b", "recorded_kinds": "all"},
    {"id": "c", "recorded_kinds": [], "subject": "organisation", "branch": {"name": "第一支部"}},
]

Offer = Callable[..., str]


@pytest.fixture(scope="module")
def dossiers(rules: devrules.Rules) -> list[Dossier]:
    return [rules.read_dossier({"format": Dossier.FORMAT, **plain}) for plain in PLAIN]


@pytest.fixture
def offer(tmp_path: Path, dossiers: Sequence[Dossier]) -> Offer:
    """Makes a host's database of dossiers, with what is asked for changed; gives its URL."""

    def make(change: Callable[[str, dict[str, Any]], None] = lambda *_: None, **given: Any) -> str:
        url = f"sqlite:///{tmp_path / 'host.db'}"
        fill(url, tables_of(dossiers), SQLITE, change, **given)
        return url

    return make


def tables_of(dossiers: Sequence[Dossier]) -> dict[str, list[dict[str, Any]]]:
    """The rows of dossiers, in the opposite order."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in columns()}
    for number, dossier in enumerate(dossiers):
        for table, row in rows_of(dossier, number):
            rows[table].insert(0, row)
    return rows


def fill(
    url: str,
    rows: Mapping[str, Sequence[dict[str, Any]]],
    types: Mapping[ColumnKind, str] | Mapping[str, str],
    change: Callable[[str, dict[str, Any]], None] = lambda *_: None,
    *,
    prefix: str = "",
    schema: str = "",
    without: Sequence[str] = (),
    extra: Mapping[str, str] | None = None,
) -> None:
    """Make the tables; what is no list there is written as JSON."""
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for table, of in columns().items():
            names = {name: types[kind] for name, kind in of.items() if f"{table}.{name}" not in without}
            listed = ", ".join(f'"{name}" {sql}' for name, sql in {**names, **(extra or {})}.items())
            name = f'{schema}"{prefix}{table}"'
            if table in without:
                continue
            connection.exec_driver_sql(f"CREATE TABLE {name} ({listed})")
            for row in rows[table]:
                cells = {column: stored(row.get(column), of[column], types) for column in names}
                change(table, cells)
                marks = ", ".join(f":{column}" for column in cells)
                quoted = ", ".join(f'"{column}"' for column in cells)
                connection.execute(sqlalchemy.text(f"INSERT INTO {name} ({quoted}) VALUES ({marks})"), cells)  # noqa: S608
    engine.dispose()


def stored(value: Any, kind: ColumnKind, types: Mapping[Any, str]) -> Any:
    """What a host would store."""
    if value is not None and (kind == "attachments" or (kind == "list" and types[kind] == "TEXT")):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if kind == "flag" and value is not None and types[kind] == "INTEGER" else value


def refusal(rules: devrules.Rules, url: str, out: Path, **given: Any) -> str:
    """What is told; nothing may be left behind."""
    with pytest.raises(InvalidInput) as raised:
        rules.write_tables(url, out=out, **given)
    assert not out.exists()
    assert [] == [one.name for one in out.parent.iterdir() if one.name.endswith(".part")]
    return str(raised.value)


def test_a_host_shows_what_it_keeps(
    rules: devrules.Rules, offer: Offer, dossiers: list[Dossier], tmp_path: Path
) -> None:
    """Days as text, flags as numbers, lists as JSON, rows in any order."""
    written = rules.write_tables(offer(), out=tmp_path / "population")

    assert (3, (), True) == (written.dossiers, written.remarks, written.complete)
    assert dossiers == list(rules.read_population(tmp_path / "population"))


def test_postgresql_shows_what_it_keeps(
    rules: devrules.Rules, server: str, new_schema: Callable[[], str], dossiers: list[Dossier], tmp_path: Path
) -> None:
    """In types of its own, in a schema of its own, with a prefix."""
    schema = new_schema()
    fill(server, tables_of(dossiers), POSTGRESQL, prefix="v_", schema=f"{schema}.")

    written = rules.write_tables(server, out=tmp_path / "population", schema=schema, prefix="v_")

    assert 3 == written.dossiers
    assert dossiers == list(rules.read_population(tmp_path / "population"))
    assert "v_dossier" in refusal(rules, server, tmp_path / "other", prefix="v_")


def test_postgresql_is_read_as_it_is_at_one_time(
    server: str, new_schema: Callable[[], str], dossiers: list[Dossier]
) -> None:
    """What another writes after the first row was read belongs to another population; and rows come as a stream."""
    schema = new_schema()
    fill(server, tables_of(dossiers), POSTGRESQL, schema=f"{schema}.")
    other = sqlalchemy.create_engine(server)
    tables = SqlTables(server, schema, "")
    try:
        first = list(tables.rows("dossier", ["id"]))
        with other.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO {schema}.member (dossier, id) VALUES (0, 'late')")  # noqa: S608
        members = [row[0] for row in tables.rows("member", ["id"])]
        with other.begin() as connection:
            wide = "SELECT n AS dossier FROM generate_series(1, 100000000) AS n"
            connection.exec_driver_sql(f"CREATE VIEW {schema}.many AS {wide}")
    finally:
        tables.close()
    tables = SqlTables(server, schema, "")
    streamed = cast("Generator[Any]", tables.rows("many", ["dossier"]))

    assert 3 == len(first)
    assert ["m1", "m2", "m3"] == sorted(members)
    assert [(1,), (2,)] == [tuple(row) for row in islice(streamed, 2)]
    streamed.close()
    tables.close()
    other.dispose()


def test_rows_of_sqlite_come_as_a_stream(offer: Offer) -> None:
    """A view without an end can be read from its beginning."""
    url = offer()
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        counting = "WITH RECURSIVE n(dossier) AS (SELECT 1 UNION ALL SELECT dossier + 1 FROM n) SELECT dossier FROM n"
        connection.exec_driver_sql(f"CREATE VIEW endless AS {counting}")
    engine.dispose()
    tables = SqlTables(url, None, "")
    streamed = cast("Generator[Any]", tables.rows("endless", ["dossier"]))

    assert [(1,), (2,)] == [tuple(row) for row in islice(streamed, 2)]
    streamed.close()
    tables.close()


def test_every_missing_table_and_column_is_told_at_once(rules: devrules.Rules, offer: Offer, tmp_path: Path) -> None:
    """With the name that was perhaps meant; before a row is read."""
    url = offer(without=("member", "record.day_low", "dossier.person_birth_high"), extra={"day_lov": "TEXT"})
    told = refusal(rules, url, tmp_path / "out")

    assert "host.db member: no such table: member (make a table or view" in told
    assert "record.day_low: the column is missing (add it; null where it is not kept (did you mean 'day_lov'?))" in told
    assert "dossier.person_birth_high: the column is missing" in told
    assert 3 == len(told.splitlines())


def test_columns_that_are_not_read_are_told(rules: devrules.Rules, offer: Offer, tmp_path: Path) -> None:
    """They do no harm."""
    written = rules.write_tables(offer(extra={"photo": "BLOB", "Remark2": "TEXT"}), out=tmp_path / "population")

    assert written.complete
    assert 4 == len(written.remarks)
    assert "host.db dossier: columns that are not read: photo, remark2" in str(written.remarks[0])


def test_names_may_be_in_capitals(rules: devrules.Rules, offer: Offer, dossiers: list[Dossier], tmp_path: Path) -> None:
    """As databases give them that take capitals and small letters for the same."""
    url = offer()
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for table, of in columns().items():
            listed = ", ".join(f'"{name}" AS "{name.upper()}"' for name in of)
            connection.exec_driver_sql(f"CREATE VIEW up_{table} AS SELECT {listed} FROM {table}")  # noqa: S608
    engine.dispose()

    rules.write_tables(url, out=tmp_path / "population", prefix="up_")

    assert dossiers == list(rules.read_population(tmp_path / "population"))


def test_every_wrong_cell_is_told_at_once(rules: devrules.Rules, offer: Offer, tmp_path: Path) -> None:
    """How many of a column, of which dossiers, and what to write; with what is wrong with rows together."""

    def spoil(table: str, cells: dict[str, Any]) -> None:
        wrong = {
            "dossier": {"person_birth_low": "1999/7/1", "person_floating": "no", "recorded_kinds": '["tea"]'},
            "record": {"present_vote": "many", "day_low": "2021-02-30", "topics": "[1, {}]", "attachments": "x.pdf"},
            "member": {"dossier": None},
            "sanction": {"approved_high": "2000-01-01"},
        }
        cells.update(wrong[table])

    told = refusal(rules, offer(spoil), tmp_path / "out")

    for part in (
        "dossier.person_birth_low: 3 × a day such as 2026-05-11 was expected, found a value of the type str; dossiers",
        "dossier.person_floating: 3 × yes or no",
        "record.present_vote: 8 × a whole number was expected, found 'many'; dossiers [0] (CAST(… AS BIGINT))",
        "record.day_low: 8 × a day that there is was expected, found '2021-02-30'",
        "record.topics: 8 × a list of texts",
        "record.attachments: 8 × a list of files",
        "member.dossier: 3 × a number",
        "recorded_kinds names 'tea', which there is not",
        "sanction.parquet: 1 × approved_low is after approved_high",
        "people names no member of the dossier",
    ):
        assert part in told
    assert "1999/7/1" not in told


def test_a_population_that_would_be_invalid_is_not_there(rules: devrules.Rules, offer: Offer, tmp_path: Path) -> None:
    def spoil(table: str, cells: dict[str, Any]) -> None:
        if table == "dossier":
            cells["id"] = "a"

    assert "1 × the same id twice; dossiers [0]" in refusal(rules, offer(spoil), tmp_path / "out")


def test_all_is_every_kind_and_lists_may_be_separated(
    rules: devrules.Rules, offer: Offer, dossiers: list[Dossier], tmp_path: Path
) -> None:
    """A view may say `'all' AS recorded_kinds`, and put ids together by commas."""

    def plainly(table: str, cells: dict[str, Any]) -> None:
        if table == "dossier":
            cells["recorded_kinds"] = "all"
        if table == "record" and cells["people"] == '["m1"]':
            cells["people"] = "m1, m3"
        if table == "record" and cells["people"] == "[]":
            cells["people"] = ""

    rules.write_tables(offer(plainly), out=tmp_path / "population")
    first, *rest = rules.read_population(tmp_path / "population")

    assert {frozenset(rules.program.kinds)} == {one.recorded_kinds for one in (first, *rest)}
    assert [("m1", "m3"), (), None] == [getattr(one, "people", 0) for one in first.records["contact-assignment"]]
    assert attrs.evolve(first, recorded_kinds=frozenset(), records={}) == attrs.evolve(
        dossiers[0], recorded_kinds=frozenset(), records={}
    )


@pytest.mark.parametrize("url", ["sqlite:///nowhere.db", "sqlite:////nowhere/at/all.db"])
def test_no_file_is_made(rules: devrules.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """SQLite would make one."""
    monkeypatch.chdir(tmp_path)

    assert "is not a file that can be read (check the path)" in refusal(rules, url, tmp_path / "out")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "in memory is empty: name a file"),
        ("ftp://me:secret@host/db", "no plugin reads a database at ftp:"),
        ("no url", "no plugin reads a database at no url:"),
    ],
)
def test_no_database(rules: devrules.Rules, tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        rules.write_tables(url, out=tmp_path / "out")
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)


def test_no_server_is_told_once_and_without_the_password(rules: devrules.Rules, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    told = refusal(rules, "postgresql+psycopg://me:secret@127.0.0.1:1/db", tmp_path / "out")

    assert 1 == len(told.splitlines())
    assert "is the database running" in told
    assert "secret" not in told


def views_of(dialect: str) -> dict[str, str]:
    """The views of a host that keeps little, of which records come from two tables."""
    who = "(SELECT 1 AS n UNION ALL SELECT 2) AS people"
    day = "'2021-02-03'" if dialect == "sqlite" else "DATE '2021-02-03'"
    said = {"dossier": "n", "id": "CAST(n AS VARCHAR)", "subject": "'person'"}
    people = "'m1,m2'" if dialect == "sqlite" else "ARRAY['m1', 'm2']"
    acts = (
        {"dossier": "n", "kind": "'talk'", "position": "0", "day_low": day, "day_high": day},
        {"dossier": "n", "kind": "'approval-submission'", "position": "0"},
        {"dossier": "n", "kind": "'contact-assignment'", "position": "0", "people": people},
    )
    return {
        "dossier": select_sql(dialect, "dossier", said, who),
        "record": "\nUNION ALL\n".join(select_sql(dialect, "record", act, who) for act in acts),
        "member": "\nUNION ALL\n".join(
            select_sql(dialect, "member", {"dossier": "n", "id": f"'{one}'"}, who) for one in ("m1", "m2")
        ),
        "sanction": select_sql(dialect, "sanction", {}, f"{who} WHERE 1 = 0"),
    }


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_views_that_are_written_for_a_host_can_be_read(
    rules: devrules.Rules, request: pytest.FixtureRequest, tmp_path: Path, dialect: str
) -> None:
    """What is null has a type that goes together with the others."""
    url, schema = f"sqlite:///{tmp_path / 'host.db'}", None
    if dialect == "postgresql":
        url, schema = request.getfixturevalue("server"), request.getfixturevalue("new_schema")()
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for name, query in views_of(dialect).items():
            connection.exec_driver_sql(f"CREATE VIEW {schema or 'main'}.v_{name} AS {query}")
    engine.dispose()

    assert 2 == rules.write_tables(url, schema=schema, prefix="v_", out=tmp_path / "population").dossiers
    first, second = rules.read_population(tmp_path / "population")
    assert ("1", "2") == (first.id, second.id)
    assert {"talk", "approval-submission", "contact-assignment"} == set(second.records)
    assert ("m1", "m2") == getattr(second.records["contact-assignment"][0], "people", None)
