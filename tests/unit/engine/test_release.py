"""durable-rules is there wherever it has to judge."""

from __future__ import annotations

import importlib
import os
import re
from importlib.metadata import requires, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif("DEVRULES_REQUIRE_DURABLE" not in os.environ, reason="durable-rules need not be here")
def test_durable_rules_is_here_where_it_must_be() -> None:
    """An environment that promises durable-rules has the described release, and it can be imported."""
    importlib.import_module("durable_rules_engine")

    assert required_release() == version("durable-rules")


@pytest.mark.parametrize("name", ["tox.ini", "docs/how-to/python-3.13.md"])
def test_one_release_is_named_everywhere(name: str) -> None:
    """The release that is built by hand is the one that the package asks for."""
    named = set(re.findall(r"durable-rules==([\d.]+\d)", (ROOT / name).read_text(encoding="utf-8")))

    assert {required_release()} == named


def required_release() -> str:
    """The release of durable-rules that the installed package asks for."""
    [requirement] = [line for line in requires("devrules") or () if line.startswith("durable-rules")]
    match = re.search(r"==([\d.]+\d)", requirement)
    assert match
    return match[1]
