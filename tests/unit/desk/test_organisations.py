"""A tree of organisations, and what can be wrong with one; all of them are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from devrules.desk.organisations import Organisations, OrganisationTree, read_organisations
from devrules.errors import InvalidInput

SCHOOL = """
[school]
name = "示例大学党委"

[sciences]
name = "理学院党委"
under = "school"

[letters]
name = "文学院党委"
under = "school"

[letters-1]
name = "文学院第一党支部"
under = "letters"

[sciences-1]
name = "理学院第一党支部"
under = "sciences"

[other]
name = "示例研究所党委"
"""


@pytest.fixture
def school(tmp_path: Path) -> Organisations:
    file = tmp_path / "organisations.toml"
    file.write_text(SCHOOL, encoding="utf-8")
    return read_organisations(file)


def wrong(source: Path | dict[str, object]) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_organisations(source)
    return [str(problem) for problem in caught.value.problems]


def test_it_is_a_tree(school: Organisations) -> None:
    """As the hook asks for one."""
    tree: OrganisationTree = school

    assert "示例大学党委" == tree.name("school")


def test_above_goes_from_the_nearest_to_the_top(school: Organisations) -> None:
    """And the top has nobody over it."""
    assert ("letters", "school") == school.above("letters-1")
    assert () == school.above("school")


def test_below_goes_level_by_level(school: Organisations) -> None:
    """In the order of the file; strangers are not among them."""
    assert ("sciences", "letters", "sciences-1", "letters-1") == school.below("school")
    assert ("letters-1",) == school.below("letters")
    assert () == school.below("letters-1")


def test_nobody_is_over_or_under_a_stranger(school: Organisations) -> None:
    """So nobody gets to see what belongs to one."""
    assert ((), (), None) == (school.above("no"), school.below("no"), school.name("no"))


def test_a_mapping_will_do() -> None:
    """What tomllib reads, or a host's own."""
    tree = read_organisations({"a": {"name": "甲"}, "b": {"name": "乙", "under": "a"}})

    assert (("a",), ("b",)) == (tree.above("b"), tree.below("a"))
    assert Organisations() == read_organisations({})


def test_everything_wrong_is_told_at_once() -> None:
    """Each with its place."""
    assert [
        "organisations $['a']: unknown field(s): over",
        "organisations $['b'].name: required field missing",
        "organisations $['c'].name: expected text, found 3",
        "organisations $['d']: expected fields with values, found '丁'",
    ] == wrong({"a": {"name": "甲", "over": "b"}, "b": {"under": "a"}, "c": {"name": 3}, "d": "丁"})


def test_who_stands_over_must_be_listed() -> None:
    """With a hint, if it is only misspelt."""
    assert [
        "organisations $['b'].under: there is no organisation 'shcool' (did you mean 'school'?)",
        "organisations $['c'].name: is empty",
    ] == wrong({"school": {"name": "甲"}, "b": {"name": "乙", "under": "shcool"}, "c": {"name": " "}})


def test_nobody_stands_over_himself() -> None:
    """Neither right over himself nor in a circle; who only leads into one is not to blame."""
    told = wrong(
        {
            "a": {"name": "甲", "under": "a"},
            "b": {"name": "乙", "under": "c"},
            "c": {"name": "丙", "under": "b"},
            "d": {"name": "丁", "under": "c"},
        }
    )

    assert [f"organisations $[{one!r}].under: it would stand over itself" for one in "abc"] == told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[a", "is no TOML in UTF-8"),
        ("[a]\nname = '甲'".encode("gbk"), "is no TOML in UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    """No TOML, no UTF-8, no file."""
    file = tmp_path / "organisations.toml"
    if content is not None:
        file.write_bytes(content)
    [problem] = wrong(file)

    assert problem.startswith(f"{file}: {said}: ")


def test_the_mark_at_the_beginning_of_a_file_is_read_over(tmp_path: Path) -> None:
    """Some editors write one."""
    file = tmp_path / "organisations.toml"
    file.write_text("[a]\nname = '甲'", encoding="utf-8-sig")

    assert "甲" == read_organisations(file).name("a")
