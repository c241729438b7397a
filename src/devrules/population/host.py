"""Four tables or views of a host to the rows of a population: columns first, then cells; all problems at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import attrs

from devrules.dossier.convert import all_kept
from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.mask import mask_text
from devrules.plain import hinted, nearest, shown
from devrules.population.api import HostTables
from devrules.population.contract import ColumnKind, PlainRow, columns
from devrules.population.host_cells import FITTING, Unfit

_EXAMPLES = 3
_Fit: TypeAlias = Callable[[Any], Any]


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
        self._wrong: dict[tuple[str, str, str], _Tally] = {}
        self._kept = lru_cache(1_000)(lambda stated: sorted(all_kept(stated, kinds)))  # the same for most
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
        fitting = [(name, FITTING[of[name]]) for name in matched]
        for cells in self._tables.rows(table, list(matched.values())):
            row = self._row(table, fitting, cells)
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

    def _row(self, table: str, fitting: Sequence[tuple[str, _Fit]], cells: Sequence[Any]) -> PlainRow | None:
        row: PlainRow = {}
        unfit: list[tuple[str, Any, Unfit]] = []
        for (name, fit), value in zip(fitting, cells, strict=True):
            if value is not None:
                try:
                    row[name] = fit(value)
                except Unfit as error:
                    unfit.append((name, value, error))
        number = row.get("dossier")
        if number is None and not any(name == "dossier" for name, *_ in unfit):
            unfit.append(("dossier", None, Unfit("a number", "number the dossiers")))
        for name, value, why in unfit:
            self._note(table, name, why, value, number)
            # Half a day would only be told as a second problem.
            row.pop(name.removesuffix("_low") + "_high", None)
            row.pop(name.removesuffix("_high") + "_low", None)
        if "recorded_kinds" in row:
            row["recorded_kinds"] = self._kept(tuple(row["recorded_kinds"]))
        return None if number is None else row

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
