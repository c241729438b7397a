"""The store in memory holds every scenario that does not need it to outlive its process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import pytest

from devrules.desk.memory import MemoryStore
from devrules.testing import StoreSuite


class TestMemoryStore(StoreSuite):
    """The numbered scenarios."""

    missing: ClassVar[Mapping[str, str]] = {
        "reopening": "it keeps nothing longer than it lives",
        "processes": "each process has a memory of its own",
    }

    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
