"""The plugin manager: a fresh one each time rules are loaded, with built-ins and installed plugins alike."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import entry_points
from itertools import chain, count
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
            self._register(self._name_for(plugin), partial(_given, plugin))

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

    def _name_for(self, plugin: object) -> str:
        """Name a plugin that is not installed: by its own name, else by its type, with a number if that is taken."""
        name = str(getattr(plugin, "__name__", None) or type(plugin).__name__)
        taken = {*self.names, *self.broken}
        return next(one for one in chain([name], (f"{name} {n}" for n in count(2))) if one not in taken)

    def _register(self, name: str, load: Callable[[], object]) -> None:
        """Add a plugin; a broken one is named in a warning and left out."""
        try:
            plugin = load()
            self._add(name, plugin)
        except Exception as error:  # noqa: BLE001  # whatever a plugin does must not take the host down
            self._drop(name, error)

    def _add(self, name: str, plugin: object) -> None:
        try:
            self._manager.register(plugin, name=name)
            self._check(name, plugin)
        except Exception:
            if self._manager.get_plugin(name) is plugin:
                self._manager.unregister(name=name)
            raise

    def _check(self, name: str, plugin: object) -> None:
        """Refuse a plugin with a hook of a name that does not exist, or with none."""
        self._manager.check_pending()
        if not self._manager.get_hookcallers(plugin):
            raise TypeError(f"{name} implements no hook of devrules")

    def _drop(self, name: str, error: Exception) -> None:
        self.broken[name] = f"{type(error).__name__}: {error}"
        warnings.warn(f"plugin {name} is left out: {type(error).__name__}: {error}", BrokenPlugin, stacklevel=4)

    def _culprit(self, error: Exception) -> str:
        """Name the plugin in whose code *error* was raised, as far as its traceback tells."""
        files: dict[object, str] = {}
        hooks: dict[object, str] = {}
        for name, plugin in self._manager.list_name_plugin():
            files[getattr(plugin, "__file__", None)] = name
            for caller in self._manager.get_hookcallers(plugin) or ():
                hooks |= {_code(one.function): name for one in caller.get_hookimpls() if one.plugin is plugin}
        trace, found = error.__traceback__, "(unknown)"
        while trace is not None:
            code = trace.tb_frame.f_code
            found = hooks.get(code) or files.get(code.co_filename) or found
            trace = trace.tb_next
        return found


def _code(function: Callable[..., object]) -> object:
    return getattr(function, "__code__", None)
