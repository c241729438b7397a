"""A portal that uses the public API as a host would: an invented branch, its people, and a clock that can be set."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import devrules
from devrules import Actor, Desk
from devrules.days import Day
from devrules.desk.receipt import Receipt
from devrules.dossier.model import Dossier, Member, Person

BRANCH, SISTER, COMMITTEE, DEPARTMENT, FOREIGN = "b1", "b2", "c1", "d1", "b9"
_ABOVE = {BRANCH: (COMMITTEE, DEPARTMENT), SISTER: (COMMITTEE, DEPARTMENT), COMMITTEE: (DEPARTMENT,), FOREIGN: ("c9",)}
_NAMES = {
    BRANCH: "第一党支部",
    SISTER: "第二党支部",
    COMMITTEE: "学院党委",
    DEPARTMENT: "组织部",
    FOREIGN: "外单位党支部",
}
_DAY = re.compile(r"^(\d{4})(-\d\d-\d\d)$")
_FULL = Day.on(date(2005, 7, 1))
_MEMBERS = {
    BRANCH: [
        Member("m1", "李四", full_since=_FULL, branch=BRANCH, sanctions=()),
        Member("m2", "王五", full_since=_FULL, branch=BRANCH, sanctions=()),
        Member("m3", "赵六", full_since=Day.on(date(2035, 1, 1)), branch=BRANCH, sanctions=()),
    ],
    SISTER: [Member("m4", "孙七", full_since=_FULL, branch=SISTER, sanctions=())],
    FOREIGN: [Member("m9", "周八", full_since=_FULL, branch=FOREIGN, sanctions=())],
}


class Tree:
    """The organisations of the portal."""

    def above(self, organisation: str) -> tuple[str, ...]:
        return _ABOVE.get(organisation, ())

    def below(self, organisation: str) -> tuple[str, ...]:
        return tuple(one for one, above in _ABOVE.items() if organisation in above)

    def name(self, organisation: str) -> str | None:
        return _NAMES.get(organisation)


class Portal:
    """
    A portal with one person on the way.

    Days are set with :meth:`on`; a verb that is done through :meth:`do` happens on that day. All days lie *later* by so
    many years than the tests write them: the manual of 2023 says nothing of 2021.
    """

    def __init__(self, folder: Path, *, rules: devrules.Rules, notifiers: Sequence[Any] = (), later: int = 0) -> None:
        self.folder = folder
        self.rules = rules
        self.later = later
        self.on("2021-01-04")
        self.desk = self._open(notifiers)
        self.branch = Actor("admin-1", "branch", BRANCH)
        self.sister = Actor("admin-2", "branch", SISTER)
        self.foreign = Actor("admin-9", "branch", FOREIGN)
        self.contact = Actor("m1", "contact", BRANCH)
        self.committee = Actor("committee-1", "committee", COMMITTEE)
        self.department = Actor("department-1", "organisation-department", DEPARTMENT)
        self.applicant = Actor("nobody", "applicant")
        self.dossier_id = ""

    def _open(self, notifiers: Sequence[Any] = ()) -> Desk:
        return Desk.open(
            f"sqlite:///{self.folder}/party.db",
            rules=self.rules,
            organisations=Tree(),
            members=_MEMBERS.get,
            notifiers=notifiers,
            clock=self.now,
        )

    def now(self) -> datetime:
        """Ten o'clock in the morning, in China."""
        return datetime.combine(self.today, time(10), ZoneInfo("Asia/Shanghai"))

    def on(self, day: str) -> Portal:
        """Let it be another day."""
        self.today = date.fromisoformat(self._day(day))
        return self

    def _day(self, day: str) -> str:
        return _DAY.sub(lambda found: str(int(found[1]) + self.later) + found[2], day)

    def reopen(self) -> None:
        """Close the desk and open it again: everything is in the file."""
        self.desk.close()
        self.desk = self._open()

    def register(self, name: str = "张三") -> str:
        """Let the person register with a code of the branch."""
        secret, _ = self.desk.registration.make(self.branch)
        self.dossier_id = self.desk.registration.register(
            secret, account="account-1", person=Person(name=name, sex="男", birth=Day.on(date(1999, 5, 4)))
        )
        self.applicant = Actor("account-1", "applicant", None, self.dossier_id)
        return self.dossier_id

    def do(self, actor: Actor, verb: str, kind: str | None = None, **stated: Any) -> Receipt:
        """Do something to the person's dossier."""
        if "record" in stated:
            fields = stated["record"].items()
            stated["record"] = {name: self._day(one) if isinstance(one, str) else one for name, one in fields}
        return self.desk.do(actor, self.dossier_id, verb, kind, **stated)

    def record(self, kind: str, **fields: Any) -> Receipt:
        """Let the branch record something, on the day of the portal unless its fields say another."""
        return self.do(self.branch, "record", kind, record={"day": self._written(), **fields})

    @property
    def dossier(self) -> Dossier:
        """The dossier, as the branch sees it."""
        return self.desk.dossier(self.branch, self.dossier_id)

    @property
    def stage(self) -> str:
        """The stage in which the person is."""
        return self.desk.find(self.branch).rows[0].stage

    def lamps(self, gate: str) -> set[str]:
        """The rules whose lamps a gate shows."""
        return {finding.rule for finding in self.desk.preview(self.branch, self.dossier_id, gate).lamps}

    def allowed(self, actor: Actor) -> set[str]:
        """What an actor may do now."""
        return {option.rule for option in self.desk.available(actor, self.dossier_id) if option.allowed}

    def refused(self, doing: Callable[[], Any]) -> tuple[str, ...]:
        """Do what must be refused, and tell what did not hold."""
        try:
            doing()
        except devrules.Refused as error:
            return error.refusal.unmet
        raise AssertionError("it was not refused")

    # One way that is clean under the edition of 2014, stage by stage.

    def to_applicant(self) -> Portal:
        """Register, hand in the application, have it approved."""
        self.on("2021-01-04").register()
        self.do(self.applicant, "hand-in", "application", record={"received": "2021-01-04", "content": "我志愿……"})
        self.do(self.branch, "approve", "application")
        return self

    def ready_to_file(self) -> Portal:
        """Record all that the first gate looks at."""
        self.to_applicant()
        self.on("2021-01-20").record("talk", talker="m1", title="谈话", content="……")
        self.on("2021-06-01").record("recommendation", method="member-recommendation", content="同意推荐")
        self.on("2021-06-10").record("activist-decision", **MEETING, outcome="passed")
        return self

    def to_activist(self) -> Portal:
        """Pass the first gate."""
        self.ready_to_file()
        self.on("2021-06-15").do(self.branch, "file", "activist-filing", acknowledge=True)
        return self

    def cultivated(self) -> Portal:
        """Record a year and more of cultivation."""
        self.to_activist()
        self.on("2021-06-20").record("contact-assignment", people=["m1", "m2"])
        self.record("activist-form", number="1")
        for day in ("2021-09-01", "2022-02-01", "2022-08-01"):
            self.on(day)
            self.do(self.applicant, "hand-in", "thought-report", record={"received": day, "content": "思想汇报"})
            self.do(self.contact, "record", "cultivation-opinion", record={"day": day, "by": "m1", "content": "……"})
            self.record("activist-review", title="考察", content="表现良好")
            self.record("education", title="党课")
        self.on("2022-08-20")
        self.do(self.contact, "record", "contact-opinion", record={"day": "2022-08-20", "by": "m1", "content": "同意"})
        self.record("masses-opinion", title="群众意见", content="同意")
        self.record("group-opinion", title="党小组意见", content="同意")
        self.on("2022-09-01").record("prospect-discussion", **MEETING, outcome="passed", body="branch-committee")
        return self

    def to_consent(self) -> Portal:
        """Pass the second gate; the committee above consents."""
        self.cultivated()
        self.on("2022-09-05").do(self.branch, "file", "determination-filing", acknowledge=True)
        self.on("2022-09-15").do(self.committee, "decide", "prospect-consent", record={"outcome": "approved"})
        return self

    def to_prospect(self) -> Portal:
        """List the person as a prospect."""
        self.to_consent()
        self.on("2022-09-20").record("prospect-decision", **MEETING, outcome="passed")
        return self

    def examined(self) -> Portal:
        """Record all that the pre-examination looks at."""
        self.to_prospect()
        self.on("2022-09-22").record("sponsor-assignment", people=["m1", "m2"])
        self.on("2022-10-10").record("political-review", outcome="qualified", content="结论性材料")
        self.do(
            self.branch,
            "record",
            "training",
            record={"start": "2022-10-12", "end": "2022-10-14", "days": 3, "hours": 24, "organiser": "basic-committee"},
        )
        self.do(
            self.branch,
            "record",
            "public-notice",
            record={"start": "2022-10-17", "end": "2022-10-25", "outcome": "clear"},
            files={"公示.pdf": b"%PDF-1.4"},
        )
        self.on("2022-11-01").record("committee-review", **MEETING, outcome="passed", body="branch-committee")
        return self

    def to_pre_examination(self) -> Portal:
        """Pass the third gate; the pre-examination is passed."""
        self.examined()
        self.on("2022-11-03").do(self.branch, "file", "pre-examination-submission", acknowledge=True)
        self.on("2022-11-20").do(self.committee, "decide", "pre-examination", record={"outcome": "passed"})
        return self

    def to_meeting(self) -> Portal:
        """Hold the general meeting."""
        self.to_pre_examination()
        self.on("2022-11-22").record("admission-form", number="A1")
        self.on("2022-12-01").record("general-meeting", **MEETING, **VOTES, outcome="passed")
        return self

    def to_probationary(self) -> Portal:
        """Pass the fourth gate; the committee approves."""
        self.to_meeting()
        self.on("2022-12-05").do(self.branch, "file", "approval-submission", record={"dues": "5"}, acknowledge=True)
        self.on("2022-12-20").record_above("approval-talk", talker="committee-1", talker_role="organiser")
        self.on("2023-01-05").do(
            self.committee,
            "decide",
            "approval",
            record={"outcome": "approved", "start": "2022-12-01", "end": "2023-12-01", "collective": True},
        )
        return self

    def to_conversion(self) -> Portal:
        """Record what the last gate looks at, but not the meeting."""
        self.to_probationary()
        self.on("2023-01-20").record("oath")
        for day in ("2023-05-20", "2023-11-10"):
            self.on(day).record("probation-review", title="考察", content="表现良好")
        self.on("2023-11-20")
        self.do(self.applicant, "hand-in", "conversion-application", record={"received": "2023-11-20", "content": "……"})
        self.do(self.branch, "approve", "conversion-application")
        self.do(self.contact, "record", "conversion-sponsor-opinion", record={"day": "2023-11-22", "by": "m1"})
        self.record("conversion-group-opinion", content="同意")
        self.record("conversion-masses-opinion", content="同意")
        return self

    def to_conversion_filing(self, outcome: str = "passed") -> Portal:
        """Hold the meeting on the conversion, pass the last gate."""
        self.to_conversion()
        self.on("2023-12-05").record("conversion-meeting", **MEETING, **VOTES, outcome=outcome)
        self.on("2023-12-08").do(self.branch, "file", "conversion-submission", acknowledge=True)
        return self

    def record_above(self, kind: str, **fields: Any) -> Receipt:
        """Let the superior committee record something."""
        return self.do(self.committee, "record", kind, record={"day": self._written(), **fields})

    def _written(self) -> str:
        """Today, as the tests would write it."""
        return f"{self.today.year - self.later}{self.today.isoformat()[4:]}"


MEETING: dict[str, Any] = {"place": "会议室", "host": "m1", "recorder": "m2", "content": "会议记录"}
VOTES: dict[str, Any] = {"should_vote": 10, "present_vote": 9, "votes_for": 9, "votes_against": 0, "abstentions": 0}
