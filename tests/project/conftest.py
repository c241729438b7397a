from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the whole project."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> dict[str, Path]:
    """Every import package that the wheel ships, with the folder it is written in."""
    folders = [ROOT / "src" / "devrules", *(ROOT / "src" / "adapters").glob("*"), *(ROOT / "rulesets").glob("*")]
    return {folder.name: folder for folder in folders if (folder / "__init__.py").is_file()}
