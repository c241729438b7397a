"""The desk in PostgreSQL holds every scenario."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from devrules.desk.ports import Conflict, Store, Unit
from devrules.testing import StoreSuite
from devrules.testing.store_suite.making import message

if not os.environ.get("DEVRULES_REQUIRE_POSTGRESQL"):
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")

import psycopg

from devrules_sqlalchemy.store import SqlStore


class TestPostgresql(StoreSuite):
    """The numbered scenarios."""

    @pytest.fixture
    def schema(self, new_schema: Callable[[], str]) -> str:
        return new_schema()

    @pytest.fixture
    def open_store(self, server: str, schema: str) -> Callable[[], Store]:
        return partial(SqlStore, f"{server}&options=-csearch_path%3D{schema}")

    def test_who_waits_for_each_other_gets_a_conflict(self, server: str, schema: str, store: Store) -> None:
        """PostgreSQL gives one of them up; that one reads again and decides anew."""
        waiting = Unit(command="1", messages=(message(1),))
        with psycopg.connect(server.replace("+psycopg", "")) as other, ThreadPoolExecutor(1) as pool:
            other.execute(f"SET search_path = {schema}".encode())
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
