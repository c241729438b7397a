"""The cases of a ruleset, run: a dossier in, what the rule says of it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from devrules.api import Rules
from devrules.dossier.convert import ALL, read_dossier
from devrules.errors import InvalidInput
from devrules.findings.finding import Finding
from devrules.findings.gates import failing_gate
from devrules.ruleset.cases import cases_of
from devrules.ruleset.model import Case


@attrs.frozen
class CaseResult:
    """
    How a case ended.

    *wrong* lists what differs, or why the case could not be run; an empty one passed.
    """

    case: Case
    wrong: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing differs."""
        return not self.wrong


def run_case(rules: Rules, case: Case) -> CaseResult:
    """
    Run one case.

    Args:
        rules: The rules, of which the case judges one.
        case: The case.
    """
    compiled = next((one for one in rules.compiled if one.id == case.rule), None)
    if compiled is None:
        return CaseResult(case, (f"there is no rule {case.rule!r}",))
    try:
        data = {"subject": compiled.rule.subject, **case.dossier}
        dossier = read_dossier(data, rules.program.kinds, where=case.place, recorded=ALL)
    except InvalidInput as error:
        return CaseResult(case, tuple(map(str, error.problems)))
    finding = rules.check(dossier, as_of=case.as_of).finding(case.rule)
    return CaseResult(case, tuple(differences(case, finding)))


def run_cases(rules: Rules) -> Iterator[CaseResult]:
    """Run every case of the rulesets of *rules*, in their order."""
    for case in cases_of(rules.rulesets):
        yield run_case(rules, case)


def differences(case: Case, finding: Finding) -> Iterator[str]:
    """Yield, in a line each, what a finding says otherwise than its case."""
    said = {
        "verdict": finding.verdict,
        "strength": finding.strength,
        "edition": finding.edition,
        "article": finding.article,
        "notes": finding.notes,
        "lamp": finding.lamp,
        "due": finding.due and finding.due.low,
        "fails_at": case.expect.fails_at and failing_gate(finding),
    }
    expected: dict[str, Any] = attrs.asdict(case.expect, recurse=False)
    for name, value in expected.items():
        if value is not None and value != said[name]:
            yield f"{name}: expected {value}, got {said[name]} ({finding.message.en})"
