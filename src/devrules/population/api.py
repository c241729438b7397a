"""What every column-wise engine is: something that takes the measures of many dossiers at once and judges them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import attrs

from devrules.dossier.model import Dossier
from devrules.program.evaluate import Values
from devrules.program.program import Program


@attrs.frozen
class Judged:
    """
    What is known of one dossier after judging.

    Args:
        values: The ends of every measure of the program, in its order; ``None`` where absent.
        verdicts: Rule id to verdict, for every rule that reached one.
    """

    values: Values
    verdicts: dict[str, str]


class ColumnEngine(Protocol):
    """Judges many dossiers at once."""

    @property
    def name(self) -> str:
        """The engine and its version, as reports print it: ``duckdb 1.4.0``."""

    def judge(self, program: Program, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> list[Judged]:
        """
        Judge each dossier as of its day.

        Args:
            program: The rules.
            dossiers: Whom to judge.
            as_of: The day for each of them, in the same order.

        Returns:
            One result a dossier, in the same order.
        """
