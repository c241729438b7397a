"""What rules read and write: dossiers, ledgers, reports, by the plugins that know their formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from devrules.dossier.convert import load_dossier, read_dossier
from devrules.dossier.lines import SUFFIXES, Dossiers, read_lines
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem, UsageError
from devrules.ledger.columns import Columns, load_columns
from devrules.ledger.join import PersonRow
from devrules.ledger.mapping import read_mapping
from devrules.ledger.read import Unread, read_rows
from devrules.ledger.sheet import Sheet
from devrules.plugin import Plugins
from devrules.program.program import Program
from devrules.report.formats import ReportFormat
from devrules.report.marks import MarkedSheet
from devrules.ruleset.model import Ruleset


class Reading:
    """
    Reads and writes by plugins.

    Args:
        plugins: The plugins.
        program: The compiled rules that judge a person's dossier.
    """

    def __init__(self, plugins: Plugins, program: Program) -> None:
        self.plugins = plugins
        self._program = program

    @property
    def program(self) -> Program:
        """The compiled rules that judge a person's dossier."""
        return self._program

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets, the national ones first."""
        return self.program.rulesets

    def read_dossier(self, source: Path | str | Mapping[str, Any]) -> Dossier:
        """
        Read a dossier in the form ``devrules.dossier/1``.

        Args:
            source: The path of a JSON file, or what ``json.loads`` made of one.

        Raises:
            InvalidInput: With every problem found, each with its path.
        """
        if isinstance(source, Mapping):
            return read_dossier(source, self.program.kinds)
        return load_dossier(Path(source), self.program.kinds)

    @cached_property
    def formats(self) -> Mapping[str, ReportFormat]:
        """The formats of reports, by their names."""
        offered: list[list[ReportFormat]] = self.plugins.call("devrules_report_formats")
        # A plugin that came later is asked first.
        return {one.name: one for formats in reversed(offered) for one in formats}

    def marked(self, sheets: Iterable[MarkedSheet]) -> Iterable[bytes]:
        """
        Write copies of sheets with marks on their cells, as a workbook.

        Raises:
            UsageError: When no plugin writes them.
            MissingExtra: When the library that would is not installed.
        """
        pieces: Iterable[bytes] | None = self.plugins.call("devrules_write_marked", sheets=sheets)
        if pieces is None:
            raise UsageError("no plugin writes copies of ledgers")
        return pieces

    @cached_property
    def columns(self) -> Columns:
        """The columns that ledgers have, as the rulesets name them."""
        return load_columns([ruleset.path / "columns.toml" for ruleset in self.rulesets], self.program.kinds)

    def columns_by(self, mapping: Path | str | None) -> Columns:
        """
        Give the columns that ledgers have by a mapping file, or without one.

        Raises:
            InvalidInput: With every problem of the mapping.
        """
        return self.columns if mapping is None else read_mapping(Path(mapping), self.columns, self.program.kinds)

    def sheets(self, path: Path) -> list[Sheet]:
        """
        Read the sheets of a ledger, nothing understood.

        Raises:
            InvalidInput: When it cannot be read.
            MissingExtra: When the library that would read it is not installed.
        """
        if not path.is_file():
            raise InvalidInput([Problem(str(path), "is not a file that can be read", "check the path")])
        sheets: list[Sheet] | None = self.plugins.call("devrules_read_sheets", path=path)
        if sheets is None:
            raise InvalidInput(
                [Problem(str(path), "no plugin reads such files", "xlsx, xls, ods, csv, json and jsonl are read")]
            )
        return sheets

    def read_lines(self, path: Path | str) -> Dossiers:
        """
        Read the dossiers of a file one after another: JSON lines, each of them in the form ``devrules.dossier/1``.

        Args:
            path: The file.

        Returns:
            The dossiers. A line that is none stands in their ``problems`` once they were gone through.

        Raises:
            InvalidInput: When the file cannot be opened.
        """
        return read_lines(Path(path), self.program.kinds)

    def _read(
        self, source: Path | str | Iterable[Dossier], columns: Columns
    ) -> tuple[Sequence[PersonRow | Dossier], Sequence[Unread], Sequence[Problem]]:
        """Read a source: its rows or dossiers, what was not understood, and what could not be read at all."""
        if not isinstance(source, Path | str):
            return list(source), (), problems_of(source)
        path = Path(source)
        if path.suffix.lower() in SUFFIXES:
            lines = self.read_lines(path)
            return list(lines), (), lines.problems
        if path.suffix.lower() == ".json" and path.is_file():
            return [self.read_dossier(path)], (), ()
        found = read_rows(self.sheets(path), columns, self.program.kinds)
        return found.people, found.unread, ()


def problems_of(dossiers: Iterable[Dossier]) -> Sequence[Problem]:
    """Tell what could not be read of dossiers that were gone through."""
    return dossiers.problems if isinstance(dossiers, Dossiers) else ()
