"""What is known of one rule on one dossier: the verdict with everything that explains it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, TypeAlias

import attrs

from devrules.days import Day
from devrules.dossier.model import Dossier
from devrules.findings.cited import also_in_force
from devrules.findings.values import day_of, plain
from devrules.law.model import Citation, Text
from devrules.program.evaluate import Value, Values
from devrules.program.measures import MANY, Measure
from devrules.program.model import Body, Compiled, Measured, Wanted
from devrules.program.program import Program
from devrules.program.view import NO_DAY, View
from devrules.ruleset.model import Strength, Verdict

Lamp: TypeAlias = Literal["red", "yellow", "grey", "green", "none"]
LAMPS: tuple[Lamp, ...] = ("red", "yellow", "grey", "green", "none")
NOTES = (
    "transition",
    "borderline",
    "assumed",
    "edition-not-encoded",
    "provisional",
    "blank-cell",
    "later-record",
)
"""Every note that a finding can carry, in the order in which it carries them."""


@attrs.frozen
class Waiver:
    """
    An auditor's waiver of one rule, for one dossier or for a branch.

    It lapses after *expires*. *dossier* is the id of the dossier; where it is ``None``, the waiver is for everyone in
    *branch*, given by id or name. *granted* is the day on which it was given.
    """

    rule: str
    dossier: str | None
    author: str
    reason: str
    expires: date
    branch: str | None = None
    granted: date | None = None


@attrs.frozen(eq=False)
class Judgement:
    """What all findings of one dossier share."""

    program: Program
    dossier: Dossier
    as_of: date
    values: Values
    view: View

    def value(self, measure: Measure) -> Value:
        """Give the ends of a measure, or ``None`` where it is absent."""
        return self.values[self.program.index[measure]]


@attrs.frozen(eq=False)
class Found:
    """
    A rule's verdict on a dossier, with what explains it; :class:`devrules.findings.finding.Finding` adds the sentence.

    Args:
        compiled: The rule.
        judgement: The dossier, the day, and what was measured.
        verdict: How the rule ended.
        lamp: Its colour: the library's own convention, the law knows none.
        notes: What should be known beside the verdict.
        waiver: The waiver, where the verdict is ``waived``.
    """

    compiled: Compiled
    judgement: Judgement
    verdict: Verdict
    lamp: Lamp
    notes: tuple[str, ...] = ()
    waiver: Waiver | None = None

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.compiled.id

    @property
    def strength(self) -> Strength:
        """How binding the rule is."""
        return self.compiled.rule.strength

    @property
    def title(self) -> Text:
        """What the rule says, in a line."""
        return self.compiled.rule.title

    @property
    def possible_editions(self) -> tuple[int, int]:
        """The indices of the editions that the day of the act may fall under; 0 before the first."""
        return self.judgement.value(self.compiled.edition) or (0, 0)

    @property
    def act_day(self) -> date | None:
        """The day of the act that is judged, where it is known exactly."""
        days = self.act_days
        return days[0] if days is not None and days[0] == days[1] else None

    @property
    def act_days(self) -> tuple[date, date] | None:
        """The first and the last day that the act that is judged may have been done on, if anything is known."""
        value = self.judgement.value(self.compiled.day)
        return None if value is None or value == NO_DAY else (date.fromordinal(value[0]), date.fromordinal(value[1]))

    @property
    def edition_index(self) -> int | None:
        """The edition that judged; ``None`` where the day straddles two that differ, or none is encoded."""
        first, last = self.possible_editions
        group = self.compiled.group(last)
        if first < 1 or group is None or first < group.first:
            return None
        return last

    @property
    def edition(self) -> str | None:
        """The id of the edition that judged, if one did."""
        index = self.edition_index
        return None if index is None else self.compiled.editions[index - 1].id

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the rule stands, in each edition that the day may fall under; the main article first, others last."""
        first, last = self.possible_editions
        own = (cited for index in range(last, first - 1, -1) for cited in self.compiled.citations(index))
        return tuple(dict.fromkeys((*own, *self._also)))

    @property
    def _also(self) -> Iterator[Citation]:
        """Where else the rule stands, in other regulations, in the editions in force on the day that is judged."""
        value = self.judgement.value(self.compiled.day) if self.compiled.rule.also else None
        day = None if value is None or value == NO_DAY else day_of(value)
        days = () if day is None else (day.low, day.high)
        return also_in_force(self.judgement.program.rulesets, self.compiled.rule.also, days)

    @property
    def article(self) -> str | None:
        """The rule's main article in the edition that judged."""
        cited = self.compiled.citations(self.edition_index or 0)
        return cited[0].article if cited else None

    @property
    def verified(self) -> str | None:
        """How sure the main citation is."""
        cited = self.compiled.citations(self.edition_index or 0)
        return cited[0].verified if cited else None

    @property
    def special(self) -> bool:
        """Whether the dossier is of a special way, to which the rule does not speak."""
        special = self.compiled.special
        return special is not None and (self.judgement.value(special) or (0, 0))[0] > 0

    @property
    def body(self) -> Body | None:
        """What the rule means in the edition that judged, or in the latest that may have."""
        group = self.compiled.group(self.possible_editions[1])
        return group.body if group else None

    @property
    def measured(self) -> dict[str, Any]:
        """Name to value: a number, a day as text, yes or no; an interval as ``{"low": …, "high": …}``."""
        return {shown.name: plain(shown, value) for shown, value in self.shown()}

    def shown(self) -> Iterator[tuple[Measured, tuple[int, int]]]:
        """Yield what was measured and is known."""
        for shown in self.body.measured if self.body else ():
            value = self.judgement.value(shown.measure)
            if value is not None and value[1] < MANY * (1 + (shown.type == "day")) and value != NO_DAY:
                yield shown, value

    @property
    def required(self) -> dict[str, str]:
        """What the law asks, by name, as it is written."""
        return dict(self.body.required) if self.body else {}

    @property
    def records(self) -> tuple[str, ...]:
        """The records that it was measured from, as ``talk#1``: kind and number, counted from 1."""
        kinds = self.body.kinds if self.body else ()
        counting = self.judgement.view.records
        return tuple(f"{kind}#{dated.n + 1}" for kind in dict.fromkeys(kinds) for dated in counting.get(kind, ()))

    @property
    def missing(self) -> tuple[Wanted, ...]:
        """What is wanted and known not to be there."""
        wanted = self.body.wanted if self.body else ()
        return tuple(one for one in wanted if self.judgement.value(one.there) == (0, 0))

    @property
    def due(self) -> Day | None:
        """The last day for what is pending, where it has one."""
        if self.verdict != "pending" or self.body is None or self.body.due is None:
            return None
        value = self.judgement.value(self.body.due)
        return None if value is None else day_of(value)
