"""What the tests of rulesets share: a copy of the club's rules to break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.api import lint_rulesets


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Replaces a text in one of the files; it must stand there once."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert 1 == text.count(old)
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Callable[[], list[str]]:
    """Lints the copy and tells what is wrong, without the name of the folder."""
    return lambda: [str(problem).replace(f"{folder}/", "") for problem in lint_rulesets([folder])]
