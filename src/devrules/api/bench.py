"""One program with what judges by it: persons have one, organisations another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial

from devrules.dossier.model import Dossier
from devrules.engine.api import Engine
from devrules.engine.choose import EngineKind, make_engine
from devrules.errors import EngineDisagreement
from devrules.findings.finding import Finding
from devrules.findings.judge import Judge
from devrules.findings.model import Judgement
from devrules.population.api import ColumnEngine, Judged
from devrules.program.evaluate import Evaluator
from devrules.program.program import Program
from devrules.program.view import View


class Bench:
    """
    Judges dossiers by one program.

    Args:
        program: The program.
        engine: The engine for one dossier at a time.
    """

    def __init__(self, program: Program, engine: EngineKind) -> None:
        self.program = program
        self.wanted = engine

    def findings(self, dossier: Dossier, as_of: date, judged: Judged | None = None) -> tuple[Finding, ...]:
        """
        Judge one dossier by every rule.

        Args:
            dossier: The dossier.
            as_of: The day to judge on.
            judged: What a column-wise engine found; by default it is judged now.
        """
        view = View(dossier, as_of, self.program.kinds)
        values = judged.values if judged else self._evaluator.values(view)
        fact = self._judge.fact(values)
        verdicts = judged.verdicts if judged else self.engine.judge(fact)
        return self._judge.findings(Judgement(self.program, dossier, as_of, values, view), verdicts, fact)

    def judged(
        self, dossiers: Sequence[Dossier], as_of: date, engine: ColumnEngine | None
    ) -> list[Callable[[], Judged | None]]:
        """
        Judge all at once where a column-wise engine does; one by one where it met a dossier that it cannot judge.

        Args:
            dossiers: The dossiers.
            as_of: The day to judge on.
            engine: The column-wise engine, if one is to judge.
        """
        if engine is None:
            return [lambda: None] * len(dossiers)
        try:
            judged = engine.judge(self.program, dossiers, [as_of] * len(dossiers))
        except EngineDisagreement:
            return [partial(_one, engine, self.program, dossier, as_of) for dossier in dossiers]
        return [partial(_as_it_is, one) for one in judged]

    @cached_property
    def engine(self) -> Engine:
        """The engine for one dossier at a time."""
        return make_engine(self.wanted, self.program.outcomes)

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self.program.measures, self.program.kinds, self.program.calendar)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.program)


def _one(engine: ColumnEngine, program: Program, dossier: Dossier, as_of: date) -> Judged:
    return engine.judge(program, [dossier], [as_of])[0]


def _as_it_is(judged: Judged) -> Judged:
    return judged
