"""
The hooks that a plugin may implement.

A plugin is a module (or any object) with functions of these names marked with :data:`hookimpl`; an installed one
announces itself by an entry point of the group ``devrules``. It imports the library that it adapts inside its hooks,
never on top: devrules loads every plugin, and must load without their libraries.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pluggy

from devrules.ledger.sheet import Sheet
from devrules.population.api import ColumnEngine

PROJECT = "devrules"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of the hook of its name."""


@attrs.frozen
class RulesetSource:
    """
    A ruleset that a plugin brings.

    Args:
        id: What users and reports call it.
        path: The folder with its TOML files.
        version: Its version.
        national: Whether it is the law itself: always loaded. An overlay is loaded where it is asked for.
    """

    id: str
    path: Path
    version: str
    national: bool = False


@hookspec
def devrules_rulesets() -> list[RulesetSource]:  # type: ignore[empty-body]  # a specification
    """
    Offer rulesets.

    Runs once, when rules are loaded.

    Returns:
        The rulesets that this plugin brings; an empty list for none.
    """


@hookspec(firstresult=True)
def devrules_read_sheets(path: Path) -> list[Sheet] | None:
    """
    Read the sheets of a ledger.

    Runs for every file that is to be audited, until a plugin answers.

    Args:
        path: The file. It exists; nothing is known of its content.

    Returns:
        The sheets in their order, or ``None`` where this plugin does not read such files.

    Raises:
        InvalidInput: When it is such a file and cannot be read.
        MissingExtra: When the library that would read it is not installed.
    """


@hookspec(firstresult=True)
def devrules_column_engine(name: str) -> ColumnEngine | None:
    """
    Offer an engine that judges many dossiers at once.

    Runs when an audit asks for the engine by its name.

    Args:
        name: What ``--engine`` named, for example ``duckdb``.

    Returns:
        The engine, or ``None`` where this plugin has none of that name.

    Raises:
        MissingExtra: When its library is not installed.
    """
