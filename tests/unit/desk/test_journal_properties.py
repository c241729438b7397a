"""For any events: they are read as they were written, make what their changes make, and show whoever tampers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from devrules.days import Day
from devrules.desk.events import Event, read_event
from devrules.desk.journal import fold
from devrules.desk.ports import StoredEvent
from devrules.desk.redaction import redaction
from devrules.desk.seal import seal
from devrules.desk.verify import verify
from devrules.dossier.convert import write_dossier
from devrules.dossier.kinds import Kind, field_types
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import SHAPES, STATUSES, Attachment, Record, Talk
from devrules.process.model import Actor, Change, PutBranch, PutDossier, PutMember, PutPerson, PutRecord, apply

KINDS = {shape: Kind(shape, "事", "act", shape) for shape in SHAPES}
MEMBERS = ("m1", "m2", "m3")
EMPTY = Dossier("7", recorded_kinds=frozenset(KINDS))

texts = st.text(max_size=5)
names = st.text(min_size=1, max_size=5)
times = st.datetimes(timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))).filter(
    lambda at: 1 < at.year < 9999
)
days = st.tuples(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 700)).map(
    lambda pair: Day(pair[0], pair[0] + timedelta(days=pair[1]))
)
organisations = st.builds(Organisation, *[st.none() | texts] * 3, *[st.none() | st.booleans()] * 3)
members = st.builds(Member, st.sampled_from(MEMBERS), texts, st.none() | days, st.none() | texts, st.just(()))
persons = st.builds(
    Person, name=texts, sex=st.none() | texts, birth=st.none() | days, floating=st.none() | st.booleans()
)
values: dict[str, st.SearchStrategy[Any]] = {
    "day": days,
    "number": st.integers(0, 2**31 - 1),
    "flag": st.booleans(),
    "text": texts,
    "people": st.lists(st.sampled_from(MEMBERS), max_size=3).map(tuple),
    "attachments": st.lists(st.builds(Attachment, texts, st.none() | texts), max_size=2).map(tuple),
}


def records(shape: str) -> st.SearchStrategy[Record]:
    """Records of a shape, with some of their fields."""
    cls = SHAPES[shape]
    fields = {name: values[kind] for name, kind in field_types(cls).items()}
    # A list of texts that is not stated is none.
    fields |= {field.name: values["people"] for field in attrs.fields(cls) if "tuple[str" in str(field.type)}
    fields |= {"status": st.sampled_from(STATUSES), "id": st.sampled_from(["r1", "r2"])}
    return st.fixed_dictionaries({}, optional=fields).map(lambda stated: cls(**stated))


put_records = st.sampled_from(sorted(SHAPES)).flatmap(lambda kind: st.builds(PutRecord, st.just(kind), records(kind)))
dossiers = st.builds(
    lambda person, puts: apply(
        Dossier("old", person=person, recorded_kinds=frozenset(["talk"]), members=tuple(map(Member, MEMBERS))),
        tuple(puts),
    ),
    persons,
    st.lists(put_records, max_size=3),
)
changes: st.SearchStrategy[Change] = st.one_of(
    put_records,
    persons.map(PutPerson),
    members.map(PutMember),
    st.builds(PutBranch, organisations, organisations),
    dossiers.map(PutDossier),
)
events = st.builds(
    Event,
    stream=st.just("7"),
    number=st.just(1),
    at=times,
    actor=st.builds(Actor, texts, texts, st.none() | texts, st.none() | texts),
    verb=texts,
    rule=texts,
    granted=st.booleans(),
    reason=st.none() | texts,
    about=st.none() | texts,
    unmet=st.lists(texts, max_size=2).map(tuple),
    changes=st.lists(changes, max_size=3).map(tuple),
)


def sealed(journal: list[Event]) -> list[StoredEvent]:
    """The entries of a stream."""
    entries: list[StoredEvent] = []
    for number, event in enumerate(journal, 1):
        entries.append(seal(attrs.evolve(event, number=number), entries[-1] if entries else None, kinds=KINDS))
    return entries


@given(events)
def test_every_event_is_read_as_it_was_written(event: Event) -> None:
    """With every shape of record, every change, any text and any time."""
    assert event == read_event(seal(event, None), KINDS)


@given(st.lists(events, max_size=4))
def test_sealed_events_make_what_their_changes_make(journal: list[Event]) -> None:
    """Refusals aside; and nothing is found by verifying them."""
    entries = sealed(journal)
    made = apply(EMPTY, tuple(change for event in journal if event.granted for change in event.changes))

    assert made == fold(entries, "7", KINDS).dossier
    assert () == verify(entries)


def another(draw: st.DrawFn, value: Any) -> Any:
    """A value that differs as little as it can: by one character, one step, one microsecond."""
    match value:
        case bool():
            return not value
        case int():
            return value + draw(st.sampled_from([-1, 1]))
        case datetime():
            return value + draw(st.sampled_from([-1, 1])) * timedelta(microseconds=1)
        case str() if value:
            at = draw(st.integers(0, len(value) - 1))
            return value[:at] + draw(st.characters().filter(lambda one: one != value[at])) + value[at + 1 :]
        case _:
            return draw(names)


@st.composite
def tampered(draw: st.DrawFn) -> tuple[list[StoredEvent], int]:
    """A journal in which one field of one entry was changed, and the number of the entry."""
    entries = sealed(draw(st.lists(events, min_size=1, max_size=4)))
    at = draw(st.integers(0, len(entries) - 1))
    field = draw(st.sampled_from([field.name for field in attrs.fields(StoredEvent)]))
    entries[at] = attrs.evolve(entries[at], **{field: another(draw, getattr(entries[at], field))})
    return entries, entries[at].number


@given(tampered())
def test_any_change_of_any_field_is_found(found: tuple[list[StoredEvent], int]) -> None:
    """The entry is named by the number that it has now."""
    entries, number = found

    assert number in {breach.number for breach in verify(entries)}


@given(st.lists(events, min_size=2, max_size=4), st.data())
def test_an_entry_removed_before_the_end_is_found(journal: list[Event], data: st.DataObject) -> None:
    """Two that changed places are found, too."""
    entries = sealed(journal)
    at = data.draw(st.integers(0, len(entries) - 2))
    one, two = entries[at : at + 2]
    swapped = [attrs.evolve(two, number=one.number), attrs.evolve(one, number=two.number)]

    assert one.number in {breach.number for breach in verify([*entries[:at], *entries[at + 1 :]])}
    assert {one.number, two.number} <= {breach.number for breach in verify([*entries[:at], *swapped])}


@given(st.lists(events, min_size=1, max_size=4), st.data())
def test_a_redaction_leaves_the_rest_as_it_was(journal: list[Event], data: st.DataObject) -> None:
    """The dossier is what the others make, before and after the body is taken away; the journal is sound."""
    entries = sealed(journal)
    at = data.draw(st.integers(0, len(entries) - 1))
    actor = Actor("u1", "admin")
    said = redaction(entries[at], entries[-1], at=datetime(2026, 6, 1, tzinfo=UTC), actor=actor, reason="应本人请求")
    declared = [*entries, seal(said, entries[-1])]
    gone = [attrs.evolve(one, body=None, salt=None) if one.number == at + 1 else one for one in declared]
    others = [event for number, event in enumerate(journal) if number != at and event.granted]
    wanted = apply(EMPTY, tuple(change for event in others for change in event.changes))

    assert wanted == fold(declared, "7", KINDS).dossier == fold(gone, "7", KINDS).dossier
    assert () == verify(gone)


@given(events)
def test_a_redacted_text_is_nowhere_in_what_lists_show(event: Event) -> None:
    """Not in the dossier that the row is made of."""
    secret = "只此一处的秘密"  # noqa: S105  # a text to look for
    put = PutRecord("talk", Talk(content=secret))
    entries = sealed([event, attrs.evolve(event, granted=True, changes=(put, PutPerson(Person(secret))))])
    said = redaction(entries[1], entries[-1], at=event.at, actor=event.actor, reason="应本人请求")

    assert secret in str(write_dossier(fold(entries, "7", KINDS).dossier))
    assert secret not in str(write_dossier(fold([*entries, seal(said, entries[-1])], "7", KINDS).dossier))
