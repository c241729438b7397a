"""Where a dossier is in the process: a function of its records, whatever system they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import EFFECTIVE, Assignment, Document, Record, Submission, Transfer
from devrules.process.law import ProcessLaw
from devrules.program.view import passed_over


@attrs.frozen
class State:
    """
    Where a dossier is.

    Args:
        stage: The stage.
        ended: Whether the process has ended.
        filed: The gates that were passed and are not open again.
        waiting: Those of them whose decision is awaited.
        owed: The submissions that passed a gate with lamps on and are not explained yet.
        transfer: The move to another organisation that is under way, and its kind.
        contacts: The members who are contacts or sponsors now.
    """

    stage: str
    ended: bool
    filed: tuple[str, ...]
    waiting: tuple[str, ...]
    owed: tuple[Submission, ...]
    transfer: tuple[str, Transfer] | None
    contacts: tuple[str, ...]


def state_of(dossier: Dossier, law: ProcessLaw) -> State:
    """
    Tell where a dossier is.

    Args:
        dossier: The dossier.
        law: The process.
    """
    there = effective(dossier)
    filed = [gate for gate in law.gates if is_filed(there, law, gate)]
    return State(
        stage=_stage(there, law),
        ended=_ended(there, law),
        filed=tuple(filed),
        waiting=tuple(gate for gate in filed if law.gates[gate].decided_by and not answers(there, law, gate)),
        owed=_owed(there, law),
        transfer=_transfer(there, law),
        contacts=tuple(_contacts(there, law)),
    )


def effective(dossier: Dossier) -> Mapping[str, Sequence[Record]]:
    """List the records that are effective, by kind, in their order; a kind without any is left out."""
    there = {
        kind: [record for record in records if record.status == EFFECTIVE] for kind, records in dossier.records.items()
    }
    return {kind: records for kind, records in there.items() if records}


def counting(there: Mapping[str, Sequence[Record]], kind: str, kinds: Kinds) -> bool:
    """Tell whether the last record of *kind* is there and counts: a failed vote does not."""
    last = there.get(kind, ())[-1:]
    return bool(last) and not passed_over(kinds[kind], last[0])


def _stage(there: Mapping[str, Sequence[Record]], law: ProcessLaw) -> str:
    reached = next(iter(law.stages), "")
    for stage in law.stages:
        if any(counting(there, kind, law.kinds) for kind in law.text.stages_by.get(stage, ())):
            reached = stage
    return reached


def _ended(there: Mapping[str, Sequence[Record]], law: ProcessLaw) -> bool:
    return any(
        getattr(there[ending.by][-1], "outcome", None) in ending.among
        if ending.among
        else counting(there, ending.by, law.kinds)
        for ending in law.text.endings
        if ending.by in there and not any(counting(there, kind, law.kinds) for kind in ending.unless)
    )


def is_filed(there: Mapping[str, Sequence[Record]], law: ProcessLaw, gate: str) -> bool:
    """Tell whether a gate was passed, and no decision on that opened it again."""
    reopened_by = law.gates[gate].reopened_by
    decided = (getattr(record, "outcome", None) for record in answers(there, law, gate))
    return bool(there.get(law.gates[gate].submission)) and not any(outcome in reopened_by for outcome in decided)


def answers(there: Mapping[str, Sequence[Record]], law: ProcessLaw, gate: str) -> list[Record]:
    """
    List the decisions on what was last sent through a gate: those that this filing does not cover, as they came later.

    Where the filing does not say what it covers, each filing before it is taken to have had one.
    """
    filings = [one for one in there.get(law.gates[gate].submission, ()) if isinstance(one, Submission)]
    decisions = decisions_at(there, law, gate)
    if not filings:
        return []
    covers = filings[-1].covers
    if covers is None:
        return decisions[len(filings) - 1 :]
    return [record for record in decisions if record.id not in covers]


def decisions_at(there: Mapping[str, Sequence[Record]], law: ProcessLaw, gate: str) -> list[Record]:
    """List all decisions at a gate, in the order of their days."""
    found = [record for kind in law.gates[gate].decided_by for record in there.get(kind, ())]
    return sorted(found, key=lambda record: record.act_day.low if record.act_day else date.max)


def _owed(there: Mapping[str, Sequence[Record]], law: ProcessLaw) -> tuple[Submission, ...]:
    written = law.commands.get("explain")
    statements = there.get(written.kind, ()) if written and written.kind else ()
    explained = {one.about for one in statements if isinstance(one, Document)}
    return tuple(
        one
        for gate in law.gates.values()
        for one in there.get(gate.submission, ())
        if isinstance(one, Submission) and one.lamps and one.id not in explained
    )


def _transfer(there: Mapping[str, Sequence[Record]], law: ProcessLaw) -> tuple[str, Transfer] | None:
    leaving = law.commands.get("hand-over")
    kinds = [kind for kind in (leaving.kind, *leaving.kind_in.values()) if kind] if leaving else []
    for kind in kinds:
        last = there.get(kind, ())[-1:]
        if last and isinstance(last[0], Transfer) and last[0].to and last[0].received is None:
            return kind, last[0]
    return None


def _contacts(there: Mapping[str, Sequence[Record]], law: ProcessLaw) -> list[str]:
    named = [kind for role in law.roles.values() for kind in role.named_in]
    last = [there[kind][-1] for kind in named if kind in there]
    return [person for one in last if isinstance(one, Assignment) for person in one.people or ()]


__all__ = ["State", "answers", "counting", "decisions_at", "effective", "is_filed", "state_of"]
