"""The package exports what it says, in order."""

from __future__ import annotations

import devrules.days


def test_exports_are_sorted_and_there() -> None:
    """`__all__` is sorted and every name in it exists."""
    exported = devrules.days.__all__

    assert sorted(exported) == exported
    assert all(hasattr(devrules.days, name) for name in exported)
