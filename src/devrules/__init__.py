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

from devrules.api import Audit, Report, Rules, load
from devrules.dossier.model import Dossier
from devrules.errors import (
    DevrulesError,
    EngineDisagreement,
    InvalidInput,
    InvalidRuleset,
    MissingExtra,
    PluginFailure,
    UsageError,
)
from devrules.findings.finding import Finding
from devrules.findings.model import Waiver

__all__ = [
    "Audit",
    "DevrulesError",
    "Dossier",
    "EngineDisagreement",
    "Finding",
    "InvalidInput",
    "InvalidRuleset",
    "MissingExtra",
    "PluginFailure",
    "Report",
    "Rules",
    "UsageError",
    "Waiver",
    "load",
]
