"""
Everything that devrules raises on purpose.

    DevrulesError            whatever devrules reports as an error
    ├── InvalidInput         a source (dossier, ledger, calendar) cannot be judged; carries every problem found
    ├── InvalidRuleset       a ruleset cannot be loaded; carries every problem found
    ├── UsageError           a call or command names something that is not there
    ├── MissingExtra         a feature needs an optional package that is not installed
    ├── EngineFailure        an engine stopped halfway; nothing is known about the verdicts
    ├── EngineDisagreement   two engines, or two outcomes of one rule, gave different verdicts
    ├── StoreFailure         what the desk keeps could not be opened, read or written; nothing is half written
    └── PluginFailure        a plugin raised; carries its name
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import attrs


@attrs.frozen
class Problem:
    """
    One thing that is wrong, and where.

    Args:
        where: The place: a file, with sheet and row or a key path.
        what: What is wrong there, with the offending value.
        remedy: What to do about it; empty where *what* says it.
    """

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}"
        return f"{text} ({self.remedy})" if self.remedy else text


class DevrulesError(Exception):
    """Whatever devrules reports as an error."""


class _Problems(DevrulesError):
    """An error that carries all problems, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    # Errors pass from one process to another.
    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), (self.problems,)


class InvalidInput(_Problems):
    """A source (dossier, ledger, calendar) cannot be judged."""


class InvalidRuleset(_Problems):
    """A ruleset cannot be loaded."""


class UsageError(DevrulesError):
    """A call or command names something that is not there."""


class MissingExtra(DevrulesError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{feature} needs an optional package: pip install 'devrules[{extra}]'")


class EngineFailure(DevrulesError):
    """An engine stopped halfway; nothing is known about the verdicts."""


class EngineDisagreement(DevrulesError):
    """
    Two engines, or two outcomes of one rule, gave different verdicts.

    Args:
        rule: The rule's id.
        verdicts: What each said.
    """

    def __init__(self, rule: str, verdicts: Iterable[str]) -> None:
        self.rule = rule
        self.verdicts = tuple(verdicts)
        super().__init__(f"rule {rule}: the verdicts differ: {', '.join(self.verdicts)}")

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), (self.rule, self.verdicts)


class StoreFailure(DevrulesError):
    """What the desk keeps could not be opened, read or written; nothing is half written."""


class PluginFailure(DevrulesError):
    """A plugin raised; carries its name."""

    def __init__(self, plugin: str, reason: str) -> None:
        self.plugin = plugin
        super().__init__(f"plugin {plugin}: {reason}")
