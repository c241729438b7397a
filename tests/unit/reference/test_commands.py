"""The commands ``devrules rules docs``, ``coverage``, ``lock`` and ``diff``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.cli import main

Run = Callable[..., tuple[int, str, str]]
Change = Callable[[str, str, str], None]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command: the exit code, what it printed, what it complained of."""

    def command(*words: object) -> tuple[int, str, str]:
        code = main(["rules", *map(str, words), "--lang", "en"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def test_docs_writes_and_compares(run: Run, tmp_path: Path) -> None:
    """What differs, is missing or left over is told, and written anew."""
    assert 1 == run("docs", tmp_path, "--check")[0]
    assert 0 == run("docs", tmp_path)[0]
    assert (0, "", "") == run("docs", tmp_path, "--check")

    page = tmp_path / "talk-within-one-month.md"
    page.rename(tmp_path / "no-such-rule.md")
    (tmp_path / "index.md").write_text("mine", encoding="utf-8")
    (tmp_path / "note.md").write_text("a page that nobody generated", encoding="utf-8")
    code, out, _ = run("docs", tmp_path, "--check")

    assert 1 == code
    assert ["index.md: differs", "talk-within-one-month.md: is missing", "no-such-rule.md: is left over"] == [
        line.removeprefix(f"{tmp_path}/") for line in out.splitlines()
    ]

    run("docs", tmp_path)

    assert page.is_file()
    assert (tmp_path / "note.md").is_file()
    assert not (tmp_path / "no-such-rule.md").exists()


def test_docs_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = run("docs", tmp_path / "file")

    assert 2 == code
    assert "cannot be written" in err


def test_coverage(run: Run) -> None:
    """A table, then what is lacking; the code is 3 where something is."""
    code, out, err = run("coverage")
    short = run("coverage", "--lacking")

    assert "" == err
    assert ["rule", "edition", "verdicts"] == out.split()[:3]
    assert (code, out[-len(short[1]) :]) == short[:2]
    assert (0 if short[1] == "complete\n" else 3) == code


def test_lock_and_lint(run: Run, folder: Path, change: Change) -> None:
    """The lock tells of a change until it is renewed."""
    assert (0, f"{folder}/lock.toml: 6\n", "") == run("lock", folder)
    assert 0 == run("lint", folder)[0]

    change("parameters.toml", '"5 working days"', '"6 working days"')
    code, _, err = run("lint", folder)

    assert 3 == code
    assert "notice-long-enough: changed since the lock" in err
    assert 0 == run("lock", folder)[0]
    assert 0 == run("lint", folder)[0]


def test_diff(run: Run, club_folder: Path, folder: Path, change: Change) -> None:
    """A sentence for each change."""
    assert (0, "nothing changed\n", "") == run("diff", club_folder, folder)

    change("parameters.toml", '"5 working days"', '"6 working days"')

    assert (
        0,
        "notice-long-enough: limit notice-length (club-2020): 5 working days → 6 working days\n",
        "",
    ) == run("diff", club_folder, folder)


def test_diff_with_nothing(run: Run, club_folder: Path, tmp_path: Path) -> None:
    """A folder without a ruleset is an error."""
    assert 3 == run("diff", club_folder, tmp_path / "nowhere")[0]
