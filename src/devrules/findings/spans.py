"""Which spans of a series have no record, as far as that is sure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from devrules.days import Day, Period
from devrules.days.period import shift
from devrules.findings.model import Judgement
from devrules.findings.values import day_of
from devrules.program.measures import Cells


def empty_spans(judgement: Judgement, series: Cells) -> Iterator[Day]:
    """Yield the spans, from their first day to their last, in which surely no record lies; of imprecise days none."""
    start, until = judgement.value(series.start), judgement.value(series.until)
    if start is None or until is None or start[0] != start[1]:
        return
    begin, end = day_of(start).low, day_of(until).low
    members = [day_of(dated.ends) for dated in judgement.view.records.get(series.kind, ()) if dated.ends]
    closes, k = begin, 0
    while True:
        k += 1
        opens, closes = closes, shift(begin, Period(series.period.months * k, series.period.days * k))
        if not opens < closes <= end:
            return
        if not any(day.high > opens and day.low <= closes for day in members):
            yield Day(opens + timedelta(days=1), closes)
