"""What must work where devrules was installed without any extra. `tox -e bare` runs it; a plain `pytest` does not."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.metadata import distribution

import pytest

PLUGINS = [entry.name for entry in distribution("devrules").entry_points if entry.group == "devrules"]


@pytest.mark.parametrize("library", ["duckdb", "openpyxl", "python_calamine", "sqlalchemy", "sqlglot", "xlsxwriter"])
def test_this_environment_has_no_extras(library: str) -> None:
    """The other tests here mean something only if the libraries of the extras are away."""
    assert importlib.util.find_spec(library) is None


def test_the_library_imports() -> None:
    """``import devrules`` needs the core's requirements alone."""
    assert (0, "") == run("import devrules")


def test_plugins_are_announced() -> None:
    """The list of plugins below is not empty by mistake."""
    assert PLUGINS


@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_loads_without_its_library(name: str) -> None:
    """An adapter imports its library inside the hook: were it at the top, it would stop every other plugin."""
    assert (0, "") == run(
        f"from importlib.metadata import entry_points; entry_points(group='devrules')[{name!r}].load()"
    )


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "html"])
def test_a_report_needs_no_extra(form: str) -> None:
    """Neither do the formats that an organiser wants most."""
    assert (0, "") == run(_SAVE.format(form))


@pytest.mark.parametrize(("form", "extra"), [("xlsx", "excel"), ("parquet", "duckdb")])
def test_a_format_without_its_library_says_what_to_install(form: str, extra: str) -> None:
    """The format is known all the same."""
    code, said = run(_SAVE.format(form))

    assert 1 == code
    assert f"pip install 'devrules[{extra}]'" in said


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_an_engine_without_its_library_says_what_to_install(engine: str) -> None:
    """Both are known all the same."""
    code, said = run(f"import devrules; devrules.load(engine={engine!r})")

    assert 1 == code
    assert f"pip install 'devrules[{engine}]'" in said


_SAVE = (
    "import devrules, datetime, tempfile, pathlib; "
    "audit = devrules.load().audit([], as_of=datetime.date(2026, 11, 21)); "
    "audit.save(pathlib.Path(tempfile.mkdtemp()) / 'report', form='{}')"
)


def run(code: str) -> tuple[int, str]:
    """
    Run *code* in an interpreter of its own, where nothing is imported yet and every warning is an error.

    Returns:
        The exit code, and what it complained of.
    """
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr
