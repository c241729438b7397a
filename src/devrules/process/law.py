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
        InvalidRuleset: With every name that leads nowhere.
    """
    texts = [ruleset.process for ruleset in rulesets]
    text = ProcessText(
        **{field.name: _joined([getattr(one, field.name) for one in texts]) for field in attrs.fields(ProcessText)}
    )
    law = ProcessLaw(
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
    problems = list(_problems(law))
    if problems:
        raise InvalidRuleset(problems)
    return law


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
            guarded[guard.kind] = _narrowed(guarded[guard.kind], guard)
    return guarded


def _narrowed(step: Step, guard: Guard) -> Step:
    """Ask of a step what an overlay asks beyond it; a guard never lets anyone do more."""
    return attrs.evolve(
        step,
        record=tuple(role for role in step.record if not guard.record or role in guard.record),
        review=step.review or guard.review,
        review_stages=step.review_stages or guard.review_stages,
        members_from=guard.members_from or step.members_from,
        needs=(*step.needs, *guard.needs),
        editions={
            edition: attrs.evolve(opening, needs=(*opening.needs, *guard.needs))
            for edition, opening in step.editions.items()
        },
    )


def _problems(law: ProcessLaw) -> Iterator[Problem]:
    for what, known, place, name in _names(law):
        if name not in known:
            hint = nearest(name, known) or f"there are {', '.join(known) or 'none'}"
            yield Problem(f"process.toml {place}", f"there is no {what} {name!r}", hint)


def _names(law: ProcessLaw) -> Iterator[tuple[str, Sequence[str], str, str]]:
    """Yield every name that is used: what it names, the known ones, where it stands, and the name."""
    kinds, stages, gates, roles = (tuple(one) for one in (law.kinds, law.stages, law.gates, law.roles))
    text = law.text
    for role in text.roles:
        yield from (("kind", kinds, f"roles.{role.id}", kind) for kind in (*role.sees, *role.named_in))
    for command in text.commands:
        place = f"commands.{command.id}"
        yield from (("role", roles, place, role_id) for role_id in command.roles)
        yield from (("stage", stages, place, stage) for stage in (*command.stages, *command.kind_in))
        left = [command.kind] if command.kind else []
        yield from (("kind", kinds, place, kind) for kind in (*left, *command.kind_in.values()))
        yield from _need_names(command.needs, place, kinds, gates)
    both: tuple[Step | Guard, ...] = (*text.steps, *text.guards)
    for asked in both:
        place = f"{'steps' if isinstance(asked, Step) else 'guards'}.{asked.kind}"
        yield "kind", kinds, place, asked.kind
        yield from (("role", roles, place, role_id) for role_id in (*asked.record, *asked.review))
        yield from (("stage", stages, place, stage) for stage in asked.review_stages)
        yield from _need_names(asked.needs, place, kinds, gates)
    yield from _step_names(law, kinds, stages, gates, roles)
    for gate in law.gates.values():
        yield from (("kind", kinds, f"gates.{gate.id}", kind) for kind in gate.decided_by)
    for stage, brought in text.stages_by.items():
        yield "stage", stages, "stages_by", stage
        yield from (("kind", kinds, f"stages_by.{stage}", kind) for kind in brought)
    yield from (("kind", kinds, "endings", ending.by) for ending in text.endings)
    for n, hearing in enumerate(text.hearings):
        yield "command", tuple(law.commands), f"hearings[{n}]", hearing.on
        yield from (("role", roles, f"hearings[{n}]", role_id) for role_id in hearing.who)
        yield from (("kind", kinds, f"hearings[{n}]", kind) for kind in hearing.kinds)


def _step_names(
    law: ProcessLaw, kinds: Sequence[str], stages: Sequence[str], gates: Sequence[str], roles: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], str, str]]:
    outcomes = tuple(law.text.outcomes)
    for step in law.text.steps:
        place = f"steps.{step.kind}"
        yield from (("role", roles, place, role) for role in (*step.hand_in, *step.file, *step.decide))
        yield from (("stage", stages, place, stage) for stage in step.stages)
        yield from (("gate", gates, place, gate) for gate in step.locked_by)
        yield from (("outcome", outcomes, place, outcome) for outcome in step.outcomes)
        yield from (("kind", kinds, place, kind) for kind in step.recorded_as.values())
        for edition, opening in step.editions.items():
            yield "edition", tuple(law.in_force), f"{place}.editions", edition
            yield from (("stage", stages, f"{place}.editions", stage) for stage in opening.stages)
            yield from _need_names(opening.needs, f"{place}.editions.{edition}", kinds, gates)


def _need_names(
    needs: Iterable[Need], place: str, kinds: Sequence[str], gates: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], str, str]]:
    for need in needs:
        yield from (("kind", kinds, place, kind) for kind in (need.present, need.unless) if kind)
        yield from (("gate", gates, place, gate) for gate in (need.waiting,) if gate)


__all__ = ["ProcessLaw", "process_law"]
