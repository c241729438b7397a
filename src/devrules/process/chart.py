"""The process to what a diagram shows of it: stages, gates between them, what ends it, what goes back."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from devrules.process.law import ProcessLaw
from devrules.ruleset.model import Gate, Stage
from devrules.ruleset.process import CommandText, Need, Step


@attrs.frozen
class Passage:
    """
    A way through a gate.

    Args:
        gate: The gate.
        filed_by: The roles that send the dossier up.
        decided_by: The roles that decide; empty where nobody does.
        needs: What must be there before.
        ends: The outcomes that end the process.
        reopens: The outcomes that give the dossier back to the branch.
    """

    gate: Gate
    filed_by: tuple[str, ...]
    decided_by: tuple[str, ...]
    needs: tuple[Need, ...]
    ends: tuple[str, ...]
    reopens: tuple[str, ...]


@attrs.frozen
class Part:
    """A stage, the gates in it, and the records that, beside the gates, bring to the next stage."""

    stage: Stage
    passages: tuple[Passage, ...]
    brings: tuple[Step, ...]


@attrs.frozen
class Chart:
    """
    What a diagram shows.

    Args:
        parts: The stages, in order.
        special: Records that bring to a stage from several others, with that stage.
        ending: The commands that end the process.
        back: The commands that send back to a stage.
    """

    parts: tuple[Part, ...]
    special: tuple[tuple[Step, Stage], ...]
    ending: tuple[CommandText, ...]
    back: tuple[CommandText, ...]


def chart_of(law: ProcessLaw) -> Chart:
    """
    Make the chart of a process.

    Args:
        law: The process.
    """
    ended_by = {ending.by for ending in law.text.endings}
    return Chart(
        parts=tuple(_part(law, stage) for stage in law.stages.values()),
        special=tuple(
            (step, stage) for stage in law.stages.values() for step in _bringing(law, stage.id) if len(step.stages) > 1
        ),
        ending=tuple(command for command in law.text.commands if command.kind in ended_by),
        back=tuple(command for command in law.text.commands if "earlier" in command.asks),
    )


def _part(law: ProcessLaw, stage: Stage) -> Part:
    stages = list(law.stages)
    following = stages[stages.index(stage.id) + 1 :][:1]
    brings = [step for name in following for step in _bringing(law, name) if step.stages == (stage.id,)]
    gates = [gate for gate in law.gates.values() if stage.id in law.stages_of_gate(gate.id)]
    return Part(stage, tuple(_passage(law, gate) for gate in gates), tuple(brings))


def _bringing(law: ProcessLaw, stage: str) -> Iterator[Step]:
    """Yield the steps of which a record brings to a stage and that are no part of a gate."""
    of_gates = {kind for gate in law.gates.values() for kind in (gate.submission, *gate.decided_by)}
    for kind in law.text.stages_by.get(stage, ()):
        if kind in law.steps and kind not in of_gates:
            yield law.steps[kind]


def _passage(law: ProcessLaw, gate: Gate) -> Passage:
    filing = law.steps[gate.submission]
    deciding = [law.steps[kind] for kind in gate.decided_by if kind in law.steps]
    return Passage(
        gate=gate,
        filed_by=filing.file,
        decided_by=tuple(dict.fromkeys(role for step in deciding for role in step.decide)),
        needs=filing.needs,
        ends=tuple(outcome for step in deciding for outcome in step.outcomes if _ends(law, step, outcome)),
        reopens=tuple(outcome for step in deciding for outcome in step.outcomes if outcome in gate.reopened_by),
    )


def _ends(law: ProcessLaw, step: Step, outcome: str) -> bool:
    """Tell whether a decision with this outcome ends the process."""
    kept_as = step.recorded_as.get(outcome, step.kind)
    return any(
        outcome in ending.among if ending.among else outcome not in law.kinds[kept_as].passes_over
        for ending in law.text.endings
        if ending.by == kept_as
    )


__all__ = ["Chart", "Part", "Passage", "chart_of"]
