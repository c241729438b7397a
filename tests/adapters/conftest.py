"""
What the tests of adapters share: a server of PostgreSQL, in a folder of its own.

It is started where PostgreSQL is installed and psycopg, too; with ``DEVRULES_REQUIRE_POSTGRESQL`` it must be. Its order
of words is that of dictionaries, where it can be, so that lists which rely on it would be noticed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of the server, which is reached by a socket in its folder."""
    pwd = pytest.importorskip("pwd", reason="the server runs as a user of Unix")
    bin_ = programs()
    if bin_ is None or find_spec("psycopg") is None or find_spec("sqlalchemy") is None:
        if os.environ.get("DEVRULES_REQUIRE_POSTGRESQL"):
            pytest.fail("PostgreSQL is required here, and it, psycopg or SQLAlchemy is not installed")
        pytest.skip("PostgreSQL, psycopg or SQLAlchemy is not installed")
    folder, user = Path(tempfile.mkdtemp(prefix="desk")), someone({entry.pw_name for entry in pwd.getpwall()})
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


@pytest.fixture(scope="session")
def new_schema(server: str) -> Callable[[], str]:
    """Makes a schema that nobody else uses; gives its name."""
    import psycopg  # noqa: PLC0415  # it is there where the server is

    numbers = count()

    def make() -> str:
        name = f"desk{next(numbers)}"
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return name

    return make


def programs() -> Path | None:
    """The folder of PostgreSQL's programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max((path.parent for path in DEBIAN.glob("*/bin/initdb")), default=None)


def someone(names: set[str]) -> str | None:
    """Whom to run the server as: PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in names else "nobody"
