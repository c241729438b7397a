"""
The desk in PostgreSQL holds every scenario.

A server of its own is started where PostgreSQL is installed and psycopg, too; with ``DEVRULES_REQUIRE_POSTGRESQL`` it
must be. Its order of words is that of dictionaries, where it can be, so that lists which rely on it would be noticed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from devrules.desk.ports import Conflict, Store, Unit
from devrules.testing import StoreSuite
from devrules.testing.store_suite.making import message

pwd = pytest.importorskip("pwd", reason="the server runs as a user of Unix")
REQUIRED = bool(os.environ.get("DEVRULES_REQUIRE_POSTGRESQL"))
DEBIAN = Path("/usr/lib/postgresql")

if not REQUIRED:
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")

import psycopg  # noqa: E402  # after the check

from devrules_sqlalchemy.store import SqlStore  # noqa: E402  # the same


def programs() -> Path | None:
    """The folder of PostgreSQL's programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max((path.parent for path in DEBIAN.glob("*/bin/initdb")), default=None)


def someone() -> str | None:
    """Whom to run the server as: PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server in a folder of its own, reached by a socket in it; the URL."""
    bin_ = programs()
    if bin_ is None:
        if REQUIRED:
            pytest.fail("PostgreSQL is required here, and is not installed")
        pytest.skip("PostgreSQL is not installed")
    folder, user = Path(tempfile.mkdtemp(prefix="desk")), someone()
    if user:
        shutil.chown(folder, user)

    def run(*words: str | Path) -> None:
        done = subprocess.run(words, user=user, cwd=folder, capture_output=True, text=True, check=False)
        assert 0 == done.returncode, done.stdout + done.stderr

    data = folder / "data"
    initdb = (bin_ / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions")
    try:
        run(*initdb, "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh")
    except AssertionError:  # before release 15, or built without ICU
        shutil.rmtree(data, ignore_errors=True)
        run(*initdb, "--locale=C.UTF-8")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    yield f"postgresql+psycopg://desk@/postgres?host={folder}"
    run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def fresh() -> Iterator[int]:
    """Numbers for the schemas of the tests."""
    return count()


class TestPostgresql(StoreSuite):
    """The numbered scenarios."""

    @pytest.fixture
    def open_store(self, server: str, fresh: Iterator[int]) -> Callable[[], Store]:
        schema = f"desk{next(fresh)}"
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        return partial(SqlStore, f"{server}&options=-csearch_path%3D{schema}")

    def test_who_waits_for_each_other_gets_a_conflict(self, server: str, fresh: Iterator[int], store: Store) -> None:
        """PostgreSQL gives one of them up; that one reads again and decides anew."""
        waiting = Unit(command="1", messages=(message(1),))
        schema = f"desk{next(fresh) - 1}"
        with psycopg.connect(server.replace("+psycopg", "")) as other, ThreadPoolExecutor(1) as pool:
            other.execute(f"SET search_path = {schema}")
            add = "INSERT INTO devrules_messages (id, dossier, role, text, at, verb) VALUES ('m1', '', '', '', '', '')"
            other.execute(add)
            committed = pool.submit(store.commit, waiting)
            time.sleep(0.3)  # by now it waits for the message; PostgreSQL looks for a deadlock after a second
            other.execute("INSERT INTO devrules_commands (command, result) VALUES ('1', '')")
            with pytest.raises(Conflict, match="the store"):
                committed.result()
            other.rollback()
        store.commit(waiting)

        assert (message(1),) == store.messages()
