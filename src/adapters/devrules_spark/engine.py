"""Spark as an engine: it judges populations, in the session that is active or in one of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import pyspark

from devrules.dossier.model import Dossier
from devrules.errors import UsageError
from devrules.population.api import PopulationVerdicts
from devrules.program.program import Program
from devrules_spark.files import address
from devrules_spark.population import judge_population


class SparkEngine:
    """Judges by Spark."""

    @property
    def name(self) -> str:
        """``spark`` and its version."""
        return f"spark {pyspark.__version__}"

    def judge(self, program: Program, dossiers: Sequence[Dossier], as_of: Sequence[date]) -> NoReturn:  # noqa: ARG002  # as every engine
        """
        Refuse to judge dossiers that are objects.

        Raises:
            UsageError: Always: what is worth a cluster is a population.
        """
        raise UsageError(
            "the engine spark judges populations: devrules population write, then devrules population judge"
        )

    def judge_population(
        self, folder: Path, programs: Mapping[str, Program], as_of: date, out: Path
    ) -> PopulationVerdicts:
        """Judge a population of this machine: see :func:`devrules_spark.population.judge_population`."""
        return judge_population(address(folder), programs, as_of, address(out))
