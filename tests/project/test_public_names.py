"""The lists of public names are sorted and true."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import devrules

MODULES = ["devrules"] + [
    module.name for module in pkgutil.walk_packages(devrules.__path__, "devrules.") if "__main__" not in module.name
]


def in_order(name: str) -> tuple[int, str]:
    """CONSTANTS first, then Classes, then functions, as ruff sorts them."""
    kind = 0 if name.isupper() else 1 if name[:1].isupper() else 2
    return kind, name


@pytest.mark.parametrize("name", MODULES)
def test_all_is_sorted_and_true(name: str) -> None:
    """What a module lists in ``__all__`` is there, once, and in order."""
    module = importlib.import_module(name)
    listed = list(getattr(module, "__all__", ()))

    assert sorted(set(listed), key=in_order) == listed
    assert [public for public in listed if not hasattr(module, public)] == []


def test_the_face_of_the_library_is_listed() -> None:
    """``devrules`` itself says what is public."""
    assert devrules.__all__
