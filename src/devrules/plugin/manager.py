"""The plugin manager: a fresh one each time rules are loaded, with built-ins and installed plugins alike."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import entry_points
from typing import Any, TypeVar

import pluggy

from devrules.errors import DevrulesError, PluginFailure
from devrules.plugin import builtin, specs

T = TypeVar("T")


def _given(plugin: object) -> object:
    return plugin


class BrokenPlugin(UserWarning):
    """An installed plugin could not be loaded; everything else works on."""


class Plugins:
    """
    The plugins of one ``load()``.

    Args:
        extra: Plugins that are not installed: modules or objects with hook implementations.
        installed: Whether to load those that announce themselves by an entry point.
    """

    def __init__(self, extra: Iterable[object] = (), *, installed: bool = True) -> None:
        self._manager = pluggy.PluginManager(specs.PROJECT)
        self._manager.add_hookspecs(specs)
        self.broken: dict[str, str] = {}
        self._register("builtin", lambda: builtin)
        if installed:
            for entry in sorted(entry_points(group=specs.PROJECT), key=lambda one: one.name):
                self._register(entry.name, entry.load)
        for plugin in extra:
            self._register(None, partial(_given, plugin))

    @property
    def names(self) -> list[str]:
        """The names of the loaded plugins."""
        return sorted(name for name, _ in self._manager.list_name_plugin())

    def call(self, hook: str, **arguments: Any) -> Any:
        """
        Call *hook* of every plugin (or until one answers, as the hook says).

        Raises:
            PluginFailure: When a plugin raises something that is no error of devrules; carries its name.
        """
        try:
            return getattr(self._manager.hook, hook)(**arguments)
        except DevrulesError:
            raise
        except Exception as error:
            raise PluginFailure(self._culprit(error), f"{hook} raised {type(error).__name__}: {error}") from error

    def _register(self, name: str | None, load: Callable[[], object]) -> None:
        """Add a plugin; a broken one is named in a warning and left out."""
        try:
            plugin = load()
            registered = self._manager.register(plugin, name=name)
            self._check(registered or str(name), plugin)
        except Exception as error:  # noqa: BLE001  # whatever a plugin does must not take the host down
            self._drop(name, error)

    def _check(self, name: str, plugin: object) -> None:
        """Refuse a plugin with a hook of a name that does not exist."""
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError:
            self._manager.unregister(plugin)
            raise
        if not self._manager.get_hookcallers(plugin):
            raise TypeError(f"{name} implements no hook of devrules")

    def _drop(self, name: str | None, error: Exception) -> None:
        said = name or getattr(error, "plugin", None) or "(unnamed)"
        self.broken[str(said)] = f"{type(error).__name__}: {error}"
        warnings.warn(f"plugin {said} is left out: {type(error).__name__}: {error}", BrokenPlugin, stacklevel=4)

    def _culprit(self, error: Exception) -> str:
        """Name the plugin in whose code *error* was raised, as far as its traceback tells."""
        files = {
            getattr(plugin, "__file__", None) or getattr(type(plugin), "__module__", None): name
            for name, plugin in self._manager.list_name_plugin()
        }
        trace, found = error.__traceback__, "(unknown)"
        while trace is not None:
            code = trace.tb_frame
            found = files.get(code.f_code.co_filename, files.get(code.f_globals.get("__name__"), found))
            trace = trace.tb_next
        return found
