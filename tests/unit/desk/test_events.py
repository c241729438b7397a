"""What is kept of an event can be read again, strictly, and what an older version kept, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest

from devrules.days import Day
from devrules.desk.events import Event, read_event
from devrules.desk.ports import StoredEvent
from devrules.desk.seal import seal
from devrules.desk.upcast import UPCASTERS, VERSION, upcast
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import Meeting, Talk
from devrules.errors import InvalidInput
from devrules.process.model import Actor, PutBranch, PutDossier, PutMember, PutPerson, PutRecord

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRETARY = Actor("u1", "branch-secretary", "b1")
TALK = PutRecord("talk", Talk(id="t1", day=Day.parse("2026-05"), talker="王五"))


def event(**parts: Any) -> Event:
    """An event of which only what matters is stated."""
    usual = {"stream": "7", "number": 1, "at": NOON, "actor": SECRETARY, "verb": "record", "rule": "record:talk"}
    return Event(**usual | parts)


def stored(body: object, version: int = VERSION) -> StoredEvent:
    """An entry with a body, as if it had been sealed."""
    return attrs.evolve(seal(event(), None), body=json.dumps(body, ensure_ascii=False), version=version)


def problems(body: object, kinds: Kinds) -> list[str]:
    """Everything that is wrong with a body."""
    with pytest.raises(InvalidInput) as caught:
        read_event(stored(body), kinds)
    return [str(problem) for problem in caught.value.problems]


def test_every_change_is_read_as_it_was_written(kinds: Kinds, member: Callable[..., Dossier]) -> None:
    """A record, a person, a member, a branch, and a whole dossier."""
    changes = (
        TALK,
        PutPerson(Person("张三", birth=Day.parse("2000"))),
        PutMember(Member("m1", "李四", sanctions=())),
        PutBranch(Organisation("b2", "第二支部", "branch"), Organisation()),
        PutDossier(member(application=[{"received": "2021-02"}], recorded_kinds=["application", "talk.day"])),
    )
    written = event(changes=changes, reason="", about="c9", actor=Actor("u2", "applicant", None, "7"))

    assert written == read_event(seal(written, None), kinds)


def test_a_refusal_is_read_as_it_was_written(kinds: Kinds) -> None:
    """It says what did not hold, and changes nothing."""
    written = event(granted=False, unmet=("stage", "talk-first"))

    assert written == read_event(seal(written, None), kinds)


def test_the_body_is_short_and_always_written_alike() -> None:
    """Sorted keys, no spaces, Chinese as it is, and nothing that is not stated."""
    body = seal(event(changes=(TALK,), reason="补录"), None).body

    assert (
        '{"changes":[{"kind":"talk","put":"record","record":{"day":"2026-05","id":"t1","talker":"王五"}}],"reason":"补录"}'
        == body
    )
    assert "{}" == seal(event(), None).body


def test_times_are_kept_in_utc() -> None:
    """A time in another zone is the same moment."""
    beijing = datetime(2026, 6, 1, 20, tzinfo=timezone(timedelta(hours=8)))

    assert NOON == event(at=beijing).at
    assert UTC == event(at=beijing).at.tzinfo


def test_a_time_without_a_zone_is_no_time() -> None:
    """Nobody could tell which moment it was."""
    with pytest.raises(ValueError, match="expected a time with its zone, found 2026-06-01T12:00:00"):
        event(at=NOON.replace(tzinfo=None))


def test_a_redacted_entry_says_nothing(kinds: Kinds) -> None:
    """There is no body to be read."""
    assert read_event(attrs.evolve(seal(event(), None), body=None, salt=None), kinds) is None


def test_everything_wrong_with_a_body_is_told_at_once(kinds: Kinds) -> None:
    """Each problem has its place."""
    changes = [
        {"put": "record", "kind": "tlak", "record": {}},
        {"put": "record", "kind": "talk", "record": {"day": "2026-13", "talkre": "x"}},
        {"put": "recrod"},
        {"put": 5},
        {"put": "branch", "branch": {}},
        {"put": "dossier", "dossier": {"id": "1"}},
        7,
    ]

    puts = "expected one of record, person, member, branch, dossier, found"
    kept = "is missing (list the kinds that the source keeps, or 'all')"
    assert [
        "entry 1 of 7, change 1 $.record: there is no such kind of record: 'tlak' (did you mean 'talk'?)",
        "entry 1 of 7, change 2 $.record.day: '2026-13' is not a day: month must be in 1..12",
        "entry 1 of 7, change 2 $.record: unknown field(s): talkre",
        f"entry 1 of 7, change 3 $.put: {puts} 'recrod' (did you mean 'record'?)",
        f"entry 1 of 7, change 4 $.put: {puts} 5",
        "entry 1 of 7, change 5 $.superior: required field missing",
        "entry 1 of 7, change 6 $.dossier $.format: expected 'devrules.dossier/1', found None",
        f"entry 1 of 7, change 6 $.dossier $.recorded_kinds: {kept}",
        "entry 1 of 7, change 7: a change is an object, not 7",
    ] == problems({"changes": changes}, kinds)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([], "entry 1 of 7: its body is no object: list (verify the journal)"),
        ({"reasno": "x"}, "entry 1 of 7 $: unknown field(s): reasno"),
        ({"unmet": "stage"}, "entry 1 of 7 $.unmet: expected a list, found 'stage'"),
    ],
)
def test_a_body_of_another_form_is_refused(body: object, said: str, kinds: Kinds) -> None:
    """Nothing is passed over that somebody may have meant."""
    assert [said] == problems(body, kinds)


@pytest.mark.parametrize("spoilt", [{"body": "{"}, {"number": 0}, {"at": NOON.replace(tzinfo=None)}])
def test_a_spoilt_entry_is_an_error_that_names_it(spoilt: dict[str, Any], kinds: Kinds) -> None:
    """The remedy is to verify the journal."""
    with pytest.raises(InvalidInput, match=r"entry . of 7: .*verify the journal"):
        read_event(attrs.evolve(stored({}), **spoilt), kinds)


def test_names_in_a_body_are_masked_in_errors(kinds: Kinds) -> None:
    """Errors go to logs."""
    changes = [
        {"put": "person", "person": {"name": ["张三丰"]}},
        {"put": "member", "member": {"id": "m1", "full_since": "李四光"}},
        {"put": "record", "kind": "talk", "record": {"talker": ["王五一"]}},
    ]
    said = "\n".join(problems({"changes": changes}, kinds))

    assert not any(name in said for name in ("张三丰", "李四光", "王五一"))
    assert 3 == len(said.splitlines())


def renamed(body: dict[str, Any]) -> dict[str, Any]:
    """A version in which the reason had another name."""
    return {("reason" if key == "why" else key): value for key, value in body.items()}


def regrouped(body: dict[str, Any]) -> dict[str, Any]:
    """A version in which one record stood alone."""
    record = body.pop("record")
    return body | {"changes": [{"put": "record", "kind": "talk", "record": record}]}


def test_what_older_versions_wrote_is_brought_up_step_by_step(kinds: Kinds) -> None:
    """Version 1 goes through both steps, version 2 through the second, and version 3 is read as it is."""
    steps = {1: renamed, 2: regrouped}
    talk = {"id": "t1", "day": "2026-05", "talker": "王五"}
    wanted = event(reason="补录", changes=(TALK,))
    versions = {
        1: {"why": "补录", "record": talk},
        2: {"reason": "补录", "record": talk},
        3: {"reason": "补录", "changes": [{"put": "record", "kind": "talk", "record": talk}]},
    }

    for version, body in versions.items():
        assert wanted == read_event(stored(body, version), kinds, upcasters=steps, version=3)


def test_bringing_up_leaves_the_old_body_as_it_was() -> None:
    """A step works on its own copy."""
    old = {"record": {}}
    upcast(old, 1, where="entry", to=2, upcasters={1: regrouped})

    assert {"record": {}} == old


def test_a_body_of_a_newer_version_is_refused(kinds: Kinds) -> None:
    """The remedy is a newer devrules, not a guess."""
    with pytest.raises(InvalidInput, match=r"is of version 2, and this devrules reads versions up to 1 .*newer"):
        read_event(stored({}, 2), kinds)


@pytest.mark.parametrize("version", [0, 1])
def test_a_version_that_no_step_leads_from_is_refused(version: int, kinds: Kinds) -> None:
    """The versions that can be read are named."""
    with pytest.raises(InvalidInput, match=rf"nothing brings version {version} to .*can be read: 2, 3"):
        read_event(stored({}, version), kinds, upcasters={2: regrouped}, version=3)


def test_every_version_before_this_one_can_be_read() -> None:
    """Whoever raises the version writes the step."""
    assert set(range(1, VERSION)) == set(UPCASTERS)


def test_what_could_not_be_read_again_is_not_sealed(kinds: Kinds) -> None:
    """A host may put anything into a record: it is told before it is kept."""
    wrong = {
        "expected a whole number": PutRecord("ballot", Meeting(should_vote=-1)),
        "no such kind": PutRecord("tlak", Talk()),
        "unknown field": PutRecord("talk", Meeting(host="王五")),
        "otherwise than it was written": PutRecord("talk", Talk(day="2026-05")),  # type: ignore[arg-type]  # the mistake
    }
    for said, change in wrong.items():
        with pytest.raises(InvalidInput, match=said):
            seal(event(changes=(change,)), None, kinds=kinds)
    assert seal(event(changes=(TALK,)), None, kinds=kinds).body
