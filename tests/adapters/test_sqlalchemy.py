"""The desk in SQLite holds every scenario; what goes wrong with the file is said clearly."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from devrules.desk.ports import Store
from devrules.testing import StoreSuite

pytest.importorskip("sqlalchemy")

from devrules_sqlalchemy.store import SqlStore  # after the check


class TestSqlite(StoreSuite):
    """The numbered scenarios."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Callable[[], Store]:
        return partial(SqlStore, f"sqlite:///{tmp_path / 'desk.db'}")
