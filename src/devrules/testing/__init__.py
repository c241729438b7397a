"""
The suites that rulesets and adapters run: cases of rules, scenarios of stores and notifiers.

The scenarios need pytest; what else is here does not.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devrules.testing.notifier_suite import NotifierSuite
    from devrules.testing.store_suite import StoreSuite

__all__ = ["NotifierSuite", "StoreSuite"]

_WHERE = {"NotifierSuite": "devrules.testing.notifier_suite", "StoreSuite": "devrules.testing.store_suite"}
"""What is imported when it is first used: `devrules rules test` runs without pytest."""

if not TYPE_CHECKING:  # to a type checker the names are there, and no others

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_WHERE[name]), name)
