"""Invented dossiers of about thirty records: one without fault, some with faults, and as many variations as wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any, TypeAlias

Plain: TypeAlias = dict[str, Any]
"""A dossier in the form ``devrules.dossier/1``."""

AS_OF = date(2028, 3, 1)
PERSON = {"name": "王小明", "birth": "2003-09-14"}
MEMBERS = [
    {"id": "c1", "name": "李四", "full_since": "2015-07-01", "sanctions": []},
    {"id": "c2", "name": "赵五", "full_since": "2018-07-01", "sanctions": []},
    {"id": "s1", "name": "钱六", "full_since": "2012-06", "sanctions": []},
    {"id": "new", "name": "孙七", "full_since": "2027-01-01"},
    {
        "id": "barred",
        "name": "周八",
        "full_since": "2010-07-01",
        "sanctions": [{"kind": "probation-within-party", "approved": "2026-03-01"}],
    },
]
VOTE = {"should_vote": 15, "present_vote": 13, "votes_for": 13, "votes_against": 0}
RECORDS: dict[str, list[Plain]] = {
    "application": [{"received": "2024-09-02", "day": "2024-09-01"}],
    "talk": [{"day": "2024-09-20", "talker": "李四"}],
    "recommendation": [{"day": "2025-01-08", "method": "推优"}],
    "activist-decision": [{"day": "2025-01-10"}],
    "activist-filing": [{"day": "2025-01-15"}],
    "contact-assignment": [{"day": "2025-01-20", "people": ["c1", "c2"]}],
    "activist-review": [{"day": "2025-07-01"}, {"day": "2025-12-30"}, {"day": "2026-06-25"}],
    "thought-report": [{"received": f"2025-{month:02}-05"} for month in (3, 6, 9, 12)],
    "masses-opinion": [{"day": "2026-07-01"}],
    "prospect-discussion": [{"day": "2026-07-15"}],
    "determination-filing": [{"day": "2026-07-20"}],
    "prospect-consent": [{"day": "2026-07-28"}],
    "public-notice": [{"start": "2026-08-03", "end": "2026-08-07", "outcome": "clear"}],
    "prospect-decision": [{"day": "2026-08-10"}],
    "sponsor-assignment": [{"day": "2026-08-12", "people": ["c1", "s1"]}],
    "political-review": [{"day": "2026-09-01", "outcome": "qualified", "attachments": [{"name": "结论.pdf"}]}],
    "training": [{"start": "2026-09-07", "end": "2026-09-09", "days": 3, "hours": 24}],
    "committee-review": [{"day": "2026-09-20"}],
    "pre-examination-submission": [{"day": "2026-09-22"}],
    "pre-examination": [{"day": "2026-10-09", "notified": "2026-10-12", "outcome": "passed"}],
    "general-meeting": [{"day": "2026-10-28", **VOTE}],
    "approval-submission": [{"day": "2026-10-30"}],
    "approval": [
        {
            "day": "2026-12-11",
            "by": "basic-committee",
            "notified": "2026-12-14",
            "start": "2026-10-28",
            "end": "2027-10-27",
        }
    ],
    "oath": [{"day": "2026-12-28"}],
    "conversion-application": [{"received": "2027-10-20"}],
    "conversion-meeting": [{"day": "2027-11-02", **VOTE}],
    "conversion-approval": [{"day": "2027-12-05", "start": "2027-10-28"}],
}


def clean() -> Plain:
    """Write the dossier of thirty-two records with which nothing is wrong."""
    return {
        "format": "devrules.dossier/1",
        "id": "clean",
        "person": {**PERSON},
        "recorded_kinds": "all",
        "members": deepcopy(MEMBERS),
        "records": deepcopy(RECORDS),
    }


def defective() -> Plain:
    """Break as many rules as one dossier can."""
    plain = clean()
    records = plain["records"]
    plain["person"]["birth"] = "2007-01-01"
    records["talk"][0]["day"] = "2024-10-03"
    records["activist-filing"][0]["day"] = "2025-01-09"
    records["contact-assignment"][0]["people"] = ["c1", "c2", "new"]
    del records["activist-review"][1]
    records["prospect-discussion"][0]["day"] = "2025-12-15"
    records["prospect-consent"][0]["day"] = "2026-08-04"
    records["public-notice"][0] |= {"end": "2026-08-06", "outcome": "objection"}
    records["prospect-decision"][0]["day"] = "2026-08-05"
    records["sponsor-assignment"][0]["people"] = ["barred", "c1", "new"]
    records["political-review"] = [{"day": "2026-09-01", "outcome": "unqualified"}]
    records["training"][0] |= {"days": 2, "hours": 16}
    records["general-meeting"][0] |= {"day": "2026-11-20", "present_vote": 7, "votes_for": 6, "written_for": 1}
    records["approval"][0] |= {"day": "2027-03-11", "by": "general-branch", "notified": "2027-03-12"}
    records["oath"][0]["day"] = "2027-05-01"
    records["conversion-meeting"][0]["day"] = "2027-11-01"
    records["extension"] = [
        {"day": "2027-10-28", "start": "2027-10-28", "end": "2028-02-28"},
        {"day": "2028-02-28", "start": "2028-02-28", "end": "2028-10-28"},
    ]
    return {**plain, "id": "defective"}


def imprecise() -> Plain:
    """Know every day by its month only."""
    plain = clean()
    for records in plain["records"].values():
        for record in records:
            for name, value in record.items():
                if isinstance(value, str) and value[4:5] == "-":
                    record[name] = value[:7]
    return {**plain, "id": "imprecise"}


def missing() -> Plain:
    """Leave out half of the records, and keep the others as a ledger does."""
    plain = clean()
    plain["records"] = dict([*plain["records"].items()][::2])
    kept = [*RECORDS, "recorded-admission-day"][:-6]
    return {**plain, "id": "missing", "recorded_kinds": kept, "blank_kinds": ["talk", "activist-filing"]}


def varied(number: int, seed: int = 1) -> Iterator[tuple[Plain, date]]:
    """
    Vary the dossiers at random, always alike for one *seed*.

    Yields:
        A dossier, and the day on which to judge it.
    """
    chance = random.Random(seed)  # noqa: S311  # no secret
    for n in range(number):
        plain = chance.choice((clean, clean, defective, imprecise, missing))()
        plain["id"] = str(n)
        for kind in list(plain["records"]):
            _vary(chance, plain["records"], kind)
        _vary_source(chance, plain)
        _vary_people(chance, plain)
        yield plain, date(2024, 1, 1) + timedelta(days=chance.randrange(2000))


def _vary(chance: random.Random, records: dict[str, list[Plain]], kind: str) -> None:
    dice = chance.random()
    if dice < 0.1:
        del records[kind]
    elif dice < 0.2:
        records[kind].append({**records[kind][0], "title": "又一次"})
    for record in records.get(kind, ()):
        for name, value in list(record.items()):
            if isinstance(value, str) and value[:2] == "20" and chance.random() < 0.3:
                record[name] = _other_day(chance, value)
        if record and chance.random() < 0.05:
            del record[chance.choice(list(record))]
        if chance.random() < 0.03:
            record["status"] = "returned"
        if chance.random() < 0.05 and "day" in record and kind.endswith(("-meeting", "-decision")):
            record["outcome"] = "not-passed"


def _other_day(chance: random.Random, text: str) -> str:
    """Blur a day, or move it: a little, across the change of editions, or by years."""
    if chance.random() < 0.4 or len(text) < len("2026-05-11"):
        return text[: chance.choice((7, 7, 4))]
    near = timedelta(days=chance.choice((-400, -31, -2, -1, 1, 2, 31, 400)))
    return str(chance.choice((date.fromisoformat(text) + near, date(2026, 5, 10) + timedelta(chance.randrange(9)))))


def _vary_source(chance: random.Random, plain: Plain) -> None:
    records = plain["records"]
    if chance.random() < 0.3:
        kept = [kind for kind in RECORDS if chance.random() < 0.8]
        plain["recorded_kinds"] = [*kept, "political-review.day", "general-meeting.should_vote", "extension"]
    if chance.random() < 0.2:
        plain["blank_kinds"] = [kind for kind in RECORDS if chance.random() < 0.3]
    if chance.random() < 0.2:
        records["recorded-admission-day"] = [{"day": chance.choice(("2026-10-28", "2026-10", "2026"))}]
        records["recorded-activist-day"] = [{"day": "2025-01"}]
    if chance.random() < 0.2:
        records["recorded-full-member-day"] = [{"day": "2027-10-28"}]
    if chance.random() < 0.2:
        end = chance.choice(("2028-03-28", "2028-04-28", "2028-10-28", "2028-11-29", "2028-10"))
        records["extension"] = [{"day": "2027-10-28", "start": "2027-10-28", "end": end}]
    if chance.random() < 0.1:
        records["public-notice"] = [{"start": "2026-12-30", "end": "2027-01-06", "outcome": "clear"}]
    if chance.random() < 0.1:
        records["approval"] = [{"day": "2027-02-20", "reason": "出差", "start": "2026-10-28"}]


def _vary_people(chance: random.Random, plain: Plain) -> None:
    if chance.random() < 0.1:
        del plain["person"]["birth"]
    for member in plain["members"]:
        if chance.random() < 0.1:
            member.pop("sanctions", None)
        if chance.random() < 0.1:
            member["full_since"] = chance.choice(("2026-08", "2025", "2027-09-01"))
