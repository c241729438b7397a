"""What a command has to know of reports that go by once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from devrules.api import Report
from devrules.cli import exits
from devrules.findings.model import Waiver


class Passing(Sequence[Report]):
    """
    Reports that are gone through once, and what is to be known of them afterwards.

    Args:
        reports: The reports.
        level: What makes the exit code 1.
    """

    def __init__(self, reports: Sequence[Report], level: exits.FailLevel) -> None:
        self.code = exits.CLEAN
        self.waived: list[Report] = []
        """For each waiver that counted, a report in which it did."""
        self._used: set[Waiver] = set()
        self._reports = reports
        self._level = level

    def __len__(self) -> int:
        return len(self._reports)

    def __iter__(self) -> Iterator[Report]:
        for report in self._reports:
            self.code = exits.worst([self.code, exits.code_for(report.findings, self._level)])
            used = {finding.waiver for finding in report.judged if finding.waiver}
            if not used <= self._used:
                self._used |= used
                self.waived.append(report)
            yield report

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | Sequence[Report]:
        """Give some of them; nothing is noted."""
        return self._reports[index]
