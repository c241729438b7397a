"""Whatever the format: a report is whole or not there, when it is interrupted, the disk full, or nobody may write."""

from __future__ import annotations

import errno
import gc
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import UsageError
from devrules.ledger.template import template_columns

pytest.importorskip("xlsxwriter")
pytest.importorskip("duckdb")

FORMS = ("text", "json", "jsonl", "csv", "html", "xlsx", "parquet")
IMPACT_FORMS = ("text", "json", "csv", "html")
NOBODY = 65534
DOSSIER = Path(__file__).parents[3] / "docs" / "examples" / "dossier.json"
Save = Callable[[Path], object]


class Interrupting(tuple[Any, ...]):
    """A sequence that Ctrl-C meets behind its first item."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        yield self[0]
        raise KeyboardInterrupt


@pytest.fixture
def impact(club: devrules.Rules, audit: devrules.Audit) -> devrules.Impact:
    """What the new edition changes for the two members."""
    dossiers = [report.dossier for report in audit.reports]
    return club.impact(dossiers, as_of=audit.as_of, from_="club-2000", to="club-2020")


@pytest.fixture(params=[*FORMS, *(f"impact {form}" for form in IMPACT_FORMS), "population", "template"])
def save(request: pytest.FixtureRequest, audit: devrules.Audit, impact: devrules.Impact, rules: devrules.Rules) -> Save:
    """Writes one of the things that are written, wherever it is told to."""
    kind, _, form = str(request.param).partition(" ")
    if form:
        return partial(impact.save, form=form)
    if kind == "population":
        people = [Dossier(report.dossier.id, report.dossier.person) for report in audit.reports]
        return lambda path: rules.write_population(people, out=path)
    if kind == "template":
        columns = template_columns(rules.columns, rules.program.kinds)
        return lambda path: rules.plugins.call("devrules_write_template", path=path, columns=columns)
    return partial(audit.save, form=kind)


@pytest.mark.parametrize("form", FORMS)
def test_an_interrupted_report_leaves_what_was_there(audit: devrules.Audit, tmp_path: Path, form: str) -> None:
    """In the middle of the people, in every format."""
    file = tmp_path / "report"
    file.write_text("old")

    with pytest.raises(KeyboardInterrupt):
        attrs.evolve(audit, reports=Interrupting(audit.reports)).save(file, form=form)
    assert "old" == file.read_text()
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize("form", IMPACT_FORMS)
def test_an_interrupted_what_if_leaves_what_was_there(impact: devrules.Impact, tmp_path: Path, form: str) -> None:
    """In the middle of the people, in every format."""
    file = tmp_path / "impact"
    file.write_text("old")

    with pytest.raises(KeyboardInterrupt):
        attrs.evolve(impact, changed=Interrupting(impact.changed)).save(file, form=form)
    assert "old" == file.read_text()
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_leaves_nothing(save: Save, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk; the name is told, and the reason."""
    file = tmp_path / "report.xlsx"

    with small_files(16), pytest.raises(UsageError) as caught:
        save(file)
    # A library may leave files behind that it could not fill; what they say when they are thrown away is no matter.
    gc.collect()
    assert str(caught.value).startswith(f"{file}: cannot be written: ")
    assert [] == list(tmp_path.iterdir())
    save(file)
    assert [file] == list(tmp_path.iterdir())


@contextmanager
def small_files(most: int) -> Iterator[None]:
    """Let no file grow beyond *most* bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("form", FORMS)
def test_a_device_that_is_full_is_told(audit: devrules.Audit, form: str) -> None:
    """By what the system says."""
    with pytest.raises(UsageError, match=rf"/dev/full: cannot be written: {os.strerror(errno.ENOSPC)}"):
        audit.save("/dev/full", form=form)


def test_a_folder_that_may_not_be_written_is_told(save: Save, tmp_path: Path) -> None:
    """And stays as it is; whoever may write everywhere tries it as nobody."""
    folder = tmp_path / "closed"
    folder.mkdir()
    save(folder / "before.xlsx")
    before = sorted(folder.iterdir())
    folder.chmod(0o555)

    with as_nobody(), pytest.raises(UsageError, match=rf"cannot be written: {os.strerror(errno.EACCES)}"):
        save(folder / "report.xlsx")
    folder.chmod(0o755)
    assert before == sorted(folder.iterdir())


@contextmanager
def as_nobody() -> Iterator[None]:
    """Have no more rights than others."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [(signal.SIGINT, 130, "devrules: interrupted; no file was left half-written\n"), (signal.SIGTERM, 143, "")],
    ids=["Ctrl-C", "SIGTERM"],
)
@pytest.mark.parametrize(
    "words", [("audit",), ("impact", "--from", "xize-2014", "--to", "xize-2026")], ids=lambda one: one[0]
)
def test_a_signal_ends_the_command_cleanly(
    tmp_path: Path, words: tuple[str, ...], number: int, code: int, told: str
) -> None:
    """While the file is written: the exit code is that of the signal, no traceback, nothing lies about."""
    script = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell lets its background jobs ignore Ctrl-C
        "from devrules.cli import main\n"
        "from devrules.report import html_format, impact_html\n"
        "def half(*_):\n"
        "    yield 'half of it' * 10_000\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
        "html_format.html_pieces = impact_html.impact_html = half\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    file = tmp_path / "report.html"
    file.write_text("old")
    asked = [words[0], str(DOSSIER), *words[1:], "--as-of", "2026-11-21", "--engine", "reference", "--out", str(file)]
    with subprocess.Popen(
        [sys.executable, "-c", script, *asked], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "writing\n" == process.stdout.readline()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)

    assert (code, told) == (process.returncode, err)
    assert "old" == file.read_text()
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize("module", ["rich", "devrules.api", "devrules.cli.audit"])
def test_an_interrupt_while_the_command_starts_is_one_too(module: str) -> None:
    """Whatever is being imported just then; ``python -m devrules`` starts as the command does."""
    script = (
        "import runpy, sys\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == sys.argv[1]:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "runpy.run_module('devrules', run_name='__main__')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, module], check=False, capture_output=True, text=True)

    assert (130, "") == (ended.returncode, ended.stdout)
    assert "devrules: interrupted; no file was left half-written\n" == ended.stderr
