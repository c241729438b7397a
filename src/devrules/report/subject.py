"""What a report is made from: the face of a judged dossier and of an audit that the formats read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import attrs

from devrules.dossier.model import Dossier
from devrules.errors import EngineDisagreement, Problem
from devrules.findings.finding import Finding
from devrules.findings.gates import GateView
from devrules.findings.model import Waiver
from devrules.ledger.read import Unread
from devrules.mask import mask_name, mask_text
from devrules.ruleset.model import Ruleset, Stage


@attrs.frozen
class Compared:
    """
    How a report compares with an earlier one; only red and yellow lamps are counted.

    Args:
        name: The file of the earlier report.
        as_of: The day of the earlier report.
        old: How many stood there with the same verdict, and are left out.
        gone: How many stood there and are no longer so.
    """

    name: str
    as_of: str
    old: int
    gone: int


class Checked(Protocol):
    """One dossier, judged."""

    @property
    def dossier(self) -> Dossier:
        """The dossier."""

    @property
    def as_of(self) -> date:
        """The day on which it was judged."""

    @property
    def engine(self) -> str:
        """The engine that judged, and its version."""

    @property
    def findings(self) -> Sequence[Finding]:
        """One a rule; fewer where only some are of interest."""

    @property
    def judged(self) -> Sequence[Finding]:
        """One a rule, also where only some are of interest."""

    @property
    def stage(self) -> Stage | None:
        """The stage that the records have reached."""

    @property
    def over(self) -> bool:
        """Whether the process has ended."""

    @property
    def gates(self) -> Sequence[GateView]:
        """Every gate."""


class Audited(Protocol):
    """Many dossiers, judged."""

    @property
    def as_of(self) -> date:
        """The day on which they were judged."""

    @property
    def engine(self) -> str:
        """The engine that judged, and its version."""

    @property
    def rulesets(self) -> Sequence[Ruleset]:
        """The rulesets by which they were judged."""

    @property
    def reports(self) -> Sequence[Checked]:
        """One a dossier."""

    @property
    def unread(self) -> Sequence[Unread]:
        """Cells and rows that were not understood."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Files that could not be read at all."""

    @property
    def complete(self) -> bool:
        """Whether every file, table and person could be judged."""

    @property
    def disagreements(self) -> Sequence[tuple[str, EngineDisagreement]]:
        """Dossiers on which two engines differed, by id."""

    @property
    def waivers(self) -> Sequence[Waiver]:
        """The waivers that were to be considered."""

    @property
    def sources(self) -> Sequence[Path]:
        """The files and folders that were read."""

    @property
    def compared(self) -> Compared | None:
        """How it compares with an earlier report, where only what is new since then is shown."""


def name_of(checked: Checked, *, unmask: bool) -> str:
    """Give the person's name, masked unless asked otherwise."""
    name = checked.dossier.person.name
    return name if unmask else mask_name(name)


def text_of(unread: Unread, *, unmask: bool) -> str:
    """Give the text of a cell that was not understood; personal data is masked unless asked otherwise."""
    if unmask:
        return unread.text
    return mask_name(unread.text) if unread.sensitive else mask_text(unread.text)


def reason_of(unread: Unread, lang: str) -> str:
    """Give the reason in *lang*; it is written in Chinese and English."""
    zh, _, en = unread.reason.partition(" / ")
    return en if en and lang == "en" else zh


def problems_of(audit: Audited, *, unmask: bool) -> Iterator[str]:
    """Yield what could not be judged at all: files that could not be read, dossiers on which two engines differed."""
    for told in (*map(str, audit.problems), *(f"{dossier}: {error}" for dossier, error in audit.disagreements)):
        yield told if unmask else mask_text(told)
