"""The process as it is written: roles, commands, steps, stages that follow, who hears of what; see ``process.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

from devrules.law.model import Text

Reach: TypeAlias = Literal["self", "assigned", "own", "below", "receiving"]
"""
How an actor stands to a dossier.

``self``: it is the actor's own. ``assigned``: the actor is named in it, as contact or sponsor. ``own``: it lies in the
actor's organisation. ``below``: in one under it. ``receiving``: it is on its way to the actor's organisation.
"""

USUAL_REACHES: tuple[Reach, ...] = ("self", "assigned", "own", "below")
"""What suffices where a command does not say."""

Asked: TypeAlias = Literal["dues", "by", "attachments"]
"""What a step may ask to be stated with a record."""

Verb: TypeAlias = Literal["hand-in", "approve", "return", "record", "edit", "delete", "file", "decide"]
"""What may be done about a kind of record; whatever else can be done is about a whole dossier, or about none."""


@attrs.frozen
class Role:
    """
    Someone who acts.

    Args:
        id: Its name everywhere.
        name: What users call it.
        reaches: How an actor in this role must stand to a dossier to do anything with it.
        sees: The kinds of record that it may read; empty: all.
        named_in: For ``assigned``: the kinds of record that name the actor.
        hears: For ``below``: which organisations over the branch hear of it, the nearest or all.
    """

    id: str
    name: Text
    reaches: tuple[Reach, ...]
    sees: tuple[str, ...] = ()
    named_in: tuple[str, ...] = ()
    hears: Literal["nearest", "all"] = "nearest"


@attrs.frozen
class CommandText:
    """
    Something that can be done.

    Args:
        id: Its name everywhere.
        name: What users call it.
        roles: Who may; empty where each step says it for itself.
        stages: In which stages; empty: in all.
        after_end: Whether it may still be done when the process has ended.
        needs: What else must hold.
        asks: What must be stated.
        reaches: How an actor must stand to the dossier.
        kind: The kind of the record that it leaves.
        kind_in: Stage to the kind that it leaves there instead.
    """

    id: str
    name: Text
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    after_end: bool = False
    needs: tuple[Need, ...] = ()
    asks: tuple[Literal["reason", "earlier", "content", "to"], ...] = ()
    reaches: tuple[Reach, ...] = USUAL_REACHES
    kind: str | None = None
    kind_in: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Need:
    """
    What must hold before something may be done; exactly one of the first four.

    Args:
        present: The last record of this kind is there and counts; or it has one of the outcomes *among*, if stated.
        unless: The last record of this kind, or of one as which its step keeps some, has none of the outcomes *among*.
        waiting: This gate was passed, and what was sent through it is not decided yet.
        owed: Something is owed: ``statement``.
        among: See *present* and *unless*.
        stages: In which stages it must hold; empty: in all.
    """

    present: str | None = None
    unless: str | None = None
    waiting: str | None = None
    owed: Literal["statement"] | None = None
    among: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        stated = [one for one in (self.present, self.unless, self.waiting, self.owed) if one is not None]
        if len(stated) != 1:
            raise ValueError("expected exactly one of present, unless, waiting, owed")
        if self.unless is not None and not self.among:
            raise ValueError("expected among beside unless")
        if self.among and self.unless is None and self.present is None:
            raise ValueError("expected among beside present or unless only")


@attrs.frozen
class Opening:
    """When a step is open: in these *stages*, if what it *needs* holds."""

    stages: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()


@attrs.frozen
class Step:
    """
    What may be done about one kind of record.

    Args:
        kind: The kind of record.
        stages: In which stages.
        needs: What else must hold.
        editions: Edition to the stages and needs that hold instead from its first day on.
        hand_in: Who hands it in, for review.
        review: Who approves or returns what was handed in; where nobody does, it counts at once.
        review_stages: In which stages it is reviewed; empty: in all.
        record: Who records it, and edits and deletes it until it is locked.
        file: Who sends the dossier through the gate of which this is the submission.
        decide: Who decides.
        outcomes: The outcomes of which one must be stated.
        locked_by: The gates after which nothing can be changed here.
        once: Whether it is handed in once: not again when it was approved.
        members_from: Where the members come from that it names: ``branch``, or ``committee`` (also other branches).
        recorded_as: Outcome to the kind as which a record with it is kept.
        asks: What must be stated beside: ``dues`` with a filing; with other records ``by`` (a contact or sponsor),
            ``attachments`` (at least one).
        leaves: The kind of the record that an approval leaves, with the day on which it was given.
    """

    kind: str
    stages: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    editions: Mapping[str, Opening] = attrs.field(factory=dict)
    hand_in: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    review_stages: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    locked_by: tuple[str, ...] = ()
    once: bool = False
    members_from: Literal["branch", "committee"] | None = None
    recorded_as: Mapping[str, str] = attrs.field(factory=dict)
    asks: tuple[Asked, ...] = ()
    leaves: str | None = None


@attrs.frozen
class Guard:
    """
    What an overlay asks beyond a step; a part that is not stated is as the step has it.

    Args:
        kind: The kind of record.
        record: Who records it: fewer than the step allows.
        review: Who approves it before others see it.
        review_stages: In which stages.
        members_from: Where the members come from that it names.
        needs: What else must hold.
        asks: What must be stated beside.
        leaves: The kind of the record that an approval leaves.
    """

    kind: str
    record: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    review_stages: tuple[str, ...] = ()
    members_from: Literal["branch", "committee"] | None = None
    needs: tuple[Need, ...] = ()
    asks: tuple[Asked, ...] = ()
    leaves: str | None = None


@attrs.frozen
class Ending:
    """
    The process ends when the last record of this kind has one of these outcomes; none stated: when it counts.

    It has not ended where a record of one of the kinds *unless* counts: then it went on.
    """

    by: str
    among: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@attrs.frozen
class Hearing:
    """
    Who hears what when something was done.

    Args:
        on: The command.
        who: The roles; those of the dossier's own branch, those above it, and the person.
        says: The message; ``{person}``, ``{kind}``, ``{branch}``, ``{reason}``, ``{outcome}`` and ``{stage}`` stand for
            these.
        kinds: The kinds of record for which it holds; empty: all.
        lamps: Whether it holds only where lamps were on.
        receiving: Whether it is for the organisation to which the dossier is on its way, instead of its own.
    """

    on: str
    who: tuple[str, ...]
    says: Text
    kinds: tuple[str, ...] = ()
    lamps: bool = False
    receiving: bool = False


@attrs.frozen
class CodesText:
    """How long registration codes hold (``30 minutes``), how many *attempts* one has in a *window*."""

    single: str
    branch: str
    attempts: int
    window: str


@attrs.frozen
class ProcessText:
    """
    Everything that a ruleset says about the process.

    *stages_by*: stage to the kinds of which a record that counts brings the person there. *refusals*: what is wrong, by
    the name of the guard, to how it is said. *outcomes*: what each outcome is called.
    """

    roles: tuple[Role, ...] = ()
    commands: tuple[CommandText, ...] = ()
    steps: tuple[Step, ...] = ()
    guards: tuple[Guard, ...] = ()
    stages_by: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    endings: tuple[Ending, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    refusals: Mapping[str, Text] = attrs.field(factory=dict)
    outcomes: Mapping[str, Text] = attrs.field(factory=dict)
    codes: CodesText | None = None


__all__ = [
    "Asked",
    "CodesText",
    "CommandText",
    "Ending",
    "Guard",
    "Hearing",
    "Need",
    "Opening",
    "ProcessText",
    "Reach",
    "Role",
    "Step",
    "Verb",
]
