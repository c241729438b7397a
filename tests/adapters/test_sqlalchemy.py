"""The desk in SQLite holds every scenario."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from devrules.desk.memory import MemoryStore
from devrules.desk.ports import Store, Unit
from devrules.errors import MissingExtra
from devrules.plugin import Plugins
from devrules.testing import StoreSuite
from devrules.testing.store_suite.making import event, everything, kept

pytest.importorskip("sqlalchemy")

import devrules_sqlalchemy  # after the check
from devrules_sqlalchemy.store import SqlStore  # the same


class TestSqlite(StoreSuite):
    """The numbered scenarios."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Callable[[], Store]:
        return partial(SqlStore, f"sqlite:///{tmp_path / 'desk.db'}")


@pytest.fixture
def plugins() -> Plugins:
    """As a desk has them, whether the adapter announces itself or not."""
    return Plugins([devrules_sqlalchemy], installed=False)


def test_a_desk_opens_it_by_its_url(plugins: Plugins, tmp_path: Path) -> None:
    """The hook takes what SQLAlchemy knows, and leaves the rest to others."""
    store = plugins.call("devrules_open_store", url=f"sqlite:///{tmp_path / 'desk.db'}")
    store.commit(everything())
    store.close()

    assert (tmp_path / "desk.db").is_file()
    assert isinstance(plugins.call("devrules_open_store", url="memory:"), MemoryStore)
    assert [None] * 3 == [plugins.call("devrules_open_store", url=url) for url in ("", "desk.db", "redis://desk/0")]


@pytest.mark.parametrize("url", ["sqlite:///desk.db", "postgresql+psycopg://desk/desk"])
def test_the_extra_is_named_where_it_is_missing(plugins: Plugins, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Where SQLAlchemy is not installed, its databases ask for it, and nobody else's."""
    for name in [name for name in sys.modules if name.startswith("devrules_sqlalchemy.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(MissingExtra, match=r"pip install 'devrules\[sqlalchemy\]'"):
        plugins.call("devrules_open_store", url=url)

    assert plugins.call("devrules_open_store", url="redis://desk/0") is None


def test_the_database_is_set_up_for_several_who_use_it(tmp_path: Path) -> None:
    """Readers do not wait for a writer, and rows that belong together stay together."""
    store = SqlStore(f"sqlite:///{tmp_path / 'desk.db'}")
    with store._engine.connect() as connection:
        asked = ("journal_mode", "foreign_keys", "synchronous", "secure_delete", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    store.close()

    assert ["wal", 1, 2, 1, 30_000] == found


def test_several_may_open_a_new_one_at_the_same_moment(tmp_path: Path) -> None:
    """One creates the tables; all of them have them."""
    for number in range(5):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        with ThreadPoolExecutor(6) as pool:
            stores = list(pool.map(SqlStore, [url] * 6))
        stores[0].commit(everything())

        assert [("d1", "organisation:b1")] * 6 == [store.streams() for store in stores]
        for store in stores:
            store.close()


def test_what_is_redacted_is_nowhere_in_the_files(tmp_path: Path) -> None:
    """Nor in those that lie beside the database."""
    private = "王小明，身份证号码"
    store = SqlStore(f"sqlite:///{tmp_path / 'desk.db'}")
    store.commit(Unit(command="1", events=(event(body=private), event(number=2))))

    def files_with_it() -> list[str]:
        return [file.name for file in tmp_path.iterdir() if private.encode() in file.read_bytes()]

    assert files_with_it()
    store.redact("d1", 1)

    assert [] == files_with_it()
    store.close()


def test_a_process_that_dies_halfway_leaves_nothing(tmp_path: Path) -> None:
    """And what was written before stays."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    store = SqlStore(url)
    store.commit(everything())
    before = kept(store)
    code = f"""
import os
from devrules.testing.store_suite.units import FRESH
from devrules_sqlalchemy.store import SqlStore
from devrules_sqlalchemy.writing import write_unit
with SqlStore({url!r})._connection(writes=True) as connection:
    write_unit(connection, FRESH)
    os._exit(3)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert 3 == done.returncode
    assert before == kept(store)
    store.close()


def test_others_can_read_the_tables(tmp_path: Path) -> None:
    """Times are texts in UTC, and the names are those of the values."""
    store = SqlStore(f"sqlite:///{tmp_path / 'desk.db'}")
    store.commit(everything())
    store.close()
    connection = sqlite3.connect(tmp_path / "desk.db")
    rows = connection.execute("SELECT stream, number, at FROM devrules_events ORDER BY stream, number").fetchall()
    connection.close()

    assert ("d1", 1, "2026-06-01T04:00:00.123456+00:00") == rows[0]
