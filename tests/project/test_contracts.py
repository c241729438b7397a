"""The pages about adapters and plugins list what there is."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from devrules.plugin import specs
from devrules.testing import NotifierSuite, StoreSuite


@pytest.mark.parametrize("suite", [StoreSuite, NotifierSuite], ids=lambda suite: suite.__name__)
def test_the_page_lists_every_scenario(root: Path, suite: type) -> None:
    """Number by number, in the words of the suite."""
    page = (root / "docs" / "reference" / "adapters.md").read_text(encoding="utf-8")
    section = page.partition(f"`devrules.testing.{suite.__name__}`")[2].partition("\n## ")[0]
    tests = [name for name in dir(suite) if name.startswith("test_")]
    said = {name.split("_")[1]: " ".join(getattr(suite, name).__doc__.split()) for name in tests}

    assert sorted(said.items()) == re.findall(r"^\* \*\*(\w+)\*\* (.+)$", section, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in vars(specs) if name.startswith("devrules_")])
def test_the_page_about_plugins_has_every_hook(root: Path, name: str) -> None:
    """With its exact signature, and an example that the page's own test runs."""
    page = (root / "docs" / "how-to" / "write-a-plugin.md").read_text(encoding="utf-8")
    signature = str(inspect.signature(vars(specs)[name])).replace("'", "").replace("|", "\\|")

    assert f"| `{name}{signature}` |" in page
