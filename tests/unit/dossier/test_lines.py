"""Dossiers as JSON lines: a bad line is told with its number, and the others are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from devrules.dossier import lines
from devrules.dossier.kinds import Kinds
from devrules.dossier.lines import read_lines, write_lines
from devrules.dossier.model import Dossier, Person
from devrules.errors import InvalidInput

BARE = '{"format": "devrules.dossier/1", "id": "%s", "recorded_kinds": "all"}'


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of lines."""

    def write(*written: str | bytes, end: bytes = b"\n") -> Path:
        path = tmp_path / "dossiers.jsonl"
        path.write_bytes(end.join(one if isinstance(one, bytes) else one.encode() for one in written))
        return path

    return write


def test_what_is_written_is_read(member: Callable[..., Dossier], kinds: Kinds, file: Callable[..., Path]) -> None:
    """A line each, in UTF-8, nothing masked; a line break in a text is not one in the file."""
    dossiers = [
        member(id=str(n), person={"name": f"张三\n{n}"}, talk=[{"day": "2021-02"}, {"content": "“引” 🙂\u2028"}])
        for n in range(3)
    ]
    written = b"".join(write_lines(dossiers))

    assert 3 == written.count(b"\n")
    assert "张三".encode() in written
    assert dossiers == list(read_lines(file(written), kinds))


def test_every_bad_line_is_told_and_the_others_are_read(kinds: Kinds, file: Callable[..., Path]) -> None:
    """With the file, the line, and all that is wrong there; personal data is not shown."""
    path = file(
        b"\xef\xbb\xbf" + (BARE % "1").encode(),
        "",
        "{broken",
        '{"format": "devrules.dossier/1", "id": "", "person": {"name": 13900001111}, "recorded_kinds": ["tea"]}',
        (BARE % "五").encode("gbk"),
        "[]",
        (BARE % "7").replace("}", ', "id": "8"}'),
        BARE % "8",
        end=b"\r\n",
    )
    found = read_lines(path, kinds)

    assert ["1", "8"] == [dossier.id for dossier in found]
    told = [str(one).removeprefix(f"{path} ") for one in found.problems]
    assert told[0].startswith("line 3: is not JSON: Expecting property name")
    assert any(one.startswith("line 4 $.recorded_kinds: there is no kind 'tea'") for one in told)
    assert any(one.startswith("line 4 $.person.name: expected text") for one in told)
    assert "line 5: is not UTF-8 at byte 40 (save it as UTF-8)" in told
    assert any(one.startswith("line 6 $: a dossier is an object") for one in told)
    assert "line 7: the key 'id' is written twice in one object (keep one)" in told
    assert "13900001111" not in "".join(told)


def test_a_file_of_which_no_line_is_a_dossier_is_told_in_short(
    kinds: Kinds, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million problems would be no help; how many more there are is told."""
    monkeypatch.setattr(lines, "MOST_TOLD", 2)
    path = file(*["x"] * 5, BARE % "6")
    found = read_lines(path, kinds)

    assert ["6"] == [dossier.id for dossier in found]
    assert 3 == len(found.problems)
    assert f"{path}: 3 more dossiers cannot be read (mend the first ones and see)" == str(found.problems[-1])
    assert ["6"] == [dossier.id for dossier in found], "from the beginning again"
    assert 3 == len(found.problems)


def test_a_line_that_is_too_long_is_not_taken_into_memory(
    kinds: Kinds, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and reading goes on behind it."""
    monkeypatch.setattr(lines, "LONGEST", 100)
    path = file(BARE % "1", "x" * 1000, BARE % "3", "y" * 250)
    found = read_lines(path, kinds)

    assert ["1", "3"] == [dossier.id for dossier in found]
    assert ["line 2", "line 4"] == [one.where.removeprefix(f"{path} ") for one in found.problems]
    assert "is longer than 100 bytes" == found.problems[0].what


def test_dossiers_are_read_one_after_another(kinds: Kinds, file: Callable[..., Path]) -> None:
    """The first is there before the second line is looked at."""
    found = read_lines(file(BARE % "1", "x"), kinds)

    assert "1" == next(iter(found)).id
    assert () == found.problems


def test_a_file_that_is_not_there(kinds: Kinds, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_lines(tmp_path / "nothing.jsonl", kinds)


def test_half_a_character_is_told(member: Callable[..., Dossier]) -> None:
    """A host may make such a dossier by itself."""
    with pytest.raises(InvalidInput, match="dossier 1: holds half a character"):
        list(write_lines([attrs.evolve(member(), person=Person("\ud800"))]))


def test_every_line_is_a_dossier_of_its_own(member: Callable[..., Dossier]) -> None:
    """It can be put into a file and checked."""
    (line,) = write_lines([member()])

    assert Dossier.FORMAT == json.loads(line)["format"]
