"""A population that another tool wrote: what loses nothing is taken, all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import rmtree

import attrs
import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput
from devrules.population.contract import columns

duckdb = pytest.importorskip("duckdb")

from devrules_duckdb import checks  # noqa: E402  # after the check
from devrules_duckdb.files import read_all, read_one, write  # noqa: E402  # the same
from devrules_duckdb.population import judge_population  # noqa: E402  # the same

AS_OF = date(2021, 6, 1)
Host = Callable[..., Path]


@pytest.fixture(scope="module")
def dossiers(club: devrules.Rules) -> list[Dossier]:
    """Some of the reading club, with members and sanctions."""
    whole = {"format": Dossier.FORMAT, "recorded_kinds": "all"}
    members = [
        {"id": "m1", "full_since": "2010", "sanctions": [{"kind": "warning", "approved": "2020-05-06"}]},
        {"id": "m2", "sanctions": []},
    ]
    records = {
        "application": [{"received": "2021-01-04", "number": "1"}],
        "talk": [{"day": "2021-02", "topics": ["a"]}, {"day": "2021-03-05"}],
        "guides": [{"day": "2021-04-01", "people": ["m1", "m2"]}],
        "ballot": [{"day": "2021-05-01", "should_vote": 9, "secret_ballot": True, "attachments": [{"name": "1.pdf"}]}],
    }
    full = {**whole, "members": members, "records": records, "person": {"birth": "1999-07"}}
    return [club.read_dossier(one) for one in ({**full, "id": "a"}, {**whole, "id": "b"}, {**full, "id": "c"})]


@pytest.fixture(scope="module")
def ours(club: devrules.Rules, dossiers: list[Dossier], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The population as the library writes it."""
    folder = tmp_path_factory.mktemp("ours") / "population"
    write(dossiers, folder, club.program.kinds)
    return folder


@pytest.fixture
def host(ours: Path, tmp_path: Path) -> Host:
    """Writes the files anew as a host might: ``SELECT {record} FROM … {tail}``."""

    def make(tail: str = "", **selected: str) -> Path:
        folder = tmp_path / "host"
        folder.mkdir()
        for table in columns():
            query = f"SELECT {selected.get(table, '*')} FROM '{ours}/{table}.parquet' {tail}"  # noqa: S608
            duckdb.sql(f"COPY ({query}) TO '{folder}/{table}.parquet' (FORMAT parquet)")
        return folder

    return make


def refusal(folder: Path, rules: devrules.Rules) -> list[str]:
    """What is told, line by line, by whatever reads the whole."""
    kinds = rules.program.kinds
    with pytest.raises(InvalidInput) as read:
        next(read_all(folder, kinds))
    with pytest.raises(InvalidInput) as judged:
        judge_population(folder, {"person": rules.program}, AS_OF, folder.parent / "out")
    assert str(read.value) == str(judged.value)
    return [line.removeprefix(f"{folder}/") for line in str(read.value).splitlines()]


def verdicts(folder: Path, rules: devrules.Rules, out: Path) -> list[tuple[object, ...]]:
    out.mkdir()
    judge_population(folder, {"person": rules.program}, AS_OF, out)
    found: list[tuple[object, ...]] = duckdb.sql(f"FROM read_parquet('{out}/*.parquet') ORDER BY dossier").fetchall()
    return found


def sorted_(dossier: Dossier) -> Dossier:
    """With the members in order: they stand as in the file, and it does not matter."""
    return attrs.evolve(dossier, members=tuple(sorted(dossier.members, key=lambda one: one.id)))


def test_what_loses_nothing_is_taken(
    host: Host, ours: Path, dossiers: list[Dossier], club: devrules.Rules, tmp_path: Path
) -> None:
    """Smaller numbers, columns without a type, more columns, rows in any order, no format stated."""
    folder = host(
        "ORDER BY random()",
        dossier="* REPLACE (dossier::UTINYINT AS dossier, NULL AS source_file, NULL AS branch_temporary), 1 AS spare",
        record="* REPLACE (dossier::SMALLINT AS dossier, position::INTEGER AS position, NULL AS end_low,"
        " NULL AS end_high, NULL AS items, [] AS lamps), 'x' AS remark2",
        member="* REPLACE (dossier::UINTEGER AS dossier)",
    )

    assert dossiers == [sorted_(read_one(folder, one.id, club.program.kinds)) for one in dossiers]
    assert dossiers == [sorted_(one) for one in read_all(folder, club.program.kinds)]
    assert verdicts(ours, club, tmp_path / "1") == verdicts(folder, club, tmp_path / "2")


def test_columns_are_told_at_once(host: Host, club: devrules.Rules) -> None:
    """Those that are missing, with the one that was perhaps meant; those that would have to be cast, to what."""
    folder = host(
        dossier="* EXCLUDE (id) REPLACE (recorded_kinds::VARCHAR AS recorded_kinds, dossier::UBIGINT AS dossier)",
        record="* EXCLUDE (day_low) REPLACE (day_high::TIMESTAMP AS day_high, position::DOUBLE AS position),"
        " day_low AS day_lov",
        sanction="* REPLACE (approved_low::VARCHAR AS approved_low)",
    )
    (folder / "member.parquet").unlink()

    assert {
        "dossier.parquet dossier: the column is UBIGINT (cast it to BIGINT)",
        "dossier.parquet id: the column is missing (add it: VARCHAR)",
        "dossier.parquet recorded_kinds: the column is VARCHAR (cast it to VARCHAR[])",
        "record.parquet position: the column is DOUBLE (cast it to BIGINT)",
        "record.parquet day_low: the column is missing (add it: DATE, did you mean 'day_lov'?)",
        "record.parquet day_high: the column is TIMESTAMP (cast it to DATE)",
        "member.parquet: is missing (a population has the tables dossier, record, member, sanction)",
        "sanction.parquet approved_low: the column is VARCHAR (cast it to DATE)",
    } == set(refusal(folder, club))


def test_another_format_is_told(ours: Path, host: Host, club: devrules.Rules) -> None:
    folder = host()
    query = f"COPY (FROM '{ours}/record.parquet') TO '{folder}/record.parquet'"
    duckdb.sql(f"{query} (FORMAT parquet, KV_METADATA {{devrules: 'devrules.population/2'}})")

    assert [
        "record.parquet: has the format 'devrules.population/2' (this version reads devrules.population/1)"
    ] == refusal(folder, club)


@pytest.mark.parametrize(
    ("table", "columns_", "told"),
    [
        ("dossier", "dossier: NULL", "dossier.parquet: 3 × no number (number the dossiers)"),
        ("dossier", "dossier: 0", "dossier.parquet: 1 × the same number twice; dossiers [0] (one row a dossier)"),
        (
            "dossier",
            "id: nullif(id, 'b')",
            "dossier.parquet: 1 × no id; dossiers [1] (give every dossier an id of its own)",
        ),
        ("dossier", "id: ''", "dossier.parquet: 3 × no id; dossiers [0, 1, 2] (give every dossier an id of its own)"),
        (
            "dossier",
            "id: 'a'",
            "dossier.parquet: 1 × the same id twice; dossiers [0] (give every dossier an id of its own)",
        ),
        (
            "dossier",
            "subject: NULL",
            "3 × subject is neither person nor organisation; dossiers [0, 1, 2] (state whose dossier it is)",
        ),
        (
            "dossier",
            "recorded_kinds: ['talks', 'talk.day', 'talk.colour']",
            "names 'talk.colour', which there is not; dossiers [0, 1, 2] (name a field of its records)",
        ),
        (
            "dossier",
            "blank_kinds: ['tolk']",
            "3 × blank_kinds names 'tolk', which there is not; dossiers [0, 1, 2] (did you mean 'talk'?)",
        ),
        ("dossier", "recorded_kinds: [NULL, 'talk']", "dossier.parquet: 3 × recorded_kinds has an empty entry"),
        (
            "dossier",
            "person_birth_high: NULL",
            "dossier.parquet: 2 × person_birth_low is after person_birth_high, or only one of them is stated;",
        ),
        ("record", "dossier: 7", "record.parquet: 10 × no such dossier; dossiers [7] (add it, or leave the rows out)"),
        ("record", "dossier: NULL", "record.parquet: 10 × no such dossier (add it, or leave the rows out)"),
        (
            "record",
            "kind: replace(kind, 'talk', 'tolk')",
            "4 × no such kind of record: 'tolk'; dossiers [0, 2] (did you mean",
        ),
        ("record", "kind: nullif(kind, 'talk')", "record.parquet: 4 × no such kind of record: None; dossiers [0, 2]"),
        (
            "record",
            "status: 'done'",
            "record.parquet: 10 × no such status: 'done'; dossiers [0, 2] (one of effective, draft",
        ),
        ("record", "position: NULL", "record.parquet: 10 × no position; dossiers [0, 2] (number the records of a kind"),
        ("record", "position: 0", "record.parquet: 2 × two records of a kind with the same position; dossiers [0, 2]"),
        (
            "record",
            "should_vote: 3",
            "stated of a 'talk', which has no such field; dossiers [0, 2] (it has day_high, day_low, talker,",
        ),
        ("record", "topics: ['a']", "2 × topics is stated of a 'guides', which has no such field"),
        ("record", "people: [NULL, 'm1']", "record.parquet: 10 × people has an empty entry"),
        ("record", "people: ['m9']", "record.parquet: 10 × people names no member of the dossier; dossiers [0, 2]"),
        ("record", "day_low: DATE '2200-01-01'", "record.parquet: 10 × day_low is after day_high, or only one of them"),
        (
            "member",
            "dossier: 1",
            "member.parquet: 2 × the same member twice; dossiers [1] (one row a member of a dossier)",
        ),
        ("member", "dossier: 9", "member.parquet: 4 × no such dossier; dossiers [9]"),
        ("member", "id: ''", "member.parquet: 4 × no id; dossiers [0, 2] (state the id by which records name them)"),
        (
            "member",
            "sanctions_recorded: NULL",
            "member.parquet: 2 × a member with sanctions of whom sanctions_recorded is not true; dossiers [0, 2]",
        ),
        ("sanction", "member: 'm9'", "sanction.parquet: 2 × no such member of the dossier; dossiers [0, 2] (add a row"),
        ("sanction", "kind: NULL", "sanction.parquet: 2 × no kind; dossiers [0, 2] (state the kind of sanction)"),
        ("sanction", "dossier: 9", "sanction.parquet: 2 × no such dossier; dossiers [9]"),
    ],
)
def test_what_is_wrong_with_rows_is_told(
    host: Host, club: devrules.Rules, table: str, columns_: str, told: str
) -> None:
    """How often, for which dossiers, and what to do."""
    column, _, value = columns_.partition(": ")
    type_ = {"dossier": "BIGINT", "position": "BIGINT", "should_vote": "BIGINT"}.get(column)
    cast = f"CAST({value} AS {type_})" if type_ else value
    folder = host(**{table: f"* REPLACE ({cast} AS {column})"})

    assert [line for line in refusal(folder, club) if told in line], "\n".join(refusal(folder, club))


def test_equal_places_are_told_wherever_the_rows_stand(host: Host, ours: Path, club: devrules.Rules) -> None:
    """In a file without order, where no row stands beside the one that it is equal to."""
    folder = host()
    twice = f"FROM '{ours}/record.parquet' UNION ALL (FROM '{ours}/record.parquet' WHERE kind = 'ballot' LIMIT 1)"
    duckdb.sql(f"COPY (FROM ({twice}) ORDER BY position, dossier, kind DESC) TO '{folder}/record.parquet'")

    told = "record.parquet: 1 × two records of a kind with the same position; dossiers [0] (number the records"
    assert [line for line in refusal(folder, club) if line.startswith(told)]


def test_what_is_wrong_in_several_parts_is_told_together(
    host: Host, club: devrules.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large population is looked over some dossiers, and some ids, at a time."""
    folder = host(
        dossier="* REPLACE ('a' AS id)",
        record="* REPLACE (['m1', 'nobody'] AS people, 0 AS position)",
        member="* REPLACE ('m1' AS id, false AS sanctions_recorded)",
        sanction="* REPLACE (CASE dossier WHEN 0 THEN member ELSE 'nobody' END AS member)",
    )
    at_once = refusal(folder, club)
    monkeypatch.setattr(checks, "_AT_ONCE", 1)
    monkeypatch.setattr(checks, "_IDS_AT_ONCE", 1)

    assert at_once == refusal(folder, club)
    for told in (
        "dossier.parquet: 1 × the same id twice; dossiers [0] (",
        "record.parquet: 2 × two records of a kind with the same position; dossiers [0, 2] (",
        "record.parquet: 10 × people names no member of the dossier; dossiers [0, 2] (",
        "member.parquet: 2 × the same member twice; dossiers [0, 2] (",
        "sanction.parquet: 1 × no such member of the dossier; dossiers [2] (",
    ):
        assert [line for line in at_once if line.startswith(told)], (told, "\n".join(at_once))


def test_numbers_may_be_far_apart(host: Host, dossiers: list[Dossier], club: devrules.Rules) -> None:
    """A number between them is nobody's, as one beyond them."""
    apart = dict.fromkeys(columns(), "* REPLACE (dossier * 1000003 AS dossier)")
    folder = host(**apart)
    assert dossiers == list(read_all(folder, club.program.kinds))

    rmtree(folder)
    between = "* REPLACE (dossier * 1000003 + (kind = 'ballot')::INTEGER AS dossier)"
    told = "record.parquet: 2 × no such dossier; dossiers [1, 2000007] (add it, or leave the rows out)"
    assert told in refusal(host(**apart | {"record": between}), club)


def test_an_empty_list_states_nothing(host: Host, dossiers: list[Dossier], club: devrules.Rules) -> None:
    """Views that make lists of nothing need not tell the kinds apart."""
    folder = host(record="* REPLACE (coalesce(topics, []) AS topics, coalesce(items, []) AS items)")

    assert dossiers == list(read_all(folder, club.program.kinds))


def test_one_dossier_of_a_bad_population(host: Host, club: devrules.Rules) -> None:
    """What is wrong with another one is no matter; what is wrong with it is told."""
    folder = host(record="* REPLACE (CASE dossier WHEN 2 THEN 'tea' ELSE kind END AS kind)")
    kinds = club.program.kinds

    assert "a" == read_one(folder, "a", kinds).id
    with pytest.raises(InvalidInput, match=r"records of a kind that there is not: 'tea' \(load the overlay"):
        read_one(folder, "c", kinds)
    with pytest.raises(InvalidInput, match=r"0 dossiers have this id"):
        read_one(folder, "d", kinds)


def test_half_a_day_of_one_dossier(host: Host, club: devrules.Rules) -> None:
    folder = host(dossier="* REPLACE (DATE '2200-01-01' AS person_birth_low)")

    with pytest.raises(InvalidInput, match=r"a dossier cannot be read: .* \(judging it lists everything"):
        read_one(folder, "a", club.program.kinds)
