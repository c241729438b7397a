"""Which engine is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from devrules.engine.api import Outcome
from devrules.engine.choose import make_engine
from devrules.engine.crosscheck import CrossChecked
from devrules.engine.reference import Reference
from devrules.errors import UsageError
from devrules.program.conditions import Test

OUTCOMES = [Outcome("a", "pass", Test("x", "==", 1))]


@pytest.mark.parametrize("kind", ["auto", "durable"])
@pytest.mark.usefixtures("durable_rules")
def test_durable_rules_judges_and_is_checked(kind: Any) -> None:
    """Where it can be imported."""
    engine = make_engine(kind, OUTCOMES)

    assert isinstance(engine, CrossChecked)
    assert {"a": "pass"} == engine.judge({"x": 1})


@pytest.mark.usefixtures("durable_rules")
def test_the_checked_engine_bears_the_name_of_durable_rules(durable_rules: str) -> None:
    """As every report prints it."""
    assert f"durable-rules {durable_rules}" == make_engine("auto", OUTCOMES).name


def test_the_reference_can_be_asked_for() -> None:
    """Without durable-rules beside it."""
    assert isinstance(make_engine("reference", OUTCOMES), Reference)


def test_another_engine_is_an_error() -> None:
    """It shows what was asked for, and what there is."""
    unknown: Any = "drools"

    with pytest.raises(UsageError, match="there is no engine 'drools': choose auto, durable or reference"):
        make_engine(unknown, OUTCOMES)


SCRIPT = """
from devrules.engine.choose import make_engine
from devrules.engine.durable import Durable, available
from devrules.errors import UsageError

print(available())
print(make_engine("auto", []).name)
for make in (lambda: make_engine("durable", []), lambda: Durable([])):
    try:
        make()
    except UsageError as error:
        print(error)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a Python says in which durable-rules is there and cannot be imported, as on 3.13."""
    folder: Path = tmp_path_factory.mktemp("broken")
    (folder / "durable_rules_engine.py").write_text("raise ImportError('undefined symbol: PyEval_CallObject')")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    run = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_without_durable_rules_auto_is_the_reference(said: list[str]) -> None:
    """And its name says so."""
    assert ["None", "reference"] == said[:2]


def test_without_durable_rules_asking_for_it_is_an_error(said: list[str]) -> None:
    """It tells why, and what to do."""
    assert "undefined symbol: PyEval_CallObject" in said[2]
    assert "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject" in said[2]
    assert "choose engine 'reference'" in said[2]


def test_without_durable_rules_its_engine_cannot_be_made(said: list[str]) -> None:
    """Nor does it fail in some other way."""
    assert "durable-rules cannot be imported: undefined symbol: PyEval_CallObject" == said[3]
