"""Rows as a spreadsheet holds them, read by the columns of the national rules. All people are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import devrules_xize
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.ledger.columns import Columns, read_columns
from devrules.ledger.read import Ledger, read_ledger
from devrules.ledger.sheet import Cell, Sheet
from devrules.ruleset.from_toml import load_ruleset

FOLDER = Path(devrules_xize.__file__).parent


@pytest.fixture(scope="session")
def law_kinds() -> Kinds:
    """The kinds of record of the national rules."""
    return load_ruleset(FOLDER, ruleset_id="xize", version="1", national=True).kinds


@pytest.fixture(scope="session")
def columns(law_kinds: Kinds) -> Columns:
    """The columns of the national rules."""
    return read_columns(FOLDER / "columns.toml", law_kinds)


@pytest.fixture(scope="session")
def read(columns: Columns, law_kinds: Kinds) -> Callable[..., Ledger]:
    """Reads rows, the header among them: ``read(["姓名", "谈话日期"], ["张三", "2023-05-01"])``."""

    def read_rows(*rows: Sequence[Cell], known: Columns = columns, salt: bytes | None = None) -> Ledger:
        return read_ledger([Sheet("台账.csv", None, rows)], known, law_kinds, salt=salt)

    return read_rows


@pytest.fixture(scope="session")
def read_one(read: Callable[..., Ledger]) -> Callable[..., tuple[Dossier, Ledger]]:
    """Reads the row of 张三 with these cells: ``read_one(谈话日期="2023-05-01")``."""

    def read_cells(cells: dict[str, Cell]) -> tuple[Dossier, Ledger]:
        ledger = read(["姓名", *cells], ["张三", *cells.values()])
        [dossier] = ledger.dossiers
        return dossier, ledger

    return read_cells
