"""
Who may do what in which stage: every command for everybody everywhere, against a table that was written by hand.

The table (``process_matrix.csv``) says what the manuals and the law let people do; it is not made from the ruleset.
*record* stands for recording, editing and deleting, *review* for approving and returning. *manual* names the feature of
the manuals or the article. *dossier* is the state in which all needs hold, so that only role, reach and stage decide:
*open* (nothing was sent up), *waiting* (everything was, and nothing is decided), *owing* (a statement is owed).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import attrs
import pytest

import devrules
from devrules.days import Day
from devrules.dossier.model import Dossier, Organisation
from devrules.dossier.shapes import Assignment, Decision, Event, Meeting, Record, Submission, Termination, Transfer
from devrules.process.decide import Process
from devrules.process.model import Actor

STAGES = ("applicant", "activist", "prospect", "probationary", "full")
ROLES = ("applicant", "contact", "branch", "committee", "organisation-department")
VERBS = {
    "hand in": ("hand-in",),
    "review": ("approve", "return"),
    "record": ("record", "edit", "delete"),
    "file": ("file",),
    "decide": ("decide",),
}
DAYS = {"2014": date(2026, 5, 10), "2026": date(2026, 5, 11)}
REACHES: Mapping[str, Mapping[str, str]] = {
    "self": {"dossier": "d1"},
    "assigned": {"id": "m1", "organisation": "elsewhere"},
    "own": {"organisation": "b1"},
    "below": {"organisation": "c1"},
    "receiving": {"organisation": "b2"},
    "foreign": {"organisation": "elsewhere", "dossier": "d2"},
}
"""How somebody stands to the dossier d1 of the branch b1 under the committee c1, on its way to b2."""


@attrs.frozen
class Line:
    """A line of the table: *rules* is what can be done, *who* the pairs of a role and a reach."""

    rules: tuple[str, ...]
    who: frozenset[tuple[str, str]]
    stages: frozenset[str]
    ended: bool
    dossier: str
    editions: tuple[str, ...]


def lines() -> Iterator[Line]:
    """Read the table."""
    with (Path(__file__).parent / "process_matrix.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            verb, _, kind = row["what"].rpartition(" ")
            who = (one.split() for one in row["who"].split(";"))
            yield Line(
                rules=tuple(f"{one}:{kind}" for one in VERBS[verb]) if verb else (kind,),
                who=frozenset((role, reach) for role, *reaches in who for reach in reaches),
                stages=frozenset(STAGES if row["stages"] == "every" else row["stages"].split()),
                ended={"yes": True, "no": False}[row["ended"]],
                dossier=row["dossier"],
                editions=(row["edition"],) if row["edition"] else tuple(DAYS),
            )


TABLE = tuple(lines())
SINCE = Day.on(date(2026, 1, 5))
BRING: Mapping[str, Mapping[str, Record]] = {
    "applicant": {},
    "activist": {"recorded-activist-day": Event(id="1", day=SINCE)},
    "prospect": {"prospect-decision": Meeting(id="1", day=SINCE, outcome="passed")},
    "probationary": {"recorded-admission-day": Event(id="1", day=SINCE)},
    "full": {"recorded-full-member-day": Event(id="1", day=SINCE)},
}
"""What brings somebody to a stage, without sending anything up."""
ALWAYS: Mapping[str, Record] = {
    "contact-assignment": Assignment(id="1", day=SINCE, people=("m1",)),
    "transfer": Transfer(id="1", left=SINCE, to="b2"),
    "general-meeting": Meeting(id="1", day=SINCE, outcome="passed"),
    "conversion-meeting": Meeting(id="1", day=SINCE, outcome="passed"),
}
STATES: Mapping[str, Mapping[str, Record]] = {
    "open": {
        "prospect-consent": Decision(id="1", day=SINCE, outcome="approved"),
        "pre-examination": Decision(id="1", day=SINCE, outcome="passed"),
    },
    "waiting": {
        f"{gate}-submission" if gate != "determination" else "determination-filing": Submission(
            id=gate, day=SINCE, covers=()
        )
        for gate in ("determination", "pre-examination", "approval", "conversion")
    },
    "owing": {"conversion-submission": Submission(id="1", day=SINCE, covers=(), lamps=("some-rule",))},
}


def dossier_in(stage: str, state: str, *, ended: bool) -> Dossier:
    """Make a dossier in a stage and state."""
    end = {"termination": Termination(id="1", day=SINCE)} if ended else {}
    records = {**ALWAYS, **BRING[stage], **STATES[state], **end}
    return Dossier(
        id="d1",
        records={kind: (record,) for kind, record in records.items()},
        branch=Organisation(id="b1"),
        superior=Organisation(id="c1"),
    )


def expected(stage: str, state: str, *, ended: bool, edition: str) -> set[tuple[str, str, str]]:
    """Tell by the table who may do what: rule, role and reach."""
    return {
        (rule, role, reach)
        for line in TABLE
        if line.dossier == state and stage in line.stages and edition in line.editions and (line.ended or not ended)
        for rule in line.rules
        for role, reach in line.who
    }


def found(process: Process, dossier: Dossier, rules: Sequence[str], day: date) -> set[tuple[str, str, str]]:
    """Ask the process who may do what."""
    actors = [
        (role, reach, Actor(**{"id": "somebody", "role": role, **stands}))
        for role in ROLES
        for reach, stands in REACHES.items()
    ]
    return {
        (option.rule, role, reach)
        for role, reach, actor in actors
        for option in process.available(dossier, actor, as_of=day)
        if option.allowed and option.rule in rules
    }


def test_the_table_names_everything_that_can_be_done(rules: devrules.Rules) -> None:
    """And nothing else; each of it once for an edition."""
    named = [(rule, edition) for line in TABLE for rule in line.rules for edition in line.editions]

    assert set(rules.process.permissions) == {rule for rule, _ in named}
    assert len(named) == len(set(named)) == 2 * len(rules.process.permissions)


OF_LEDGERS = {"recorded-activist-day", "recorded-admission-day", "recorded-full-member-day"}
OF_ORGANISATIONS = {
    *("yearly-analysis", "yearly-report", "half-yearly-inspection", "irregular-admission"),
    *("examination-start", "examination-end"),
}


def test_every_kind_of_record_can_come_about(rules: devrules.Rules) -> None:
    """By a step, a command, an outcome or from another kind; but for the days of ledgers and what organisations do."""
    law = rules.process.law
    by_steps = {kind for step in law.steps.values() for kind in (step.kind, *step.recorded_as.values())}
    by_commands = {kind for command in law.text.commands for kind in (command.kind, *command.kind_in.values())}
    taken = {kind.id for kind in law.kinds.values() if kind.takes_from is not None}

    assert OF_LEDGERS | OF_ORGANISATIONS == set(law.kinds) - by_steps - by_commands - taken


def test_the_table_speaks_of_roles_stages_and_reaches_that_there_are(rules: devrules.Rules) -> None:
    """No cell is left out by a misspelt word."""
    law = rules.process.law

    assert (STAGES, ROLES) == (tuple(law.stages), tuple(law.roles))
    assert {stage for line in TABLE for stage in line.stages} == set(STAGES)
    assert {role for line in TABLE for role, _ in line.who} == set(ROLES)
    assert {reach for line in TABLE for _, reach in line.who} == {*REACHES} - {"foreign"}
    assert {line.dossier for line in TABLE} == set(STATES)


@pytest.mark.parametrize("edition", DAYS)
@pytest.mark.parametrize("ended", [False, True], ids=["going", "ended"])
@pytest.mark.parametrize("stage", STAGES)
def test_everybody_may_do_what_the_table_says_and_nothing_else(
    rules: devrules.Rules, stage: str, ended: bool, edition: str
) -> None:
    """Every command, role and reach in this stage, on the last day of one edition and the first of the next."""
    for state in STATES:
        dossier = dossier_in(stage, state, ended=ended)
        own = [rule for line in TABLE if line.dossier == state for rule in line.rules]
        assert stage == rules.process.state(dossier).stage

        allowed = found(rules.process, dossier, own, DAYS[edition])

        assert expected(stage, state, ended=ended, edition=edition) == allowed
