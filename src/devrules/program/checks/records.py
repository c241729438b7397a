"""Checks of what is there: a body from records, their fields and their attachments."""

from __future__ import annotations

from devrules.program import measures as m
from devrules.program.checks.common import bounds
from devrules.program.conditions import Compare, Every
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured
from devrules.program.paths import read_days, scalar
from devrules.ruleset import checks as c


def present(check: c.Present, context: Context) -> Body:
    """Compile: a record is there."""
    kinds = (check.record,) if check.or_record is None else (check.record, check.or_record)
    wanted = context.want(*kinds)
    if context.gate_step is None and all(context.kinds[kind].step is None for kind in kinds):
        raise CheckError(
            f"a record of the kind {check.record!r} has no place in the process: say before which gate it is due"
        )
    day = read_days(tuple(f"{kind}.{context.kinds[kind].act_day}" for kind in kinds), context.kinds)
    return Body(
        ok=Compare(wanted.there, ">=", 1),
        wanted=(wanted,),
        refutable=False,
        measured=(Measured("day", day.measure, "day"),),
        required=(("record", " or ".join(kinds)),),
        kinds=kinds,
    )


def complete(check: c.Complete, context: Context) -> Body:
    """Compile: a record states its fields."""
    kind = context.kinds[context.known(check.record)]
    fields = check.fields or kind.required.get(context.edition, ())
    if not fields:
        raise CheckError(f"the kind {kind.id!r} requires no field in {context.edition}")
    stated = [context.field(kind.id, name, filled=True) for name in fields]
    return Body(
        ok=Every(tuple(Compare(one, ">=", 1) for one in stated)),
        wanted=(context.want(kind.id),),
        measured=tuple(Measured(f"{one.name}_stated", one, "flag") for one in stated),
        required=(("fields", ", ".join(fields)),),
        kinds=(kind.id,),
    )


def count(check: c.Count, context: Context) -> Body:
    """Compile: so many records are there."""
    number = m.Count(context.known(check.records))
    ok, required = bounds(number, check.at_least, check.at_most, context)
    return Body(
        ok=ok,
        measured=(Measured("count", number, "count"),),
        required=required,
        kinds=(check.records,),
    )


def attached(check: c.Attached, context: Context) -> Body:
    """Compile: a record has an attachment."""
    number = context.field(check.to, "attachments")
    return Body(
        ok=Compare(number, ">=", 1),
        wanted=(context.want(check.to),),
        measured=(Measured("attachments", number, "count"),),
        required=(("attached_to", check.to),),
        kinds=(check.to,),
    )


def stage_agrees(check: c.StageAgrees, context: Context) -> Body:
    """Compile: the stated stage is the one reached."""
    names = tuple((stage.name.zh, stage.name.en, stage.id, *stage.also) for stage in context.stages)
    reached = m.StageReached(tuple(stage.entered_by for stage in context.stages))
    recorded = m.WordNumber(scalar(check.recorded).path, names)
    gap = m.Between(reached, recorded)
    return Body(
        ok=Compare(gap, "==", 0),
        measured=(Measured("stage_recorded", recorded, "count"), Measured("stage_reached", reached, "count")),
        required=(("equals", "stage by the records"),),
        kinds=tuple(kind for stage in context.stages for kind in stage.entered_by),
    )


def manual(check: c.Manual, context: Context) -> Body:
    """Compile: a person attests."""
    if not check.attest:
        raise CheckError("expected something to attest")
    kinds = tuple(map(context.known, context.judges))
    required = tuple((name, context.said(name)) for name in check.numbers)
    return Body(ok=Every(()), wanted=(context.want(*kinds),), required=required, attest=check.attest, kinds=kinds)
