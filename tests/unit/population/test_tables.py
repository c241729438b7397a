from __future__ import annotations

from datetime import date

import attrs
import pytest

from devrules.days import ChineseCalendar, Day
from devrules.dossier.model import Dossier, Member, Person, Sanction
from devrules.dossier.shapes import Assignment, Attachment, Decision, Meeting, Review
from devrules.errors import InvalidInput
from devrules.population.layout import Layout
from devrules.population.tables import OTHER, Table, Tables, calendar_table
from devrules.program import measures as m
from devrules.program.program import Program

AS_OF = date(2020, 6, 1)


def tables_of(program: Program, dossier: Dossier) -> dict[str, Table]:
    layout = Layout.of(program)
    return {table.name: table for table in Tables(layout, program.kinds).of([dossier], [AS_OF])}


def rows(table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_only_what_the_program_reads_is_laid_out(program: Program) -> None:
    """A program of one measure needs the columns of that one."""
    node = m.Field("training", "last", "days")
    layout = Layout.of(attrs.evolve(program, measures=(node,), names={node: "m0"}, outcomes=()))

    assert {"days": "number", "outcome": "text"} == layout.fields
    assert () == layout.kept
    assert {} == layout.scalars


def test_days_are_pairs_of_ordinals(program: Program) -> None:
    """An imprecise day is two columns, a missing one is two nulls."""
    reviews = (Review(day=Day.parse("2020-05")), Review())
    found = rows(tables_of(program, Dossier("1", records={"political-review": reviews}))["record"])

    assert [
        (date(2020, 5, 1).toordinal(), date(2020, 5, 31).toordinal()),
        (None, None),
    ] == [(row["act_low"], row["act_high"]) for row in found]


def test_records_keep_their_numbers_when_others_are_left_out(program: Program) -> None:
    """A draft is no row, and the record behind it has the number of its place."""
    reviews = (Review(status="draft"), Review())
    found = rows(tables_of(program, Dossier("1", records={"political-review": reviews}))["record"])

    assert [1] == [row["n"] for row in found]


def test_texts_that_no_rule_asks_for_stay_outside(program: Program) -> None:
    """Of a free text only that it is there, of a word what it says."""
    decisions = (Decision(reason="张三的母亲病重", by="general-branch"), Decision(outcome=""))
    found = rows(tables_of(program, Dossier("1", records={"approval": decisions}))["record"])

    assert [(OTHER, "general-branch", None), (None, None, OTHER)] == [
        (row["reason"], row["by"], row["outcome"]) for row in found
    ]


def test_attachments_and_people_are_counted(program: Program) -> None:
    """No attachment is none stated; somebody named twice is one."""
    records = {
        "political-review": (Review(attachments=(Attachment("1"), Attachment("2"))), Review()),
        "contact-assignment": (Assignment(people=("a", "b", "a")), Assignment(people=()), Assignment()),
    }
    dossier = Dossier("1", records=records, members=(Member("a"), Member("b")))
    found = rows(tables_of(program, dossier)["record"])
    number = Layout.of(program).kinds

    assert [2, None] == [row["attachments"] for row in found if row["kind"] == number["political-review"]]
    assert [2, 0, None] == [row["distinct_people"] for row in found if row["kind"] == number["contact-assignment"]]


def test_people_are_told_apart_by_number_and_not_by_name(program: Program) -> None:
    """Each distinct person of a record has a row; whether sanctions are unknown is a flag."""
    sanction = Sanction("probation-within-party", Day.parse("2019"))
    members = (Member("a", full_since=Day.on(AS_OF)), Member("b", sanctions=(sanction, Sanction("reprimand"))))
    records = {"sponsor-assignment": (Assignment(people=("a", "b", "a")),)}
    found = tables_of(program, Dossier("1", records=records, members=members))

    people = rows(found["participant"])
    assert [(0, AS_OF.toordinal(), 1), (1, None, 0)] == [
        (row["person"], row["since_low"], row["unknown_sanctions"]) for row in people
    ]
    assert [(1, "probation-within-party", date(2019, 1, 1).toordinal(), None), (1, OTHER, None, None)] == [
        (row["person"], row["sanction"], row["approved_low"], row["restored_low"]) for row in rows(found["sanction"])
    ]


@pytest.mark.parametrize(
    ("recorded", "kind", "field"),
    [
        ({"training"}, 1, 1),
        ({"training.days"}, 1, 1),
        ({"training.hours"}, 1, 0),
        (set(), 0, 0),
    ],
)
def test_a_kind_is_kept_where_any_of_its_fields_is(program: Program, recorded: set[str], kind: int, field: int) -> None:
    """A field is kept where it is listed itself, or all of its kind."""
    nodes = (m.Count("training"), m.Field("training", "last", "days", filled=True))
    some = attrs.evolve(program, measures=nodes, names=dict(zip(nodes, ("m0", "m1"), strict=True)), outcomes=())
    (row,) = rows(tables_of(some, Dossier("1", recorded_kinds=frozenset(recorded)))["dossier"])

    assert (kind, field) == (row["keeps training"], row["keeps training.days"])


def test_the_person_is_part_of_the_dossier(program: Program) -> None:
    """A scalar stands beside the as-of day."""
    (row,) = rows(tables_of(program, Dossier("1", person=Person(birth=Day.parse("2000"))))["dossier"])

    assert (0, AS_OF.toordinal(), date(2000, 1, 1).toordinal()) == (row["d"], row["as_of"], row["person.birth_low"])


def test_a_number_of_more_than_64_bits_is_refused(program: Program) -> None:
    """No database could hold it."""
    with pytest.raises(InvalidInput, match="64 bits"):
        tables_of(program, Dossier("1", records={"general-meeting": (Meeting(votes_for=2**63),)}))


def test_the_calendar_begins_the_day_before_its_first() -> None:
    """A count that begins on the first day leaves out nothing."""
    calendar = ChineseCalendar()
    found = list(calendar_table(calendar).rows)

    assert (calendar.first.toordinal() - 1, 0, None) == found[0]
    assert (calendar.last.toordinal(), calendar.number(calendar.last), calendar.last.toordinal()) == found[-1]


@pytest.mark.parametrize(
    ("day", "rolled"), [("2021-06-11", "2021-06-11"), ("2021-06-12", "2021-06-15"), ("2026-02-14", "2026-02-14")]
)
def test_the_calendar_tells_the_next_working_day(day: str, rolled: str) -> None:
    """Over a weekend and a holiday; a Saturday that makes up for one is worked on."""
    found = {row[0]: row[2] for row in calendar_table(ChineseCalendar()).rows}

    assert date.fromisoformat(rolled).toordinal() == found[date.fromisoformat(day).toordinal()]
