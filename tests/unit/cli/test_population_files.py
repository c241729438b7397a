"""``devrules population write`` and ``export``: from files, a desk and a database to a folder, and back."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlalchemy")

import duckdb
import sqlalchemy

from devrules.population.contract import columns

Run = Callable[..., tuple[int, str, str]]
AS_OF = ("--as-of", "2026-11-21", "--engine", "reference")


def plain(number: object, **parts: Any) -> dict[str, Any]:
    return {
        "format": "devrules.dossier/1",
        "id": str(number),
        "person": {"name": "张三丰"},
        "recorded_kinds": ["application", "talk"],
        "records": {"application": [{"received": "2025-01-31"}], "talk": [{"day": "2025-02-10"}]},
        **parts,
    }


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    """Writes dossiers as JSON lines; what is a text is written as it is."""

    def write(*dossiers: dict[str, Any] | str, name: str = "dossiers.jsonl") -> Path:
        file = tmp_path / name
        written = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in dossiers]
        file.write_text("\n".join(written), encoding="utf-8")
        return file

    return write


def test_lines_go_there_and_back(
    run: Run, lines: Callable[..., Path], dossier: Callable[..., Path], tmp_path: Path
) -> None:
    """With a dossier in a file of its own, which comes first; a second export is the same."""
    source = lines(plain(2), plain(3))
    folder, file = tmp_path / "population", tmp_path / "back.jsonl"

    assert (0, "3 dossiers\n", "") == run("population", "write", source, dossier(), "--out", folder)
    assert (0, "", "") == run("population", "export", folder, "--out", file)
    back = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert ["1", "2", "3"] == [one["id"] for one in back]
    assert plain(3)["records"] == back[2]["records"]
    assert "张三丰" == back[2]["person"]["name"]
    assert (0, "3 dossiers\n", "") == run("population", "write", file, "--out", tmp_path / "again")
    run("population", "export", tmp_path / "again", "--out", tmp_path / "again.jsonl")
    assert file.read_bytes() == (tmp_path / "again.jsonl").read_bytes()
    assert plain(2)["records"] == json.loads(run("population", "show", folder, "2")[1])["records"]


def test_a_bad_line_is_told_and_the_others_are_written(run: Run, lines: Callable[..., Path], tmp_path: Path) -> None:
    """Exit code 4 at the end."""
    source = lines(plain(1), "{", plain(3, person={"phone": 13900001111}), plain(4))
    code, out, err = run("population", "write", source, "--out", tmp_path / "population")

    assert (4, "2 dossiers\n") == (code, out)
    assert ["dossiers.jsonl line 2", "dossiers.jsonl line 3 $.person.phone"] == [
        line.partition("/dossiers")[1].lstrip("/") + line.partition("/dossiers")[2].partition(":")[0]
        for line in err.splitlines()
    ]
    assert "13900001111" not in err


@pytest.mark.parametrize(
    "words", [("audit",), ("impact", "--from", "xize-2014", "--to", "xize-2026")], ids=lambda words: words[0]
)
def test_a_bad_line_is_told_and_the_others_are_judged(
    run: Run, lines: Callable[..., Path], words: tuple[str, ...]
) -> None:
    """In the report, on stderr, and by exit code 4."""
    source = lines(plain(1), "{", plain(3))
    code, out, err = run(*words, source, *AS_OF, "--format", "json", "--lang", "en")

    told = json.loads(out)
    assert 4 == code
    assert 2 == (told["summary"]["dossiers"] if "summary" in told else told["dossiers"])
    assert "dossiers.jsonl line 2: is not JSON" in err


def test_two_dossiers_with_one_id_are_refused_and_nothing_is_there(
    run: Run, lines: Callable[..., Path], tmp_path: Path
) -> None:
    """With the bad lines, all at once."""
    code, out, err = run("population", "write", lines(plain(1), "{", plain(1)), "--out", tmp_path / "population")

    assert (4, "") == (code, out)
    assert "line 2: is not JSON" in err
    assert "1 × the same id twice" in err
    assert ["dossiers.jsonl"] == [one.name for one in tmp_path.iterdir()]


def test_files_that_cannot_be_read_are_told_at_once(run: Run, lines: Callable[..., Path], tmp_path: Path) -> None:
    """And nothing is written."""
    gone = (tmp_path / "one.jsonl", tmp_path / "two.xlsx")
    code, _, err = run("population", "write", *gone, lines(plain(1)), "--out", tmp_path / "population")

    assert 4 == code
    assert "one.jsonl: cannot be read" in err
    assert "two.xlsx: is not a file that can be read" in err
    assert not (tmp_path / "population").exists()


@pytest.mark.parametrize("kept", ["file", "folder"])
def test_what_is_there_is_not_written_over(run: Run, lines: Callable[..., Path], tmp_path: Path, kept: str) -> None:
    """A folder must be empty, and is no file."""
    target = tmp_path / "population"
    if kept == "folder":
        target.mkdir()
        (target / "letter.txt").write_text("x")
    else:
        target.write_text("x")
    code, _, err = run("population", "write", lines(plain(1)), "--out", target)

    assert 2 == code
    assert ("is not empty: name another folder" if kept == "folder" else "is a file: name a folder") in err
    assert "x" == (target / "letter.txt" if kept == "folder" else target).read_text()


def test_an_empty_folder_is_taken(run: Run, lines: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "population").mkdir()

    assert 0 == run("population", "write", lines(plain(1)), "--out", tmp_path / "population")[0]


def test_a_mapping_says_what_a_ledger_means(run: Run, tmp_path: Path) -> None:
    """As in an audit."""
    (tmp_path / "people.csv").write_text("姓名,递交日\n张三丰,2025-01-31\n", encoding="utf-8")
    (tmp_path / "mapping.toml").write_text('[columns]\n"递交日" = "application.received"\n')
    words = ("population", "write", tmp_path / "people.csv", "--mapping", tmp_path / "mapping.toml")
    code, _, err = run(*words, "--out", tmp_path / "population")

    assert (0, "") == (code, err)
    records = duckdb.read_parquet(f"{tmp_path}/population/record.parquet")
    row = records.project("kind, received_low").fetchall()
    assert [("application", "2025-01-31")] == [(kind, str(day)) for kind, day in row]


@pytest.mark.parametrize("page", [1, 500])
def test_everybody_at_a_desk(
    run: Run, at_desk: Run, applicant: str, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    """With the records that they have there; page by page."""
    monkeypatch.setattr("devrules.api.stores._PAGE", page)
    at_desk("record", "talk", applicant, "--set", "talker=石守拙", "--as-of", "2026-11-21")
    at_desk("open", "--set", "name=李四")
    code, out, err = run("population", "write", "--desk", "sqlite:///desk.db", "--out", "population")
    shown = json.loads(run("population", "show", "population", applicant)[1])

    assert (0, "2 dossiers\n", "") == (code, out, err)
    assert "张三丰" == shown["person"]["name"]
    assert "石守拙" == shown["records"]["talk"][0]["talker"]


@pytest.mark.usefixtures("applicant")
def test_a_dossier_that_cannot_be_read_at_a_desk_is_told(run: Run, tmp_path: Path) -> None:
    """Kept with an overlay that is not loaded, perhaps; the others are written."""
    engine = sqlalchemy.create_engine("sqlite:///desk.db")
    with engine.begin() as connection:
        body = json.dumps(plain("x", records={"tea-party": [{}]}))
        row = dict(connection.exec_driver_sql("SELECT * FROM devrules_dossiers").mappings().one())
        row |= {"id": "x", "body": body}
        listed = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(sqlalchemy.text(f"INSERT INTO devrules_dossiers ({listed}) VALUES ({marks})"), row)  # noqa: S608
    engine.dispose()
    code, out, err = run("population", "write", "--desk", "sqlite:///desk.db", "--out", tmp_path / "population")

    assert (4, "1 dossiers\n") == (code, out)
    assert "devrules: desk dossier x $.records.tea-party: there is no such kind of record\n" == err


def test_no_desk_is_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was written wrongly is told, and no store made of it."""
    monkeypatch.chdir(tmp_path)
    code, _, err = run("population", "write", "--desk", "sqlite:///desk.db", "--out", "population")

    assert 4 == code
    assert "desk.db is no file that a desk keeps things in: check the path" in err
    assert [] == list(tmp_path.iterdir())


def test_the_tables_of_a_database(run: Run, tmp_path: Path) -> None:
    """With a prefix; what is not read is told."""
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path}/host.db")
    with engine.begin() as connection:
        for table, of in columns().items():
            said = {"dossier": "1", "id": "'1'", "subject": "'person'", "recorded_kinds": "'all'"}
            cells = ", ".join(f'{said.get(name, "NULL")} AS "{name}"' for name in of)
            spare = ", 1 AS spare" if table == "dossier" else ""
            there = "" if table == "dossier" else " WHERE 1 = 0"
            connection.exec_driver_sql(f"CREATE VIEW v_{table} AS SELECT {cells}{spare}{there}")
    engine.dispose()
    words = ("population", "write", "--database", f"sqlite:///{tmp_path}/host.db", "--out", tmp_path / "population")

    code, out, err = run(*words, "--prefix", "v_")
    assert (0, "1 dossiers\n") == (code, out)
    assert "host.db dossier: columns that are not read: spare" in err
    code, _, err = run(*words[:-1], tmp_path / "other")
    assert 4 == code
    assert 4 == err.count("no such table")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name a ledger, a dossier, --desk or --database"),
        (("a.jsonl", "--database", "sqlite:///a.db"), "a database is read by itself"),
        (("a.jsonl", "--prefix", "v_"), "--schema and --prefix belong to --database"),
        (("--desk", "ftp://me:secret@x/y"), "no plugin opens a store at ftp:"),
        (("--database", "ftp://me:secret@x/y"), "no plugin reads a database at ftp:"),
    ],
)
def test_what_does_not_go_together(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, _, err = run("population", "write", *words, "--out", tmp_path / "population")

    assert 2 == code
    assert said in err
    assert "secret" not in err


def test_what_is_no_population_is_told(run: Run, lines: Callable[..., Path], tmp_path: Path) -> None:
    """Everything that is missing, by whoever reads it; an export is not begun."""
    folder = tmp_path / "population"
    run("population", "write", lines(plain(1)), "--out", folder)
    (folder / "member.parquet").unlink()
    (folder / "sanction.parquet").write_text("x")
    for words in (("export", folder, "--out", tmp_path / "x.jsonl"), ("show", folder, "1")):
        code, _, err = run("population", *words)
        assert 4 == code
        assert "member.parquet: is missing" in err
        assert "sanction.parquet: is no Parquet file" in err
    assert not (tmp_path / "x.jsonl").exists()


def test_an_interrupted_writing_leaves_nothing(
    run: Run, lines: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even beside it."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("devrules_duckdb.staging._copy", interrupted)
    source = lines(plain(1))

    assert 130 == run("population", "write", source, "--out", tmp_path / "population")[0]
    assert ["dossiers.jsonl"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes in folders nor SIGTERM")
def test_writing_that_is_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    """By SIGTERM, as a service or a container is; it reads from a pipe that gives no more."""
    pipe = tmp_path / "endless.jsonl"
    os.mkfifo(pipe)
    words = [sys.executable, "-m", "devrules", "population", "write", pipe, "--out", tmp_path / "population"]
    with subprocess.Popen(words) as process:
        with pipe.open("w", encoding="utf-8"):
            pass  # the look whether the file is there
        with pipe.open("w", encoding="utf-8") as file:
            file.write(json.dumps(plain(1)) + "\n")
            file.flush()
            while not list(tmp_path.glob(".population.*.part/population")):
                assert process.poll() is None
                time.sleep(0.05)
            process.terminate()
            assert 128 + signal.SIGTERM == process.wait(30)
    assert ["endless.jsonl"] == [one.name for one in tmp_path.iterdir()]


def test_views_to_begin_with(run: Run) -> None:
    """Once they say from where, the database takes them, with the prefix."""
    code, out, err = run("population", "views", "--prefix", "v_")
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(out.replace("FROM …", "FROM (SELECT 1)"))
        there = [row[0] for row in database.execute("SELECT name FROM sqlite_schema")]

    assert (0, "") == (code, err)
    assert [f"v_{table}" for table in columns()] == there
    assert "CAST(NULL AS TEXT[]) AS people" in run("population", "views", "--dialect", "postgresql")[1]
