"""A program: every rule of some rulesets, all editions; it prints as a list of sentences."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from devrules.days import WorkingDays
from devrules.dossier.kinds import Kinds
from devrules.program.conditions import Outcome, Plain
from devrules.program.measures import Measure
from devrules.program.model import Compiled
from devrules.program.print import rule_lines
from devrules.ruleset.model import Gate, Ruleset, Stage


@attrs.frozen(eq=False)
class Program:
    """
    Everything needed to judge a dossier.

    Args:
        rulesets: What it was made from.
        kinds: The kinds of record.
        stages: The stages, in order.
        gates: The gates, in order.
        calendar: The working days.
        rules: The compiled rules, in the order of the rulesets.
        measures: Every measure that is taken, parts before wholes.
        names: What the fact calls each of them.
        outcomes: Every way a rule can end; those of a rule exclude one another.
        notes: Rule id to note to the condition under which the finding carries it.
    """

    rulesets: tuple[Ruleset, ...]
    kinds: Kinds
    stages: tuple[Stage, ...]
    gates: tuple[Gate, ...]
    calendar: WorkingDays
    rules: tuple[Compiled, ...]
    measures: tuple[Measure, ...]
    names: Mapping[Measure, str]
    outcomes: tuple[Outcome, ...]
    notes: Mapping[str, Mapping[str, Plain]]

    @property
    def index(self) -> Mapping[Measure, int]:
        """Measure to its place in the list of values."""
        return self._index

    def rule(self, rule_id: str) -> Compiled | None:
        """Find a rule by its id."""
        return next((compiled for compiled in self.rules if compiled.id == rule_id), None)

    def __str__(self) -> str:
        return "\n".join(line for compiled in self.rules for line in rule_lines(compiled))

    _index: Mapping[Measure, int] = attrs.field(
        init=False,
        default=attrs.Factory(lambda self: {one: at for at, one in enumerate(self.measures)}, takes_self=True),
    )
