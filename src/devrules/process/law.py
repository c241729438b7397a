"""What the process is: everything that rulesets say of it, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from devrules.dossier.kinds import Kinds
from devrules.ruleset.model import Gate, Stage
from devrules.ruleset.process import CommandText, ProcessText, Role, Step


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


__all__ = ["ProcessLaw"]
