"""A rule, compiled: its bodies by edition, as measures and conditions that engines can judge."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from devrules.law.model import Citation, Edition, Text
from devrules.program.conditions import Condition
from devrules.program.measures import AS_OF, Measure
from devrules.ruleset.model import Rule

ValueType: TypeAlias = Literal["day", "days", "working_days", "count", "flag"]


@attrs.frozen
class Measured:
    """A measure that a finding shows, under a name, with what its number means."""

    name: str
    measure: Measure
    type: ValueType


@attrs.frozen
class Wanted:
    """
    Records without which a check cannot be met.

    Args:
        kinds: Any of them will do.
        there: The measure whether one is there.
        late: The measure whether the process has gone past them.
    """

    kinds: tuple[str, ...]
    there: Measure
    late: Measure


@attrs.frozen
class Term:
    """One of several conditions, and what must be there for it."""

    ok: Condition
    wanted: tuple[Wanted, ...] = ()


@attrs.frozen
class Body:
    """
    What a check means in one edition.

    Args:
        ok: The condition under which it is met.
        terms: Where *ok* joins conditions that want different records: these. Then they tell what is pending or failed.
        either: Whether one of the *terms* is enough; else all are needed.
        wanted: What must be there; while it is not, the check is pending or failed, by *due* or by the process.
        due: The last day for what is wanted first.
        due_binds: Whether missing it on that day is a fail; else the day is only shown.
        grace: The last day with an extension, where there is one.
        idle: While this surely holds, nothing is owed yet.
        spared: Where this surely holds, nothing was ever owed: the check does not apply.
        refutable: Whether *ok* can fail by measuring; else only by what is missing.
        anchors: Where its limit begins; if one surely lies under an older edition, a fail is in transition.
        close: When one day would change the verdict.
        other_readings: What *ok* would be under other accepted readings.
        assumed: Measures that are above 0 where something was assumed.
        softened: When a fail is in doubt: its lamp is yellow.
        measured: What a finding shows, in this order.
        required: What the law asks, by name, as it is written.
        kinds: The kinds of record that it reads.
        attest: What a person must attest, where nothing can be measured: the verdict is manual, never a pass.
        as_of: The day until which what is wanted is looked for.
    """

    ok: Condition
    terms: tuple[Term, ...] = ()
    either: bool = False
    wanted: tuple[Wanted, ...] = ()
    due: Measure | None = None
    due_binds: bool = True
    grace: Measure | None = None
    idle: Condition | None = None
    spared: Condition | None = None
    refutable: bool = True
    anchors: tuple[Measure, ...] = ()
    close: tuple[Condition, ...] = ()
    other_readings: tuple[Condition, ...] = ()
    assumed: tuple[Measure, ...] = ()
    softened: tuple[Condition, ...] = ()
    measured: tuple[Measured, ...] = ()
    required: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    attest: tuple[Text, ...] = ()
    as_of: Measure = AS_OF


@attrs.frozen
class Group:
    """
    Adjacent editions (by index, from 1) in which a rule has the same body; ``None``: none.

    *softened* tells for each of them when a fail is in doubt, which alone may differ; the body's own is left out then.
    """

    first: int
    last: int
    body: Body | None
    softened: tuple[tuple[int, tuple[Condition, ...]], ...] = ()


@attrs.frozen
class Compiled:
    """
    One rule, compiled.

    Args:
        rule: As it is written.
        editions: The editions of its regulation, the oldest first.
        regulation: The regulation's id.
        day: The day of the act that it judges.
        edition: The edition in force on it: its index from 1; 0 before the first.
        groups: Its bodies; they cover every edition once.
        applies: What must hold for it to apply.
        special: Whether the dossier is of a special way, to which the rule does not speak; ``None``: it always does.
        over: Whether the process has ended; then nothing is to come any more. ``None``: it has no end.
    """

    rule: Rule
    regulation: str
    editions: tuple[Edition, ...]
    day: Measure
    edition: Measure
    groups: tuple[Group, ...]
    applies: Condition | None = None
    special: Measure | None = None
    over: Measure | None = None

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    def group(self, edition: int) -> Group | None:
        """Find the group that the edition with this index belongs to."""
        return next((group for group in self.groups if group.first <= edition <= group.last), None)

    def citations(self, edition: int) -> tuple[Citation, ...]:
        """List where the rule stands in the edition with this index."""
        return self.rule.citations.get(self.editions[edition - 1].id, ()) if edition else ()
