"""Reports that are made while somebody goes through them, for those who do not want to hold all of them at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias, overload

from devrules.dossier.model import Dossier
from devrules.errors import EngineDisagreement
from devrules.population.api import Stored

if TYPE_CHECKING:
    from devrules.api.judged import Report

AT_ONCE = 1_000
"""So many dossiers are judged at once; it bounds the memory."""

Disagreement: TypeAlias = tuple[str, EngineDisagreement]
Judges: TypeAlias = Callable[[Sequence[Dossier]], tuple[Iterable["Report"], Iterable[Disagreement]]]


class Streamed(Sequence["Report"]):
    """
    The reports of dossiers, made anew each time that somebody goes through them, some at a time; none is kept.

    Args:
        held: Dossiers that are there already.
        stored: Dossiers that are read when they are wanted.
        judge: Judges some dossiers, and tells of those on which engines differ.
    """

    def __init__(self, held: Sequence[Dossier], stored: Sequence[Stored], judge: Judges) -> None:
        self.disagreements: list[Disagreement] = []
        """Those of the dossiers that were gone through last."""
        self._held = held
        self._stored = stored
        self._judge = judge

    def __len__(self) -> int:
        """Tell how many dossiers there are; there is no report of one on which engines differ."""
        return len(self._held) + sum(map(len, self._stored))

    def __iter__(self) -> Iterator[Report]:
        self.disagreements.clear()
        dossiers = chain(self._held, *self._stored)
        while batch := list(islice(dossiers, AT_ONCE)):
            yield from self._judged(batch)
            batch.clear()  # before the next ones are read

    def _judged(self, dossiers: Sequence[Dossier]) -> Iterator[Report]:
        reports, disagreements = self._judge(dossiers)
        self.disagreements += disagreements
        yield from reports

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | Sequence[Report]:
        """Give some of them; all before them are judged for it, and all that there are to count from the end."""
        if isinstance(index, slice):
            return list(self)[index]
        if -len(self) <= index < len(self):
            # There may be fewer reports than dossiers: what is counted from the end is counted among the reports.
            found = islice(self, index, None) if index >= 0 else _from_end(self, -index)
            for report in found:
                return report
        raise IndexError(index)


def _from_end(reports: Iterable[Report], many: int) -> Sequence[Report]:
    """Give the last so *many* reports, or none where there are fewer; no more of them are held at once."""
    last = deque(reports, maxlen=many)
    return last if len(last) == many else ()
