from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from devrules.dossier.convert import load_dossier, read_dossier, read_part, read_record, write_dossier, write_part
from devrules.dossier.kinds import Kind, Kinds, field_types
from devrules.dossier.model import Dossier, Member, Organisation
from devrules.dossier.shapes import SHAPES, Record
from devrules.errors import InvalidInput

WHOLE = {"format": "devrules.dossier/1", "id": "1", "recorded_kinds": "all"}
FILLED: dict[str, Any] = {
    "day": "2025-03",
    "number": 3,
    "flag": True,
    "text": "甲",
    "people": ["a", "b"],
    "attachments": [{"name": "照片.jpg", "digest": "0f"}, {"name": "表.pdf"}],
}


def problems(data: object, kinds: Kinds) -> list[str]:
    """Everything that is wrong with a dossier."""
    with pytest.raises(InvalidInput) as caught:
        read_dossier(data, kinds)
    return [str(problem) for problem in caught.value.problems]


def filled(cls: type[Record]) -> dict[str, Any]:
    """A record that states every field."""
    return {name: FILLED[kind] for name, kind in field_types(cls).items()} | {"status": "draft"}


@pytest.mark.parametrize("shape", SHAPES)
def test_writes_and_reads_every_field_of_every_shape(shape: str) -> None:
    """What is written is read back as it was."""
    kinds = {"act": Kind("act", "事", "act", shape)}
    members = [{"id": "a"}, {"id": "b"}]
    dossier = read_dossier(WHOLE | {"members": members, "records": {"act": [filled(SHAPES[shape]), {}]}}, kinds)

    assert dossier == read_dossier(json.loads(json.dumps(write_dossier(dossier))), kinds)
    assert filled(SHAPES[shape]) == write_dossier(dossier)["records"]["act"][0]


def test_a_kind_that_takes_its_records_from_another_is_kept_with_it() -> None:
    """Where none was taken, there is none."""
    kinds = {
        "vote": Kind("vote", "表决", "vote", "meeting", passes_over=("lost",)),
        "lost-vote": Kind("lost-vote", "未通过的表决", "lost vote", "meeting", takes_from="vote", takes=("lost",)),
    }

    assert {"vote", "lost-vote"} == read_dossier(WHOLE | {"recorded_kinds": ["vote"]}, kinds).recorded_kinds
    assert {"vote.day", "lost-vote.day"} == read_dossier(WHOLE | {"recorded_kinds": ["vote.day"]}, kinds).recorded_kinds
    assert {"lost-vote"} == read_dossier(WHOLE | {"recorded_kinds": ["lost-vote"]}, kinds).recorded_kinds


def test_writes_and_reads_everything_beside_the_records(kinds: Kinds) -> None:
    """The person, the organisations, the members and the source are read back as they were."""
    data = WHOLE | {
        "recorded_kinds": ["application", "talk.day"],
        "person": {"name": "张三", "sex": "女", "birth": "2000", "floating": False, "id_number": "x"},
        "branch": {"kind": "branch", "name": "第一支部", "has_committee": True},
        "superior": {"id": "7", "kind": "basic-committee"},
        "members": [{"id": "a", "full_since": "2010-07", "sanctions": [{"kind": "warning", "approved": "2015-01-02"}]}],
        "blank_kinds": ["talk"],
        "source": {"file": "台账.xlsx", "sheet": "甲", "row": 7},
    }
    dossier = read_dossier(data, kinds)

    assert dossier == read_dossier(json.loads(json.dumps(write_dossier(dossier))), kinds)
    assert ("2000", 7, "第一支部") == (
        str(dossier.person.birth),
        dossier.source and dossier.source.row,
        dossier.branch.name,
    )


def test_an_unknown_kind_of_branch_stays_unknown(kinds: Kinds) -> None:
    """A branch without a kind is read back without one, not with the default."""
    dossier = Dossier("1", recorded_kinds=frozenset(kinds), branch=Organisation())

    assert dossier == read_dossier(write_dossier(dossier), kinds)


def test_all_stands_for_every_kind(kinds: Kinds) -> None:
    """A portal that keeps everything need not list the kinds."""
    assert frozenset(kinds) == read_dossier(WHOLE, kinds).recorded_kinds


def test_a_case_need_not_state_what_its_source_keeps(kinds: Kinds) -> None:
    """In a case the format, the id and what is kept are taken for granted."""
    dossier = read_dossier({"records": {}}, kinds, recorded="all")

    assert ("case", frozenset(kinds)) == (dossier.id, dossier.recorded_kinds)


def test_names_everything_wrong_at_once_with_its_path(kinds: Kinds) -> None:
    """Nobody mends a file one mistake at a time."""
    data = {
        "format": "devrules.dossier/2",
        "person": {"birth": 5, "floating": "no", "nmae": "张三"},
        "members": [{"id": "a"}, {"id": "a"}],
        "records": {
            "application": [{"received": "2025-13-01"}, {"number": 7}],
            "talk": {"day": "2025-01-01"},
            "tlak": [],
            "ballot": [{"should_vote": -1, "present_vote": True}],
        },
    }

    assert [
        "dossier $.format: expected 'devrules.dossier/1', found 'devrules.dossier/2'",
        "dossier $.records.application[0].received: '2025-13-01' is not a day: month must be in 1..12",
        "dossier $.records.application[1].number: expected text, found 7",
        "dossier $.records.talk: expected a list of records, found {'day': '2025-01-01'}",
        "dossier $.records.tlak: there is no such kind of record (did you mean 'talk'?)",
        "dossier $.records.ballot[0].should_vote: expected a whole number from 0 to 2147483647, found -1",
        "dossier $.records.ballot[0].present_vote: expected a whole number from 0 to 2147483647, found True",
        "dossier $.recorded_kinds: is missing (list the kinds that the source keeps, or 'all')",
        "dossier $.id: required field missing",
        "dossier $.person.birth: expected a day such as '2026-05-11', '2026-05' or '2026', found 5",
        "dossier $.person.floating: expected true or false, found 'no'",
        "dossier $.person: unknown field(s): nmae",
    ] == problems(data, kinds)


def test_members_must_be_there_once(kinds: Kinds) -> None:
    """A name that leads to nobody, or to two people, is wrong."""
    data = WHOLE | {
        "members": [{"id": "a"}, {"id": "b"}, {"id": "a"}],
        "records": {"guides": [{"people": ["a", "b"]}, {"people": ["c"]}, {}]},
    }

    assert [
        "dossier $.members: two members have the id 'a'",
        "dossier $.records.guides[1].people: no member has the id 'c' (add it to members)",
    ] == problems(data, kinds)


@pytest.mark.parametrize(
    ("kept", "wrong"),
    [
        (["tlak"], "there is no kind 'tlak' (did you mean 'talk'?)"),
        (["talk.dya"], "records of the kind 'talk' have no field 'dya'"),
        ("none", "expected a list of kinds or 'all', found 'none'"),
        ([1], "expected a list of kinds or 'all', found [1]"),
        ({"talk": True}, "expected a list of kinds or 'all', found {'talk': True}"),
    ],
)
def test_what_is_kept_must_exist(kinds: Kinds, kept: object, wrong: str) -> None:
    """A misspelt kind would turn findings into unknowns."""
    assert [f"dossier $.recorded_kinds: {wrong}"] == problems(WHOLE | {"recorded_kinds": kept}, kinds)


@pytest.mark.parametrize("data", [[], None, "text", 5])
def test_a_dossier_is_an_object(kinds: Kinds, data: object) -> None:
    """Anything else is shown."""
    assert [f"dossier $: a dossier is an object, not {data!r}"] == problems(data, kinds)


@pytest.mark.parametrize("records", [[], None, "text"])
def test_records_are_lists_by_kind(kinds: Kinds, records: object) -> None:
    """Anything else is shown."""
    assert [f"dossier $.records: expected an object of lists, found {records!r}"] == problems(
        WHOLE | {"records": records}, kinds
    )


@pytest.mark.parametrize(
    "record",
    [
        "text",
        ["list"],
        5,
        None,
    ],
)
def test_a_record_is_an_object(kinds: Kinds, record: object) -> None:
    """Whatever else stands there is a problem of the dossier, not a defect."""
    [problem] = problems(WHOLE | {"records": {"talk": [record]}}, kinds)

    assert problem.startswith("dossier $.records.talk[0]: ")


@pytest.mark.parametrize(
    "part",
    [
        {"blank_kinds": "talk"},
        {"records": {"talk": [{"topics": "学习"}]}},
        {"members": [{"id": "a"}], "records": {"guides": [{"people": "a"}]}},
    ],
)
def test_a_text_is_no_list(kinds: Kinds, part: dict[str, Any]) -> None:
    """Where a list is wanted, one text is not taken for its characters."""
    [problem] = problems(WHOLE | part, kinds)

    assert "expected a list" in problem


def test_a_status_that_does_not_exist_is_told_in_one_sentence(kinds: Kinds) -> None:
    """The reader sees the values that there are, not the insides of the library."""
    [problem] = problems(WHOLE | {"records": {"talk": [{"status": "lost"}]}}, kinds)

    assert "'lost'" in problem
    assert "Attribute(" not in problem


def test_long_values_are_cut(kinds: Kinds) -> None:
    """An error stays readable, whatever was found."""
    [problem] = problems(WHOLE | {"id": ["x" * 1000]}, kinds)

    assert problem.endswith("xxx...")
    assert len(problem) < 100


@pytest.fixture
def reading(tmp_path: Path, kinds: Kinds) -> Callable[[bytes], str]:
    """Reads a file and tells the only problem, without the name of the file."""

    def read(content: bytes) -> str:
        file = tmp_path / "dossier.json"
        file.write_bytes(content)
        with pytest.raises(InvalidInput) as caught:
            load_dossier(file, kinds)
        [problem] = caught.value.problems
        assert str(file) == problem.where

        return problem.what

    return read


def test_reads_a_file_with_a_byte_order_mark(tmp_path: Path, kinds: Kinds) -> None:
    """Some editors write one."""
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(WHOLE), encoding="utf-8-sig")

    assert "1" == load_dossier(file, kinds).id


def test_a_file_that_is_not_there(tmp_path: Path, kinds: Kinds) -> None:
    """The reason is the system's."""
    with pytest.raises(InvalidInput, match="cannot be read: No such file or directory"):
        load_dossier(tmp_path / "dossier.json", kinds)


def test_a_folder_is_no_file(tmp_path: Path, kinds: Kinds) -> None:
    """Neither can a folder be read."""
    with pytest.raises(InvalidInput, match="cannot be read: Is a directory"):
        load_dossier(tmp_path, kinds)


def test_a_file_in_another_encoding(reading: Callable[[bytes], str]) -> None:
    """The place is told."""
    assert "is not UTF-8 at byte 8" == reading(b'{"id": "' + "张三".encode("gb18030"))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"id": 1,}', b'{"id": ' + b"[" * 200_000, b'{"id": ' + b"9" * 5000 + b"}"],
    ids=["empty", "open", "comma", "nested", "huge"],
)
def test_a_file_that_is_not_json(reading: Callable[[bytes], str], content: bytes) -> None:
    """Neither nesting nor size takes the reader down."""
    assert reading(content).startswith("is not JSON: ")


def test_a_key_that_is_written_twice(reading: Callable[[bytes], str]) -> None:
    """JSON would keep the last and lose the others."""
    assert "the key 'talk' is written twice in one object" == reading(b'{"records": {"talk": [], "talk": []}}')


def test_a_dossier_has_an_id(kinds: Kinds) -> None:
    """An empty one names nothing."""
    assert ["dossier $.id: is empty (give the dossier an id of its own)"] == problems(WHOLE | {"id": ""}, kinds)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ({"person": "张三丰"}, "$.person: expected fields with values, found '张**'"),
        ({"person": {"name": ["张三丰"]}}, "$.person.name: expected text, found ['张**']"),
        ({"person": {"phone": 13800001234}}, "$.person.phone: expected text, found 1**********"),
        ({"person": {"birth": "张三丰"}}, "'张**' is not a day"),
        ({"person": {"birth": 20001301}}, "found 20001301"),
        ({"members": ["张三丰"]}, "$.members[0]: expected fields with values, found '张**'"),
        ({"records": {"talk": [{"talker": ["张三丰"]}]}}, "$.records.talk[0].talker: expected text, found ['张**']"),
    ],
)
def test_an_error_shows_nobody_s_name_or_number(kinds: Kinds, part: dict[str, Any], shown: str) -> None:
    """It may be written to a log."""
    [problem] = problems(WHOLE | part, kinds)

    assert shown in problem


def test_half_a_character_is_shown_as_its_number(kinds: Kinds) -> None:
    """Wherever it stands: it cannot be written."""
    found = problems(WHOLE | {"id": "\ud800", "person": {"\ud801": 1}, "records": {"\ud802": []}}, kinds)

    assert [
        "dossier $.records.\\ud802: there is no such kind of record",
        "dossier $.id: expected text, found half a character in '\\ud800'",
        "dossier $.person: unknown field(s): \\ud801",
    ] == found


def test_a_record_alone_is_written_and_read_like_one_in_a_dossier(kinds: Kinds) -> None:
    """Days may be imprecise there, too, and what is not stated is left out."""
    data = {"id": "b1", "status": "draft", "day": "2025-03", "should_vote": 7}
    record = read_record("ballot", data, kinds)

    assert data == write_part(record)
    assert read_dossier(WHOLE | {"records": {"ballot": [data]}}, kinds).records["ballot"] == (record,)


def test_everything_wrong_with_a_record_is_told_at_once(kinds: Kinds) -> None:
    """Each problem has its path below the one that was given."""
    data = {"day": "2025-13-01", "should_vote": -1, "votes": 3}
    with pytest.raises(InvalidInput) as caught:
        read_record("ballot", data, kinds, where="form", path="$.record")

    assert [
        "form $.record.day: '2025-13-01' is not a day: month must be in 1..12",
        "form $.record.should_vote: expected a whole number from 0 to 2147483647, found -1",
        "form $.record: unknown field(s): votes",
    ] == [str(problem) for problem in caught.value.problems]


def test_a_record_of_no_kind_is_refused(kinds: Kinds) -> None:
    """The nearest kind is suggested."""
    with pytest.raises(InvalidInput, match=r"no such kind of record: 'balot' .did you mean 'ballot'"):
        read_record("balot", {}, kinds)


def test_a_member_alone_is_read_with_masked_errors() -> None:
    """What stands in the place of a name may be one."""
    with pytest.raises(InvalidInput) as caught:
        read_part({"id": "a", "full_since": "李四光"}, Member, where="form", path="$.member")

    assert "李四光" not in str(caught.value)
    assert "$.member.full_since" in str(caught.value)
