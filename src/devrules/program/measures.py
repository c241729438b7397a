"""
Measures: small typed expressions over a dossier, each with two ends (``low`` and ``high``) or absent.

Days count as proleptic ordinals, flags as 0 and 1. The nodes only say what is measured;
:mod:`devrules.program.evaluate` interprets them over one dossier, :mod:`devrules.population.measures_sql` over a
population. Each prints as a phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from devrules.days import Period
from devrules.ruleset.process import Ending

Pick: TypeAlias = Literal["first", "last"]
PersonType: TypeAlias = Literal["day", "flag", "text"]


class Measure:
    """What every node is."""

    def parts(self) -> Iterator[Measure]:
        """Yield the measures that this one is made of."""
        for field in attrs.fields(type(self)):  # type: ignore[arg-type]  # every subclass is an attrs class
            value = getattr(self, field.name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Measure):
                    yield part


MANY = 1_000_000
"""The high end of a number of which nothing is known."""


@attrs.frozen(cache_hash=True)
class AsOf(Measure):
    """The day on which the dossier is judged, or the day on which one of the *endings* ended the process before it."""

    endings: tuple[Ending, ...] = ()

    def __str__(self) -> str:
        return "as-of day, or the end of the process" if self.endings else "as-of day"


AS_OF = AsOf()
"""The day of judging itself, whatever ended before it."""


@attrs.frozen(cache_hash=True)
class Over(Measure):
    """Whether one of the *endings* has ended the process; what is not kept has not."""

    endings: tuple[Ending, ...]

    def __str__(self) -> str:
        return "the process has ended"


@attrs.frozen(cache_hash=True)
class Scalar(Measure):
    """
    A field of the person or of an organisation, as ``person.birth`` or ``branch.has_committee``.

    Where *among* is given, the measure is a flag: whether the text is one of these. Where the field is not recorded,
    *assume* is taken, if given. *filled* asks only whether the field is stated.
    """

    path: str
    type: PersonType
    among: tuple[str, ...] = ()
    assume: bool | None = None
    filled: bool = False

    def __str__(self) -> str:
        if self.filled:
            return f"{self.path} is stated"
        return f"{self.path} in ({', '.join(self.among)})" if self.among else self.path


@attrs.frozen(cache_hash=True)
class Field(Measure):
    """
    A field of the record that counts among those of a kind.

    Where imprecise days leave open which record that is, the ends span all that it may be. *filled* asks only whether
    the field is stated; *among* whether its text is one of these. With *blank_is_zero* a number that is not stated is 0
    where the source keeps it, and any number where it does not. *includes* asks whether a list names all of these.
    """

    kind: str
    pick: Pick
    name: str
    among: tuple[str, ...] = ()
    filled: bool = False
    blank_is_zero: bool = False
    includes: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = f"{self.kind}.{self.pick}.{self.name}"
        if self.filled:
            return f"{text} is stated"
        if self.includes:
            return f"{text} includes {', '.join(self.includes)}"
        return f"{text} in ({', '.join(self.among)})" if self.among else text


@attrs.frozen(cache_hash=True)
class ActDay(Measure):
    """The day of the act of the record that counts: the earliest or the latest of a kind."""

    kind: str
    pick: Pick

    def __str__(self) -> str:
        return f"{self.pick} {self.kind}"


@attrs.frozen(cache_hash=True)
class Count(Measure):
    """How many records of a kind there are."""

    kind: str

    def __str__(self) -> str:
        return f"number of {self.kind}"


@attrs.frozen(cache_hash=True)
class Present(Measure):
    """Whether there is a record of any of these kinds; absent where one of them is not kept and none is there."""

    kinds: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' or '.join(self.kinds)} is there"


@attrs.frozen(cache_hash=True)
class Done(Measure):
    """Whether anything at or after a step of the process was done; what is not kept counts as not done."""

    step: int

    def __str__(self) -> str:
        return f"something at step {self.step} or later was done"


@attrs.frozen(cache_hash=True)
class There(Measure):
    """Whether a record of any of these kinds is there; what is not kept counts as not there."""

    kinds: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' or '.join(self.kinds)} is recorded"


@attrs.frozen(cache_hash=True)
class StageReached(Measure):
    """
    How many stages the records have reached: the number of the last stage one of whose kinds is there.

    A later stage none of whose kinds is kept may have been reached too.
    """

    stages: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return "stage by the records"


@attrs.frozen(cache_hash=True)
class WordNumber(Measure):
    """The number, from 1, of the group of words that the text at *path* belongs to; absent for other words."""

    path: str
    groups: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return f"{self.path} as a number"


@attrs.frozen(cache_hash=True)
class Spacing(Measure):
    """
    By how many days the closest call in a series keeps to *period*: negative where two neighbours lie further apart.

    Only records from *start* until *until* count, and the first is measured from *start*, the last to *until*.
    """

    kind: str
    start: Measure
    until: Measure
    period: Period

    def __str__(self) -> str:
        return f"days to spare in {self.kind} at most {self.period} apart from {self.start} until {self.until}"


@attrs.frozen(cache_hash=True)
class JudgedDay(Measure):
    """
    The day of the act that a rule judges: *own*, where recorded, else between its recorded neighbours in the process.

    With nothing earlier it is as old as what follows. With no later act it is the day *until* which acts are looked
    for, and so it is where the act has no place in the process (*step* is ``None``). One recorded without a day lies
    between its neighbours too.
    """

    own: Measure
    kinds: tuple[str, ...]
    step: int | None
    until: Measure = AS_OF

    def __str__(self) -> str:
        return f"day of {self.kinds[0]}"


@attrs.frozen(cache_hash=True)
class EditionOf(Measure):
    """The edition in force on a day: how many of the *starts* (ordinals, ascending) are not later than it."""

    day: Measure
    starts: tuple[int, ...]

    def __str__(self) -> str:
        return f"edition on {self.day}"


@attrs.frozen(cache_hash=True)
class FirstKnown(Measure):
    """The first of the options that is not absent."""

    options: tuple[Measure, ...]

    def __str__(self) -> str:
        return ", else ".join(map(_part, self.options))


@attrs.frozen(cache_hash=True)
class Earliest(Measure):
    """
    The earliest of the *days* that is not before *start*; where all are, the latest of them.

    *there* tells of each whether there is a record that it may come from: where none is, or none is kept, the day does
    not count.
    """

    start: Measure
    days: tuple[Measure, ...]
    there: tuple[Measure, ...]

    def __str__(self) -> str:
        return f"the earliest of ({'; '.join(map(str, self.days))}) from {_part(self.start)} on"


@attrs.frozen(cache_hash=True)
class OptionUsed(Measure):
    """Which of the options :class:`FirstKnown` took, counted from 0."""

    options: tuple[Measure, ...]

    def __str__(self) -> str:
        return f"which of {', else '.join(map(_part, self.options))}"


@attrs.frozen(cache_hash=True)
class IfPresent(Measure):
    """*then* where a record of the kind is there; *otherwise* where none is, or the kind is not kept."""

    kind: str
    then: Measure
    otherwise: Measure

    def __str__(self) -> str:
        return f"{_part(self.then)} if there is {self.kind}, else {_part(self.otherwise)}"


@attrs.frozen(cache_hash=True)
class Shift(Measure):
    """A day a period later: one addition from the anchor, clamped to the month's end."""

    day: Measure
    period: Period

    def __str__(self) -> str:
        return f"{_part(self.day)} + {self.period}"


@attrs.frozen(cache_hash=True)
class Between(Measure):
    """The days from *start* to *end*; negative where *end* comes first."""

    start: Measure
    end: Measure

    def __str__(self) -> str:
        return f"days from {_part(self.start)} to {_part(self.end)}"


@attrs.frozen(cache_hash=True)
class WorkingDays(Measure):
    """The working days from *start* to *end*, both counted; absent outside the published calendar."""

    start: Measure
    end: Measure

    def __str__(self) -> str:
        return f"working days from {_part(self.start)} to {_part(self.end)}"


@attrs.frozen(cache_hash=True)
class NextWorkingDay(Measure):
    """A day, or the next working day where it is none; absent outside the published calendar."""

    day: Measure

    def __str__(self) -> str:
        return f"{_part(self.day)}, else the next working day"


@attrs.frozen(cache_hash=True)
class Total(Measure):
    """A sum of measures, each times a whole number, and a constant."""

    terms: tuple[tuple[int, Measure], ...]
    plus: int = 0

    def parts(self) -> Iterator[Measure]:
        """Yield the measures that are summed."""
        return (term for _, term in self.terms)

    def __str__(self) -> str:
        terms = [f"{factor} × {term}" for factor, term in self.terms]
        return " + ".join([*terms, str(self.plus)] if self.plus else terms).replace("+ -", "− ")


@attrs.frozen(cache_hash=True)
class CalendarStart(Measure):
    """The first day from *day* on with which so many *months* of a year begin: of 6, 1 January or 1 July."""

    day: Measure
    months: int

    def __str__(self) -> str:
        return f"the first {self.months} months of the calendar from {_part(self.day)} on"


@attrs.frozen(cache_hash=True)
class Cells(Measure):
    """
    The cells of a series: (D + k × period, D + (k + 1) × period] from *start* D, as far as they are full by *until*.

    Where a cell *begins* on its day, they are [D + k × period, D + (k + 1) × period).
    Counts those that are full (``due``), or those of them in which no record of the kind lies (``empty``).
    """

    kind: str
    start: Measure
    until: Measure
    period: Period
    count: Literal["due", "empty"]
    begins: Literal["after", "on"] = "after"

    @property
    def moved(self) -> int:
        """By how many days the ends of the cells lie beside D + k × period."""
        return -1 if self.begins == "on" else 0

    def __str__(self) -> str:
        span = f"from {_part(self.start)} until {_part(self.until)}"
        return f"{self.count} spans of {self.period} for {self.kind} {span}"


@attrs.frozen(cache_hash=True)
class People(Measure):
    """
    How many distinct people the assignment that counts names.

    *test* narrows them to those who are not full members on its day (``not-full``), who are under one of the
    *sanctions* without their rights restored (``under-sanction``) or within the time that it has effect
    (``within-effect``, with *periods* in the order of the sanctions), or who are the person of the dossier (``self``).
    """

    kind: str
    pick: Pick
    test: Literal["all", "not-full", "under-sanction", "within-effect", "self"] = "all"
    sanctions: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()

    def __str__(self) -> str:
        who = {
            "all": "people",
            "not-full": "people not yet full members",
            "under-sanction": "people under sanction",
            "within-effect": "people for whom a sanction has effect",
            "self": "people who are the person of the dossier",
        }
        return f"{who[self.test]} in {self.kind}"


def _part(measure: Measure) -> str:
    """Print a part of a measure, in brackets where it would run into what stands around it."""
    return f"({measure})" if isinstance(measure, FirstKnown | IfPresent) else str(measure)


def in_order(roots: list[Measure]) -> list[Measure]:
    """List the measures and all that they are made of, each once, parts before wholes."""
    seen: dict[Measure, None] = {}

    def visit(measure: Measure) -> None:
        if measure not in seen:
            for part in measure.parts():
                visit(part)
            seen[measure] = None

    for root in roots:
        visit(root)
    return list(seen)
