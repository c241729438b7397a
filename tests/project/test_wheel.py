"""What is installed is what is written, all of it and nothing else."""

from __future__ import annotations

import json
import re
import tomllib
from configparser import ConfigParser
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath
from typing import Any

import pytest


@pytest.fixture(scope="module")
def installed() -> Distribution:
    dist = distribution("devrules")
    origin = json.loads(dist.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        pytest.skip("an editable install has no files of its own")
    return dist


@pytest.fixture(scope="module")
def pyproject(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def is_compiled(path: PurePosixPath | Path) -> bool:
    return "__pycache__" in path.parts


def test_every_source_file_is_in_the_wheel_and_nothing_else(installed: Distribution, sources: dict[str, Path]) -> None:
    """Modules, TOML files, templates, the type marker: each lies where its package expects it."""
    expected = {
        PurePosixPath(name, *path.relative_to(folder).parts)
        for name, folder in sources.items()
        for path in folder.rglob("*")
        if path.is_file() and not is_compiled(path)
    }
    actual = {
        PurePosixPath(path)
        for path in installed.files or ()
        if ".." not in path.parts and ".dist-info" not in path.parts[0] and not is_compiled(path)
    }

    assert expected == actual


def test_the_wheel_carries_the_type_marker_and_the_licence(installed: Distribution) -> None:
    """Type checkers see the annotations; the licence travels with the code."""
    names = {str(path) for path in installed.files or ()}

    assert "devrules/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_every_adapter_and_ruleset_announces_itself(installed: Distribution, sources: dict[str, Path]) -> None:
    """One entry point of the group ``devrules`` for each package beside the core."""
    announced = {entry.value for entry in installed.entry_points if entry.group == "devrules"}

    assert set(sources) - {"devrules"} == announced


def test_every_package_is_named_wherever_packages_are_listed(
    root: Path, pyproject: dict[str, Any], sources: dict[str, Path]
) -> None:
    """A new package is measured, layered and looked for in the wheel like the others."""
    tools = pyproject["tool"]
    contracts = ConfigParser()
    contracts.read(root / ".importlinter", encoding="utf-8")
    tox = ConfigParser(interpolation=None)
    tox.read(root / "tox.ini", encoding="utf-8")

    assert set(tools["check-wheel-contents"]["toplevel"]) == set(sources)
    assert set(tools["coverage"]["run"]["source_pkgs"]) == set(sources)
    assert {paths[0] for paths in tools["coverage"]["paths"].values()} == {
        folder.relative_to(root).as_posix() for folder in sources.values()
    }
    assert set(contracts["importlinter"]["root_packages"].split()) == set(sources)
    assert set(re.findall(r"devrules\w*", tox["testenv:docs"]["commands"])) == set(sources)
