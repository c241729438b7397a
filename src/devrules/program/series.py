"""Series of records: how many cells of time they fill, and how far they lie apart."""

from __future__ import annotations

from itertools import pairwise

from devrules.days import Period
from devrules.program import measures as m
from devrules.program.ends import multiple, shifted
from devrules.program.view import Ends


def cells(node: m.Cells, begin: Ends, end: Ends, members: list[Ends]) -> Ends:
    """
    Count the cells of a series that are due, or due and empty.

    Args:
        node: The measure.
        begin: The day from which cells are counted.
        end: The day until which they are.
        members: The days of the records that fill them.
    """
    low = high = k = 0
    counts_all = node.count == "due"
    opens = begin[0] + node.moved, begin[1] + node.moved
    while True:
        k += 1
        period = multiple(node.period, k)
        closes = shifted(begin[0], period) + node.moved, shifted(begin[1], period) + node.moved
        if closes[0] > end[1] or closes[0] <= opens[0]:
            return low, high
        surely_due = closes[1] <= end[0]
        covered = any(a > opens[1] and b <= closes[0] for a, b in members)
        maybe_covered = any(b > opens[0] and a <= closes[1] for a, b in members)
        low += surely_due and (counts_all or not maybe_covered)
        high += counts_all or not covered
        opens = closes


def spacing(period: Period, begin: Ends, end: Ends, members: list[Ends]) -> Ends:
    """The smallest time to spare between neighbours; the ends of the n-th neighbour are the n-th of all ends."""
    lows = sorted(min(max(low, begin[0]), end[0]) for low, _ in members)
    highs = sorted(min(max(high, begin[1]), end[1]) for _, high in members)
    points = list(zip([begin[0], *lows, end[0]], [begin[1], *highs, end[1]], strict=True))
    pairs = list(pairwise(points))
    low = min(shifted(one[0], period) - following[1] for one, following in pairs)
    high = min(shifted(one[1], period) - following[0] for one, following in pairs)
    return low, high
