"""
The numbered scenarios that every store holds.

An adapter brings a fixture::

    class TestOurStore(StoreSuite):
        @pytest.fixture
        def open_store(self, tmp_path: Path) -> Callable[[], Store]:
            return partial(OurStore, tmp_path / "desk.db")

What a store cannot do it names in *missing*, with the reason: ``reopening`` (it cannot be opened again, or twice),
``processes`` (other processes cannot open it).
"""

import pytest

_PARTS = ("base", "keeping", "lists", "making", "people", "units", "writers")
# Before they are imported: else a scenario that fails would not show what it compared.
pytest.register_assert_rewrite(*(f"{__name__}.{part}" for part in _PARTS))

from devrules.testing.store_suite.keeping import KeepingScenarios  # noqa: E402
from devrules.testing.store_suite.lists import ListScenarios  # noqa: E402
from devrules.testing.store_suite.people import PeopleScenarios  # noqa: E402
from devrules.testing.store_suite.units import UnitScenarios  # noqa: E402
from devrules.testing.store_suite.writers import WriterScenarios  # noqa: E402


class StoreSuite(UnitScenarios, WriterScenarios, ListScenarios, PeopleScenarios, KeepingScenarios):
    """Every scenario about a store."""


__all__ = ["StoreSuite"]
