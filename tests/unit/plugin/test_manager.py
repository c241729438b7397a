from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import devrules
from devrules.ledger.sheet import Sheet
from devrules.plugin import BrokenPlugin, Plugins, RulesetSource, hookimpl

Install = Callable[[str, str], None]


class Lines:
    """A plugin that reads nothing."""

    @hookimpl
    def devrules_read_sheets(self, path: Path) -> list[Sheet] | None:
        """Read no file."""
        assert path
        return None


class Misspelt:
    """A plugin with a hook that does not exist."""

    @hookimpl
    def devrules_rulset(self) -> list[RulesetSource]:
        """Never asked."""
        return []


class Failing:
    """A plugin whose hook raises."""

    @hookimpl
    def devrules_column_engine(self, name: str) -> None:
        """Raise."""
        raise ZeroDivisionError(name)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a plugin: a module with an entry point, on a path of its own."""
    before = set(sys.modules)

    def add(name: str, source: str) -> None:
        (tmp_path / f"{name}_module.py").write_text(source, encoding="utf-8")
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[devrules]\n{name} = {name}_module\n", encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))

    yield add
    for name in set(sys.modules) - before:
        if name.endswith("_module"):
            del sys.modules[name]


def test_the_built_ins_come_in_by_the_front_door() -> None:
    """They are plugins like others."""
    assert ["builtin"] == Plugins(installed=False).names


def test_an_object_is_a_plugin() -> None:
    """It need not be a module, nor installed."""
    plugins = Plugins([Lines()], installed=False)

    assert 2 == len(plugins.names)
    assert {} == plugins.broken


def test_managers_share_nothing() -> None:
    """Each load makes one and keeps it."""
    Plugins([Lines()], installed=False)

    assert ["builtin"] == Plugins(installed=False).names


def test_an_installed_plugin_is_loaded(install: Install) -> None:
    """Under the name of its entry point."""
    install(
        "greeting",
        "from devrules.plugin import hookimpl\n@hookimpl\ndef devrules_column_engine(name):\n    return name.upper()\n",
    )
    plugins = Plugins()

    assert "greeting" in plugins.names
    assert "ABACUS" == plugins.call("devrules_column_engine", name="abacus")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def broken(:", "SyntaxError: "),
        ("", "TypeError: broken implements no hook of devrules"),
    ],
)
def test_a_broken_plugin_is_named_and_left_out(install: Install, club_folder: Path, source: str, reason: str) -> None:
    """Everything else works on."""
    install("broken", source)
    with pytest.warns(BrokenPlugin, match="plugin broken is left out: ") as caught:
        plugins = Plugins([SimpleNamespace(devrules_rulesets=offer(club_folder))])

    assert 1 == len(caught)
    assert plugins.broken["broken"].startswith(reason)
    assert any(source.id == "club" for offered in plugins.call("devrules_rulesets") for source in offered)


def offer(folder: Path) -> Callable[[], list[RulesetSource]]:
    """A hook that brings a ruleset."""

    @hookimpl
    def devrules_rulesets() -> list[RulesetSource]:
        return [RulesetSource("club", folder, "1", national=True)]

    return devrules_rulesets


def test_the_rules_load_without_the_broken_plugin(install: Install) -> None:
    """An audit must not fail because of a plugin that it does not need."""
    install("broken", "import no_such_library")
    with pytest.warns(BrokenPlugin, match="no_such_library"):
        rules = devrules.load(engine="reference")

    assert "xize" in [ruleset.id for ruleset in rules.rulesets]


def test_a_misspelt_hook_is_named() -> None:
    """Nobody would ever call it."""
    with pytest.warns(BrokenPlugin, match="unknown hook 'devrules_rulset'"):
        plugins = Plugins([Misspelt()], installed=False)

    assert ["builtin"] == plugins.names
    assert 1 == len(plugins.broken)


def test_a_plugin_without_hooks_is_left_out() -> None:
    """As the warning says."""
    with pytest.warns(BrokenPlugin, match="implements no hook"):
        plugins = Plugins([ModuleType("nothing")], installed=False)

    assert ["builtin"] == plugins.names


def test_a_broken_plugin_is_named_whatever_it_is() -> None:
    """Of two, each has its own line."""
    with pytest.warns(BrokenPlugin):
        plugins = Plugins([ModuleType("one"), ModuleType("two")], installed=False)

    assert {"one", "two"} == set(plugins.broken)


def test_a_hook_that_raises_names_its_plugin() -> None:
    """So that its author is told, not we."""
    plugins = Plugins([Failing()], installed=False)
    with pytest.raises(devrules.PluginFailure, match="ZeroDivisionError: abacus") as caught:
        plugins.call("devrules_column_engine", name="abacus")

    assert "Failing" in caught.value.plugin


def test_an_installed_plugin_that_raises_is_named(install: Install) -> None:
    """By its entry point."""
    source = (
        "from devrules.plugin import hookimpl\n@hookimpl\ndef devrules_column_engine(name):\n    raise OSError(name)\n"
    )
    install("shaky", source)
    with pytest.raises(devrules.PluginFailure, match="OSError: abacus") as caught:
        Plugins().call("devrules_column_engine", name="abacus")

    assert "shaky" == caught.value.plugin


def test_an_error_of_ours_comes_through_as_it_is() -> None:
    """A file that cannot be read is no failure of the plugin that says so."""

    class Honest:
        @hookimpl
        def devrules_read_sheets(self, path: Path) -> None:
            raise devrules.MissingExtra(path.suffix, "excel")

    with pytest.raises(devrules.MissingExtra):
        Plugins([Honest()], installed=False).call("devrules_read_sheets", path=Path("a.xls"))


def test_two_plugins_of_one_type_are_told_apart() -> None:
    """Each is called by its type."""
    plugins = Plugins([Lines(), Lines()], installed=False)

    assert ["Lines", "Lines 2", "builtin"] == plugins.names


def test_a_plugin_that_is_given_twice_is_kept_once() -> None:
    """The second is the same."""
    lines = Lines()
    with pytest.warns(BrokenPlugin, match="already registered"):
        plugins = Plugins([lines, lines], installed=False)

    assert ["Lines", "builtin"] == plugins.names


def test_a_hook_that_asks_for_what_is_not_there_is_left_out() -> None:
    """And is not half there."""

    class Asking:
        @hookimpl
        def devrules_read_sheets(self, folder: Path) -> None:
            assert folder

    with pytest.warns(BrokenPlugin, match="folder"):
        plugins = Plugins([Asking()], installed=False)

    assert ["builtin"] == plugins.names


def test_an_audit_goes_on_where_a_plugin_fails(tmp_path: Path) -> None:
    """The file that it could not read is a problem; the others are judged."""

    class Shaky:
        @hookimpl
        def devrules_read_sheets(self, path: Path) -> None:
            if path.suffix == ".shaky":
                raise ZeroDivisionError
            if path.suffix == ".rare":
                raise devrules.MissingExtra("reading rare files", "rare")

    files = [tmp_path / name for name in ("a.shaky", "b.rare", "c.csv")]
    for file in files:
        file.write_text("姓名,申请入党日期\n张三,2025-01-02\n", encoding="utf-8")
    rules = devrules.load(plugins=[Shaky()], engine="reference")
    audit = rules.audit(*files, as_of=date(2026, 6, 1))

    assert [(str(files[0]), "plugin Shaky: devrules_read_sheets raised ZeroDivisionError: "), str(files[1])] == [
        (audit.problems[0].where, audit.problems[0].what),
        audit.problems[1].where,
    ]
    assert ["张三"] == [report.dossier.person.name for report in audit.reports]
    assert not audit.complete
