"""The processes of some rulesets as one: the steps with the guards of overlays, and everything by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidRuleset, Problem
from devrules.plain import nearest
from devrules.ruleset.model import Gate, Ruleset, Stage
from devrules.ruleset.process import CommandText, Guard, Need, ProcessText, Role, Step


@attrs.frozen(eq=False)
class ProcessLaw:
    """
    What the process is.

    Args:
        text: As it is written, of all rulesets together.
        kinds: The kinds of record.
        stages: Stage by its name, in order.
        gates: Gate by its name, in order.
        roles: Role by its name.
        commands: Command by its name.
        steps: Kind of record to what may be done about it, with the guards of overlays.
        in_force: Edition to its first day.
    """

    text: ProcessText
    kinds: Kinds
    stages: Mapping[str, Stage]
    gates: Mapping[str, Gate]
    roles: Mapping[str, Role]
    commands: Mapping[str, CommandText]
    steps: Mapping[str, Step]
    in_force: Mapping[str, date]

    def gate_filed_by(self, kind: str) -> Gate | None:
        """Find the gate of which records of *kind* are the submission."""
        return next((gate for gate in self.gates.values() if gate.submission == kind), None)

    def stages_of_gate(self, gate: str) -> tuple[str, ...]:
        """Tell the stages in which a gate can be passed."""
        step = self.steps.get(self.gates[gate].submission)
        return step.stages if step else ()


def process_law(rulesets: Sequence[Ruleset], kinds: Kinds) -> ProcessLaw:
    """
    Put the processes of some rulesets together.

    Args:
        rulesets: The rulesets; an overlay may add guards.
        kinds: The kinds of record of all of them.

    Raises:
        InvalidRuleset: With everything that is wrong, each with its place.
    """
    law = joined(rulesets, kinds)
    problems = list(problems_of(rulesets, law))
    if problems:
        raise InvalidRuleset(problems)
    return law


def joined(rulesets: Sequence[Ruleset], kinds: Kinds) -> ProcessLaw:
    """
    Put the processes of some rulesets together, whatever is wrong with them.

    Args:
        rulesets: The rulesets.
        kinds: The kinds of record of all of them.
    """
    texts = [ruleset.process for ruleset in rulesets]
    text = ProcessText(
        **{field.name: _joined([getattr(one, field.name) for one in texts]) for field in attrs.fields(ProcessText)}
    )
    return ProcessLaw(
        text=text,
        kinds=kinds,
        stages={stage.id: stage for ruleset in rulesets for stage in ruleset.stages},
        gates={gate.id: gate for ruleset in rulesets for gate in ruleset.gates},
        roles={role.id: role for role in text.roles},
        commands={command.id: command for command in text.commands},
        steps=_guarded(text.steps, text.guards),
        in_force={
            edition.id: edition.in_force
            for ruleset in rulesets
            for regulation in ruleset.regulations
            for edition in regulation.editions
        },
    )


def _joined(parts: list[Any]) -> Any:
    """Join tuples to a tuple, mappings to a mapping; of single values take the first."""
    if isinstance(parts[0], tuple):
        return tuple(one for part in parts for one in part)
    if isinstance(parts[0], Mapping):
        return {key: value for part in parts for key, value in part.items()}
    return next((part for part in parts if part is not None), None)


def _guarded(steps: Iterable[Step], guards: Iterable[Guard]) -> dict[str, Step]:
    guarded = {step.kind: step for step in steps}
    for guard in guards:
        if guard.kind in guarded:
            guarded[guard.kind] = narrowed(guarded[guard.kind], guard)
    return guarded


def narrowed(step: Step, guard: Guard) -> Step:
    """
    Ask of a step what an overlay asks beyond it; a guard never lets anyone do more.

    Args:
        step: The step.
        guard: What is asked beyond it.
    """
    return attrs.evolve(
        step,
        record=_fewer(step.record, guard.record),
        review=_fewer(step.review, guard.review) if step.review else guard.review,
        # A step that is reviewed in some stages, or in all, stays so.
        review_stages=step.review_stages if step.review else guard.review_stages,
        members_from="branch" if "branch" in (step.members_from, guard.members_from) else _either(step, guard),
        needs=(*step.needs, *guard.needs),
        editions={
            edition: attrs.evolve(opening, needs=(*opening.needs, *guard.needs))
            for edition, opening in step.editions.items()
        },
        asks=tuple(dict.fromkeys((*step.asks, *guard.asks))),
        leaves=guard.leaves or step.leaves,
    )


def _fewer(roles: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(role for role in roles if not asked or role in asked)


def _either(step: Step, guard: Guard) -> Literal["branch", "committee"] | None:
    return step.members_from or guard.members_from


__all__ = ["ProcessLaw", "narrowed", "process_law"]
