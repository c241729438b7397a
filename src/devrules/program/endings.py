"""Whether and when the process of a dossier ended, which nothing that is still to come outlives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from devrules.dossier.kinds import Kinds
from devrules.program.view import NO_DAY, Ends, View, candidates, outcome_of, passed_over
from devrules.ruleset.process import Ending


def over(endings: Iterable[Ending], view: View, kinds: Kinds) -> Ends:
    """
    Tell whether the process has ended, surely and possibly.

    Args:
        endings: What ends it.
        view: The dossier as of a day.
        kinds: The kinds of record.
    """
    found = [flag for flag, _ in _ends(endings, view, kinds)]
    return max((low for low, _ in found), default=0), max((high for _, high in found), default=0)


def last_day(endings: Iterable[Ending], view: View, kinds: Kinds) -> Ends:
    """Tell the day on which the process ended, or the as-of day where it has not."""
    low = high = view.as_of
    for (surely, _), day in _ends(endings, view, kinds):
        low = min(low, day[0])
        high = min(high, day[1]) if surely else high
    return low, high


def _ends(endings: Iterable[Ending], view: View, kinds: Kinds) -> Iterator[tuple[Ends, Ends]]:
    """Yield, for each of the endings that the last record of its kind may be, whether it is, and when."""
    for ending in endings:
        kind = kinds[ending.by]
        if kind.id not in view.dossier.records or not view.records.keys().isdisjoint(ending.unless):
            continue
        if not (found := view.whatever_came_of_it(kind)):
            continue
        last = candidates(found, "last")
        closing = [
            one
            for one in last
            if (outcome_of(one.record) in ending.among if ending.among else not passed_over(kind, one.record))
        ]
        if closing:
            days = [one.ends or (NO_DAY[0], view.as_of) for one in closing]
            yield (int(len(closing) == len(last)), 1), (min(low for low, _ in days), max(high for _, high in days))
