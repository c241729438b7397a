"""How many of the people whom a record names may, and surely do, meet a test."""

from __future__ import annotations

from devrules.dossier.model import Member
from devrules.dossier.shapes import Assignment
from devrules.program import measures as m
from devrules.program.ends import Value, ends_of, shifted
from devrules.program.view import NO_DAY, Dated, Ends, View


def people(node: m.People, view: View, dated: Dated) -> Value:
    """
    Count the people of one record who meet the node's test; absent where the record names nobody.

    Args:
        node: The measure.
        view: The dossier, with its members.
        dated: The record.
    """
    assignment = dated.record
    if not isinstance(assignment, Assignment) or assignment.people is None:
        return None
    named = list(dict.fromkeys(assignment.people))
    if node.test == "all":
        return len(named), len(named)
    on = dated.ends or NO_DAY
    told = [_told(node, view, view.members[person], on) for person in named]
    return sum(surely for surely, _ in told), sum(maybe for _, maybe in told)


def _told(node: m.People, view: View, member: Member, on: Ends) -> tuple[bool, bool]:
    """Tell whether the node's test surely, and whether it possibly, holds of *member*."""
    match node.test:
        case "not-full":
            return _not_full(member, on)
        case "under-sanction":
            return _under_sanction(node, member, on)
        case "within-effect":
            return _within_effect(node, member, on)
    same_name = bool(member.name) and member.name == view.dossier.person.name
    return member.id == view.dossier.id, member.id == view.dossier.id or same_name


def _within_effect(node: m.People, member: Member, on: Ends) -> tuple[bool, bool]:
    """Tell whether a sanction has effect: from the day it was approved until a period later."""
    if member.sanctions is None:
        return False, True
    surely = maybe = False
    for sanction in member.sanctions:
        if sanction.kind in node.sanctions:
            low, high = ends_of(sanction.approved) if sanction.approved else NO_DAY
            period = node.periods[node.sanctions.index(sanction.kind)]
            surely |= high <= on[0] and on[1] < shifted(low, period)
            maybe |= low <= on[1] and on[0] < shifted(high, period)
    return surely, maybe


def _not_full(member: Member, on: Ends) -> tuple[bool, bool]:
    if member.full_since is None:
        return False, True
    since = ends_of(member.full_since)
    return since[0] > on[1], since[1] > on[0]


def _under_sanction(node: m.People, member: Member, on: Ends) -> tuple[bool, bool]:
    """Tell whether a sanction was approved and the member's rights are not restored."""
    if member.sanctions is None:
        return False, True
    surely = maybe = False
    for sanction in member.sanctions:
        if sanction.kind in node.sanctions:
            approved = ends_of(sanction.approved) if sanction.approved else NO_DAY
            restored = ends_of(sanction.rights_restored) if sanction.rights_restored else None
            surely |= approved[1] <= on[0] and (restored is None or restored[0] > on[1])
            maybe |= approved[0] <= on[1] and (restored is None or restored[1] > on[0])
    return surely, maybe
