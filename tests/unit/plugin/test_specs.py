from __future__ import annotations

import inspect
import tomllib
import types
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from textwrap import dedent
from typing import Any

import pluggy
import pytest

import devrules
import devrules.plugin
from devrules.plugin import builtin, specs

HOOKS = {name: hook for name, hook in vars(specs).items() if name.startswith("devrules_")}


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_documented(name: str) -> None:
    """When it runs, what it is given, what it returns and what nothing means."""
    hook = HOOKS[name]
    said = inspect.getdoc(hook) or ""
    signature = inspect.signature(hook)

    assert "\nRuns " in said
    assert "\nReturns:\n" in said
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert f"    {parameter.name}: " in said
        assert parameter.annotation is not inspect.Parameter.empty


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_implemented(name: str) -> None:
    """A hook that we do not use ourselves is untried."""
    brought = [builtin, *(entry.load() for entry in entry_points(group=specs.PROJECT))]
    marker = f"{specs.PROJECT}_impl"

    assert [] != [plugin.__name__ for plugin in brought if hasattr(getattr(plugin, name, None), marker)]


def test_the_hooks_are_all_that_pluggy_knows() -> None:
    """A function without the marker would never be called."""
    manager = pluggy.PluginManager(specs.PROJECT)
    manager.add_hookspecs(specs)

    assert set(HOOKS) == {name for name in vars(manager.hook) if name.startswith("devrules_")}


def example() -> types.ModuleType:
    """The plugin that the package's docstring shows."""
    said = inspect.cleandoc(devrules.plugin.__doc__ or "")
    block = said.split("::\n\n", 1)[1].split("\n\nPass the module", 1)[0]
    module = types.ModuleType("devrules_lines")
    exec(dedent(block), vars(module))  # noqa: S102  # it is ours
    return module


def test_the_example_works(tmp_path: Path) -> None:
    """Whoever copies it has a plugin that reads ledgers."""
    module: Any = example()
    file = tmp_path / "people.lines"
    file.write_text("张三\n李四\n", encoding="utf-8")
    rules = devrules.load(plugins=[module], engine="reference")
    audit = rules.audit(file, as_of=date(2026, 6, 1))

    assert ["张三", "李四"] == [report.dossier.person.name for report in audit.reports]
    assert (str(file), 2) == (audit.reports[0].dossier.source.file, audit.reports[0].dossier.source.row)  # type: ignore[union-attr]  # it is from a file


def test_the_example_names_the_entry_point_as_it_is() -> None:
    """Whoever copies it into his pyproject.toml is found."""
    said = inspect.cleandoc(devrules.plugin.__doc__ or "")
    announced = tomllib.loads(dedent(said.rpartition("::\n\n")[2]))

    assert {"project": {"entry-points": {specs.PROJECT: {"lines": "devrules_lines"}}}} == announced


def test_without_the_example_nobody_reads_such_files(tmp_path: Path, rules: devrules.Rules) -> None:
    """The audit says so and is not complete."""
    file = tmp_path / "people.lines"
    file.write_text("张三\n", encoding="utf-8")
    audit = rules.audit(file, as_of=date(2026, 6, 1))

    assert not audit.complete
    assert "no plugin reads such files" == audit.problems[0].what
