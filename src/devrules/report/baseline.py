"""An earlier report to what it found, so that a later one can show only what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from devrules.errors import InvalidInput, Problem
from devrules.findings.finding import Finding
from devrules.plain import shown
from devrules.report.json_format import FORMAT
from devrules.report.subject import Checked, Compared

_ON = ("red", "yellow")


@attrs.frozen
class Baseline:
    """
    An earlier report.

    Args:
        name: Its file.
        as_of: Its day.
        lamps: Dossier, rule and verdict to the lamp, of every finding.
    """

    name: str
    as_of: str
    lamps: Mapping[tuple[str, str, str], str]

    def is_new(self, dossier: str, finding: Finding) -> bool:
        """Tell whether the finding of a dossier did not stand here, with the same verdict."""
        return (dossier, finding.rule, finding.verdict) not in self.lamps

    def compare(self, reports: Iterable[Checked]) -> Compared:
        """Count what stands in *reports* as it stood here, and what is gone."""
        now = {
            (report.dossier.id, finding.rule, finding.verdict): finding.lamp
            for report in reports
            for finding in report.judged
        }
        old = sum(lamp in _ON and key in self.lamps for key, lamp in now.items())
        gone = sum(lamp in _ON and key not in now for key, lamp in self.lamps.items())
        return Compared(self.name, self.as_of, old, gone)


def read_baseline(path: Path) -> Baseline:
    """
    Read an earlier report.

    Args:
        path: A file that ``--format json`` wrote.

    Raises:
        InvalidInput: When it cannot be read, or is no such report.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"the file cannot be read: {error.strerror}")]) from error
    except ValueError as error:
        raise InvalidInput([Problem(str(path), f"the file is not JSON in UTF-8: {error}", _REMEDY)]) from error
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        raise InvalidInput([Problem(str(path), f"the format is {shown(found)}, not {FORMAT!r}", _REMEDY)])
    try:
        return Baseline(str(path), str(data["as_of"]), dict(_lamps([*data["dossiers"], *data["organisations"]])))
    except (KeyError, TypeError) as error:
        raise InvalidInput([Problem(str(path), f"is not a whole report: {error}", _REMEDY)]) from error


_REMEDY = "give a report that --format json wrote, without --baseline"


def _lamps(dossiers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for dossier in dossiers:
        for finding in dossier["findings"]:
            yield (dossier["id"], finding["rule"], finding["verdict"]), finding["lamp"]
