"""A ruleset as it is written: kinds, parameters, process, rules and cases, each with its place in the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import attrs

from devrules.dossier.kinds import Kind
from devrules.law.model import Citation, Regulation, Text
from devrules.ruleset.checks import Check, Paths
from devrules.ruleset.process import ProcessText

Strength: TypeAlias = Literal["must", "should", "may", "local"]
Verdict: TypeAlias = Literal["pass", "fail", "pending", "unknown", "not_applicable", "waived", "manual"]
Subject: TypeAlias = Literal["person", "organisation"]
VERDICTS: tuple[Verdict, ...] = ("pass", "fail", "pending", "unknown", "not_applicable", "waived", "manual")


@attrs.frozen
class Value:
    """A parameter's value in one edition: a period, a fraction, or a whole number, with where it stands."""

    value: str | int
    citation: Citation


@attrs.frozen
class When:
    """
    What must hold for a rule to apply: a record is there or *absent*, or a value is as said or *stated* at all.

    *assume* is taken where the value is not recorded. A kind that is not kept counts as absent. What is there after all
    may be outweighed: by a record of one of the kinds *or_present*, or by the two days *or_in_order*, if both are those
    of a record and the first is no later than the second.
    """

    present: str | None = None
    absent: str | None = None
    value: str | None = None
    is_: bool | None = None
    among: tuple[str, ...] = ()
    assume: bool | None = None
    stated: bool | None = None
    or_present: tuple[str, ...] = ()
    or_in_order: tuple[str, ...] = ()


@attrs.frozen
class Part:
    """What a rule that extends another checks from a day on, while one of its own editions is in force."""

    edition: str
    since: date
    check: Check | None


@attrs.frozen
class Rule:
    """
    One constraint of the law.

    Args:
        id: Its name everywhere.
        title: What it says, in a line.
        judges: The kind whose act it judges, else the next one; that act's day picks the edition.
        strength: How binding it is.
        remedy: What to do when it fails.
        bodies: Edition to the check that it makes; no entry: the rule has no body there.
        citations: Edition to where it stands, the main article first.
        shared: The check that it makes in every edition in which its parameters have a value. As it is written, a rule
            has it in no edition yet; see :mod:`devrules.program.resolve`.
        row: The line of the law table that it encodes.
        before: The gate at which what is missing counts as failed.
        when: What must hold for it to apply: all of it.
        subject: What it judges: a person's dossier or that of an organisation.
        also: Where else it stands, in other regulations.
        always: Whether it also judges dossiers of a special way, to which the usual chain does not apply.
        extends: The national rule whose check it takes over, with other parameters; and, where it states none itself,
            when that applies and before which gate.
        parts: What it checks in each of its editions, anew with each edition of the rule that it extends; as it is
            written, a rule has none yet.
        place: File and key.
    """

    id: str
    title: Text
    judges: Paths
    strength: Strength
    remedy: Text
    bodies: Mapping[str, Check]
    citations: Mapping[str, tuple[Citation, ...]]
    row: str
    before: str | None = None
    when: tuple[When, ...] = ()
    subject: Subject = "person"
    also: tuple[Citation, ...] = ()
    always: bool = False
    extends: str | None = None
    replaces: Mapping[str, str] = attrs.field(factory=dict)
    place: str = ""
    shared: Check | None = None
    parts: tuple[Part, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check that it makes, in whichever edition."""
        return tuple(check for check in (*self.bodies.values(), *(part.check for part in self.parts)) if check)


@attrs.frozen
class Stage:
    """A stage of the process, reached by the first of the records *entered_by*; *also*: what else ledgers call it."""

    id: str
    name: Text
    entered_by: tuple[str, ...]
    also: tuple[str, ...] = ()


@attrs.frozen
class Gate:
    """
    A gate, passed by the record *submission*.

    What was sent through it waits for a record of *decided_by*; one with an outcome of *reopened_by* opens it again.
    """

    id: str
    name: Text
    submission: str
    decided_by: tuple[str, ...] = ()
    reopened_by: tuple[str, ...] = ()


@attrs.frozen
class Expectation:
    """
    What a case says of its rule; a part that is not stated is not compared.

    *fails_at* names the gate that shows the finding as failed, though what is missing may still be pending.
    """

    verdict: Verdict
    strength: Strength | None = None
    edition: str | None = None
    article: str | None = None
    notes: tuple[str, ...] | None = None
    lamp: str | None = None
    due: date | None = None
    fails_at: str | None = None


@attrs.frozen
class Case:
    """A dossier that shows what a rule means."""

    rule: str
    says: str
    as_of: date
    dossier: Mapping[str, Any]
    expect: Expectation
    place: str = ""


@attrs.frozen
class Ruleset:
    """
    One package of law, or an overlay on it.

    *national* tells which; *sha256* is over its files, in order of their names. The cases, by far the largest part of
    them, judge nobody: *read_cases* reads them when somebody asks.
    """

    id: str
    version: str
    sha256: str
    path: Path
    national: bool = False
    regulations: tuple[Regulation, ...] = ()
    kinds: Mapping[str, Kind] = attrs.field(factory=dict)
    parameters: Mapping[str, Mapping[str, Value]] = attrs.field(factory=dict)
    stages: tuple[Stage, ...] = ()
    gates: tuple[Gate, ...] = ()
    special_ways: tuple[str, ...] = ()
    process: ProcessText = attrs.field(factory=ProcessText)
    rules: tuple[Rule, ...] = ()
    read_cases: Callable[[], tuple[Case, ...]] = attrs.field(default=tuple, eq=False, repr=False)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """
        The cases, in the order of the files.

        Raises:
            InvalidRuleset: With everything that is wrong with them.
        """
        return self.read_cases()
