"""The check of people: a body from whom an assignment names."""

from __future__ import annotations

from devrules.program import measures as m
from devrules.program.checks.common import bounds
from devrules.program.conditions import Compare, Condition, Every
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured
from devrules.ruleset import checks as c


def people(check: c.People, context: Context) -> Body:
    """Compile: an assignment names whom it may."""
    kind = context.kinds[context.known(check.of)]
    if kind.shape != "assignment":
        raise CheckError(f"records of the kind {kind.id!r} name no people")
    conditions: list[Condition] = []
    measured: list[Measured] = []
    required: tuple[tuple[str, str], ...] = ()
    if check.at_least is not None or check.at_most is not None:
        number = m.People(kind.id, kind.counts)
        ok, required = bounds(number, check.at_least, check.at_most, context)
        conditions.append(ok)
        measured.append(Measured("people", number, "count"))
    if check.full_members:
        others = m.People(kind.id, kind.counts, "not-full")
        conditions.append(Compare(others, "<=", 0))
        measured.append(Measured("not_full_members", others, "count"))
        required += (("all", "full members"),)
    if check.none_under:
        barred = m.People(kind.id, kind.counts, "under-sanction", check.none_under)
        conditions.append(Compare(barred, "<=", 0))
        measured.append(Measured("under_sanction", barred, "count"))
        required += (("none_under", ", ".join(check.none_under)),)
    if check.none_within:
        periods = tuple(context.period(name) for name in check.none_within.values())
        affected = m.People(kind.id, kind.counts, "within-effect", tuple(check.none_within), periods)
        conditions.append(Compare(affected, "<=", 0))
        measured.append(Measured("within_effect", affected, "count"))
        required += tuple((f"none_within_{name}", context.said(value)) for name, value in check.none_within.items())
    if check.not_self:
        same = m.People(kind.id, kind.counts, "self")
        conditions.append(Compare(same, "<=", 0))
        measured.append(Measured("self", same, "count"))
        required += (("none", "the person of the dossier"),)
    if not conditions:
        raise CheckError("expected at_least, at_most, full_members, none_under, none_within or not_self")
    return Body(
        ok=conditions[0] if len(conditions) == 1 else Every(tuple(conditions)),
        wanted=(context.want(kind.id),),
        measured=tuple(measured),
        required=required,
        kinds=(kind.id,),
    )
