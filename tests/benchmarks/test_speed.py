"""
Speed, as ratios within one run: machines differ and are shared, so a time by itself is never asserted.

Everything is measured in processes of its own, which a tracer or other tests cannot slow down.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.engine.durable import available, why_unavailable

pytestmark = pytest.mark.timeout(600)

TESTS = Path(__file__).parent.parent


def measure(what: str) -> Any:
    """Run one measurement of :mod:`benchmarks.measure`."""
    # Coverage would trace the library, and not what it is compared with.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment["PYTHONPATH"] = os.pathsep.join([str(TESTS), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    command = [sys.executable, "-m", "benchmarks.measure", what]
    return json.loads(subprocess.check_output(command, env=environment))


def test_one_dossier(rules: devrules.Rules) -> None:
    """Judging one dossier by durable-rules takes at most eight times as long as straight-line Python."""
    if not rules.engine.startswith("durable-rules"):
        assert os.environ.get("DEVRULES_REQUIRE_DURABLE") != "1"
        pytest.skip(f"durable-rules cannot be imported: {why_unavailable() or available()}")

    for times in measure("check").values():
        assert times["devrules"] <= 8 * times["baseline"]


@pytest.mark.slow
def test_impact() -> None:
    """Comparing two editions takes about as long as two audits; the rest is making the rules of either."""
    times = measure("impact")

    assert times["impact"] <= 2.7 * times["audit"], times


def test_import() -> None:
    """Importing devrules takes at most 2.5 times as long as importing what it is built on; all of it, six times."""
    times = measure("importing")

    assert times["devrules"] <= 2.5 * times["base"]
    assert times["whole"] <= 6 * times["base"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc/self/statm")
def test_memory() -> None:
    """Twenty thousand checks take no more memory than the first five thousand."""
    megabytes = measure("memory")["megabytes"]

    assert max(megabytes) - min(megabytes) <= 2, megabytes
