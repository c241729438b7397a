"""
A damaged file gives an answer or a clear error: never a traceback, a hang, or all of the memory.

A few hundred are tried; ``DEVRULES_DAMAGED_FILES=100000`` tries as many as it says, other ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")
pytest.importorskip("resource", reason="memory is bounded as POSIX does it")

TESTS = Path(__file__).parent.parent
WANTED = os.environ.get("DEVRULES_DAMAGED_FILES")
FIRST, COUNT = (1000, int(WANTED)) if WANTED else (0, 400)


AT_ONCE = 10_000
"""So many are read by one process: texts that were read are remembered, also those that no ledger has."""


@pytest.mark.timeout(60 + COUNT)
@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, AT_ONCE))
def test_damaged_files(first: int) -> None:
    """In a process of its own, since what is tried is whether it ends, and with how much memory."""
    count = min(AT_ONCE, FIRST + COUNT - first)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment["PYTHONPATH"] = os.pathsep.join([str(TESTS), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    command = [sys.executable, "-m", "properties.damage", str(first), str(count)]

    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert 0 == ran.returncode, ran.stderr[-3000:]
    found = json.loads(ran.stdout)
    assert [] == found["failed"]
    assert count == sum(found["came"].values())
    assert min(found["came"]["read"], found["came"]["refused"]) >= count / 10, found["came"]
    assert found["megabytes"] <= 1024, found["largest"]
