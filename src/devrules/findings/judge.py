"""Verdicts to findings: notes, lamps, and what explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from devrules.engine.reference import Reference
from devrules.findings.finding import Finding
from devrules.findings.lamps import lamp_of
from devrules.findings.model import Judgement, Waiver
from devrules.program.conditions import Outcome
from devrules.program.evaluate import Values
from devrules.program.measures import WorkingDays
from devrules.program.model import Body, Compiled
from devrules.program.outcomes import SOFTENED
from devrules.program.program import Program
from devrules.ruleset.model import Verdict


class Judge:
    """
    Makes findings of verdicts.

    Args:
        program: The program that gave them.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        notes = [
            Outcome(f"{rule}/{note}", note, plain)
            for rule, found in program.notes.items()
            for note, plain in found.items()
        ]
        self._notes = Reference(notes)
        tested = sorted({prop for outcome in (*program.outcomes, *notes) for prop in outcome.when.props()})
        index = {name: program.index[measure] for measure, name in program.names.items()}
        self._bodies = {compiled.id: _bodies(compiled) for compiled in program.rules}
        self._props = [(prop, index[prop.partition(".")[0]], int(prop.endswith(".high"))) for prop in tested]

    def fact(self, values: Values) -> dict[str, int]:
        """Flatten the measures that are known and tested into a fact."""
        return {prop: ends[end] for prop, at, end in self._props if (ends := values[at]) is not None}

    def findings(
        self, judgement: Judgement, verdicts: Mapping[str, str], fact: Mapping[str, int]
    ) -> tuple[Finding, ...]:
        """
        Make one finding a rule, in the order of the program.

        Args:
            judgement: The dossier, the day, and what was measured.
            verdicts: Rule id to verdict; a rule that is not in it is unknown.
            fact: The fact that was judged.
        """
        noted = self._notes.judge(fact)
        return tuple(self._finding(compiled, judgement, verdicts, noted) for compiled in self.program.rules)

    def _finding(
        self, compiled: Compiled, judgement: Judgement, verdicts: Mapping[str, str], noted: Mapping[str, str]
    ) -> Finding:
        verdict: Verdict = verdicts.get(compiled.id, "unknown")  # type: ignore[assignment]  # engines know no others
        if verdict == "not_applicable":
            return Finding(compiled, judgement, verdict, "none")
        _, last = judgement.value(compiled.edition) or (0, 0)
        body = self._bodies[compiled.id][last]
        notes = _program_notes(verdict, noted, compiled.id, encoded=last > 0)
        due = None
        if body is not None:
            notes += _source_notes(verdict, body, judgement)
            due = judgement.value(body.due) if verdict == "pending" and body.due is not None else None
        firm = f"{compiled.id}/{SOFTENED}" not in noted
        lamp = lamp_of(verdict, compiled.rule.strength, notes, due[0] if due else None, judgement.as_of, firm=firm)
        return Finding(compiled, judgement, verdict, lamp, notes)


def _bodies(compiled: Compiled) -> tuple[Body | None, ...]:
    """List what a rule means before the first edition, which is nothing, and in each of them."""
    groups = [compiled.group(edition) for edition in range(len(compiled.editions) + 1)]
    return tuple(group.body if group is not None else None for group in groups)


def waive(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[Finding, ...]:
    """
    Turn fails into ``waived`` where a waiver stands that has not lapsed.

    Args:
        findings: The findings of one or more dossiers.
        waivers: Whose waiver, for which rule, for which dossier or branch, until when; one for the dossier goes first.
    """
    # Of several, the one that lapses last.
    known = {(one.rule, one.dossier, one.branch): one for one in sorted(waivers, key=lambda one: one.expires)}

    def waived(finding: Finding) -> Finding:
        waiver = next(filter(None, map(known.get, _waivable(finding))), None)
        if waiver is None or finding.verdict != "fail" or waiver.expires < finding.judgement.as_of:
            return finding
        return Finding(finding.compiled, finding.judgement, "waived", "none", finding.notes, waiver)

    return tuple(map(waived, findings))


def _waivable(finding: Finding) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield for what a waiver of this finding may be: the dossier, the branch by its id or name."""
    dossier = finding.judgement.dossier
    yield finding.rule, dossier.id, None
    for branch in (dossier.branch.id, dossier.branch.name):
        if branch is not None:
            yield finding.rule, None, branch


def _program_notes(verdict: str, noted: Mapping[str, str], rule: str, *, encoded: bool) -> tuple[str, ...]:
    """Tell the notes that the rule itself gives, in the order of :data:`NOTES`."""
    match verdict:
        case "fail":
            return tuple(note for note in ("transition", "borderline", "assumed") if f"{rule}/{note}" in noted)
        case "pass":
            return tuple(note for note in ("borderline", "assumed") if f"{rule}/{note}" in noted)
        case "unknown" if not encoded:
            return ("edition-not-encoded",)
    return ()


def _source_notes(verdict: str, body: Body, judgement: Judgement) -> tuple[str, ...]:
    """Tell the notes that come from the source of the dossier, in the order of :data:`NOTES`."""
    notes: tuple[str, ...] = ()
    if verdict == "unknown" and any(_unpublished(shown.measure, judgement) for shown in body.measured):
        notes += ("provisional",)
    blank = judgement.dossier.blank_kinds
    if blank and verdict in ("fail", "pending"):
        missing = (one for one in body.wanted if judgement.value(one.there) == (0, 0))
        if any(not blank.isdisjoint(one.kinds) for one in missing):
            notes += ("blank-cell",)
    if not judgement.view.later.isdisjoint(body.kinds):
        notes += ("later-record",)
    return notes


def _unpublished(measure: object, judgement: Judgement) -> bool:
    """Tell whether working days could not be counted although both days are known."""
    if not isinstance(measure, WorkingDays) or judgement.value(measure) is not None:
        return False
    return all(judgement.value(part) is not None for part in measure.parts())
