"""What devrules brings itself, through the same hooks as everyone: ledgers in CSV, reports, a desk in memory, a log."""

from __future__ import annotations

from pathlib import Path

from devrules.desk.memory import MemoryStore
from devrules.desk.notifiers import LogNotifier
from devrules.desk.organisations import OrganisationTree
from devrules.desk.ports import Notifier, Store
from devrules.dossier.model import Member
from devrules.ledger.csv_file import read_csv
from devrules.ledger.sheet import Sheet
from devrules.plugin.specs import hookimpl
from devrules.report.built_in import BUILT_IN
from devrules.report.formats import ReportFormat


@hookimpl
def devrules_read_sheets(path: Path) -> list[Sheet] | None:
    """Read ``.csv``, ``.tsv`` and ``.txt``."""
    return read_csv(path) if path.suffix.lower() in (".csv", ".tsv", ".txt") else None


@hookimpl
def devrules_report_formats() -> list[ReportFormat]:
    """Offer text, JSON, JSON lines, CSV and HTML."""
    return list(BUILT_IN)


@hookimpl
def devrules_open_store(url: str) -> Store | None:
    """Open ``memory:``, a new one each time."""
    return MemoryStore() if url == "memory:" else None


@hookimpl
def devrules_notifiers() -> list[Notifier]:
    """Tell the log."""
    return [LogNotifier()]


@hookimpl
def devrules_organisations() -> OrganisationTree | None:
    """Know none: only a host knows its organisations."""
    return None


@hookimpl
def devrules_members(organisation: str) -> list[Member] | None:
    """Know nobody: only a host knows its members."""
    del organisation
    return None
