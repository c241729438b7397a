"""Verdicts to findings: notes, lamps, and what explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from devrules.engine.reference import Reference
from devrules.findings.lamps import lamp_of
from devrules.findings.model import NOTES, Finding, Judgement, Waiver
from devrules.program.conditions import Outcome
from devrules.program.evaluate import Values
from devrules.program.measures import WorkingDays
from devrules.program.model import Body, Compiled, Program
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
            Outcome(f"{rule}/{note}", note, plain) for rule, found in program.notes.items() for note, plain in found.items()
        ]
        self._notes = Reference(notes)
        tested = sorted({prop for outcome in (*program.outcomes, *notes) for prop in outcome.when.props()})
        index = {name: program.index[measure] for measure, name in program.names.items()}
        self._props = [(prop, index[prop.partition(".")[0]], int(prop.endswith(".high"))) for prop in tested]

    def fact(self, values: Values) -> dict[str, int]:
        """Flatten the measures that are known and tested into a fact."""
        return {prop: ends[end] for prop, at, end in self._props if (ends := values[at]) is not None}

    def findings(self, judgement: Judgement, verdicts: Mapping[str, str], fact: Mapping[str, int]) -> tuple[Finding, ...]:
        """
        Make one finding a rule, in the order of the program.

        Args:
            judgement: The dossier, the day, and what was measured.
            verdicts: Rule id to verdict; a rule that is not in it is unknown.
            fact: The fact that was judged.
        """
        noted = self._notes.judge(fact)
        later = judgement.view.later
        return tuple(self._finding(compiled, judgement, verdicts, noted, later) for compiled in self.program.rules)

    def _finding(
        self,
        compiled: Compiled,
        judgement: Judgement,
        verdicts: Mapping[str, str],
        noted: Mapping[str, str],
        later: set[str],
    ) -> Finding:
        verdict = _verdict(verdicts.get(compiled.id, "unknown"))
        first, last = judgement.value(compiled.edition) or (0, 0)
        group = compiled.group(last)
        body = group.body if group is not None else None
        found = set()
        if verdict in ("pass", "fail"):
            found = {note for note in ("borderline", "assumed") if f"{compiled.id}/{note}" in noted}
        if verdict == "fail" and f"{compiled.id}/transition" in noted:
            found.add("transition")
        if verdict == "unknown" and first < 1:
            found.add("edition-not-encoded")
        due = None
        if body is not None and verdict != "not_applicable":
            found |= _source_notes(verdict, body, judgement, later)
            due = judgement.value(body.due) if body.due is not None else None
        notes = tuple(note for note in NOTES if note in found) if found else ()
        lamp = lamp_of(verdict, compiled.rule.strength, notes, due[0] if due else None, judgement.as_of)
        return Finding(compiled, judgement, verdict, lamp, notes)


def waive(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[Finding, ...]:
    """
    Turn fails into ``waived`` where a waiver stands that has not lapsed.

    Args:
        findings: The findings of one or more dossiers.
        waivers: Whose waiver, for which rule and dossier, until when.
    """
    known = {(waiver.rule, waiver.dossier): waiver for waiver in waivers}

    def one(finding: Finding) -> Finding:
        waiver = known.get((finding.rule, finding.judgement.dossier.id))
        if waiver is None or finding.verdict != "fail" or waiver.expires < finding.judgement.as_of:
            return finding
        return Finding(finding.compiled, finding.judgement, "waived", "none", finding.notes, waiver)

    return tuple(map(one, findings))


def _verdict(said: str) -> Verdict:
    assert said in get_args(Verdict)  # noqa: S101  # engines only know the verdicts of the program
    return said  # type: ignore[return-value]  # it is one of them


def _source_notes(verdict: str, body: Body, judgement: Judgement, later: set[str]) -> set[str]:
    """Tell the notes that come from the source of the dossier, not from the rule."""
    notes: set[str] = set()
    if later and not later.isdisjoint(body.kinds):
        notes.add("later-record")
    blank = judgement.dossier.blank_kinds
    if blank and verdict in ("fail", "pending"):
        missing = (one for one in body.wanted if judgement.value(one.there) == (0, 0))
        if any(not blank.isdisjoint(one.kinds) for one in missing):
            notes.add("blank-cell")
    if verdict == "unknown" and any(_unpublished(shown.measure, judgement) for shown in body.measured):
        notes.add("provisional")
    return notes


def _unpublished(measure: object, judgement: Judgement) -> bool:
    """Tell whether working days could not be counted although both days are known."""
    if not isinstance(measure, WorkingDays) or judgement.value(measure) is not None:
        return False
    return all(judgement.value(part) is not None for part in measure.parts())
