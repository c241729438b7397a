"""What the tests of the engines share."""

from __future__ import annotations

import os

import pytest

from devrules.engine.durable import available, why_unavailable


@pytest.fixture(scope="session")
def durable_rules() -> str:
    """The version of durable-rules; where it cannot be imported, skips, or fails if DEVRULES_REQUIRE_DURABLE=1."""
    version = available()
    if version is not None:
        return version
    reason = f"durable-rules cannot be imported: {why_unavailable()}"
    if os.environ.get("DEVRULES_REQUIRE_DURABLE") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
