"""A dossier as of a day: only its effective records that are not later, with their days as ordinals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

import attrs

from devrules.days import Day
from devrules.dossier.kinds import Kind, Kinds
from devrules.dossier.model import Dossier, Member
from devrules.dossier.shapes import EFFECTIVE, Record

Ends = tuple[int, int]
NO_DAY: Ends = (1, date.max.toordinal())
"""The ends of a day of which nothing is known."""


@attrs.frozen
class Dated:
    """A record that counts, its number among those of its kind, and the ends of the day of its act, if stated."""

    record: Record
    n: int
    ends: Ends | None

    @property
    def first_key(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Its place among the records of its kind: at the earliest, at the latest."""
        low, high = self.ends or NO_DAY
        return (low, self.n), (high, self.n)


class View:
    """What the measures read: see the module."""

    __slots__ = ("as_of", "dossier", "later", "members", "reached", "recorded", "records", "steps")

    def __init__(self, dossier: Dossier, as_of: date, kinds: Kinds) -> None:
        self.dossier = dossier
        self.as_of = as_of.toordinal()
        self.recorded = kept_kinds(dossier)
        self.members: dict[str, Member] = {member.id: member for member in dossier.members}
        self.records: dict[str, list[Dated]] = {}
        self.steps: list[tuple[int, Ends | None]] = []
        self.later: set[str] = set()
        self.reached = 0
        """The furthest step of the process at which something was done."""
        for name, records in filed(dossier, kinds).items():
            kind = kinds[name]
            counting = [dated for n, record in enumerate(records) if (dated := self._dated(kind, n, record))]
            if counting:
                self.records[name] = counting
                if kind.step is not None:
                    self.reached = max(self.reached, kind.step)
                    self.steps += [(kind.step, dated.ends) for dated in counting]

    def whatever_came_of_it(self, kind: Kind) -> list[Dated]:
        """List the records of a kind that are effective and not later, those that the kind passes over too."""
        if not kind.passes_over:
            return self.records.get(kind.id, [])
        filed = enumerate(self.dossier.records.get(kind.id, ()))
        return [dated for n, record in filed if (dated := self._effective(kind, n, record))]

    def _dated(self, kind: Kind, n: int, record: Record) -> Dated | None:
        return None if passed_over(kind, record) else self._effective(kind, n, record)

    def _effective(self, kind: Kind, n: int, record: Record) -> Dated | None:
        if record.status != EFFECTIVE:
            return None
        day = record.act_day
        if day is None:
            return Dated(record, n, None)
        if day.low.toordinal() > self.as_of:
            self.later.add(kind.id)
            return None
        return Dated(record, n, self.ends(day))

    def ends(self, day: Day) -> Ends:
        """Tell the ends of the day of an act; what is recorded was done by the as-of day."""
        low = day.low.toordinal()
        return low, max(low, min(day.high.toordinal(), self.as_of))

    def keeps(self, kind: str) -> bool:
        """Tell whether the source keeps records of this kind."""
        return kind in self.recorded

    def keeps_field(self, kind: str, name: str) -> bool:
        """Tell whether the source keeps this field of this kind."""
        kept = self.dossier.recorded_kinds
        return kind in kept or f"{kind}.{name}" in kept


def candidates(found: Sequence[Dated], pick: Literal["first", "last"]) -> list[Dated]:
    """List the records that may be the first (last) one, given how precisely they are dated."""
    keys = [(dated, *dated.first_key) for dated in found]
    if pick == "first":
        bound = min(high for _, _, high in keys)
        return [dated for dated, low, _ in keys if low <= bound]
    bound = max(low for _, low, _ in keys)
    return [dated for dated, _, high in keys if high >= bound]


def filed(dossier: Dossier, kinds: Kinds) -> Mapping[str, Sequence[Record]]:
    """List the records by kind; those that one kind passes over and another one takes stand under both."""
    taken = {
        kind.id: [record for record in dossier.records[kind.takes_from] if outcome_of(record) in kind.takes]
        for kind in kinds.values()
        if kind.takes_from is not None and kind.takes_from in dossier.records
    }
    more = {name: (*dossier.records.get(name, ()), *records) for name, records in taken.items() if records}
    return {**dossier.records, **more} if more else dossier.records


def passed_over(kind: Kind, record: Record) -> bool:
    """Tell whether *record* does not count because of its outcome."""
    return bool(kind.passes_over) and outcome_of(record) in kind.passes_over


def outcome_of(record: Record) -> str | None:
    """Tell the outcome of a record, if it has one."""
    return getattr(record, "outcome", None)


def kept_kinds(dossier: Dossier) -> frozenset[str]:
    """List the kinds of which the source keeps at least one field."""
    return _kinds_of(frozenset(dossier.recorded_kinds))


@lru_cache(maxsize=64)  # the dossiers of one source keep the same
def _kinds_of(kept: frozenset[str]) -> frozenset[str]:
    return frozenset(one.partition(".")[0] for one in kept)
