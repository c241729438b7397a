"""The name of an engine to the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from devrules.engine.api import Engine, Outcome
from devrules.engine.crosscheck import CrossChecked
from devrules.engine.durable import Durable, available, why_unavailable
from devrules.engine.reference import Reference
from devrules.errors import UsageError

EngineKind: TypeAlias = Literal["auto", "durable", "reference"]


def make_engine(kind: EngineKind, outcomes: Sequence[Outcome]) -> Engine:
    """
    Make the engine that is asked for.

    Args:
        kind: ``durable`` is durable-rules, every verdict compared with the reference; ``reference`` is plain Python;
            ``auto`` is durable-rules where it can be imported, else the reference.
        outcomes: The outcomes of all rules.

    Returns:
        The engine. Its name tells which one it is.

    Raises:
        InvalidRuleset: When the engine cannot hold the outcomes.
        UsageError: When durable-rules is asked for and cannot be imported, or there is no such engine.
    """
    if kind not in ("auto", "durable", "reference"):
        raise UsageError(f"there is no engine {kind!r}: choose auto, durable or reference")
    if kind == "reference" or (kind == "auto" and available() is None):
        return Reference(outcomes)
    if available() is None:
        raise UsageError(_advice())
    return CrossChecked(Durable(outcomes), Reference(outcomes))


def _advice() -> str:
    return (
        f"engine 'durable': durable-rules cannot be imported ({why_unavailable()}). Install durable-rules 2.0.28 on "
        "Python 3.12 or older; from 3.13 on build it with CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject. "
        "Or choose engine 'reference', which judges alike, or 'auto'."
    )
