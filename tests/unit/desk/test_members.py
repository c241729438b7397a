"""A directory of members in TOML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from devrules.days import Day
from devrules.desk.members import read_members
from devrules.dossier.model import Member
from devrules.errors import InvalidInput


def write(folder: Path, text: str) -> Path:
    file = folder / "members.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_members_are_listed_by_their_branch(tmp_path: Path) -> None:
    """Of a branch that the file does not name, nobody knows the members."""
    members = read_members(write(tmp_path, '[[b1]]\nid = "m1"\nname = "张三"\nfull_since = 2008-06-30\n'))

    assert [Member("m1", "张三", Day.on(date(2008, 6, 30)), "b1")] == list(members("b1") or ())
    assert members("b2") is None


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Without the names of people."""
    text = """
[b1]
id = "m1"

[[b2]]
id = "m2"
name = "李四光"
since = 2008-06-30

[[b2]]
id = "m3"
full_since = "soon"

[[b3]]
id = "m4"

[[b3]]
id = "m4"
"""
    with pytest.raises(InvalidInput) as told:
        read_members(write(tmp_path, text))

    said = [str(problem).removeprefix(str(tmp_path)) for problem in told.value.problems]
    assert 4 == len(said)
    assert "$.b1: expected tables of members (write [[b1]] over each)" in said[0]
    assert "unknown field(s): since" in said[1]
    assert "$.members[1].full_since" in said[2]
    assert "two members have the id 'm4'" in said[3]
    assert "李四光" not in str(told.value)


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"\xff", "is no TOML"), (b"a", "is no TOML")])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    """Not there, not UTF-8, not TOML."""
    file = tmp_path / "members.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(InvalidInput, match=said):
        read_members(file)
