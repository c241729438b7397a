"""One person's way into the Party, as it was recorded: the person, the organisations, the members, the records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import attrs

from devrules.days import Day
from devrules.dossier.shapes import Record


@attrs.frozen
class Person:
    """
    The one whom the dossier is about.

    Everything but the name may be unknown (``None``). *floating* tells whether the person is 流动人员 (lives away from
    the registered home); *employment* is ``unit-with-organisation``, ``unit-without-organisation`` or ``none``;
    *recorded_stage* is the stage as a ledger states it, in its own words.
    """

    name: str = ""
    sex: str | None = None
    nation: str | None = None
    birth: Day | None = None
    id_number: str | None = None
    education: str | None = None
    phone: str | None = None
    political_status: str | None = None
    nationality: str | None = None
    floating: bool | None = None
    employment: str | None = None
    recorded_stage: str | None = None


@attrs.frozen
class Organisation:
    """
    A Party organisation: the branch, or the committee above it.

    *has_committee* and *has_groups* matter for a branch: whether it has set up a branch committee and party groups.
    *kind* is one of the organisation kinds of the ruleset, for example ``basic-committee``.
    """

    id: str | None = None
    name: str | None = None
    kind: str | None = None
    has_committee: bool | None = None
    has_groups: bool | None = None
    temporary: bool | None = None


@attrs.frozen
class Sanction:
    """A disciplinary sanction of a member; *rights_restored* is ``None`` while rights are not restored."""

    kind: str
    approved: Day | None = None
    rights_restored: Day | None = None


@attrs.frozen
class Member:
    """
    Someone who acts in the dossier as contact, sponsor or talker.

    *full_since* is the first day of full membership; *sanctions* is ``None`` where it is not recorded whether any are.
    """

    id: str
    name: str = ""
    full_since: Day | None = None
    branch: str | None = None
    sanctions: tuple[Sanction, ...] | None = None


@attrs.frozen
class Source:
    """Where a dossier was read: the file, the sheet, and the row number as a spreadsheet shows it."""

    file: str
    sheet: str | None = None
    row: int | None = None


@attrs.frozen
class Dossier:
    """
    All that is recorded about one person's way into the Party; one dossier is one attempt.

    Args:
        id: The host's own id; never an ID number.
        person: Whom it is about.
        recorded_kinds: What the source keeps: a kind (``talk``: all its fields) or one field of it (``talk.day``).
            A record of a kept kind that is not there is known not to exist; of any other kind it is unknown.
        records: Kind to the records of that kind, in the order in which they were made.
        members: The members that the records name, each by its id.
        branch: The Party branch.
        superior: The committee above the branch.
        blank_kinds: The kinds whose absence is only inferred from a blank cell.
        source: Where it was read, if from a ledger.
        subject: Whose dossier it is: a person's, or an organisation's (then *branch* says which one, and the records
            are what the organisation did).
    """

    FORMAT: ClassVar[str] = "devrules.dossier/1"

    id: str
    person: Person = Person()
    recorded_kinds: frozenset[str] = frozenset()
    records: Mapping[str, tuple[Record, ...]] = attrs.field(factory=dict)
    members: tuple[Member, ...] = ()
    branch: Organisation = Organisation(kind="branch")
    superior: Organisation = Organisation()
    blank_kinds: frozenset[str] = frozenset()
    source: Source | None = None
    subject: Literal["person", "organisation"] = "person"
