"""What the tests of the process share: people who act, and a walk through the process, one decision after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.days import Day
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import Record
from devrules.process.decide import Process
from devrules.process.model import Actor, Command, Decided, Option, Refusal
from devrules.process.state import State
from devrules.ruleset.from_toml import load_ruleset
from devrules.ruleset.model import Ruleset

ACTORS = {
    "applicant": Actor("p1", "applicant", dossier="d1"),
    "contact": Actor("m1", "contact"),
    "branch": Actor("admin", "branch", "b1"),
    "committee": Actor("secretary", "committee", "c1"),
    "organisation-department": Actor("officer", "organisation-department", "o1"),
}
"""One of each role, who can reach the dossier d1 of the branch b1."""


class Tree:
    """The organisations over b1 and b2: the committee c1, and over it the organisation department o1."""

    def above(self, organisation: str) -> Sequence[str]:
        return ("c1", "o1") if organisation in ("b1", "b2") else ()


class Walk:
    """Someone's way through the process; each step is decided and done, a day after the one before."""

    def __init__(self, process: Process, dossier: Dossier, day: date) -> None:
        self.process, self.dossier, self.day = process, dossier, day

    @property
    def state(self) -> State:
        """Where the dossier is."""
        return self.process.state(self.dossier)

    def decide(self, verb: str, kind: str | None = None, *, by: str = "branch", **stated: Any) -> Decided | Refusal:
        """Ask for a decision; *of* holds the fields of the record, dates as they are."""
        fields = stated.pop("of", None)
        if fields is not None or verb in ("hand-in", "record", "edit", "decide", "file"):
            stated["record"] = self.record(kind, fields or {})
        command = Command(verb=verb, kind=kind, **stated)
        actor = by if isinstance(by, Actor) else ACTORS[by]
        return self.process.decide(self.dossier, command, actor, as_of=self.day, tree=Tree())

    def record(self, kind: str | None, fields: dict[str, Any]) -> Record:
        """Make a record of a kind."""
        written = {name: Day.on(value) if isinstance(value, date) else value for name, value in fields.items()}
        return self.process.law.kinds[kind or "transfer"].type(**written)

    def do(self, verb: str, kind: str | None = None, *, by: str = "branch", **stated: Any) -> Decided:
        """Do it; it must be granted."""
        decided = self.decide(verb, kind, by=by, **stated)
        assert isinstance(decided, Decided), f"{verb}:{kind} by {by}: {decided}"
        self.dossier = decided.dossier
        self.day += timedelta(days=1)
        return decided

    def refused(self, verb: str, kind: str | None = None, *, by: str = "branch", **stated: Any) -> tuple[str, ...]:
        """Try it; it must be refused. What does not hold."""
        decided = self.decide(verb, kind, by=by, **stated)
        assert isinstance(decided, Refusal), f"{verb}:{kind} by {by} was granted"
        return decided.unmet

    def options(self, by: str = "branch") -> dict[str, Option]:
        """List what can be done, by its name."""
        actor = ACTORS[by]
        found = self.process.available(self.dossier, actor, as_of=self.day, tree=Tree())
        return {option.rule: option for option in found}

    def may(self, rule: str, by: str = "branch") -> bool:
        """Tell whether something may be done now."""
        return self.options(by)[rule].allowed

    def statuses(self, kind: str) -> list[str]:
        """List the statuses of the records of a kind."""
        return [record.status for record in self.dossier.records.get(kind, ())]

    def file(self, kind: str, **stated: Any) -> Decided:
        """Send the dossier up; lamps are on, for much is left out here."""
        return self.do("file", kind, acknowledge=True, **stated)

    def to_activist(self) -> Walk:
        """Go the clean way to the filing of the activist."""
        self.do("hand-in", "application", by="applicant", of={"content": "申请"})
        self.do("approve", "application")
        self.do("record", "talk", of={"talker": "李四"})
        self.do("record", "recommendation", of={"method": "党员推荐"})
        self.do("record", "activist-decision", of={"outcome": "passed"})
        self.file("activist-filing")
        return self

    def to_consent(self) -> Walk:
        """Go on until the committee has agreed."""
        self.to_activist()
        self.do("record", "contact-assignment", of={"people": ("m1", "m2")}, members=(Member("m1"), Member("m2")))
        self.do("record", "activist-form")
        self.do("hand-in", "thought-report", by="applicant")
        self.do("record", "education")
        self.do("record", "cultivation-opinion", by="contact")
        self.do("record", "activist-review")
        self.do("record", "contact-opinion", by="contact")
        self.do("record", "masses-opinion")
        self.do("record", "group-opinion")
        self.do("record", "prospect-discussion", of={"outcome": "passed"})
        self.file("determination-filing")
        self.do("decide", "prospect-consent", by="committee", of={"outcome": "approved"})
        return self

    def to_prospect(self) -> Walk:
        """Go on until the listing as a prospect."""
        self.to_consent()
        self.do("record", "public-notice", of={"start": self.day, "end": self.day + timedelta(days=7)})
        self.day += timedelta(days=8)
        self.do("record", "prospect-decision", of={"outcome": "passed"})
        return self

    def to_pre_examined(self) -> Walk:
        """Go on until the pre-examination has passed."""
        self.to_prospect()
        self.do("record", "sponsor-assignment", of={"people": ("m1", "m2")})
        self.do("record", "political-review", of={"outcome": "qualified"})
        self.do("record", "training", of={"start": self.day, "days": 3})
        self.do("record", "committee-review", of={"outcome": "passed"})
        self.file("pre-examination-submission")
        self.do("decide", "pre-examination", by="committee", of={"outcome": "passed"})
        return self

    def to_submitted(self) -> Walk:
        """Go on until the general meeting has passed and the approval is asked for."""
        self.to_pre_examined()
        self.do("record", "admission-form")
        self.do("record", "sponsor-opinion", by="contact")
        self.do("record", "general-meeting", of={"outcome": "passed"})
        self.file("approval-submission", of={"dues": "5"})
        return self

    def to_probation(self) -> Walk:
        """Go on until the approval of the admission."""
        self.to_submitted()
        self.do("record", "approval-talk", by="committee")
        self.do("decide", "approval", by="committee", of={"outcome": "approved"})
        return self

    def to_conversion(self) -> Walk:
        """Go on until a probationary member, a year later, has applied for full membership."""
        self.to_probation()
        self.do("record", "approval-filing", by="organisation-department")
        self.do("record", "admission-announcement")
        self.do("record", "branch-entry")
        self.do("record", "oath")
        self.do("record", "probation-form")
        self.do("record", "probation-review")
        self.day += timedelta(days=365)
        self.do("hand-in", "conversion-application", by="applicant")
        self.do("approve", "conversion-application")
        return self

    def meet_and_submit(self, outcome: str) -> Walk:
        """Hold the general meeting on the conversion and ask for the approval."""
        self.do("record", "conversion-meeting", of={"outcome": outcome})
        self.file("conversion-submission")
        return self

    def to_full(self) -> Walk:
        """Go the whole way."""
        self.to_conversion()
        self.do("record", "conversion-sponsor-opinion", by="contact")
        self.do("record", "conversion-review", of={"outcome": "passed"})
        self.meet_and_submit("passed")
        self.do("decide", "conversion-approval", by="committee", of={"outcome": "approved"})
        return self


def new_dossier(process: Process, **parts: Any) -> Dossier:
    """Make an empty dossier of the branch b1 under the committee c1."""
    given = {
        "id": "d1",
        "person": Person(name="张三"),
        "recorded_kinds": frozenset(process.law.kinds),
        "branch": Organisation(id="b1", name="第一党支部", kind="branch"),
        "superior": Organisation(id="c1", kind="basic-committee"),
    }
    return Dossier(**{**given, **parts})


@pytest.fixture(scope="session")
def process(rules: devrules.Rules) -> Process:
    """The national process."""
    return rules.process


@pytest.fixture(scope="session")
def dark(rules: devrules.Rules) -> Process:
    """The national process where no lamp ever is on."""
    return Process(rules.process.law, lambda _dossier, _gate, _day: ())


@pytest.fixture
def walk(dark: Process) -> Callable[..., Walk]:
    """Begins a walk: on a day, by another process, with a dossier that has come from elsewhere."""

    def begin(day: date = date(2026, 6, 1), process: Process | None = None, **parts: Any) -> Walk:
        chosen = process or dark
        return Walk(chosen, new_dossier(chosen, **parts), day)

    return begin


@pytest.fixture(scope="session")
def actors() -> dict[str, Actor]:
    """One of each role."""
    return ACTORS


CLUB_PROCESS = """
[roles.reader]
zh = "读者"
en = "reader"
reaches = ["self"]
sees = ["application"]

[roles.guide]
zh = "引导人"
en = "guide"
reaches = ["assigned"]
named_in = ["guides"]

[roles.secretary]
zh = "秘书"
en = "secretary"
reaches = ["own"]

[commands.view]
zh = "查看"
en = "view"
roles = ["reader", "guide", "secretary"]

[commands]
hand-in = { zh = "提交", en = "hand in" }
approve = { zh = "通过", en = "approve" }
return = { zh = "退回", en = "return" }
record = { zh = "录入", en = "record" }
edit = { zh = "编辑", en = "edit" }
delete = { zh = "删除", en = "delete" }
file = { zh = "上报", en = "file" }

[outcomes]
passed = { zh = "通过", en = "passed" }
not-passed = { zh = "未通过", en = "not passed" }

[stages_by]
member = ["ballot"]

[[endings]]
by = "review"

[steps.application]
stages = ["applicant"]
hand_in = ["reader"]
review = ["secretary"]

[steps.review]
stages = ["applicant"]
hand_in = ["reader"]

[steps.talk]
stages = ["applicant"]
record = ["secretary", "guide"]

[steps.guides]
stages = ["applicant"]
record = ["secretary"]
members_from = "committee"

[steps.ballot]
stages = ["applicant"]
record = ["secretary"]
outcomes = ["passed", "not-passed"]
locked_by = ["filing"]

[steps.filing]
stages = ["applicant"]
file = ["secretary"]
needs = [{ present = "talk" }]

[refusals]
role = { zh = "{role}不能{deed}", en = "{role}: no {deed}" }

[[hearings]]
on = "file"
who = ["secretary"]
zh = "{person}上报"
en = "{person} was filed"
"""
"""A process for the reading club of the shared rules."""


@pytest.fixture
def club_with(folder: Path) -> Callable[..., Sequence[Ruleset]]:
    """Reads the club with its process, something changed or added, and an overlay that says what is given."""

    def read(*, old: str = "", new: str = "", more: str = "", overlay: str | None = None) -> Sequence[Ruleset]:
        text = CLUB_PROCESS
        if old:
            assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        with (folder / "process.toml").open("a", encoding="utf-8") as file:
            file.write(f"{text}\n{more}\n")
        found = [load_ruleset(folder, ruleset_id="club", version="1", national=True)]
        if overlay is not None:
            local = folder.parent / "local"
            local.mkdir()
            (local / "process.toml").write_text(overlay, encoding="utf-8")
            found.append(load_ruleset(local, ruleset_id="local", version="1"))
        return found

    return read
