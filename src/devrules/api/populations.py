"""Rules on dossiers that are columns: written, judged where they lie, read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from devrules.api.writing import Writing
from devrules.dossier.model import Dossier
from devrules.errors import UsageError
from devrules.plugin import Plugins
from devrules.population.api import PopulationEngine, PopulationVerdicts, Stored
from devrules.population.folder import whole_folder
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

    def judge_population(
        self,
        folder: Path | str,
        *,
        as_of: date,
        out: Path | str,
        engine: str = "auto",
        jobs: int | None = None,
        replace: bool = False,
    ) -> PopulationVerdicts:
        """
        Judge every dossier of a population where it lies, without an object for anybody.

        Args:
            folder: A folder in the format ``devrules.population/1``.
            as_of: The day to judge on.
            out: The folder of the verdicts: Parquet files with a row a dossier and a column a rule. It appears when it
                is whole.
            engine: ``auto`` (DuckDB), ``durable`` (durable-rules, cross-checked) or ``reference``, which judge measures
                that DuckDB takes, or the name of an engine that a plugin brings, as ``duckdb``.
            jobs: How many processes judge, for ``durable`` and ``reference``; by default one a core. A script that
                starts processes needs ``if __name__ == "__main__":``.
            replace: Whether a folder at *out* with verdicts, and nothing else in it, is replaced.

        Raises:
            EngineDisagreement: When two engines differ, or two outcomes of one rule hold at once.
            EngineFailure: When a process that judged has died.
            InvalidInput: With everything that is wrong with the population.
            MissingExtra: When the extra ``duckdb`` is not installed.
            UsageError: When there is something at *out*, or no such engine.
        """
        programs: dict[str, Program] = dict(self._programs.items())
        by_facts = engine in ("durable", "reference")
        found = self._population_engine("duckdb" if by_facts or engine == "auto" else engine)
        _check_jobs(jobs, engine, by_facts=by_facts)
        with whole_folder(Path(out), replaces=_is_verdicts if replace else None) as whole:
            match engine:
                case "durable" | "reference":
                    return found.judge_by_facts(Path(folder), programs, as_of, whole, engine=engine, jobs=jobs)
                case _:
                    return found.judge_population(Path(folder), programs, as_of, whole)

    def stored_population(self, folder: Path | str) -> Stored:
        """
        Look over a population, to read its dossiers when they are wanted, each time anew and some at a time.

        Raises:
            InvalidInput: With everything that is wrong with the population.
            MissingExtra: When the extra ``duckdb`` is not installed.
        """
        return self._populations().stored(Path(folder), self.program.kinds)

    def read_from_population(self, folder: Path | str, dossier_id: str) -> Dossier:
        """
        Read one dossier back from a population, by the host's own id, to check it and see its findings.

        Raises:
            InvalidInput: When there is none.
        """
        return self._populations().read_from_population(Path(folder), dossier_id, self.program.kinds)

    def _population_engine(self, name: str) -> PopulationEngine:
        found: PopulationEngine | None = self.plugins.call("devrules_column_engine", name=name)
        if found is None or not hasattr(found, "judge_population"):
            raise UsageError(f"no engine {name!r} judges populations; there are auto, duckdb, durable and reference")
        return found


def _check_jobs(jobs: int | None, engine: str, *, by_facts: bool) -> None:
    if jobs is None:
        return
    if not by_facts:
        own = "duckdb" if engine == "auto" else engine
        raise UsageError(
            f"jobs {jobs}: {own} shares the work among the processors by itself and takes no number of processes; "
            "leave it out, or choose the engine durable or reference"
        )
    if jobs < 1:
        raise UsageError(f"jobs {jobs}: is no number of processes; state one from 1 on")


def _is_verdicts(file: Path) -> bool:
    return re.fullmatch(rf"({'|'.join(get_args(Subject))})-\d+\.parquet", file.name) is not None
