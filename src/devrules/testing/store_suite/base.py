"""What all scenarios about stores stand on: the store under test, and what it cannot do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, TypeVar

import pytest

from devrules.desk.ports import Store

F = TypeVar("F", bound=Callable[..., None])


def needs(ability: str) -> Callable[[F], F]:
    """Mark a scenario: a store may say by this name that it cannot do it."""

    def mark(scenario: F) -> F:
        scenario.needs = ability  # type: ignore[attr-defined]  # read below
        return scenario

    return mark


def _not_brought() -> Store:
    raise NotImplementedError("bring a fixture open_store, or name reopening and processes in missing, with the reason")


class Scenarios:
    """
    Scenarios of a suite.

    *missing* names each ability that what is under test lacks, and why. Its scenarios are run all the same and are
    expected to fail: should they pass, the name is to be taken out.
    """

    missing: ClassVar[Mapping[str, str]] = {}

    @pytest.fixture(autouse=True)
    def _expect_what_is_missing(self, request: pytest.FixtureRequest) -> None:
        ability = getattr(request.function, "needs", "")
        if ability in self.missing:
            reason = f"{ability}: {self.missing[ability]}"
            request.node.add_marker(pytest.mark.xfail(reason=reason, strict=True))


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
