"""Two engines as one that lets nothing pass on which they differ."""

from __future__ import annotations

import attrs

from devrules.engine.api import Engine, Fact
from devrules.errors import EngineDisagreement


@attrs.frozen
class CrossChecked:
    """
    Judges by one engine and compares every verdict with another.

    Args:
        judging: The engine whose verdicts are given.
        reference: The one they are compared with.
    """

    judging: Engine
    reference: Engine

    @property
    def name(self) -> str:
        """The name of the engine whose verdicts are given."""
        return self.judging.name

    def judge(self, fact: Fact) -> dict[str, str]:
        """
        Tell the verdict of every rule that reached one.

        Args:
            fact: The ends of the known measures.

        Returns:
            Rule id to verdict. A rule that is not in it is unknown.

        Raises:
            EngineDisagreement: When the engines differ, or two outcomes of one rule hold at once.
        """
        verdicts, expected = self.judging.judge(fact), self.reference.judge(fact)
        if verdicts != expected:
            raise _disagreement(verdicts, expected)
        return verdicts


def _disagreement(verdicts: dict[str, str], expected: dict[str, str]) -> EngineDisagreement:
    rule = next(rule for rule in {**expected, **verdicts} if verdicts.get(rule) != expected.get(rule))
    return EngineDisagreement(rule, (verdicts.get(rule, "unknown"), expected.get(rule, "unknown")))
