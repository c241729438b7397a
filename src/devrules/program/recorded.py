"""Measures that are read off the records, the person and the branch; those made of other measures are in `evaluate`."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any, TypeAlias

from devrules.dossier.kinds import Kinds
from devrules.dossier.shapes import Record
from devrules.program import measures as m
from devrules.program.endings import last_day, over
from devrules.program.ends import Value, Values, ends_of, span
from devrules.program.people import people
from devrules.program.view import View, candidates

Step: TypeAlias = Callable[[View, Values], Value]


@singledispatch
def recorded(node: m.Measure, _kinds: Kinds) -> Step:
    """
    Make the closure that takes a measure off a view.

    Args:
        node: The measure.
        kinds: The kinds of record.

    Raises:
        TypeError: When it is not read off records.
    """
    raise TypeError(f"no interpretation of {node!r}")


@recorded.register
def _(node: m.AsOf, kinds: Kinds) -> Step:
    return lambda view, _: last_day(node.endings, view, kinds)


@recorded.register
def _(node: m.Over, kinds: Kinds) -> Step:
    return lambda view, _: over(node.endings, view, kinds)


@recorded.register
def _(node: m.Scalar, _kinds: Kinds) -> Step:
    owner, _, name = node.path.partition(".")
    blank = False if node.filled else node.assume
    assumed = None if blank is None else (int(blank), int(blank))
    read = _reader(node.among, node.filled)

    def take(view: View, _: Values) -> Value:
        value = getattr(getattr(view.dossier, owner), name)
        return assumed if value is None else read(value)

    return take


@recorded.register
def _(node: m.Field, kinds: Kinds) -> Step:
    kind, name = node.kind, node.name
    read = _reader(node.among, node.filled, node.includes)
    act = kinds[kind].field_type(name) == "day" and name in ("received", "day", kinds[kind].act_day)

    unknown = (0, m.MANY) if node.blank_is_zero else None

    def one(view: View, record: Record) -> Value:
        value = getattr(record, name)
        if value is None or value == ():
            if node.filled or node.blank_is_zero or node.includes or name == "attachments":
                return (0, 0) if view.keeps_field(kind, name) else unknown
            return None
        return view.ends(value) if act and not node.filled and value.low.toordinal() <= view.as_of else read(value)

    def take(view: View, _: Values) -> Value:
        found = view.records.get(kind)
        if not found:
            return None
        if len(found) == 1:
            return one(view, found[0].record)
        return span([one(view, dated.record) for dated in candidates(found, node.pick)])

    return take


@recorded.register
def _(node: m.ActDay, _kinds: Kinds) -> Step:
    kind, choose = node.kind, min if node.pick == "first" else max

    def take(view: View, _: Values) -> Value:
        found = view.records.get(kind)
        if not found:
            return None
        if len(found) == 1:
            return found[0].ends
        ends = [dated.ends for dated in found]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return None
        return choose(low for low, _ in known), choose(high for _, high in known)

    return take


@recorded.register
def _(node: m.Count, _kinds: Kinds) -> Step:
    def take(view: View, _: Values) -> Value:
        found = len(view.records.get(node.kind, ()))
        return (found, found) if view.keeps(node.kind) else None

    return take


@recorded.register
def _(node: m.Present, _kinds: Kinds) -> Step:
    kinds = node.kinds

    def take(view: View, _: Values) -> Value:
        if not view.records.keys().isdisjoint(kinds):
            return 1, 1
        return (0, 0) if view.recorded.issuperset(kinds) else None

    return take


@recorded.register
def _(node: m.Done, _kinds: Kinds) -> Step:
    def take(view: View, _: Values) -> Value:
        return (1, 1) if view.reached >= node.step else (0, 0)

    return take


@recorded.register
def _(node: m.There, _kinds: Kinds) -> Step:
    def take(view: View, _: Values) -> Value:
        there = int(any(kind in view.records for kind in node.kinds))
        return there, there

    return take


@recorded.register
def _(node: m.StageReached, _kinds: Kinds) -> Step:
    def take(view: View, _: Values) -> Value:
        reached = possible = 0
        for number, kinds in enumerate(node.stages, start=1):
            if any(kind in view.records for kind in kinds):
                reached = possible = number
            elif not all(view.keeps(kind) for kind in kinds):
                possible = number
        return reached, possible

    return take


@recorded.register
def _(node: m.WordNumber, _kinds: Kinds) -> Step:
    owner, _, name = node.path.partition(".")
    numbers = {word: number for number, words in enumerate(node.groups, start=1) for word in words}

    def take(view: View, _: Values) -> Value:
        number = numbers.get(getattr(getattr(view.dossier, owner), name))
        return None if number is None else (number, number)

    return take


@recorded.register
def _(node: m.People, _kinds: Kinds) -> Step:
    def take(view: View, _: Values) -> Value:
        found = view.records.get(node.kind)
        if not found:
            return None
        return span([people(node, view, dated) for dated in candidates(found, node.pick)])

    return take


def _reader(
    among: tuple[str, ...],
    filled: bool,  # noqa: FBT001
    includes: tuple[str, ...] = (),
) -> Callable[[Any], Value]:
    """Make the function that turns a stated field into its ends."""
    if filled:
        return lambda _: (1, 1)
    if includes:
        return lambda value: (int(set(includes) <= set(value)),) * 2
    if among:
        return lambda value: (int(value in among),) * 2
    return ends_of
