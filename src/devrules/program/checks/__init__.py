"""
What each check measures, and when it is met: one function a check, from the check as written to a body.

The glossary of a body is in :class:`devrules.program.model.Body`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devrules.program.checks import days, expressions, meetings, people, records, series
from devrules.program.context import CheckError, Context
from devrules.program.model import Body
from devrules.ruleset import checks as c


def compile_check(check: c.Check, context: Context) -> Body:
    """
    Compile *check* for one edition.

    Raises:
        CheckError: When a parameter has the wrong form or a kind does not exist.
        PathError: When a path leads nowhere.
    """
    return _COMPILERS[type(check)](check, context)


_COMPILERS: dict[type[Any], Callable[[Any, Context], Body]] = {
    c.Present: records.present,
    c.Complete: records.complete,
    c.Count: records.count,
    c.Within: days.within,
    c.After: days.after,
    c.Lasts: days.lasts,
    c.InOrder: days.in_order,
    c.Every: series.every,
    c.Quorum: meetings.quorum,
    c.Majority: meetings.majority,
    c.People: people.people,
    c.Attached: records.attached,
    c.Agrees: days.agrees,
    c.Sums: meetings.sums,
    c.StageAgrees: records.stage_agrees,
    c.Gap: series.gap,
    c.Manual: records.manual,
    c.Expression: expressions.expression,
}

__all__ = ["CheckError", "Context", "compile_check"]
