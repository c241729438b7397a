"""
devrules: the rules by which a person is taken into the Chinese Communist Party, judged on what is recorded.

    >>> from datetime import date
    >>> import devrules
    >>> rules = devrules.load()
    >>> dossier = rules.read_dossier(
    ...     {
    ...         "format": "devrules.dossier/1",
    ...         "id": "1",
    ...         "recorded_kinds": "all",
    ...         "records": {"application": [{"received": "2026-01-31"}], "talk": [{"day": "2026-03-01"}]},
    ...     }
    ... )
    >>> finding = rules.check(dossier, as_of=date(2026, 11, 21)).finding("talk-within-one-month")
    >>> finding.verdict, finding.edition, finding.article
    ('fail', 'xize-2014', '7')
"""

from importlib import import_module
from typing import TYPE_CHECKING

from devrules.errors import (
    DevrulesError,
    EngineDisagreement,
    InvalidInput,
    InvalidRuleset,
    MissingExtra,
    PluginFailure,
    UsageError,
)

if TYPE_CHECKING:
    from devrules.api import Audit, Impact, Report, Rules, load
    from devrules.api.desk import Desk
    from devrules.desk.office import Refused
    from devrules.desk.ports import Conflict, Wanted
    from devrules.desk.receipt import Receipt
    from devrules.dossier.model import Dossier
    from devrules.findings.finding import Finding
    from devrules.findings.model import Waiver
    from devrules.process.model import Actor, Command, Decided, Refusal

__all__ = [
    "Actor",
    "Audit",
    "Command",
    "Conflict",
    "Decided",
    "Desk",
    "DevrulesError",
    "Dossier",
    "EngineDisagreement",
    "Finding",
    "Impact",
    "InvalidInput",
    "InvalidRuleset",
    "MissingExtra",
    "PluginFailure",
    "Receipt",
    "Refusal",
    "Refused",
    "Report",
    "Rules",
    "UsageError",
    "Waiver",
    "Wanted",
    "load",
]

_WHERE = {
    "Actor": "devrules.process.model",
    "Audit": "devrules.api",
    "Command": "devrules.process.model",
    "Conflict": "devrules.desk.ports",
    "Decided": "devrules.process.model",
    "Desk": "devrules.api.desk",
    "Dossier": "devrules.dossier.model",
    "Finding": "devrules.findings.finding",
    "Impact": "devrules.api",
    "Receipt": "devrules.desk.receipt",
    "Refusal": "devrules.process.model",
    "Refused": "devrules.desk.office",
    "Report": "devrules.api",
    "Rules": "devrules.api",
    "Waiver": "devrules.findings.model",
    "Wanted": "devrules.desk.ports",
    "load": "devrules.api",
}
"""What is imported when it is first used: a plugin that wants a hook need not wait for the whole library."""

if not TYPE_CHECKING:  # to a type checker the names are there, and no others

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_WHERE[name]), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_WHERE})
