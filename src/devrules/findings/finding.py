"""A finding: what is known of one rule on one dossier, and the sentence that says it."""

from __future__ import annotations

import attrs

from devrules.findings.message import message_of
from devrules.findings.model import Found
from devrules.findings.remedy import remedy_of
from devrules.law.model import Text


@attrs.frozen(eq=False)
class Finding(Found):
    """A rule's verdict on a dossier."""

    @property
    def message(self) -> Text:
        """What was found, in a sentence."""
        return message_of(self)

    @property
    def remedy(self) -> Text:
        """What to do: what is to be recorded, else the rule's own remedy; empty where nothing is to be done."""
        return remedy_of(self)
