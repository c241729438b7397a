"""What every engine is: something that judges one flat fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from devrules.program.conditions import Outcome

Fact: TypeAlias = Mapping[str, int]
"""The ends of every known measure: property name (as ``slack.low``) to a whole number. Unknown ones are left out."""


class Engine(Protocol):
    """Judges flat facts by the outcomes it was made for."""

    @property
    def name(self) -> str:
        """The engine and its version, as reports print it: ``durable-rules 2.0.28``."""

    def judge(self, fact: Fact) -> dict[str, str]:
        """
        Tell the verdict of every rule that reached one.

        Args:
            fact: The ends of the known measures.

        Returns:
            Rule id to verdict. A rule that is not in it is unknown.

        Raises:
            EngineDisagreement: When two outcomes of one rule hold at once.
        """


__all__ = ["Engine", "Fact", "Outcome"]
