"""The rows of a table to those in which something is odd, column by column: so it takes a fraction of the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from devrules.ledger.agree import birth_fits
from devrules.ledger.block import Block
from devrules.ledger.cells import NO, OBVIOUS, Said
from devrules.ledger.once import MOST, Field
from devrules.ledger.placeholders import is_new_year, is_step, is_too_early

_NAME, _ID_NUMBER, _BIRTH = "person.name", "person.id_number", "person.birth"
_Keys: TypeAlias = Mapping[str, Sequence[Any]]


class PlainRows:
    """
    Tells the rows of which there may be something to report from the plain ones.

    Odd is a cell that is not understood, two columns of a field that differ, days that may only fill their cells, a
    birth that the ID number contradicts, nobody named, a name that stands in another column, too.

    Args:
        fields: The columns that are known, by the field that they fill.
        nobody: What stands in the column of names where a row is nobody: totals, marks.
    """

    def __init__(self, fields: Mapping[str, Field], nobody: frozenset[str]) -> None:
        who = _NAME if _NAME in fields else _ID_NUMBER
        self._columns = {
            path: _Column(field, nobody=nobody | {NO} if path == who else None) for path, field in fields.items()
        }
        self._steps = [path for path, field in fields.items() if is_step(field.column)]
        self._names = fields[_NAME].places if _NAME in fields else ()
        self._open = [at for field in fields.values() if not field.column.sensitive for at in field.places]

    def odd(self, block: Block) -> set[int]:
        """Tell which rows need a second look, by their places in the block."""
        odd = block.flagged()
        if odd:
            block = Block.of(block.rows, but=odd)
        keys = {path: column.keys(block) for path, column in self._columns.items()}
        new_years: set[int] = set()
        for path, column in self._columns.items():
            column.look(keys[path], block, odd, new_years)
        odd.update([n for n in new_years if self._only_new_years(keys, n)])
        if _ID_NUMBER in keys and _BIRTH in keys:
            odd.update(self._misfits(keys[_ID_NUMBER], keys[_BIRTH]))
        for at in self._names:
            odd.update(self._elsewhere(at, block))
        return odd

    def _only_new_years(self, keys: _Keys, n: int) -> bool:
        return all(self._columns[path].may_fill(keys[path][n]) for path in self._steps)

    def _misfits(self, id_numbers: Iterable[Any], births: Iterable[Any]) -> list[int]:
        numbers, days = map(self._columns[_ID_NUMBER].said, id_numbers), map(self._columns[_BIRTH].said, births)
        return [
            n
            for n, (number, day) in enumerate(zip(numbers, days, strict=True))
            if number.state == day.state == "value" and not birth_fits(number.value, day.value)
        ]

    def _elsewhere(self, at: int, block: Block) -> list[int]:
        """Find the names that stand in another column, as a note does that is merged across a row."""
        names = set(block.distinct_in(at)) - {None}
        met = [block.column(other) for other in self._open if not names.isdisjoint(block.distinct_in(other))]
        return [n for n, name in enumerate(block.column(at)) if any(cells[n] == name for cells in met)] if met else []


class _Column:
    """What stands in the columns of one field; what is fine is looked at once."""

    def __init__(self, field: Field, *, nobody: frozenset[str] | None) -> None:
        self.said = field.said
        self._places = field.places
        self._nobody = nobody
        self._step = is_step(field.column)
        self._obvious = OBVIOUS.get(field.column.form) if len(field.places) == 1 else None
        self._fine: set[Any] = set()

    def keys(self, block: Block) -> Sequence[Any]:
        """Pick what stands in the columns of each row."""
        own = [block.column(at) for at in self._places]
        return own[0] if len(own) == 1 else list(zip(*own, strict=True))

    def look(self, keys: Sequence[Any], block: Block, odd: set[int], new_years: set[int]) -> None:
        """Add the places where something is odd, and those where a step was on a 1 January."""
        distinct = block.distinct_in(self._places[0]) if len(self._places) == 1 else keys
        fresh = set(distinct) - self._fine
        unclear = self._unclear(fresh)
        bad = {key for key in unclear if self._is_odd(self.said(key))}
        new = {key for key in unclear - bad if is_new_year(self.said(key))} if self._step else set()
        for few, places in ((bad, odd), (new, new_years)):
            if few:
                places.update([n for n, key in enumerate(keys) if key in few])
        if len(self._fine) > MOST:
            self._fine.clear()
        self._fine |= fresh - bad - new

    def may_fill(self, key: Any) -> bool:
        """Tell whether a day says nothing against the days of its row being only there to fill the cells."""
        said = self.said(key)
        return said.state != "value" or is_new_year(said)

    def _unclear(self, keys: Collection[Any]) -> set[Any]:
        """Leave out what need not be read to know that it can be."""
        clear, nobody = self._obvious, self._nobody or ()
        if clear is None:
            return set(keys)
        return {key for key in keys if not isinstance(key, str) or not clear(key) or key in nobody}

    def _is_odd(self, said: Said) -> bool:
        if self._nobody is not None:
            return said.state != "value" or said.value in self._nobody
        return said.state == "unread" or (self._step and is_too_early(said))
