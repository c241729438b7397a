from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.reference.lock import FILE, hashes, lock_text, sources_of, stale
from devrules.ruleset.model import Ruleset

Change = Callable[[str, str, str], None]
Read = Callable[[Path], Ruleset]


@pytest.fixture
def found(folder: Path, ruleset: Read) -> Callable[[], list[str]]:
    """Locks the copy and tells, when called, what changed since."""
    (folder / FILE).write_text(lock_text(ruleset(folder)), encoding="utf-8")
    return lambda: [
        str(problem).replace(f"{folder}/", "").partition(" (")[0] for problem in stale(sources_of([folder]))
    ]


def test_the_locks_of_the_rulesets_are_renewed() -> None:
    """If not: look at what changed, then ``devrules rules lock``."""
    assert [] == list(stale(sources_of()))


def test_every_ruleset_that_comes_along_is_locked() -> None:
    """The law and the overlays: for a ruleset without a lock nothing would be told."""
    assert [] == [source.id for source in sources_of() if not (source.path / FILE).is_file()]


def test_nothing_changed(found: Callable[[], list[str]]) -> None:
    """Right after the lock was renewed."""
    assert [] == found()


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("rules/1.toml", "按期谈话", "及时谈话", "talk-in-time"),
        ("rules/1.toml", 'to = "talk.first.day"', 'to = "talk.last.day"', "talk-in-time"),
        ("rules/1.toml", 'strength = "local"', 'strength = "should"', "reviewed-twice-a-year"),
        ("rules/1.toml", 'club-2020 = { article = "7"', 'club-2020 = { article = "8"', "floating-reviewed"),
        ("parameters.toml", '"5 working days"', '"6 working days"', "notice-long-enough"),
        ("parameters.toml", 'value = "2/3", article = "6"', 'value = "2/3", article = "9"', "quorum-met"),
    ],
)
def test_a_change_is_told(
    file: str, old: str, new: str, rule: str, change: Change, found: Callable[[], list[str]]
) -> None:
    """Of a rule's text, of its check, of its strength, of where it stands, of its limits."""
    change(file, old, new)

    assert [f"rules/1.toml {rule}: changed since the lock"] == found()


def test_a_comment_and_the_cases_change_nothing(folder: Path, change: Change, found: Callable[[], list[str]]) -> None:
    """The lock is about what rules say, not about how the files look."""
    change("rules/1.toml", "[quorum-met]", "# A comment.\n\n[quorum-met]")
    (folder / "cases" / "1.toml").unlink()

    assert [] == found()


def test_a_rule_that_was_renamed(change: Change, found: Callable[[], list[str]]) -> None:
    """One is new, one is gone."""
    change("rules/1.toml", "[quorum-met]", "[quorum-there]")

    assert [
        "rules/1.toml quorum-there: is new since the lock",
        "lock.toml quorum-met: the rule is gone since the lock",
    ] == (found())


def test_a_lock_that_cannot_be_read_locks_nothing(folder: Path, found: Callable[[], list[str]]) -> None:
    """Then every rule is new."""
    (folder / FILE).write_text("no toml", encoding="utf-8")

    assert "rules/1.toml talk-in-time: is new since the lock" in found()


def test_a_ruleset_that_cannot_be_read_is_told_elsewhere(change: Change, found: Callable[[], list[str]]) -> None:
    """By lint, with everything that is wrong."""
    change("rules/1.toml", 'strength = "local"', 'strength = "loud"')

    assert [] == found()


def test_a_ruleset_without_a_lock(folder: Path) -> None:
    """Nobody asked for one."""
    assert [] == list(stale(sources_of([folder])))


def test_a_key_left_to_its_default_changes_no_hash(folder: Path, change: Change, ruleset: Read) -> None:
    """So a new version of the library with a new key does not either."""
    before = hashes(ruleset(folder))
    change("rules/1.toml", 'row = "C-1"', 'row = "C-1"\nalways = false')

    assert before == hashes(ruleset(folder))
