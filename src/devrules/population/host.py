"""Four tables or views of a host to the rows of a population: columns first, then cells; all problems at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from devrules.dossier.convert import all_kept
from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.mask import mask_text
from devrules.plain import hinted, nearest, shown
from devrules.population.api import HostTables
from devrules.population.contract import ColumnKind, PlainRow, columns
from devrules.population.host_cells import Unfit, fitted

_EXAMPLES = 3


@attrs.define
class _Tally:
    """How often something is wrong with a column."""

    example: str
    remedy: str
    count: int = 0
    dossiers: list[int] = attrs.field(factory=list)


class HostRows:
    """
    The rows of a host's tables.

    Args:
        tables: The tables.
        kinds: The kinds of record.

    Raises:
        InvalidInput: With every table and column that is missing.
    """

    def __init__(self, tables: HostTables, kinds: Kinds) -> None:
        self._tables = tables
        self._kinds = kinds
        self._wrong: dict[tuple[str, str, str], _Tally] = {}
        self.remarks: list[Problem] = []
        self.read: Counter[str] = Counter()
        missing: list[Problem] = []
        self._columns = {table: self._matched(table, of, missing) for table, of in columns().items()}
        if missing:
            raise InvalidInput(missing)

    @property
    def problems(self) -> list[Problem]:
        """What was wrong with the cells of the rows so far."""
        return [
            Problem(
                f"{self._tables.name} {table}.{column}",
                f"{tally.count} × {wanted} was expected, found {tally.example}; dossiers {tally.dossiers}",
                tally.remedy,
            )
            for (table, column, wanted), tally in self._wrong.items()
        ]

    def of(self, table: str) -> Iterator[PlainRow]:
        """Yield the rows of a table; one without a number of its dossier is a problem, and left out."""
        matched, of = self._columns[table], columns()[table]
        for cells in self._tables.rows(table, list(matched.values())):
            row = self._row(table, dict(zip(matched, cells, strict=True)), of)
            if row is not None:
                self.read[table] += 1
                yield row

    def _matched(self, table: str, of: Mapping[str, ColumnKind], missing: list[Problem]) -> dict[str, str]:
        """Find the columns of the contract, in capitals or small letters; tell which are missing, and which spare."""
        try:
            there = {name.lower(): name for name in self._tables.columns(table)}
        except InvalidInput as error:
            missing += error.problems
            return {}
        where = f"{self._tables.name} {table}"
        spare = sorted(there.keys() - of.keys())
        for name in (name for name in of if name not in there):
            remedy = hinted("add it; null where it is not kept", nearest(name, spare))
            missing.append(Problem(f"{where}.{name}", "the column is missing", remedy))
        if spare:
            self.remarks.append(Problem(where, f"columns that are not read: {', '.join(spare)}"))
        return {name: there[name] for name in of if name in there}

    def _row(self, table: str, cells: dict[str, Any], of: Mapping[str, ColumnKind]) -> PlainRow | None:
        number = self._number(table, cells["dossier"])
        row: PlainRow = {"dossier": number}
        unfit: list[str] = []
        for name, value in cells.items():
            if value is None or name == "dossier":
                continue
            try:
                row[name] = fitted(value, of[name])
            except Unfit as error:
                unfit.append(name)
                self._note(table, name, error, value, number)
        for name in (name for name in unfit if of[name] == "date"):
            # Half a day would only be told as a second problem.
            day = name.rpartition("_")[0]
            row |= {f"{day}_low": None, f"{day}_high": None}
        if "recorded_kinds" in row:
            row["recorded_kinds"] = sorted(all_kept(row["recorded_kinds"], self._kinds))
        return None if number is None else row

    def _number(self, table: str, value: Any) -> int | None:
        try:
            number: int | None = fitted(value, "number")
        except Unfit as error:
            self._note(table, "dossier", error, value, None)
            return None
        if number is None:
            self._note(table, "dossier", Unfit("a number", "number the dossiers"), value, None)
        return number

    def _note(self, table: str, column: str, error: Unfit, value: Any, number: int | None) -> None:
        key = (table, column, error.wanted)
        tally = self._wrong.setdefault(key, _Tally(_example(table, value), error.remedy))
        tally.count += 1
        if number is not None and len(tally.dossiers) < _EXAMPLES and number not in tally.dossiers:
            tally.dossiers.append(number)


def _example(table: str, value: Any) -> str:
    """Show a value; of people only what type it has."""
    if table in ("dossier", "member") or isinstance(value, bytes | memoryview):
        return f"a value of the type {type(value).__name__}"
    return mask_text(shown(value))
