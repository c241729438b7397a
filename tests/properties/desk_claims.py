"""What must hold of a desk after whatever was done at it; said anew, not with the words of the process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import attrs
from desk_world import ABOVE, World

from devrules import Actor
from devrules.desk.events import read_event
from devrules.desk.ports import DossierRow, StoredEvent
from devrules.desk.rows import row_of
from devrules.dossier.convert import write_dossier
from devrules.dossier.model import Dossier, Person
from devrules.dossier.shapes import EFFECTIVE, RETURNED, Assignment, Document, Record, Submission, Transfer
from devrules.process.law import ProcessLaw
from devrules.process.model import Change, Option, PutDossier, PutPerson, PutRecord, Refusal

ORDER = ("applicant", "activist", "prospect", "probationary", "full")
MOVES = {
    "file:activist-filing": {("applicant", "activist")},
    "record:prospect-decision": {("activist", "prospect")},
    "edit:prospect-decision": {("activist", "prospect")},
    "decide:approval": {("prospect", "probationary")},
    "record:direct-admission": {(stage, "probationary") for stage in ORDER[:3]},
    "record:posthumous-recognition": {(stage, "full") for stage in ORDER[:3]},
    "decide:conversion-approval": {("probationary", "full")},
}
"""What may bring a person from which stage to which other one; sending back, and redaction, are looked at apart."""

ENDS = {
    *("decide:prospect-consent", "decide:pre-examination", "decide:approval", "decide:conversion-approval"),
    "terminate",
}
"""What may end the process."""

AFTER_THE_END = {"view", "explain", "redact"}
DECISIONS = ("prospect-consent", "pre-examination", "approval", "refused-approval", "conversion-approval")


@attrs.frozen
class Seen:
    """What is kept of a dossier at a moment: its entries, its row, what the entries make."""

    entries: tuple[StoredEvent, ...]
    row: DossierRow
    dossier: Dossier
    elsewhere: Mapping[str, int]

    @property
    def version(self) -> int:
        """The number of the last entry that was granted."""
        return max(entry.number for entry in self.entries if entry.granted)


def seen(world: World, dossier: str) -> Seen:
    """Look behind the back of the desk at what is kept of a dossier."""
    folded, row = world.office.read(dossier), world.store.row(dossier)
    assert folded is not None
    assert row is not None
    lengths = {stream: len(world.store.events(stream)) for stream in world.store.streams() if stream != dossier}
    return Seen(world.store.events(dossier), row, folded.dossier, lengths)


def refused(before: Seen, after: Seen, option: Option | None, refusal: Refusal) -> None:
    """A refusal changes nothing and stands in the journal; it says all that `available` had said."""
    assert refusal.unmet, "a refusal says why"
    assert refusal.says
    assert (before.row, before.dossier) == (after.row, after.dossier)
    stranger = bool({"role", "reach"} & set(refusal.unmet))
    grown = sum(after.elsewhere.values()) - sum(before.elsewhere.values())
    assert (len(after.entries) - len(before.entries), grown) == ((0, 1) if stranger else (1, 0))
    assert [] == [entry for entry in after.entries[len(before.entries) :] if entry.granted]
    if stranger:
        assert set(refusal.unmet) <= {"role", "reach"}, "whoever cannot reach a dossier learns nothing about it"
    if option is not None and option.refusal is not None:
        assert set(option.refusal.unmet) <= set(refusal.unmet)


def granted(before: Seen, after: Seen, option: Option | None, law: ProcessLaw) -> None:
    """What was granted was listed as allowed, left one entry, and changed only what it may."""
    assert option is not None
    assert option.allowed, f"{option.rule} was refused when it was listed: {option.refusal}"
    assert (len(before.entries) + 1, before.elsewhere) == (len(after.entries), after.elsewhere)
    assert option.rule == after.entries[-1].rule
    moved_as_named(before, after, option.rule)
    ended_for_good(before, after, option.rule)
    locked_stays(before, after, option.rule, law)
    nothing_lost(before, after)


def moved_as_named(before: Seen, after: Seen, rule: str) -> None:
    """One stage at a time, and only by what may bring there."""
    move = (before.row.stage, after.row.stage)
    if rule == "send-back":
        [*_, back] = after.dossier.records["return"]
        assert move[1] == getattr(back, "stage", None), "the person is where they were sent"
        assert ORDER.index(move[1]) <= ORDER.index(move[0])
    elif move[0] != move[1]:
        assert move in MOVES.get(rule, ()), f"{rule} moved from {move[0]} to {move[1]}"


def ended_for_good(before: Seen, after: Seen, rule: str) -> None:
    """Whatever ended stays so, and little can be done about it."""
    if before.row.ended:
        assert rule in AFTER_THE_END
        assert after.row.ended
    elif after.row.ended:
        assert rule in ENDS, f"{rule} ended the process"


def locked_stays(before: Seen, after: Seen, rule: str, law: ProcessLaw) -> None:
    """What went up with a filing that stands, the filing itself and the decision on it, stay as they are."""
    for kind, record in _locked(before.dossier, law):
        [now] = [one for one in after.dossier.records[kind] if one.id == record.id]
        if rule == "send-back" and now.status == RETURNED:
            now = attrs.evolve(now, status=record.status, returned_for=record.returned_for)
        assert record == now, f"{rule} changed {record.id}, which is locked"


def _locked(dossier: Dossier, law: ProcessLaw) -> Iterator[tuple[str, Record]]:
    for gate in law.gates.values():
        filings = [one for one in dossier.records.get(gate.submission, ()) if one.status == EFFECTIVE]
        yield from ((gate.submission, one) for one in filings)
        covered = {record for one in filings if isinstance(one, Submission) for record in one.covers or ()}
        for step in law.steps.values():
            if gate.id in step.locked_by:
                for kind in dict.fromkeys((step.kind, *step.recorded_as.values())):
                    yield from ((kind, one) for one in dossier.records.get(kind, ()) if one.id in covered)
    for kind in DECISIONS:
        yield from ((kind, one) for one in dossier.records.get(kind, ()) if one.status == EFFECTIVE)


def nothing_lost(before: Seen, after: Seen) -> None:
    """Every record that was there is there still, in its place; withdrawn or returned perhaps."""
    for kind, records in before.dossier.records.items():
        now = after.dossier.records[kind]
        assert [one.id for one in records] == [one.id for one in now[: len(records)]]
        assert len({one.id for one in now}) == len(now), "two records have the same id"


def redacted(before: Seen, after: Seen, number: int, gone: tuple[int, ...], law: ProcessLaw) -> None:
    """What an entry had put is gone, wherever it was put again; everything else is as it was."""
    entry = next(entry for entry in before.entries if entry.number == number)
    event = read_event(entry, law.kinds)
    put = _put(event.changes if event else ())
    assert number in gone
    assert all(one.body is None for one in after.entries if one.number in gone)
    assert {"redact"} == {one.verb for one in after.entries[len(before.entries) :]}
    left = {name: record for name, record in _records(before.dossier).items() if name not in put}
    assert left == _records(after.dossier)
    assert (before.dossier.branch, before.dossier.superior) == (after.dossier.branch, after.dossier.superior)
    assert (Person() if "person" in put else before.dossier.person) == after.dossier.person


def _put(changes: Sequence[Change]) -> set[object]:
    put: set[object] = set()
    for change in changes:
        match change:
            case PutRecord(kind, record):
                put.add((kind, record.id))
            case PutDossier(dossier):
                put |= {"person", *_records(dossier)}
            case PutPerson():
                put.add("person")
    return put


def _records(dossier: Dossier) -> dict[object, Record]:
    return {(kind, record.id): record for kind, there in dossier.records.items() for record in there}


def kept_as_written(world: World, there: Seen) -> None:
    """What lists show is what the entries make."""
    row = there.row
    assert there.version == row.version
    assert row == row_of(there.dossier, world.rules.process, version=there.version, changed=row.changed)
    assert json.loads(row.body) == json.loads(json.dumps(write_dossier(there.dossier)))


def owes_as_filed(there: Seen, law: ProcessLaw) -> None:
    """A statement is owed exactly for each filing that stands, had lamps on, and is not explained."""
    explained = {one.about for one in _effective(there.dossier, "statement") if isinstance(one, Document) and one.about}
    filings = [one for gate in law.gates.values() for one in _effective(there.dossier, gate.submission)]
    owed = [one for one in filings if isinstance(one, Submission) and one.lamps and one.id not in explained]
    assert len(owed) == there.row.owed


def concerns(actor: Actor, dossier: Dossier) -> bool:
    """Tell whether an actor may look at a dossier."""
    match actor.role:
        case "applicant":
            return actor.dossier == dossier.id
        case "contact":
            return actor.id in _named(dossier)
        case "branch":
            goes_to = {one.to for kind in ("transfer", "probation-transfer") for one in _last_move(dossier, kind)}
            return actor.organisation is not None and actor.organisation in {dossier.branch.id, *goes_to}
        case "committee" | "organisation-department":
            return actor.organisation in ABOVE.get(dossier.branch.id or "", ())
    return False


def _named(dossier: Dossier) -> set[str]:
    last = [_effective(dossier, kind)[-1:] for kind in ("contact-assignment", "sponsor-assignment")]
    return {person for found in last for one in found if isinstance(one, Assignment) for person in one.people or ()}


def _last_move(dossier: Dossier, kind: str) -> list[Transfer]:
    moves = _effective(dossier, kind)[-1:]
    return [one for one in moves if isinstance(one, Transfer) and one.received is None]


def _effective(dossier: Dossier, kind: str) -> list[Record]:
    return [one for one in dossier.records.get(kind, ()) if one.status == EFFECTIVE]


__all__ = [
    "Seen",
    "concerns",
    "granted",
    "kept_as_written",
    "owes_as_filed",
    "redacted",
    "refused",
    "seen",
]
