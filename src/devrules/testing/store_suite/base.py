"""What all scenarios about stores stand on: the store under test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from devrules.desk.ports import Store
from devrules.testing.scenarios import Scenarios


def _not_brought() -> Store:
    raise NotImplementedError("bring a fixture open_store, or name reopening and processes in missing, with the reason")


class StoreScenarios(Scenarios):
    """
    Scenarios about stores.

    A subclass brings a fixture ``open_store``: what opens the store under test, and when called again opens the same
    one again. It can be pickled, so that another process opens it, too. A store that cannot be opened twice brings the
    fixture ``store`` instead.
    """

    @pytest.fixture
    def open_store(self) -> Callable[[], Store]:
        """Give what opens the store under test."""
        return _not_brought

    @pytest.fixture
    def store(self, open_store: Callable[[], Store]) -> Iterator[Store]:
        """Open the store under test; it is empty."""
        store = open_store()
        yield store
        store.close()
