"""What the tests of reference share: a copy of the club's rules to change, and the rulesets in folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import devrules
from devrules.cli import options
from devrules.reference.lock import read, sources_of
from devrules.ruleset.model import Ruleset

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces a text in one of the files; it must stand there once."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert 1 == text.count(old)
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def ruleset() -> Callable[[Path], Ruleset]:
    """Reads the ruleset in a folder."""
    return lambda folder: read(sources_of([folder])[0])


@pytest.fixture(autouse=True)
def load_once(monkeypatch: pytest.MonkeyPatch, loaded: Callable[..., devrules.Rules]) -> None:
    """Spares every command of a test the loading; what starts the command in a process of its own loads anew."""
    monkeypatch.setattr(options, "load", loaded)
