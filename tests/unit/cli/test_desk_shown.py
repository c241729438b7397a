"""What the desk's commands show: dossiers, lists, fields, the journal, messages; masked unless asked otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

AS_APPLICANT = ("--as", "applicant", "--actor", "zhang")
AS_COMMITTEE = ("--as", "committee", "--actor", "zhou", "--organisation", "c1")


def as_json(printed: tuple[int, str, str]) -> Any:
    code, out, err = printed
    assert (0, "") == (code, err)
    return json.loads(out)


@pytest.mark.usefixtures("applicant")
def test_lists_are_masked_and_filtered(at_desk: Run) -> None:
    """By name, stage and branch; in pages."""
    at_desk("open", "--set", "name=李四")

    def names(*words: str) -> list[str]:
        return [row["name"] for row in as_json(at_desk("list", "--format", "json", *words))["dossiers"]]

    assert ["张**"] == names("--name", "三")
    assert ["李四"] == names("--name", "李四", "--unmask")
    assert [] == names("--stage", "积极分子")
    assert [] == names("--branch", "b2", *AS_COMMITTEE)
    assert 2 == len(names("--branch", "b1", *AS_COMMITTEE, "--no-ended", "--no-owing", "--changed-from", "2025-01-01"))
    first = as_json(at_desk("list", "--limit", "1", "--format", "json"))
    assert 1 == len(names("--after", first["next"]))
    assert f"next page: --after {first['next']}" in at_desk("list", "--limit", "1")[1]


def test_what_is_shown_is_masked(at_desk: Run, applicant: str) -> None:
    """Names in their fields and in free text, numbers everywhere; not where unmasking is asked for."""
    at_desk(
        "record", "talk", applicant, "--set", "talker=石守拙", "--set", "content=石守拙与张三丰谈话，电话13900001111"
    )

    masked, plain = at_desk("show", applicant)[1], at_desk("show", applicant, "--unmask")[1]

    assert "content=石**与张**谈话，电话139******11; talker=石**" in " ".join(masked.split())
    assert "content=石守拙与张三丰谈话，电话13900001111; talker=石守拙" in " ".join(plain.split())
    assert "张三丰" not in masked


def test_what_people_wrote_is_shown_as_they_wrote_it(at_desk: Run, applicant: str) -> None:
    """It is no markup, and no command to the terminal."""
    at_desk("record", "talk", applicant, "--set", "content=[/red] [b]x[/b] \x1b[2J\u202e", "--set", "title=[谈]")

    code, out, _ = at_desk("show", applicant)

    assert 0 == code
    assert "title=[谈]; content=[/red] [b]x[/b] [2J" in " ".join(out.split())
    assert not {"\x1b", "\u202e"} & set(out)


def test_the_journal_and_the_inbox_tell_what_was_done(at_desk: Run, applicant: str) -> None:
    """A refusal stands in the journal, too; a message is read once."""
    at_desk("hand-in", "application", *AS_APPLICANT)
    at_desk("return", "application", applicant)
    at_desk("return", "application", applicant, "--reason", "张三丰的电话13900001111不对")

    entries = as_json(at_desk("journal", applicant, "--format", "json"))
    text = at_desk("journal", applicant)[1]
    [message] = as_json(at_desk("inbox", "--format", "json"))
    at_desk("inbox", "--read", message["id"][:6])

    assert [True, True, False, True] == [entry["granted"] for entry in entries]
    assert ["reason"] == entries[2]["unmet"]
    assert "张**的电话139******11不对" == entries[3]["reason"]
    assert "refused: reason" in text
    assert "register by a code" in text
    assert "张**提交了入党申请书，请审阅" == message["text"]
    assert as_json(at_desk("inbox", "--format", "json"))[0]["read"] is not None
    assert "张**提交了入党申请书" in at_desk("inbox")[1]
    assert ["您提交的入党申请书被退回，原因：张**的电话139******11不对"] == [
        one["text"] for one in as_json(at_desk("inbox", *AS_APPLICANT, "--format", "json"))
    ]


def test_an_entry_is_redacted(at_desk: Run, applicant: str) -> None:
    """By the committee; the journal is whole all the same."""
    at_desk("record", "talk", applicant, "--set", "content=误录")

    said = at_desk("redact", applicant, "2", "--reason", "误录他人信息", *AS_COMMITTEE)

    assert (0, "redacted entries: 2\n") == said[:2]
    assert "(its content was taken away by law)" in at_desk("journal", applicant)[1]
    assert {"number": 2, "redacted": True} == as_json(at_desk("journal", applicant, "--format", "json"))[1]
    assert (0, "the journals are whole: no sign of tampering\n") == at_desk("verify")[:2]


def test_heads_that_were_exported_show_a_store_that_was_put_back(at_desk: Run, applicant: str) -> None:
    """An older copy of the store is whole in itself, and ends too early."""
    Path("old.db").write_bytes(Path("desk.db").read_bytes())
    at_desk("record", "talk", applicant)
    at_desk("heads", "--out", "heads.jsonl")

    assert 0 == at_desk("verify", "--heads", "heads.jsonl")[0]
    code, out, _ = at_desk("verify", "--heads", "heads.jsonl", "--store", "sqlite:///old.db")
    assert 1 == code
    assert f"{applicant} 2: it was there when the heads were exported, and is gone\n" == out


def test_deliver_tells_once(at_desk: Run, applicant: str) -> None:
    """The log is the notifier that is always there."""
    assert applicant
    at_desk("hand-in", "application", *AS_APPLICANT)

    assert [{"told": 1}, {"told": 0}] == [as_json(at_desk("deliver", "--format", "json")) for _ in range(2)]


def test_fields_are_listed_with_how_they_are_written(at_desk: Run) -> None:
    """Those that the desk writes itself are left out; outcomes are those of the step."""
    listed = as_json(at_desk("fields", "activist-decision", "--format", "json"))
    text = at_desk("fields", "确定积极分子的会议")[1]

    assert ("number", "flag", "day") == tuple(listed["fields"][one] for one in ("votes_for", "secret_ballot", "day"))
    assert not {"id", "status", "attachments"} & listed["fields"].keys()
    assert ["passed", "not-passed"] == listed["outcomes"]
    assert "passed (passed), not-passed (not passed)" in text
    assert "id_number" in at_desk("fields", "person")[1]


def test_show_says_where_someone_stands(at_desk: Run, applicant: str) -> None:
    """What awaits review or was returned, what was filed with lamps on, what is awaited and owed, what has ended."""
    Path("a.txt").write_text("一", encoding="utf-8")
    at_desk("hand-in", "application", *AS_APPLICANT, "--as-of", "2025-01-31", "--file", "a.txt")
    awaiting = at_desk("show", applicant)[1]
    at_desk("return", "application", applicant, "--reason", "缺签名")
    returned = at_desk("show", applicant)[1]
    at_desk("record", "activist-decision", applicant, "--set", "secret_ballot=yes", "--set", "outcome=passed")
    at_desk("file", "activist-filing", applicant, "--acknowledge")
    at_desk("record", "contact-assignment", applicant, "--set", "people=m1", "--set", "people=m2")
    at_desk("file", "determination-filing", applicant, "--acknowledge")
    filed = at_desk("show", applicant)[1]
    at_desk("decide", "prospect-consent", applicant, "--set", "outcome=refused", *AS_COMMITTEE)
    ended = at_desk("show", applicant)[1]

    assert "awaits review; [a.txt]" in awaiting
    assert "returned; reason: 缺签名" in returned
    assert "outcome=passed; secret_ballot=yes" in filed
    assert "people=m1, m2" in filed
    assert "lamps were on: " in filed
    assert "awaits the decision: filing before the prospect is determined\nstatements owed: 2\n" in filed
    assert "the process has ended\n" in ended
    assert "ended" in at_desk("list")[1]
