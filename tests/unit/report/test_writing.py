"""A report is whole or not there, whatever interrupts the writing."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import devrules
from devrules.errors import UsageError
from devrules.report.writing import write_whole


def broken(error: BaseException) -> Iterator[bytes]:
    """A report that ends halfway."""
    yield b"half of it"
    raise error


def test_replaces_what_was_there(tmp_path: Path) -> None:
    """With all the pieces."""
    file = tmp_path / "report"
    file.write_text("old")
    write_whole(file, [b"a", b"b"])

    assert b"ab" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x")], ids=["Ctrl-C", "a defect"])
def test_what_was_there_stays_when_interrupted(tmp_path: Path, error: BaseException) -> None:
    """And nothing is left lying about."""
    file = tmp_path / "report"
    file.write_text("old")

    with pytest.raises(type(error)):
        write_whole(file, broken(error))
    assert "old" == file.read_text()
    assert [file] == list(tmp_path.iterdir())


def test_nothing_is_there_under_the_name_when_killed(tmp_path: Path) -> None:
    """Even by a signal that leaves no time."""
    script = (
        "import os, signal, sys, pathlib\n"
        "from devrules.report.writing import write_whole\n"
        "def pieces():\n"
        "    yield b'half' * 100000\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_whole(pathlib.Path(sys.argv[1]), pieces())\n"
    )
    file = tmp_path / "report.xlsx"
    done = subprocess.run([sys.executable, "-c", script, str(file)], check=False)

    assert -signal.SIGKILL == done.returncode
    assert not file.exists()


@pytest.mark.parametrize("form", ["html", "xlsx", "parquet", "json"])
def test_a_full_disk_is_told(tmp_path: Path, form: str) -> None:
    """Of text and of others; here a limit on the size of files stands for the disk."""
    file = tmp_path / f"report.{form}"
    words = ["demo", "--as-of", "2026-11-21", "--engine", "reference", "--format", form, "--out", str(file)]
    # Coverage would want to write, too.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-m", "devrules", *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),  # no threads here
    )

    assert 2 == done.returncode
    assert f"devrules: {file}: cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(audit: devrules.Audit, tmp_path: Path) -> None:
    """With the file and the reason."""
    with pytest.raises(UsageError, match=r"none/report\.html: cannot be written: No such file or directory"):
        audit.save(tmp_path / "none" / "report.html")


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """It is no file that could be replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:  # noqa: S607
        write_whole(pipe, [b"through"])
        assert b"through" == reader.communicate()[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "form", "starts"),
    [
        ("report.html", None, b"<!DOCTYPE html>"),
        ("report.HTML", None, b"<!DOCTYPE html>"),
        ("report.xlsx", None, b"PK"),
        ("report.parquet", None, b"PAR1"),
        ("report.json", None, b"{"),
        ("report.jsonl", None, b'{"format":'),
        ("report.csv", None, b"\xef\xbb\xbf"),
        ("report", None, b"@**"),
        ("report.txt", None, b"@**"),
        ("report.txt", "json", b"{"),
    ],
)
def test_how_the_file_ends_tells_the_format(
    audit: devrules.Audit, tmp_path: Path, name: str, form: str | None, starts: bytes
) -> None:
    """Unless it is named."""
    audit.save(tmp_path / name, form=form)

    assert (tmp_path / name).read_bytes().startswith(starts)


@pytest.mark.parametrize(
    ("name", "form", "told"),
    [
        ("report.pdf", None, r"report\.pdf: no format has this ending; there are \.txt, "),
        ("report", "htm", "there is no format 'htm'; did you mean 'html'"),
        ("report", "枚举", "there is no format '枚举'; there are "),
    ],
)
def test_a_format_that_there_is_not(
    audit: devrules.Audit, tmp_path: Path, name: str, form: str | None, told: str
) -> None:
    """Is not guessed."""
    with pytest.raises(UsageError, match=told):
        audit.save(tmp_path / name, form=form)


def test_shows_how_far_it_came(audit: devrules.Audit, tmp_path: Path) -> None:
    """Through whatever goes through the reports."""
    seen: list[int] = []

    def track(reports: object) -> Iterator[object]:
        assert isinstance(reports, tuple)
        for n, one in enumerate(reports):
            seen.append(n)
            yield one

    for form in ("html", "xlsx", "csv", "jsonl", "parquet"):
        audit.save(tmp_path / "report", form=form, track=track)

    assert [0, 1] * 5 == seen
