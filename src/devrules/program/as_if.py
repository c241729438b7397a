"""Rulesets to a program in which one edition of a regulation is in force on every day: for a what-if."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from devrules.days import WorkingDays
from devrules.errors import InvalidRuleset, UsageError
from devrules.law.model import Regulation
from devrules.plain import hinted, nearest
from devrules.program.from_ruleset import compile_what_can_be
from devrules.program.program import Program
from devrules.ruleset.model import Ruleset, Subject


def compile_as_if(rulesets: Sequence[Ruleset], edition: str, calendar: WorkingDays, subject: Subject) -> Program:
    """
    Compile rulesets as if one edition had been in force on every day.

    A rule that has no body in it is not applicable. Editions of other regulations are in force when they are.

    Args:
        rulesets: Rulesets that can be compiled, the national ones first.
        edition: The edition, by its id.
        calendar: The working days.
        subject: Whom the program judges.

    Raises:
        UsageError: When there is no such edition.
    """
    program, problems = compile_what_can_be(as_if(rulesets, edition), calendar, subject)
    # That a rule has nothing to extend in this edition is no mistake of the rulesets; that one is left out would be.
    wanted = [rule.id for ruleset in rulesets for rule in ruleset.rules if rule.subject == subject]
    if wanted != [rule.id for rule in program.rules]:
        raise InvalidRuleset(problems)
    return program


def as_if(rulesets: Sequence[Ruleset], edition: str) -> tuple[Ruleset, ...]:
    """
    Give rulesets in whose regulations one edition is in force on every day.

    Args:
        rulesets: The rulesets.
        edition: The edition, by its id.

    Raises:
        UsageError: When there is no such edition.
    """
    regulation_of(rulesets, edition)
    return tuple(
        attrs.evolve(ruleset, regulations=tuple(_always(one, edition) for one in ruleset.regulations))
        for ruleset in rulesets
    )


def regulation_of(rulesets: Sequence[Ruleset], edition: str) -> Regulation:
    """
    Find the regulation that an edition is one of.

    Raises:
        UsageError: When there is no such edition.
    """
    regulations = [one for ruleset in rulesets for one in ruleset.regulations]
    editions = {edition.id: regulation for regulation in regulations for edition in regulation.editions}
    if edition not in editions:
        known = f"there are: {', '.join(editions)}"
        raise UsageError(hinted(f"there is no edition {edition!r}; {known}", nearest(edition, editions)))
    return editions[edition]


def _always(regulation: Regulation, edition: str) -> Regulation:
    """Let every edition be in force from the first day of all, and the chosen one come last, so that it counts."""
    chosen = [one for one in regulation.editions if one.id == edition]
    if not chosen:
        return regulation
    others = [one for one in regulation.editions if one.id != edition]
    editions = tuple(attrs.evolve(one, in_force=date.min, public=None) for one in (*others, *chosen))
    return attrs.evolve(regulation, editions=editions)
