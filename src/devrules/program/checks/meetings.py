"""Checks of meetings: a body from the numbers of those who should vote, came and voted."""

from __future__ import annotations

import attrs

from devrules.program import measures as m
from devrules.program.conditions import Compare, Every
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured
from devrules.program.paths import read_days
from devrules.ruleset import checks as c


def quorum(check: c.Quorum, context: Context) -> Body:
    """Compile: enough of those who should vote were present."""
    if (check.more_than is None) == (check.at_least_share is None):
        raise CheckError("expected either more_than or at_least_share")
    parameter = check.more_than or check.at_least_share or ""
    body = _share(check.meeting, parameter, ("present_vote",), context, exactly=check.more_than is None)
    if check.more_than is None:
        # Exactly a share of nobody is no quorum.
        someone = Compare(context.field(check.meeting, "should_vote"), ">=", 1)
        return attrs.evolve(body, ok=Every((body.ok, someone)))
    if check.in_doubt_since is None or not isinstance(body.ok, Compare):
        return body
    since = Compare(
        read_days((f"{check.meeting}.day",), context.kinds).measure, ">=", context.day(check.in_doubt_since)
    )
    return attrs.evolve(body, softened=(Every((Compare(body.ok.measure, ">=", 0), since)),))


def majority(check: c.Majority, context: Context) -> Body:
    """Compile: enough of those who should vote were in favour."""
    return _share(check.meeting, check.more_than, ("votes_for", "written_for"), context)


def _share(meeting: str, parameter: str, names: tuple[str, ...], context: Context, *, exactly: bool = False) -> Body:
    """More than k/n (with *exactly*, at least it) of those who should vote: n × counted − k × should > 0."""
    share = context.fraction(parameter)
    should = context.field(meeting, "should_vote")
    # Only the votes in the room are always stated; written consents are, where there were any.
    counted = [context.field(meeting, name, blank_is_zero=name != names[0]) for name in names]
    margin = m.Total((*((share.denominator, one) for one in counted), (-share.numerator, should)))
    return Body(
        ok=Compare(margin, ">=" if exactly else ">", 0),
        wanted=(context.want(meeting),),
        measured=(
            Measured("should_vote", should, "count"),
            *(Measured(one.name, one, "count") for one in counted),
        ),
        required=(("at_least" if exactly else "more_than", f"{share} of should_vote"),),
        kinds=(meeting,),
    )


def sums(check: c.Sums, context: Context) -> Body:
    """
    Compile: what the parts add up to is at most the whole.

    A part that is not stated is nothing where another one is; where none is, the sum is not known.
    """
    whole = context.field(check.meeting, check.at_most_value)
    parts = [context.field(check.meeting, name, blank_is_zero=True) for name in check.parts]
    margin = m.Total(((1, whole), *((-1, part) for part in parts)))
    told = tuple(context.field(check.meeting, name) for name in check.parts)
    any_told = told[0] if len(told) == 1 else m.FirstKnown(told)
    return Body(
        ok=Every((Compare(margin, ">=", 0), Compare(any_told, ">=", 0))),
        wanted=(context.want(check.meeting),),
        measured=tuple(Measured(one.name, one, "count") for one in (whole, *parts)),
        required=(("at_most", check.at_most_value),),
        kinds=(check.meeting,),
    )
