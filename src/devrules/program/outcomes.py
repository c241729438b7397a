"""Compiled rules to outcomes that exclude one another, and to the conditions of their notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from devrules.program import measures as m
from devrules.program.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Every,
    Names,
    Outcome,
    Plain,
    Some,
    Test,
    compared,
    never,
    surely,
)
from devrules.program.model import Body, Compiled, Group, Term, Wanted

SOFTENED = "softened"
"""Not a note that users see: a fail that rests on an assumed beginning, and so may be none."""


def measures(compiled: Compiled) -> Iterator[m.Measure]:
    """
    Yield the measures that a rule's outcomes, notes and findings read.

    Args:
        compiled: The rule.
    """
    yield compiled.edition
    yield from compared(compiled.applies) if compiled.applies is not None else ()
    yield from (one for one in (compiled.special, compiled.over) if one is not None)
    for group in compiled.groups:
        if group.body is not None:
            yield from _body_measures(group.body)
        for _, softened in group.softened:
            yield from chain.from_iterable(map(compared, softened))


def _body_measures(body: Body) -> Iterator[m.Measure]:
    conditions = [body.ok, _overdue(body), _waiting(body), *body.close, *body.softened, *body.other_readings]
    conditions += [one for one in (body.idle, body.spared) if one is not None]
    yield from chain.from_iterable(compared(condition) for condition in conditions)
    yield from (shown.measure for shown in body.measured)
    yield from (one for one in (body.due, body.grace) if one is not None)
    yield from body.anchors
    yield from body.assumed


def outcomes(compiled: Compiled, names: Names) -> Iterator[Outcome]:
    """
    Compile a rule's outcomes: one a verdict and a group of editions.

    A group without a body is not applicable. Days before the first edition have no outcome: unknown. Once the process
    has ended, nothing is pending: what was not due before is not owed any more, and so does not apply.

    Args:
        compiled: The rule.
        names: What the fact calls each measure.
    """
    for group in compiled.groups:
        guard = _guard(compiled, group, names)
        if group.body is None:
            yield Outcome(compiled.id, "not_applicable", AllOf(guard))
            continue
        if compiled.special is not None:
            # A dossier of a special way: the law does not say which of the usual steps it spares, so all are unknown.
            guard = (*guard, surely(Compare(compiled.special, "<=", 0), names))
        if compiled.applies is not None:
            yield Outcome(compiled.id, "not_applicable", AllOf((*guard, never(compiled.applies, names))))
            guard = (*guard, surely(compiled.applies, names))
        if group.body.spared is not None:
            yield Outcome(compiled.id, "not_applicable", AllOf((*guard, surely(group.body.spared, names))))
            guard = (*guard, never(group.body.spared, names))
        for verdict, when in _verdicts(group.body, names):
            if verdict == "pending" and compiled.over is not None:
                over, going = Compare(compiled.over, ">=", 1), Compare(compiled.over, "<=", 0)
                yield Outcome(compiled.id, "not_applicable", AllOf((*guard, surely(over, names), when)))
                yield Outcome(compiled.id, verdict, AllOf((*guard, surely(going, names), when)))
            else:
                yield Outcome(compiled.id, verdict, AllOf((*guard, when)))


def _guard(compiled: Compiled, group: Group, names: Names) -> tuple[Plain, ...]:
    return (
        surely(Compare(compiled.edition, ">=", group.first), names),
        surely(Compare(compiled.edition, "<=", group.last), names),
    )


def _verdicts(body: Body, names: Names) -> Iterator[tuple[str, Plain]]:
    if body.attest:
        there = [Compare(one.there, ">=", 1) for one in body.wanted]
        yield "manual", surely(Some((*there, *map(_gone, body.wanted))), names)
        yield "pending", surely(_all_open(body.wanted), names)
        return
    yield "pass", surely(body.ok, names)
    if body.terms:
        yield "fail", _terms_lost(body, names)
        yield "pending", _terms_open(body, names)
        return
    failed = [never(body.ok, names)] if body.refutable and body.idle is None else []
    if body.idle is not None:
        failed.append(AllOf((never(body.idle, names), never(body.ok, names))))
    if body.wanted:
        failed.append(surely(_overdue(body), names))
    yield "fail", AnyOf(tuple(failed))
    waiting = [surely(_waiting(body), names)] if body.wanted else []
    if body.idle is not None:
        waiting.append(surely(body.idle, names))
    if waiting:
        yield "pending", AnyOf(tuple(waiting))


def _overdue(body: Body) -> Condition:
    """Tell when something that is wanted is missing and can no longer be expected."""
    return Some(tuple(chain([_past_due(body)] if _bound(body) else [], map(_gone, _undated(body)))))


def _waiting(body: Body) -> Condition:
    """Tell when something that is wanted is missing and still expected."""
    if not _bound(body):
        return _all_open(body.wanted)
    missing = _missing(body.wanted[0])
    in_time = Compare(_time_over(body), "<=", 0)
    anchors = body.wanted[1:]
    if not anchors:
        return Every((missing, in_time))
    return Every((missing, Some((in_time, _all_open(anchors)))))


def _all_open(wanted: tuple[Wanted, ...]) -> Condition:
    """Each is there or not yet due by the process, and one is missing."""
    open_ = [Some((Compare(one.there, ">=", 1), Compare(one.late, "<=", 0))) for one in wanted]
    return Every((*open_, Some(tuple(map(_missing, wanted)))))


def _lost(term: Term, names: Names) -> Plain:
    """Tell when a term has failed, or what it reads will not come."""
    return AnyOf((never(term.ok, names), *(surely(_gone(one), names) for one in term.wanted)))


def _open(term: Term, names: Names) -> Plain:
    """Tell when what a term reads is missing and still to come."""
    return surely(_all_open(term.wanted), names) if term.wanted else AnyOf(())


def _terms_lost(body: Body, names: Names) -> Plain:
    lost = tuple(_lost(term, names) for term in body.terms)
    return AllOf(lost) if body.either else AnyOf(lost)


def _terms_open(body: Body, names: Names) -> Plain:
    """Tell when all turns on terms that are open: every other one is settled, the first open one at each place."""
    open_ = [_open(term, names) for term in body.terms]
    settled = [_lost(term, names) if body.either else surely(term.ok, names) for term in body.terms]
    either = [AnyOf(pair) for pair in zip(settled, open_, strict=True)]
    return AnyOf(tuple(AllOf((*settled[:n], one, *either[n + 1 :])) for n, one in enumerate(open_)))


def _bound(body: Body) -> bool:
    return body.due is not None and body.due_binds


def _undated(body: Body) -> tuple[Wanted, ...]:
    return body.wanted[1:] if _bound(body) else body.wanted


def _past_due(body: Body) -> Condition:
    return Every((_missing(body.wanted[0]), Compare(_time_over(body), ">", 0)))


def _time_over(body: Body) -> m.Measure:
    due = body.grace or body.due
    assert due is not None  # noqa: S101  # only called for bodies with a due day
    return m.Between(due, body.as_of)


def _missing(wanted: Wanted) -> Condition:
    return Compare(wanted.there, "<=", 0)


def _gone(wanted: Wanted) -> Condition:
    return Every((_missing(wanted), Compare(wanted.late, ">=", 1)))


def notes(compiled: Compiled, names: Names) -> dict[str, Plain]:
    """
    Compile when a finding carries each note.

    Args:
        compiled: The rule.
        names: What the fact calls each measure.
    """
    found: dict[str, list[Plain]] = {"transition": [], "borderline": [], "assumed": [], SOFTENED: []}
    found["transition"] += _not_yet_public(compiled, names)
    for group in compiled.groups:
        if group.body is None:
            continue
        guard = _guard(compiled, group, names)
        if group.first > 1:
            start = compiled.editions[group.first - 1].in_force.toordinal()
            for anchor in group.body.anchors:
                found["transition"].append(AllOf((*guard, surely(Compare(anchor, "<", start), names))))
        found["borderline"] += [AllOf((*guard, close)) for close in _close(group.body, names)]
        assumed = [Compare(one, ">=", 1) for one in group.body.assumed]
        for note, conditions in (("assumed", assumed), (SOFTENED, group.body.softened)):
            found[note] += [AllOf((*guard, surely(condition, names))) for condition in conditions]
        for n, conditions in group.softened:
            # Where the day straddles editions, a fail that one of them puts in doubt is in doubt.
            edition = names[compiled.edition]
            own = (*guard, Test(f"{edition}.low", "<=", n), Test(f"{edition}.high", ">=", n))
            found[SOFTENED] += [AllOf((*own, surely(condition, names))) for condition in conditions]
    return {note: AnyOf(tuple(plains)) for note, plains in found.items() if plains}


def _not_yet_public(compiled: Compiled, names: Names) -> Iterator[Plain]:
    """The act was done while its edition was in force but could not be read yet."""
    for edition in compiled.editions:
        if edition.public is not None:
            since = Compare(compiled.day, ">=", edition.in_force.toordinal())
            until = Compare(compiled.day, "<", edition.public.toordinal())
            yield surely(Every((since, until)), names)


def _close(body: Body, names: Names) -> Iterator[Plain]:
    """One day, or another accepted reading, would change the verdict."""
    yield from (surely(close, names) for close in body.close)
    for other in body.other_readings:
        yield AllOf((surely(body.ok, names), never(other, names)))
        yield AllOf((never(body.ok, names), surely(other, names)))
