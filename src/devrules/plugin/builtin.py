"""What devrules brings itself, through the same hooks as everyone: ledgers in CSV."""

from __future__ import annotations

from pathlib import Path

from devrules.ledger.csv_file import read_csv
from devrules.ledger.sheet import Sheet
from devrules.plugin.specs import hookimpl


@hookimpl
def devrules_read_sheets(path: Path) -> list[Sheet] | None:
    """Read ``.csv``, ``.tsv`` and ``.txt``."""
    return read_csv(path) if path.suffix.lower() in (".csv", ".tsv", ".txt") else None
