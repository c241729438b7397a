"""
devrules in a portal that keeps its own tables: from the application to full membership, with no journal and no desk.

    python docs/examples/own_tables.py

For every button the portal does the same: it reads its rows as a dossier, asks `rules.process.decide`, and stores what
comes back in its own database. devrules opens no file and keeps nothing. Everybody here is invented.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import devrules
from devrules.dossier.convert import read_record, write_part
from devrules.process.model import PutMember, PutPerson, PutRecord

Row = dict[str, Any]

# The tables that the portal had before it knew of devrules. `version` is for the case that two people press at once.
SCHEMA = """
CREATE TABLE persons (id PRIMARY KEY, full_name, sex, born, branch, committee, version INT DEFAULT 0);
CREATE TABLE members (id PRIMARY KEY, full_name, joined, branch);
CREATE TABLE papers (person, what, no, state, written, received, text, form_no, about,
    PRIMARY KEY (person, what, no));
CREATE TABLE talks (person, what, no, state, held, talker, post, text,
    PRIMARY KEY (person, what, no));
CREATE TABLE meetings (person, what, no, state, held, place, chair, minutes_by, text, result, body,
    entitled, present, ayes, noes, abstained, PRIMARY KEY (person, what, no));
CREATE TABLE opinions (person, what, no, state, given, by, text, method, result, files,
    PRIMARY KEY (person, what, no));
CREATE TABLE courses (person, what, no, state, first, last, days, hours, held_by, result,
    PRIMARY KEY (person, what, no));
CREATE TABLE helpers (person, what, no, state, since, members,
    PRIMARY KEY (person, what, no));
CREATE TABLE filings (person, what, no, state, sent, dues, papers, locked, lamps,
    PRIMARY KEY (person, what, no));
CREATE TABLE decisions (person, what, no, state, decided, replied, result, whole, first, last,
    PRIMARY KEY (person, what, no));
"""


def _columns(text: str) -> dict[str, str]:
    """Column to field, of ``column=field`` or ``both_the_same``."""
    return {one.split("=")[0]: one.split("=")[-1] for one in text.split()}


# The tables in the words of devrules: which field each column is, and which shapes of record a table holds. What a
# portal calls a kind (`what`) and a state may be words of its own, too; here they are those of devrules.
COLUMNS = {
    "papers": _columns("written=day received text=content form_no=number about"),
    "talks": _columns("held=day talker post=talker_role text=content"),
    "meetings": _columns(
        "held=day place chair=host minutes_by=recorder text=content result=outcome body"
        " entitled=should_vote present=present_vote ayes=votes_for noes=votes_against abstained=abstentions"
    ),
    "opinions": _columns("given=day by text=content method result=outcome files=attachments"),
    "courses": _columns("first=start last=end days hours held_by=organiser result=outcome"),
    "helpers": _columns("since=day members=people"),
    "filings": _columns("sent=day dues papers=items locked=covers lamps"),
    "decisions": _columns("decided=day replied=notified result=outcome whole=collective first=start last=end"),
}
SHAPES = {"document": "papers", "form": "papers", "talk": "talks", "meeting": "meetings", "opinion": "opinions"}
SHAPES |= {"event": "opinions", "review": "opinions", "training": "courses", "notice": "courses"}
SHAPES |= {"assignment": "helpers", "submission": "filings", "decision": "decisions"}
LISTS = ("attachments", "people", "items", "covers", "lamps")  # kept as JSON
FLAGS = ("collective",)  # SQLite has no yes and no


class Portal:
    """The portal: its tables, and the rules."""

    def __init__(self) -> None:
        self.rules = devrules.load()  # once for the life of the process
        self.db = sqlite3.connect(":memory:")  # the portal's own database
        self.db.row_factory = sqlite3.Row
        self.db.executescript(SCHEMA)

    def dossier(self, person: str) -> devrules.Dossier:
        """Read the rows of a person as a dossier."""
        [row] = self.db.execute("SELECT * FROM persons WHERE id = ?", (person,))
        records: dict[str, list[Row]] = {}
        for table, columns in COLUMNS.items():
            # In the order in which they were made: of several records the last one may be what counts.
            for one in self.db.execute(f"SELECT * FROM {table} WHERE person = ? ORDER BY rowid", (person,)):  # noqa: S608
                fields = {field: _read(field, one[column]) for column, field in columns.items()}
                stated = {field: value for field, value in fields.items() if value is not None}
                records.setdefault(one["what"], []).append({"id": one["no"], "status": one["state"], **stated})
        return self.rules.read_dossier(
            {
                "format": "devrules.dossier/1",
                "id": person,
                "person": {"name": row["full_name"], "sex": row["sex"], "birth": row["born"]},
                "branch": {"id": row["branch"], "kind": "branch", "has_groups": False},
                "superior": {"id": row["committee"]},
                "members": [
                    {"id": one["id"], "name": one["full_name"], "full_since": one["joined"], "sanctions": []}
                    for one in self.db.execute("SELECT * FROM members")
                ],
                "recorded_kinds": "all",  # this portal has a table for everything: what is not there was not done
                "records": records,
            }
        )

    def press(
        self, actor: devrules.Actor, person: str, day: date, verb: str, kind: str | None = None, **said: Any
    ) -> devrules.Decided | devrules.Refusal:
        """Do what a button says: read, decide, store. Who the actor is, the portal knows from its own sessions."""
        [version] = self.db.execute("SELECT version FROM persons WHERE id = ?", (person,)).fetchone()
        if "record" in said:
            said["record"] = read_record(kind or "", said["record"], self.rules.process.law.kinds)
        command = devrules.Command(verb=verb, kind=kind, **said)
        decided = self.rules.process.decide(self.dossier(person), command, actor, as_of=day)
        if isinstance(decided, devrules.Refusal):
            return decided  # its sentences are for the user: `decided.says`
        with self.db:  # all of it, or nothing
            moved = "UPDATE persons SET version = version + 1 WHERE id = ? AND version = ?"
            if self.db.execute(moved, (person, version)).rowcount != 1:
                raise SystemExit("someone else was faster: read again, decide anew")
            for change in decided.changes:
                self.store(person, change)
        return decided

    def store(self, person: str, change: object) -> None:
        """Store one change; each has a type of its own."""
        match change:
            case PutRecord(kind, record):
                table = SHAPES[self.rules.process.law.kinds[kind].shape]
                plain = write_part(record)  # plain data: texts, numbers, lists
                state = plain.pop("status", "effective")
                row = {"person": person, "what": kind, "no": plain.pop("id"), "state": state}
                row |= {column: _written(plain.pop(field, None)) for column, field in COLUMNS[table].items()}
                if plain:  # nothing is lost unnoticed
                    raise NotImplementedError(f"{table} has no column for {', '.join(plain)}")
                self._upsert(table, row)
            case PutPerson(changed):
                row = {"birth": None, "sex": None, **write_part(changed), "id": person}
                self.db.execute("UPDATE persons SET full_name = :name, sex = :sex, born = :birth WHERE id = :id", row)
            case PutMember():
                pass  # the members are in their table already
            case other:
                raise NotImplementedError(other)  # PutBranch, when persons change their branch

    def _upsert(self, table: str, row: Row) -> None:
        """Write a row; one that is there keeps its place in the order."""
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        news = ", ".join(f"{name} = :{name}" for name in row)
        self.db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (person, what, no) DO UPDATE SET {news}",  # noqa: S608
            row,
        )


def _read(field: str, value: Any) -> Any:
    if value is None:
        return None
    return json.loads(value) if field in LISTS else bool(value) if field in FLAGS else value


def _written(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


APPLICANT = devrules.Actor("account-7", "applicant", dossier="4711")
CONTACT = devrules.Actor("31", "contact")
BRANCH = devrules.Actor("admin-1", "branch", organisation="b1")
COMMITTEE = devrules.Actor("secretary-1", "committee", organisation="c1")

MEETING = {"place": "会议室", "host": "31", "recorder": "32", "content": "会议记录", "outcome": "passed"}
VOTES = {"should_vote": 10, "present_vote": 9, "votes_for": 9, "votes_against": 0, "abstentions": 0}
NOTES = {"content": "……"}

Press = tuple[str, devrules.Actor, str, str, Row]


def presses() -> Iterator[Press]:
    """What people press, day by day; a file or a form that they fill is the record."""
    yield "2021-01-04", APPLICANT, "hand-in", "application", {"received": "2021-01-04", "content": "我志愿……"}
    yield "2021-01-04", BRANCH, "approve", "application", {}
    yield "2021-01-20", BRANCH, "record", "talk", {"talker": "31", **NOTES}
    # The recommendation is forgotten: the first gate is going to light a lamp.
    yield "2021-06-10", BRANCH, "record", "activist-decision", MEETING
    yield "2021-06-15", BRANCH, "file", "activist-filing", {}

    yield "2021-06-20", BRANCH, "record", "contact-assignment", {"people": ["31", "32"]}
    yield "2021-06-20", BRANCH, "record", "activist-form", {"number": "1"}
    for day in ("2021-09-01", "2022-02-01", "2022-08-01"):
        yield day, APPLICANT, "hand-in", "thought-report", {"received": day, **NOTES}
        yield day, CONTACT, "record", "cultivation-opinion", {"by": "31", **NOTES}
        yield day, BRANCH, "record", "education", NOTES
        yield day, BRANCH, "record", "activist-review", NOTES
    yield "2022-08-20", CONTACT, "record", "contact-opinion", {"by": "31", "content": "同意"}
    yield "2022-08-20", BRANCH, "record", "masses-opinion", {"content": "同意"}
    yield "2022-08-20", BRANCH, "record", "group-opinion", {"content": "同意"}
    yield "2022-09-01", BRANCH, "record", "prospect-discussion", {**MEETING, "body": "branch-committee"}
    yield "2022-09-05", BRANCH, "file", "determination-filing", {}
    yield "2022-09-15", COMMITTEE, "decide", "prospect-consent", {"outcome": "approved"}
    yield "2022-09-20", BRANCH, "record", "prospect-decision", MEETING

    yield "2022-09-22", BRANCH, "record", "sponsor-assignment", {"people": ["31", "32"]}
    review = {"outcome": "qualified", "attachments": [{"name": "综合材料.pdf"}], **NOTES}
    yield "2022-10-10", BRANCH, "record", "political-review", review
    course = {"start": "2022-10-12", "end": "2022-10-14", "days": 3, "hours": 24, "organiser": "basic-committee"}
    yield "2022-10-14", BRANCH, "record", "training", course
    notice = {"start": "2022-10-17", "end": "2022-10-25", "outcome": "clear"}
    yield "2022-10-25", BRANCH, "record", "public-notice", notice
    yield "2022-11-01", BRANCH, "record", "committee-review", {**MEETING, "body": "branch-committee"}
    yield "2022-11-03", BRANCH, "file", "pre-examination-submission", {}
    yield "2022-11-20", COMMITTEE, "decide", "pre-examination", {"outcome": "passed", "notified": "2022-11-21"}
    yield "2022-11-22", BRANCH, "record", "admission-form", {"number": "A1"}
    yield "2022-11-25", CONTACT, "record", "sponsor-opinion", {"by": "31", "content": "同意"}
    yield "2022-11-25", BRANCH, "record", "sponsor-opinion", {"by": "32", "content": "同意"}
    yield "2022-12-01", BRANCH, "record", "general-meeting", {**MEETING, **VOTES}
    papers = ["admission-form", "application", "political-review", "cultivation"]
    yield "2022-12-05", BRANCH, "file", "approval-submission", {"dues": "5", "items": papers}
    yield "2022-12-20", COMMITTEE, "record", "approval-talk", {"talker": "secretary-1", "talker_role": "organiser"}
    approval = {"outcome": "approved", "start": "2022-12-01", "end": "2023-12-01", "collective": True}
    yield "2023-01-05", COMMITTEE, "decide", "approval", approval

    yield "2023-01-08", COMMITTEE, "record", "approval-filing", {}
    yield "2023-01-10", BRANCH, "record", "admission-announcement", {}
    yield "2023-01-10", BRANCH, "record", "branch-entry", {}
    yield "2023-01-20", BRANCH, "record", "oath", {}
    for day in ("2023-05-20", "2023-11-10"):
        yield day, BRANCH, "record", "probation-review", NOTES
    yield "2023-11-20", APPLICANT, "hand-in", "conversion-application", {"received": "2023-11-20", **NOTES}
    yield "2023-11-20", BRANCH, "approve", "conversion-application", {}
    yield "2023-11-22", BRANCH, "record", "conversion-masses-opinion", {"content": "同意"}
    yield "2023-11-25", BRANCH, "record", "conversion-review", {**MEETING, "body": "branch-committee"}
    yield "2023-12-05", BRANCH, "record", "conversion-meeting", {**MEETING, **VOTES}
    yield "2023-12-08", BRANCH, "file", "conversion-submission", {}
    yield "2023-12-20", COMMITTEE, "decide", "conversion-approval", {"outcome": "approved", "notified": "2023-12-22"}


def main() -> None:
    """Walk one person from the application to full membership."""
    portal = Portal()
    portal.db.execute("INSERT INTO persons VALUES ('4711', '白露晞', '女', '1999-07-15', 'b1', 'c1', 0)")
    for member in (("31", "柏长青", "2012-06-30", "b1"), ("32", "梅映雪", "2015-05-20", "b1")):
        portal.db.execute("INSERT INTO members VALUES (?, ?, ?, ?)", member)

    law, stage = portal.rules.process.law, "applicant"
    for day, actor, verb, kind, fields in presses():
        on = date.fromisoformat(day)
        said: Row = {} if verb == "approve" else {"record": {law.kinds[kind].act_day: day, **fields}}
        done = portal.press(actor, "4711", on, verb, kind, **said)
        if isinstance(done, devrules.Refusal) and done.unmet == ("lamps",):
            # The portal shows the lamps. Here the branch does not mend them: it files all the same.
            print(f"{day} {law.kinds[kind].zh}亮灯: {_titles(portal.rules, done.lamps)}")
            done = portal.press(actor, "4711", on, verb, kind, acknowledge=True, **said)
        if isinstance(done, devrules.Refusal):
            raise SystemExit(f"{day} {verb} {kind}: {done}")

        # Which buttons work now, `available` says: a statement is written only where one is owed.
        options = portal.rules.process.available(portal.dossier("4711"), BRANCH, as_of=on)
        if any(option.rule == "explain" and option.allowed for option in options):
            portal.press(BRANCH, "4711", on, "explain", content="已在支部会上推荐，推荐表遗失，情况属实。")
            print(f"{day} 已作情况说明")
        state = portal.rules.process.state(portal.dossier("4711"))
        if state.stage != stage:
            stage = state.stage
            print(f"{day} {law.stages[stage].name.zh}")

    report = portal.rules.check(portal.dossier("4711"), as_of=date(2024, 1, 5))
    print(f"2024-01-05 全部规则亮灯: {_titles(portal.rules, [finding.rule for finding in report.lamps])}")


def _titles(rules: devrules.Rules, lamps: Iterable[str]) -> str:
    return "、".join(rules.rule(one).rule.title.zh for one in lamps)


if __name__ == "__main__":
    main()
