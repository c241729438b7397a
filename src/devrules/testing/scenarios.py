"""What all suites stand on: scenarios, and the abilities that what is under test may say it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

import pytest

F = TypeVar("F", bound=Callable[..., None])


def needs(ability: str) -> Callable[[F], F]:
    """Mark a scenario: what is under test may say by this name that it cannot do it."""

    def mark(scenario: F) -> F:
        scenario.needs = ability  # type: ignore[attr-defined]  # read below
        return scenario

    return mark


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
