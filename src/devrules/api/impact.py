"""The same dossiers judged in two ways, to what differs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, Self, TypeVar

import attrs

from devrules.api.judged import Audit
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.errors import UsageError
from devrules.program.as_if import regulation_of
from devrules.program.program import Program
from devrules.report.formats import How, Track, find_format
from devrules.report.impact import Asked, Differences, changed_in
from devrules.report.impact_formats import IMPACT_FORMATS
from devrules.report.targets import keep_apart
from devrules.report.writing import write_whole
from devrules.ruleset.model import Ruleset

R = TypeVar("R", bound="Changeable")


@attrs.frozen(eq=False)
class Impact(Differences):
    """Whose verdicts another edition or an overlay changes; it prints itself."""

    def save(self, target: Path | str, *, form: str | None = None, lang: str = "zh", unmask: bool = False) -> None:
        """
        Write what changes to a file; it appears under its name only when it is whole.

        Args:
            target: The file. How it ends tells the format: ``.html``, ``.json``, ``.csv``, else text.
            form: The format by its name, whatever the ending.
            lang: ``zh`` or ``en``.
            unmask: Whether to write names and numbers in full.

        Raises:
            UsageError: When there is no such format, the file cannot be written, or it is one that was read.
        """
        path = Path(target)
        keep_apart({"target": path}, self.after.sources)
        write_whole(path, find_format(IMPACT_FORMATS, form, path).pieces(self, How(lang, unmask)))

    def __str__(self) -> str:
        # The terminal library loads only where text is wanted.
        from devrules.report.impact_text import impact_text  # noqa: PLC0415

        return impact_text(self)


class Changeable(Protocol):
    """What is asked of rules that are compared with others."""

    @property
    def program(self) -> Program:
        """The compiled rules."""

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets, the national ones first."""

    def as_if(self, edition: str) -> Self:
        """Give the rules as if one edition had been in force on every day."""

    def with_overlay(self, overlay: str) -> Self:
        """Give the rules with one more overlay."""

    def audit(self, *sources: Iterable[Dossier], as_of: date, track: Track = iter) -> Audit:
        """Judge many dossiers."""


def compared(rules: R, asked: Asked) -> tuple[R, R]:
    """
    Make the rules to compare.

    Args:
        rules: The rules that there are.
        asked: What to compare.

    Raises:
        UsageError: When there is no such edition or overlay, or it is not clear what is asked.
    """
    if asked.overlay is not None and asked.before is None and asked.after is None:
        return rules, rules.with_overlay(asked.overlay)
    if asked.before is None or asked.after is None or asked.overlay is not None:
        raise UsageError("compare two editions (from, to), or add an overlay: one of the two")
    one, other = (regulation_of(rules.rulesets, edition) for edition in (asked.before, asked.after))
    if one != other:
        raise UsageError(f"{asked.before!r} and {asked.after!r} are editions of two regulations: {one.id}, {other.id}")
    if asked.before == asked.after:
        raise UsageError(f"{asked.before!r} is compared with itself; there are: {_editions(rules, asked.before)}")
    return rules.as_if(asked.before), rules.as_if(asked.after)


def impact_of(asked: Asked, before: Changeable, new: Audit, track: Track) -> Impact:
    """
    Judge those who were judged by the one rules by the other ones, too, and compare.

    Args:
        asked: What is compared.
        before: The rules to compare with.
        new: Everybody, judged by rules that know every kind of record that *before* knows.
        track: Shows how far the judging came.
    """
    dossiers = [known_to(before.program.kinds, report.dossier) for report in new.reports]
    old = before.audit(dossiers, as_of=new.as_of, track=track)
    # A dossier on which engines differ has no report.
    reports = {id(report.dossier): report for report in old.reports}
    both = zip(map(id, dossiers), new.reports, strict=True)
    return Impact(asked, old, new, changed_in((reports[own], report) for own, report in both if own in reports))


def known_to(kinds: Kinds, dossier: Dossier) -> Dossier:
    """Leave out the records of kinds that only an overlay knows."""
    if all(kind in kinds for kind in dossier.records):
        return dossier
    return attrs.evolve(dossier, records={kind: own for kind, own in dossier.records.items() if kind in kinds})


def _editions(rules: Changeable, edition: str) -> str:
    return ", ".join(one.id for one in regulation_of(rules.rulesets, edition).editions)
