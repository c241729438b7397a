"""
What the baseline reads off a dossier: the records that count, days as ordinals, three-valued comparisons.

An interval is ``(low, high)``, ``None`` where nothing is known, or ``TORN`` where some of the records that may be the
one that counts state it and others do not: then nothing may stand in for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from devrules.days import ChineseCalendar, Day, nth_working_day, working_days
from devrules.dossier.model import Dossier, Member

Interval: TypeAlias = tuple[int, int]
Ends: TypeAlias = Interval | tuple[()] | None
Counting: TypeAlias = tuple[Any, int, Ends]
"""A record, its number among those of its kind, and its day."""

Wanted: TypeAlias = tuple[bool | None, bool, tuple[str, ...]]
"""Whether a record is there, whether the process has gone past it, and its kinds: any of them will do."""

IN_FORCE_2014, IN_FORCE_2026 = date(2014, 5, 28).toordinal(), date(2026, 5, 11).toordinal()
FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
ANY_DAY = (FIRST_DAY, LAST_DAY)
YES, NO = (1, 1), (0, 0)
TORN: tuple[()] = ()
MONTHS = 12
CALENDAR = ChineseCalendar()

STEPS = {
    "application": 10,
    "talk": 20,
    "recommendation": 30,
    "activist-decision": 40,
    "recorded-activist-day": 40,
    "activist-filing": 50,
    "contact-assignment": 60,
    "contact-opinion": 80,
    "masses-opinion": 80,
    "group-opinion": 80,
    "prospect-discussion": 90,
    "determination-filing": 95,
    "prospect-consent": 100,
    "public-notice": 105,
    "prospect-decision": 110,
    "sponsor-assignment": 130,
    "political-review": 130,
    "training": 130,
    "committee-review": 150,
    "pre-examination-submission": 155,
    "pre-examination": 160,
    "admission-form": 165,
    "general-meeting": 170,
    "recorded-admission-day": 170,
    "approval-submission": 180,
    "approval-talk": 185,
    "approval": 190,
    "approval-filing": 195,
    "branch-entry": 200,
    "oath": 210,
    "conversion-application": 220,
    "conversion-sponsor-opinion": 225,
    "conversion-group-opinion": 225,
    "conversion-masses-opinion": 225,
    "conversion-review": 230,
    "conversion-meeting": 240,
    "conversion-submission": 250,
    "conversion-approval": 260,
    "recorded-full-member-day": 260,
    "conversion-talk": 265,
    "archive": 270,
}
PASSED_OVER = {
    "activist-decision": ("not-passed",),
    "prospect-discussion": ("not-passed",),
    "prospect-consent": ("refused",),
    "prospect-decision": ("not-passed",),
    "committee-review": ("not-passed",),
    "pre-examination": ("not-passed",),
    "general-meeting": ("not-passed",),
    "approval": ("refused",),
    "conversion-review": ("not-passed",),
    "conversion-meeting": ("not-passed", "extended"),
    "conversion-approval": ("refused", "extended"),
}
ACT_DAYS = {
    "application": ("received", "day"),
    "thought-report": ("received", "day"),
    "conversion-application": ("received", "day"),
    "statement": ("received", "day"),
    "prospect-consent": ("day", "notified"),
    "pre-examination": ("day", "notified"),
    "approval": ("day", "notified"),
    "conversion-approval": ("day", "notified"),
    "extension": ("day", "start"),
    "postponement": ("day", "start"),
    "training": ("start", "start"),
    "public-notice": ("start", "start"),
    "transfer": ("left", "left"),
}
"""The field with the day of the act, and the one that dates it where that is not stated; for all others the day."""


class Records:
    """The records that count as of a day, by kind."""

    def __init__(self, dossier: Dossier, as_of: int) -> None:
        self.as_of = as_of
        self.kept = dossier.recorded_kinds
        self.members = {member.id: member for member in dossier.members}
        self.of: dict[str, list[Counting]] = {}
        self.steps: list[tuple[int, Ends]] = []
        self.reached = 0
        self.later: set[str] = set()
        for kind, records in dossier.records.items():
            counting = self._counting(kind, records)
            if counting:
                self.of[kind] = counting
                step = STEPS.get(kind)
                if step is not None:
                    self.reached = max(self.reached, step)
                    self.steps += [(step, ends) for _, _, ends in counting]

    def _counting(self, kind: str, records: tuple[Any, ...]) -> list[Counting]:
        passed_over = PASSED_OVER.get(kind)
        stated, otherwise = ACT_DAYS.get(kind, ("day", "day"))
        as_of = self.as_of
        counting: list[Counting] = []
        for n, record in enumerate(records):
            if record.status != "effective" or (passed_over and record.outcome in passed_over):
                continue
            day = getattr(record, stated)
            if day is None:
                day = getattr(record, otherwise)
            if day is None:
                counting.append((record, n, None))
                continue
            low, high = day.low.toordinal(), day.high.toordinal()
            if low > as_of:
                self.later.add(kind)
            else:
                counting.append((record, n, (low, min(high, as_of))))
        return counting

    def act_ends(self, day: Day | None) -> Ends:
        """Give the ends of a day on which something was done, by the as-of day at the latest."""
        if day is None:
            return None
        low, high = day.low.toordinal(), day.high.toordinal()
        return (low, max(low, min(high, self.as_of))) if low <= self.as_of else (low, high)

    def first(self, kind: str) -> Ends:
        """Tell the day of the earliest act of a kind."""
        found = self.of.get(kind)
        return found and (found[0][2] if len(found) == 1 else _chosen(found, min))

    def last(self, kind: str) -> Ends:
        """Tell the day of the latest act of a kind."""
        found = self.of.get(kind)
        return found and (found[0][2] if len(found) == 1 else _chosen(found, max))

    def day(self, kind: str, field: str) -> Ends:
        """Read a day off the record that counts."""
        return self.read(kind, lambda record: day_ends(getattr(record, field)), TORN)

    def act_day(self, kind: str, field: str = "day") -> Ends:
        """Read the day on which something was done off the record that counts."""
        return self.read(kind, lambda record: self.act_ends(getattr(record, field)), TORN)

    def number(self, kind: str, field: str, blank: Ends = None) -> Ends:
        """Read a number off the record that counts."""
        return self.read(kind, lambda record: number_ends(getattr(record, field)) or blank)

    def among(self, kind: str, field: str, words: tuple[str, ...]) -> Ends:
        """Tell whether a text of the record that counts is one of *words*."""
        return self.read(kind, lambda record: _among(getattr(record, field), words))

    def stated(self, kind: str, field: str) -> Ends:
        """Tell whether the record that counts states a field."""
        blank = NO if self.keeps(kind, field) else None
        return self.read(kind, lambda record: YES if getattr(record, field) is not None else blank)

    def stated_anywhere(self, field: str, *kinds: str) -> Ends:
        """Tell whether one of several records states a field; one that is not there does not."""
        told = [self.stated(kind, field) if self.of.get(kind) else NO for kind in kinds]
        return YES if YES in told else NO if all(one == NO for one in told) else None

    def read(self, kind: str, take: Callable[[Any], Ends], torn: Ends = None) -> Ends:
        """Read something off the record that counts, whichever that may be; *torn* where only some of them state it."""
        found = self.of.get(kind)
        if not found:
            return None
        if len(found) == 1:
            return take(found[0][0])
        return span([take(record) for record, _, _ in candidates(kind, found)], torn)

    def keeps(self, kind: str, field: str) -> bool:
        """Tell whether the source keeps a field."""
        return kind in self.kept or f"{kind}.{field}" in self.kept

    def keeps_any(self, kind: str) -> bool:
        """Tell whether the source keeps any field of a kind."""
        return kind in self.kept or any(kept.startswith(f"{kind}.") for kept in self.kept)

    def want(self, kinds: tuple[str, ...], by: int) -> Wanted:
        """Want a record of one of *kinds* before the process has reached a step."""
        for kind in kinds:
            if kind in self.of:
                return True, self.reached >= by, kinds
        return False if all(map(self.keeps_any, kinds)) else None, self.reached >= by, kinds

    def judged(self, own: Interval | None, kinds: tuple[str, ...], step: int) -> Interval:
        """Tell the day of the act that is judged: its own, else between its neighbours in the process."""
        if own is not None:
            return own
        if self.reached <= step and not any(kind in self.of for kind in kinds):
            return self.as_of, self.as_of
        earlier = [ends for at, ends in self.steps if ends and at < step]
        later = [ends for at, ends in self.steps if ends and at > step]
        until = (self.as_of, self.as_of)
        if later:
            until = min(low for low, _ in later), min(high for _, high in later)
        if not earlier:
            return until if later else (FIRST_DAY, self.as_of)
        since = max(low for low, _ in earlier), max(high for _, high in earlier)
        return min(since[0], until[0]), max(since[1], until[1])

    def people(self, kind: str) -> Ends:
        """Count the people in an assignment."""
        return self.read(kind, lambda record: None if record.people is None else number_ends(len(set(record.people))))

    def not_full(self, kind: str) -> Ends:
        """Count those of them who are not full members on its day."""
        return self._told(kind, _is_not_full)

    def under_sanction(self, kind: str) -> Ends:
        """Count those of them who are on probation within the Party on its day, with rights not restored."""
        return self._told(kind, _is_under_sanction)

    def _told(self, kind: str, test: Callable[[Member, Interval], tuple[bool, bool]]) -> Ends:
        found = self.of.get(kind)
        if not found:
            return None
        return span([self._count(one, test) for one in (found if len(found) == 1 else candidates(kind, found))])

    def _count(self, one: Counting, test: Callable[[Member, Interval], tuple[bool, bool]]) -> Ends:
        record, _, ends = one
        if record.people is None:
            return None
        surely = maybe = 0
        for person in dict.fromkeys(record.people):
            is_surely, is_maybe = test(self.members[person], ends or ANY_DAY)
            surely, maybe = surely + is_surely, maybe + is_maybe
        return surely, maybe

    def half_years(self, start: Ends, until: Interval) -> tuple[Ends, Ends]:
        """Count the half-years (D + 6k months, D + 6(k + 1) months] that are full, and those of them without review."""
        if not start or not self.keeps_any("activist-review"):
            return None, None
        reviews = [ends or ANY_DAY for _, _, ends in self.of.get("activist-review", ())]
        full_low = full_high = empty_low = empty_high = months = 0
        opens = start
        while True:
            months += 6
            closes = months_after(start[0], months), months_after(start[1], months)
            if closes[0] > until[1] or closes[0] <= opens[0]:
                return (full_low, full_high), (empty_low, empty_high)
            full_high += 1
            covered = maybe_covered = False
            for low, high in reviews:
                covered = covered or (low > opens[1] and high <= closes[0])
                maybe_covered = maybe_covered or (high > opens[0] and low <= closes[1])
            if closes[1] <= until[0]:
                full_low += 1
                empty_low += not maybe_covered
            empty_high += not covered
            opens = closes


def _chosen(found: list[Counting], choose: Callable[[list[int]], int]) -> Ends:
    known = [ends for _, _, ends in found if ends is not None]
    if len(known) < len(found):
        return None
    return choose([low for low, _ in known]), choose([high for _, high in known])


def _among(text: str | None, words: tuple[str, ...]) -> Ends:
    return None if text is None else YES if text in words else NO


def _is_not_full(member: Member, on: Interval) -> tuple[bool, bool]:
    since = day_ends(member.full_since)
    return (False, True) if since is None else (since[0] > on[1], since[1] > on[0])


def _is_under_sanction(member: Member, on: Interval) -> tuple[bool, bool]:
    if member.sanctions is None:
        return False, True
    surely = maybe = False
    for sanction in member.sanctions:
        if sanction.kind == "probation-within-party":
            approved = day_ends(sanction.approved) or ANY_DAY
            restored = day_ends(sanction.rights_restored)
            surely |= approved[1] <= on[0] and (restored is None or restored[0] > on[1])
            maybe |= approved[0] <= on[1] and (restored is None or restored[1] > on[0])
    return surely, maybe


def span(values: list[Ends], torn: Ends = None) -> Ends:
    """Tell the ends of what any of *values* may be; nothing is known where one is not, *torn* where another is."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return torn if known else None
    return min(low for low, _ in known), max(high for _, high in known)


def candidates(kind: str, found: list[Counting]) -> list[Counting]:
    """List the records that may be the one that counts: the first application and talk, the last of all others."""
    keys = [(one, *(one[2] or ANY_DAY)) for one in found]
    if kind in ("application", "talk"):
        bound = min((high, one[1]) for one, _, high in keys)
        return [one for one, low, _ in keys if (low, one[1]) <= bound]
    bound = max((low, one[1]) for one, low, _ in keys)
    return [one for one, _, high in keys if (high, one[1]) >= bound]


def day_ends(day: Day | None) -> Ends:
    """Give the ends of a day."""
    return None if day is None else (day.low.toordinal(), day.high.toordinal())


def number_ends(number: int | None) -> Ends:
    """Give the ends of a number."""
    return None if number is None else (number, number)


@lru_cache(maxsize=4096)
def months_after(day: int, months: int) -> int:
    """Add calendar months to a day, clamped to the month's end."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * MONTHS + start.month - 1 + months, MONTHS)
    if year > date.max.year:
        return LAST_DAY
    for day_of_month in range(start.day, 0, -1):
        try:
            return date(year, month + 1, day_of_month).toordinal()
        except ValueError:  # the month is shorter
            continue
    raise AssertionError


def months_later(ends: Ends, months: int) -> Ends:
    """Add calendar months to both ends."""
    return (months_after(ends[0], months), months_after(ends[1], months)) if ends else None


def first_known(first: Ends, second: Ends) -> Ends:
    """Take the second where nothing is known of the first."""
    return second if first is None else first


def between(start: Ends, end: Ends) -> Ends:
    """Count the days from *start* to *end*."""
    return (end[0] - start[1], end[1] - start[0]) if start and end else None


def worked(start: Ends, end: Ends) -> Ends:
    """Count the working days of a span."""
    if not start or not end:
        return None
    low = working_days(CALENDAR, date.fromordinal(start[1]), date.fromordinal(end[0]))
    high = low if start[0] == start[1] and end[0] == end[1] else None
    high = high or working_days(CALENDAR, date.fromordinal(start[0]), date.fromordinal(end[1]))
    return None if low is None or high is None else (low, high)


@lru_cache(maxsize=65536)
def _rolled(day: int) -> int | None:
    found = nth_working_day(CALENDAR, date.fromordinal(day), 1)
    return None if found is None else found.toordinal()


def rolled(day: Ends) -> Ends:
    """Give the day, or the next working day where it is none."""
    low, high = (_rolled(day[0]), _rolled(day[1])) if day else (None, None)
    return None if low is None or high is None else (low, high)


def on_a_holiday(end: Ends, due: Ends, wanted: Wanted, as_of: int) -> bool:
    """Tell whether it failed to come by its last day, and had not if that day were the next working day."""
    later = rolled(due)
    if wanted[0] is False:
        return bool(due and later) and due[1] < as_of <= later[0]
    return breaks(between(end, due)) and holds(between(end, later))


def holds(gap: Ends) -> bool:
    """Tell whether a number is surely not negative."""
    return gap is not None and gap[0] >= 0


def breaks(gap: Ends) -> bool:
    """Tell whether a number is surely negative."""
    return gap is not None and gap[1] < 0


def close(gap: Ends) -> bool:
    """Tell whether a number is surely 0 or −1."""
    return gap is not None and gap[0] >= -1 and gap[1] <= 0


def exactly(number: Ends, low: int, high: int) -> tuple[bool, bool]:
    """Tell whether a number surely lies between two bounds, and whether it surely does not."""
    return (number[0] >= low and number[1] <= high, number[1] < low or number[0] > high) if number else (False, False)
