"""
The hooks that a plugin may implement.

A plugin is a module (or any object) with functions of these names marked with :data:`hookimpl`; an installed one
announces itself by an entry point of the group ``devrules``. It imports the library that it adapts inside its hooks,
never on top: devrules loads every plugin, and must load without their libraries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
import pluggy

from devrules.desk.organisations import OrganisationTree
from devrules.desk.ports import Notifier, Store
from devrules.dossier.model import Member
from devrules.ledger.sheet import Sheet
from devrules.ledger.template import TemplateColumn
from devrules.population.api import ColumnEngine, HostTables
from devrules.report.formats import ReportFormat
from devrules.report.marks import MarkedSheet

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
def devrules_write_template(path: Path, columns: Sequence[TemplateColumn]) -> bool | None:
    """
    Write an empty ledger.

    Runs when somebody asks for one, until a plugin answers.

    Args:
        path: The file to write. There is none of this name.
        columns: Its columns.

    Returns:
        ``True`` when it was written, ``None`` where this plugin does not write such files.

    Raises:
        MissingExtra: When the library that would write it is not installed.
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


@hookspec
def devrules_report_formats() -> list[ReportFormat]:  # type: ignore[empty-body]  # a specification
    """
    Offer formats of reports.

    Runs once, when the first report is written.

    Returns:
        The formats that this plugin brings; one of a name that is there already replaces it. A format whose library
        is not installed is offered all the same, and raises ``MissingExtra`` when it is used.
    """


@hookspec(firstresult=True)
def devrules_write_marked(sheets: Iterable[MarkedSheet]) -> Iterable[bytes] | None:
    """
    Write copies of sheets, with what is to be said at their cells.

    Runs when the user wants a copy of the ledgers in which the cells that findings are about are marked.

    Args:
        sheets: The sheets with their marks.

    Returns:
        The pieces of a workbook, or ``None`` where this plugin writes none.

    Raises:
        MissingExtra: When its library is not installed.
    """


@hookspec(firstresult=True)
def devrules_open_store(url: str) -> Store | None:
    """
    Open the store in which a desk keeps things.

    Runs when a desk is opened, until a plugin answers.

    Args:
        url: Where it is: ``memory:``, ``sqlite:///desk.db``, or whatever a plugin understands.

    Returns:
        The store, or ``None`` where this plugin does not know such URLs. It holds the scenarios of
        ``devrules.testing.StoreSuite``.

    Raises:
        StoreFailure: When it is such a URL and cannot be opened.
        MissingExtra: When the library that would open it is not installed.
    """


@hookspec(firstresult=True)
def devrules_open_tables(url: str, schema: str | None, prefix: str) -> HostTables | None:
    """
    Open the database in which a host shows its dossiers in tables or views.

    Runs when a population is to be written from a database, until a plugin answers.

    Args:
        url: Where it is: ``sqlite:///host.db``, or whatever a plugin understands.
        schema: The schema of the tables; ``None`` for that of the connection.
        prefix: What stands before the names of the tables.

    Returns:
        The tables, or ``None`` where this plugin does not know such URLs.

    Raises:
        InvalidInput: When it is such a URL and cannot be opened.
        MissingExtra: When the library that would open it is not installed.
    """


@hookspec
def devrules_notifiers() -> list[Notifier]:  # type: ignore[empty-body]  # a specification
    """
    Offer notifiers: who tells people what stands in the outbox of a desk.

    Runs once, when a desk is opened.

    Returns:
        The notifiers that this plugin brings, each with a name that no other has; an empty list for none. They hold
        the scenarios of ``devrules.testing.NotifierSuite``.
    """


@hookspec(firstresult=True)
def devrules_organisations() -> OrganisationTree | None:
    """
    Tell which organisations are over which.

    Runs once, when a desk is opened, until a plugin answers.

    Returns:
        The tree, or ``None`` where this plugin knows none. Where no plugin does, a desk knows of a branch the
        committee above it that stands in the dossier, and nothing else.
    """


@hookspec(firstresult=True)
def devrules_members(organisation: str) -> list[Member] | None:
    """
    List the members of an organisation: of them contacts and sponsors are chosen.

    Runs each time a record that names members is made, until a plugin answers.

    Args:
        organisation: The id of a branch.

    Returns:
        Its members, or ``None`` where this plugin does not know them; an empty list says that there are none.
    """
