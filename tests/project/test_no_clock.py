"""The functional core reads no clock: every judgement is made as of a day that the caller names."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = ("days", "dossier", "law", "ruleset", "program", "engine", "findings", "process", "plan")
CLOCKS = {"now", "today", "utcnow"}
HOLDERS = {"date", "datetime", "dt"}


def core_modules() -> list[Path]:
    spec = importlib.util.find_spec("devrules")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent
    return [path for name in CORE for path in (*sorted((package / name).rglob("*.py")), *package.glob(f"{name}.py"))]


def clock_readings(tree: ast.AST) -> Iterator[str]:
    """Where a module reads the clock, as ``line: what``."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(alias.name == "time" for alias in names):
                yield f"{node.lineno}: import time"
            case ast.ImportFrom(module="time"):
                yield f"{node.lineno}: from time import …"
            case ast.Attribute(attr=attr, value=ast.Name(id=holder) | ast.Attribute(attr=holder)) if (
                attr in CLOCKS and holder in HOLDERS
            ):
                yield f"{node.lineno}: {holder}.{attr}"


def test_there_are_core_modules() -> None:
    """The list of modules below is not empty by mistake."""
    assert {path.parent.name for path in core_modules()} >= {"dossier", "engine", "program"}


@pytest.mark.parametrize("path", core_modules(), ids=lambda path: "/".join(path.parts[-3:]))
def test_no_core_module_reads_the_clock(path: Path) -> None:
    """No ``date.today()``, ``datetime.now()`` or ``time`` in the core."""
    assert list(clock_readings(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "source",
    ["import time", "from time import monotonic", "date.today()", "datetime.datetime.now()", "read = dt.now"],
)
def test_a_clock_would_be_noticed(source: str) -> None:
    """Each way of reading the clock is found."""
    assert list(clock_readings(ast.parse(source)))
