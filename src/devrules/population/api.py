"""What every column-wise engine is: something that takes the measures of many dossiers at once and judges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import attrs

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.engine.choose import EngineKind
from devrules.errors import Problem
from devrules.ledger.model import Unread
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
        engine: The engine that judged, and its version.
    """

    dossiers: int
    counts: Mapping[str, Mapping[str, int]]
    engine: str = ""


@attrs.frozen
class Written:
    """
    What came of writing a population.

    Args:
        dossiers: How many were written.
        unread: What was not understood in ledgers.
        problems: Dossiers that could not be read; the others were written all the same.
        remarks: What else there is to say of the source.
    """

    dossiers: int
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everybody could be written; a cell that was not understood does not count."""
        return not self.problems and not any(one.lost for one in self.unread)


class HostTables(Protocol):
    """
    The tables or views in which a host shows its dossiers: ``dossier``, ``record``, ``member`` and ``sanction``.

    Their columns are those of ``devrules.population/1``.
    """

    @property
    def name(self) -> str:
        """What to call them in errors, without a password."""

    def columns(self, table: str) -> Sequence[str]:
        """
        Name the columns of a table.

        Raises:
            InvalidInput: When there is none, or it may not be read.
        """

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """
        Yield the rows of a table, in any order: the cells of these columns, as the database gives them.

        Raises:
            InvalidInput: When they cannot be read.
        """

    def close(self) -> None:
        """Give back what is held open."""


class Stored(Protocol):
    """Dossiers that are stored somewhere: each time that somebody goes through them they are read, some at a time."""

    def __len__(self) -> int:
        """Tell how many there are."""

    def __iter__(self) -> Iterator[Dossier]:
        """Read them, in the order in which they are stored."""


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

    def write_population(self, dossiers: Iterable[Dossier], folder: Path, kinds: Kinds) -> int:
        """Write dossiers as a population, whole and valid or not at all, and tell how many."""

    def write_tables(self, tables: HostTables, folder: Path, kinds: Kinds) -> Written:
        """Write the tables of a host as a population, whole and valid or not at all."""

    def read_population(self, folder: Path, kinds: Kinds) -> Iterator[Dossier]:
        """Read all dossiers back, in the order of their numbers, some at a time."""

    def stored(self, folder: Path, kinds: Kinds) -> Stored:
        """
        Look over a population, to read its dossiers when they are wanted.

        Raises:
            InvalidInput: With everything that is wrong with it.
        """

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
            out: The folder of the verdicts, which is there and empty.
        """

    def judge_by_facts(
        self,
        folder: Path,
        programs: Mapping[str, Program],
        as_of: date,
        out: Path,
        *,
        engine: EngineKind,
        jobs: int | None = None,
    ) -> PopulationVerdicts:
        """
        Take the measures of every dossier as columns, judge them by an engine that takes facts, and write the verdicts.

        Args:
            folder: The population.
            programs: The rules, by whom they judge: ``person`` and ``organisation``.
            as_of: The day to judge on.
            out: The folder of the verdicts, which is there and empty.
            engine: The engine that judges.
            jobs: How many processes judge; by default one a core.
        """
