"""Samples to what the evaluator and the reference make of them, one at a time."""

from __future__ import annotations

import attrs
from dossiers import Sample

from devrules.engine.api import Engine, Fact
from devrules.engine.reference import Reference
from devrules.errors import EngineDisagreement
from devrules.program.evaluate import Evaluator, Values
from devrules.program.program import Program
from devrules.program.view import View


@attrs.frozen
class Expected:
    """What one dossier comes to; *clash* is the rule with two outcomes at once, if there is one."""

    values: Values
    fact: Fact
    verdicts: dict[str, str]
    clash: str | None = None


class OneByOne:
    """Takes the measures in Python, and judges by plain Python."""

    def __init__(self, program: Program, engine: Engine | None = None) -> None:
        self.program = program
        self.engine = engine or Reference(program.outcomes)
        self.evaluator = Evaluator(program.measures, program.kinds, program.calendar)

    def expect(self, sample: Sample) -> Expected:
        """Judge one sample."""
        values = self.evaluator.values(View(sample.dossier, sample.as_of, self.program.kinds))
        fact = self.fact(values)
        try:
            return Expected(values, fact, self.engine.judge(fact))
        except EngineDisagreement as error:
            return Expected(values, fact, {}, error.rule)

    def fact(self, values: Values) -> Fact:
        """Flatten values to the fact that engines judge."""
        fact: dict[str, int] = {}
        for measure, value in zip(self.program.measures, values, strict=True):
            if value is not None:
                name = self.program.names[measure]
                fact[f"{name}.low"], fact[f"{name}.high"] = value
        return fact
