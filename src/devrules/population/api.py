"""What every column-wise engine is: something that takes the measures of many dossiers at once and judges them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import attrs

from devrules.dossier.kinds import Kinds
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


@attrs.frozen
class PopulationVerdicts:
    """
    What came of judging a population; the verdicts themselves are in files.

    Args:
        dossiers: How many were judged.
        counts: Rule id to verdict to how many dossiers came to it.
    """

    dossiers: int
    counts: Mapping[str, Mapping[str, int]]


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


class PopulationEngine(Protocol):
    """Keeps dossiers as columns, in files, and judges them there."""

    def write_population(self, dossiers: Iterable[Dossier], folder: Path) -> int:
        """Write dossiers as a population, and tell how many."""

    def read_from_population(self, folder: Path, dossier_id: str, kinds: Kinds) -> Dossier:
        """Read one dossier back, by the host's own id."""

    def judge_population(
        self, folder: Path, programs: Mapping[str, Program], as_of: date, out: Path
    ) -> PopulationVerdicts:
        """
        Judge every dossier of a population, and write its verdicts.

        Args:
            folder: The population.
            programs: The rules, by whom they judge: ``person`` and ``organisation``.
            as_of: The day to judge on.
            out: The folder of the verdicts.
        """
