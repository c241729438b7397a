"""What the tests of speed add to pytest."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Make known what is slow."""
    config.addinivalue_line("markers", "slow: takes longer than ten seconds")
