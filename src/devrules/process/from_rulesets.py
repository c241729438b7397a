"""The processes of some rulesets to one: the steps of the law with the guards of overlays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidRuleset
from devrules.process.law import ProcessLaw
from devrules.process.problems import problems_of
from devrules.ruleset.model import Ruleset
from devrules.ruleset.process import Guard, ProcessText, Step


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


__all__ = ["joined", "narrowed", "process_law"]
