"""Random dossiers from the rules' own cases: each case again and again, amid what says nothing about its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, TypeAlias

import attrs
from dossiers import Sample

from devrules.dossier.convert import ALL, read_dossier
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import STATUSES, Assignment, Attachment, Record
from devrules.program.program import Program
from devrules.ruleset.model import Case, Ruleset

Wanted: TypeAlias = tuple[str, str]
"""A rule and a verdict that it can come to."""


@attrs.frozen
class Told:
    """The dossier of a case, and what its rule is to find."""

    wanted: Wanted
    sample: Sample


def told(program: Program, rulesets: Sequence[Ruleset]) -> list[Told]:
    """Read the dossiers of the cases of the rules of *program*."""
    own = {rule.id for rule in program.rules}
    return [
        Told((case.rule, case.expect.verdict), Sample(_dossier(program, case), case.as_of))
        for ruleset in rulesets
        for case in ruleset.cases
        if case.rule in own
    ]


def by_wanted(cases: Sequence[Told]) -> dict[Wanted, list[Sample]]:
    """Sort the dossiers of cases by rule and verdict."""
    found: dict[Wanted, list[Sample]] = {}
    for one in cases:
        found.setdefault(one.wanted, []).append(one.sample)
    return found


class Company:
    """
    Puts dossiers among what changes no verdict.

    Args:
        cases: Where records of other dossiers come from.
        random: Chooses among them.
    """

    def __init__(self, cases: Sequence[Told], random: Random) -> None:
        self._random = random
        self._others = [one.sample.dossier for one in cases if one.sample.dossier.records]

    def again(self, samples: Sequence[Sample]) -> Iterator[Sample]:
        """Yield the dossiers again and again, never quite the same."""
        number = 0
        while True:
            for sample in samples:
                number += 1
                yield Sample(self.noisy(sample.dossier, f"{number}"), sample.as_of)

    def noisy(self, dossier: Dossier, name: str) -> Dossier:
        """Copy a dossier: another id and name, more drafts and attachments, the kinds in another order."""
        random = self._random
        dossier = _renamed(dossier, name, f"王{name}")
        records = dict(dossier.records)
        for other in random.sample(self._others, 2):
            records = self._with_drafts(records, other)
        kinds = random.sample([*records], len(records))
        person = attrs.evolve(dossier.person, phone="0000")
        shown = {kind: tuple(map(self._attached, records[kind])) for kind in kinds}
        return attrs.evolve(dossier, person=person, records=shown)

    def _with_drafts(self, records: Mapping[str, tuple[Record, ...]], other: Dossier) -> dict[str, tuple[Record, ...]]:
        """Add what is not in effect: no rule reads it, wherever it stands among the others."""
        found = dict(records)
        for kind, more in other.records.items():
            idle = tuple(_unnamed(one, self._random.choice(STATUSES[1:])) for one in more)
            own = found.get(kind, ())
            found[kind] = own + idle if self._random.random() < 0.5 else idle + own
        return found

    def _attached(self, record: Record) -> Record:
        """Attach one more page where there are some; the first one would be news."""
        if not record.attachments or self._random.random() < 0.5:
            return record
        return attrs.evolve(record, attachments=(*record.attachments, Attachment("又一页.pdf")))


def _renamed(dossier: Dossier, id_: str, name: str) -> Dossier:
    """Give a person another id and name, also where a record or a member names the person."""
    ids, names = {dossier.id: id_}, {dossier.person.name: name} if dossier.person.name else {}
    members = tuple(
        attrs.evolve(one, id=ids.get(one.id, one.id), name=names.get(one.name, one.name)) for one in dossier.members
    )
    records = {kind: tuple(_renaming(one, ids) for one in found) for kind, found in dossier.records.items()}
    person = attrs.evolve(dossier.person, name=name)
    return attrs.evolve(dossier, id=id_, person=person, members=members, records=records)


def _renaming(record: Record, ids: Mapping[str, str]) -> Record:
    if not isinstance(record, Assignment) or record.people is None:
        return record
    return attrs.evolve(record, people=tuple(ids.get(one, one) for one in record.people))


def _unnamed(record: Record, status: str) -> Record:
    """Take a record out of effect, and out of it the people whom another dossier does not know."""
    bare: dict[str, Any] = {"people": ()} if getattr(record, "people", None) else {}
    return attrs.evolve(record, status=status, **bare)


def _dossier(program: Program, case: Case) -> Dossier:
    subject = program.rules[0].rule.subject
    return read_dossier({"subject": subject, **case.dossier}, program.kinds, where=case.place, recorded=ALL)
