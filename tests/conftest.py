"""What the tests share: the national rules, and those of an invented reading club, small enough to know by heart."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.days import ChineseCalendar
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.plugin import Plugins
from devrules.program.from_ruleset import compile_rulesets
from devrules.ruleset.from_toml import load_ruleset

CLUB = Path(__file__).parent / "unit" / "ruleset" / "club"


@pytest.fixture(scope="session")
def rules() -> devrules.Rules:
    """The national rules."""
    return devrules.load()


@pytest.fixture(scope="session")
def loaded() -> Callable[..., devrules.Rules]:
    """Loads rules as :func:`devrules.load` does; the same ones, and what is compared with them, once in a run."""

    @cache
    def load(overlays: tuple[str, ...], engine: str) -> devrules.Rules:
        rules = devrules.load(overlays=overlays, engine=engine)
        vars(rules).update(as_if=cache(rules.as_if), with_overlay=cache(rules.with_overlay))
        return rules

    return lambda *, overlays=(), engine="auto": load(tuple(overlays), engine)


@pytest.fixture(scope="session")
def club_folder() -> Path:
    """The folder with the rules of the club; copy it before changing anything."""
    return CLUB


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules of the club."""
    return Path(shutil.copytree(CLUB, tmp_path / "club"))


@pytest.fixture(scope="session")
def rules_in() -> Callable[[Path], devrules.Rules]:
    """Loads the rules in a folder, judged by the reference."""

    def load(folder: Path) -> devrules.Rules:
        ruleset = load_ruleset(folder, ruleset_id="club", version="1", national=True)
        program = compile_rulesets([ruleset], ChineseCalendar())
        return devrules.Rules({"person": program}, Plugins(installed=False), "reference")

    return load


@pytest.fixture(scope="session")
def club(rules_in: Callable[[Path], devrules.Rules]) -> devrules.Rules:
    """The rules of the club, judged by the reference."""
    return rules_in(CLUB)


@pytest.fixture(scope="session")
def kinds(club: devrules.Rules) -> Kinds:
    """The kinds of record of the club."""
    return club.program.kinds


@pytest.fixture(scope="session")
def member(club: devrules.Rules) -> Callable[..., Dossier]:
    """Makes a dossier of the club: ``member(talk=[{"day": "2021-02-28"}], person={"name": "张三"})``."""

    def make(**parts: Any) -> Dossier:
        records = {name: parts.pop(name) for name in [*parts] if name in club.program.kinds}
        whole = {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": records, **parts}
        return club.read_dossier(whole)

    return make
