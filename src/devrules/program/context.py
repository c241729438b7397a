"""What checks are compiled in: the kinds of record, and the parameters as they are in one edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from devrules.days import Period
from devrules.dossier.kinds import Kinds
from devrules.program import measures as m
from devrules.program.model import Wanted
from devrules.program.paths import split
from devrules.ruleset.model import Stage, Value


class CheckError(ValueError):
    """A check that cannot be compiled, and why."""


@attrs.frozen
class Context:
    """
    What a check is compiled in.

    Args:
        kinds: The kinds of record.
        edition: The edition for which it is compiled.
        values: The parameters that it names, as they are in that edition.
        gate_step: The step of the gate before which it must be met, if there is one.
        judges: The kinds whose act the rule judges.
        stages: The stages of the process, in order.
        as_of: The day until which everything is looked for.
    """

    kinds: Kinds
    edition: str
    values: Mapping[str, Value]
    gate_step: int | None = None
    judges: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    as_of: m.Measure = m.AS_OF

    def period(self, name: str) -> Period:
        """Read a parameter that is a period by which a day can be moved."""
        period = self.length(name)
        if period.workdays:
            raise CheckError(
                f"parameter {name!r}: {period} can only be how long something lasts; expected calendar days"
            )
        return period

    def length(self, name: str) -> Period:
        """Read a parameter that is a period, which may be one of working days."""
        value = self.values[name].value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            raise CheckError(f"parameter {name!r}: {error}") from error

    def number(self, name: str) -> int:
        """Read a parameter that is a whole number."""
        value = self.values[name].value
        if not isinstance(value, int):
            raise CheckError(f"parameter {name!r}: expected a whole number, found {value!r}")
        return value

    def day(self, name: str) -> int:
        """Read a parameter that is a day, as an ordinal."""
        try:
            return date.fromisoformat(str(self.values[name].value)).toordinal()
        except ValueError as error:
            raise CheckError(f"parameter {name!r}: {error}") from error

    def fraction(self, name: str) -> Fraction:
        """Read a parameter that is a fraction."""
        try:
            return Fraction(str(self.values[name].value))
        except (ValueError, ZeroDivisionError) as error:
            raise CheckError(f"parameter {name!r}: expected a fraction such as 1/2") from error

    def said(self, name: str) -> str:
        """Give a parameter's value as it is written."""
        return str(self.values[name].value)

    def known(self, kind: str) -> str:
        """Give back *kind*, if there is such a kind of record."""
        if kind not in self.kinds:
            raise CheckError(f"there is no kind of record {kind!r}")
        return kind

    def field(self, kind: str, name: str, **extra: Any) -> m.Field:
        """Measure a field of the record of *kind* that counts."""
        found, pick, field_name, _ = split(f"{self.known(kind)}.{name}", self.kinds)
        return m.Field(found.id, pick, field_name, **extra)

    def want(self, *kinds: str) -> Wanted:
        """
        Want a record of any of *kinds* before any later step of the process is done.

        A kind without a place in the process is wanted by the gate, if the rule names one.
        """
        known = [self.kinds[self.known(kind)] for kind in kinds]
        steps = [one.step if one.until is None else one.until for one in known if one.step is not None]
        after = max(steps) + 1 if steps else self.gate_step or m.MANY
        return Wanted(kinds, m.Present(kinds), m.Done(after))
