"""A gate as it looks: the lamps of the rules that belong to it, with what is still missing counted as failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from devrules.findings.finding import Finding
from devrules.findings.judge import waive
from devrules.findings.lamps import lamp_of
from devrules.findings.model import Waiver
from devrules.program.model import Compiled
from devrules.program.program import Program
from devrules.ruleset.model import Gate


@attrs.frozen(eq=False)
class GateView:
    """
    What a gate shows.

    Args:
        gate: The gate.
        findings: Those of its rules; a rule that must be met before the gate and is pending counts as failed.
        passed: Whether the dossier has gone through it.
    """

    gate: Gate
    findings: tuple[Finding, ...]
    passed: bool = False

    @property
    def lamps(self) -> tuple[Finding, ...]:
        """The findings whose lamp is on: red, or yellow from a fail; for these a statement is owed."""
        return tuple(finding for finding in self.findings if finding.verdict == "fail")


def gate_of(compiled: Compiled, program: Program) -> str | None:
    """Tell the gate that a rule belongs to: the one it names, else the first that comes after all it reads."""
    if compiled.rule.before is not None:
        return compiled.rule.before
    kinds = {kind for group in compiled.groups if group.body for kind in group.body.kinds}
    steps = [step for kind in kinds if (step := program.kinds[kind].step) is not None]
    for gate in program.gates:
        gate_step = program.kinds[gate.submission].step
        if steps and gate_step is not None and max(steps) <= gate_step:
            return gate.id
    return None


def gate_view(
    gate: Gate,
    findings: Iterable[Finding],
    program: Program,
    *,
    passed: bool = False,
    waivers: Sequence[Waiver] = (),
) -> GateView:
    """
    Look at a gate.

    Args:
        gate: The gate.
        findings: One dossier's findings: as of the submission where the gate was passed, else as of the day.
        program: The program that gave them.
        passed: Whether it was passed.
        waivers: The waivers to consider: what is missing at the gate may be waived, too.
    """
    own = (finding for finding in findings if gate_of(finding.compiled, program) == gate.id)
    return GateView(gate, waive(map(_at_gate, own), waivers), passed)


def failing_gate(finding: Finding) -> str | None:
    """Tell at which gate a finding shows as failed, seen as of its own day; ``None`` where at none."""
    program = finding.judgement.program
    views = (gate_view(gate, [finding], program) for gate in program.gates)
    return next((view.gate.id for view in views if view.lamps), None)


def _at_gate(finding: Finding) -> Finding:
    rule = finding.compiled.rule
    if rule.before is None or finding.verdict != "pending":
        return finding
    lamp = lamp_of("fail", rule.strength, finding.notes, None, finding.judgement.as_of)
    return Finding(finding.compiled, finding.judgement, "fail", lamp, finding.notes)
