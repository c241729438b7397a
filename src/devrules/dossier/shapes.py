"""
The few shapes of which every kind of record is one.

Which kinds there are, and which shape each has, is data of the ruleset (``kinds.toml``). A shape says which fields a
record may carry and which of them is the day of the act.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from devrules.days import Day

EFFECTIVE = "effective"
SUBMITTED = "submitted"
RETURNED = "returned"
WITHDRAWN = "withdrawn"
STATUSES = (EFFECTIVE, "draft", SUBMITTED, RETURNED, WITHDRAWN)


@attrs.frozen
class Attachment:
    """A file that belongs to a record; *digest* is the SHA-256 of its content, in hexadecimal digits."""

    name: str
    digest: str | None = None


@attrs.frozen(kw_only=True)
class Record:
    """
    What every record may carry.

    Only effective records are read by rules: no drafts, none that waits for review (*submitted*), was *returned* (then
    *returned_for* says why) or *withdrawn*.
    """

    ACT_DAY: ClassVar[str] = "day"
    OTHER_DAYS: ClassVar[tuple[str, ...]] = ()

    id: str | None = None
    status: str = attrs.field(default=EFFECTIVE, validator=attrs.validators.in_(STATUSES))
    title: str | None = None
    content: str | None = None
    remark: str | None = None
    returned_for: str | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def act_day(self) -> Day | None:
        """The day on which the act was done, or where it is not stated, the next best that dates it."""
        day: Day | None = getattr(self, self.ACT_DAY)
        for name in self.OTHER_DAYS:
            day = getattr(self, name) if day is None else day
        return day


@attrs.frozen(kw_only=True)
class Event(Record):
    """
    Something that happened on a day.

    *by* is the kind of the organisation that held it; *grade* is how grave a breach was, *outcome* what followed;
    *items* names what it covered.
    """

    day: Day | None = None
    by: str | None = None
    grade: str | None = None
    outcome: str | None = None
    items: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Document(Record):
    """
    A paper that someone handed in: *day* is the day written on it, *received* the day it arrived.

    *to* is the kind of organisation that received it; *about* is the id of the record that it explains.
    """

    ACT_DAY: ClassVar[str] = "received"
    OTHER_DAYS: ClassVar[tuple[str, ...]] = ("day",)

    day: Day | None = None
    received: Day | None = None
    number: str | None = None
    to: str | None = None
    about: str | None = None


@attrs.frozen(kw_only=True)
class Form(Record):
    """A form of the Party's own, from the day it was issued; of a file in an archive, *items* names its papers."""

    day: Day | None = None
    number: str | None = None
    version: str | None = None
    items: tuple[str, ...] = ()
    keeper: str | None = None


@attrs.frozen(kw_only=True)
class Talk(Record):
    """A talk with the person."""

    day: Day | None = None
    talker: str | None = None
    talker_role: str | None = None
    topics: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Meeting(Record):
    """
    A meeting and its vote.

    *body* tells whether the branch committee or the general meeting decided. *should_vote* counts the members with a
    vote who should attend, *present_vote* those who did; *votes_for* are the votes cast in the room, *written_for* the
    consents handed in formally in writing before the meeting.
    """

    day: Day | None = None
    place: str | None = None
    host: str | None = None
    recorder: str | None = None
    outcome: str | None = None
    should_vote: int | None = None
    present_vote: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    written_for: int | None = None
    written_against: int | None = None
    written_abstentions: int | None = None
    secret_ballot: bool | None = None
    body: str | None = None
    sponsors_spoke: bool | None = None
    one_by_one: bool | None = None
    secretary_signed: bool | None = None


@attrs.frozen(kw_only=True)
class Opinion(Record):
    """What someone thinks of the person; *method* is the way of a recommendation."""

    day: Day | None = None
    by: str | None = None
    method: str | None = None
    outcome: str | None = None


@attrs.frozen(kw_only=True)
class Assignment(Record):
    """The members who hold a role from a day on, all of them, each by the id of a member; a later one replaces it."""

    day: Day | None = None
    people: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True)
class Decision(Record):
    """
    What an organisation decided.

    *by* is the kind of the organisation that decided, *notified* the day of its written reply, *reason* why it took
    longer or what it rests on; an admission states the *start* and *end* of probation.
    """

    OTHER_DAYS: ClassVar[tuple[str, ...]] = ("notified",)

    day: Day | None = None
    by: str | None = None
    outcome: str | None = None
    notified: Day | None = None
    collective: bool | None = None
    one_by_one: bool | None = None
    reason: str | None = None
    start: Day | None = None
    end: Day | None = None


@attrs.frozen(kw_only=True)
class Submission(Record):
    """
    The branch sent the dossier upward through a gate.

    *dues* is what the person is to pay a month, in yuan; *items* names the papers that went with it, *covers* the
    records that it locks, by their ids, *lamps* the rules whose lamps were on.
    """

    day: Day | None = None
    dues: str | None = None
    items: tuple[str, ...] = ()
    covers: tuple[str, ...] | None = None
    lamps: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Training(Record):
    """A training from *start* to *end*: how many days, how many hours of study."""

    ACT_DAY: ClassVar[str] = "start"

    start: Day | None = None
    end: Day | None = None
    days: int | None = None
    hours: int | None = None
    organiser: str | None = None
    outcome: str | None = None


@attrs.frozen(kw_only=True)
class Notice(Record):
    """A public notice from *start* to *end*, both days on display."""

    ACT_DAY: ClassVar[str] = "start"

    start: Day | None = None
    end: Day | None = None
    place: str | None = None
    outcome: str | None = None


@attrs.frozen(kw_only=True)
class Review(Record):
    """An examination and what it concluded."""

    day: Day | None = None
    by: str | None = None
    outcome: str | None = None
    expected_leave: Day | None = None
    items: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Extension(Record):
    """A period made longer: decided on *day*, from *start* until *end*."""

    OTHER_DAYS: ClassVar[tuple[str, ...]] = ("start",)

    day: Day | None = None
    start: Day | None = None
    end: Day | None = None
    approved: Day | None = None
    outcome: str | None = None


@attrs.frozen(kw_only=True)
class Transfer(Record):
    """The person moved to another organisation."""

    ACT_DAY: ClassVar[str] = "left"

    left: Day | None = None
    reported: Day | None = None
    handed_over: Day | None = None
    received: Day | None = None
    reviewed: Day | None = None
    to: str | None = None
    outcome: str | None = None
    items: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Termination(Record):
    """The process ended before its goal, or went back to an earlier stage."""

    day: Day | None = None
    reason: str | None = None
    stage: str | None = None


SHAPES: dict[str, type[Record]] = {
    shape.__name__.lower(): shape
    for shape in (
        Assignment,
        Decision,
        Document,
        Event,
        Extension,
        Form,
        Meeting,
        Notice,
        Opinion,
        Review,
        Submission,
        Talk,
        Termination,
        Training,
        Transfer,
    )
}
