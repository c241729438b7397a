"""Rules on dossiers that are columns: written, judged where they lie, read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from devrules.api.writing import Writing
from devrules.dossier.model import Dossier
from devrules.plugin import Plugins
from devrules.population.api import PopulationVerdicts
from devrules.program.program import Program
from devrules.ruleset.model import Subject


class Populations(Writing):
    """
    Writes, judges and reads populations.

    Args:
        plugins: The plugins.
        programs: The compiled rules, by whom they judge.
    """

    def __init__(self, plugins: Plugins, programs: Mapping[Subject, Program]) -> None:
        super().__init__(plugins, programs["person"])
        self._programs = programs

    def judge_population(self, folder: Path | str, *, as_of: date, out: Path | str) -> PopulationVerdicts:
        """
        Judge every dossier of a population where it lies, without an object for anybody.

        Args:
            folder: A folder in the format ``devrules.population/1``.
            as_of: The day to judge on.
            out: The folder of the verdicts: Parquet files with a row a dossier and a column a rule.

        Raises:
            InvalidInput: With everything that is wrong with the population.
            MissingExtra: When the extra ``duckdb`` is not installed.
        """
        programs: dict[str, Program] = dict(self._programs.items())
        return self._populations().judge_population(Path(folder), programs, as_of, Path(out))

    def read_from_population(self, folder: Path | str, dossier_id: str) -> Dossier:
        """
        Read one dossier back from a population, by the host's own id, to check it and see its findings.

        Raises:
            InvalidInput: When there is none.
        """
        return self._populations().read_from_population(Path(folder), dossier_id, self.program.kinds)
