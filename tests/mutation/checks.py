"""Checks to changed checks: a part dropped, a word left out, another anchor, another kind of record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from devrules.dossier.kinds import Kind, Kinds, field_types
from devrules.ruleset import checks as c

Changed: TypeAlias = tuple[str, str, c.Check]

ANCHORS = ("start", "end", "first", "then", "until", "day", "other")
"""The fields of checks that hold paths to days."""
KINDS = ("record", "records", "of", "to", "meeting", "series")
"""The fields of checks that hold a kind of record."""
OPTIONAL = ("or_record", "extended", "if_stated", "unless", "in_doubt_since", "plus", "at_least", "at_most")
"""The fields of checks that may be left out."""
LISTS = ("also_from", "also_to", "none_under", "parts", "fields")
"""The fields of checks that hold several things, of which each may be left out."""
FLAGS = ("or_day_before", "full_members", "not_self")


def changed_checks(check: c.Check, kinds: Kinds) -> Iterator[Changed]:
    """
    Yield a check with one thing changed, each with the kind of change and what it is.

    Args:
        check: The check.
        kinds: The kinds of record.
    """
    names = {field.name for field in attrs.fields(type(check))}
    for name in names.intersection(OPTIONAL):
        if getattr(check, name) is not None:
            together = {"if_stated": None} if name == "extended" else {"extended": None} if name == "if_stated" else {}
            if name != "if_stated":
                yield "dropped", name, attrs.evolve(check, **{name: None}, **together)
    for name in names.intersection(LISTS):
        for one in getattr(check, name):
            rest = tuple(other for other in getattr(check, name) if other != one)
            yield "dropped", f"{name} {one}", attrs.evolve(check, **{name: rest})
    for name in names.intersection(FLAGS):
        yield "flag", f"{name} to {not getattr(check, name)}", attrs.evolve(check, **{name: not getattr(check, name)})
    yield from _anchors(check, names, kinds)
    for name in names.intersection(KINDS):
        for other in _alike(kinds[getattr(check, name)], kinds):
            yield "kind", f"{name} to {other}", attrs.evolve(check, **{name: other})
    yield from _special(check, kinds)


def _special(check: c.Check, kinds: Kinds) -> Iterator[Changed]:
    match check:
        case c.InOrder():
            yield "order", "exchanged", attrs.evolve(check, first=check.then, then=check.first)
        case c.Quorum(more_than=more, at_least_share=least):
            yield "share", "more than and at least", attrs.evolve(check, more_than=least, at_least_share=more)
        case c.People(none_within=within):
            for name in within:
                rest = {other: value for other, value in within.items() if other != name}
                yield "dropped", f"none_within {name}", attrs.evolve(check, none_within=rest)
        case c.Complete(fields=()):
            yield from _fields(check, kinds[check.record])
        case c.Sums(meeting=meeting, at_most_value=whole):
            for name, type_ in field_types(kinds[meeting].type).items():
                if type_ == "number" and name not in (whole, *check.parts):
                    yield "anchor", f"at_most_value to {name}", attrs.evolve(check, at_most_value=name)
        case c.Expression():
            yield from _expressions(check)


def _fields(check: c.Complete, kind: Kind) -> Iterator[Changed]:
    stated = tuple(dict.fromkeys(name for names in kind.required.values() for name in names))
    for name in stated if len(stated) > 1 else ():
        rest = tuple(other for other in stated if other != name)
        yield "dropped", f"field {name}", attrs.evolve(check, fields=rest)


def _expressions(check: c.Expression) -> Iterator[Changed]:
    name = "any" if check.any else "all"
    terms = check.any or check.all
    if len(terms) > 1:
        yield "joined", "any and all", c.Expression(any=check.all, all=check.any)
    for n, term in enumerate(terms):
        if len(terms) > 1:
            yield "dropped", f"term {term.value}", attrs.evolve(check, **{name: (*terms[:n], *terms[n + 1 :])})
        for change, other in _terms(term):
            changed = (*terms[:n], other, *terms[n + 1 :])
            yield "term", f"{term.value} {change}", attrs.evolve(check, **{name: changed})


def _terms(term: c.Term) -> Iterator[tuple[str, c.Term]]:
    for field in ("among", "not_among", "includes"):
        words = getattr(term, field)
        for word in words if len(words) > 1 else ():
            yield f"{field} without {word}", attrs.evolve(term, **{field: tuple(w for w in words if w != word)})
    if term.among or term.not_among:
        yield "among and not among", attrs.evolve(term, among=term.not_among, not_among=term.among)
    if term.is_ is not None:
        yield f"is {not term.is_}", attrs.evolve(term, is_=not term.is_)
    if term.stated:
        yield "is stated, flipped", attrs.evolve(term, is_=term.is_ is False)
    if term.at_least and term.at_most:
        yield "at_least dropped", attrs.evolve(term, at_least=None)
        yield "at_most dropped", attrs.evolve(term, at_most=None)


def _anchors(check: c.Check, names: set[str], kinds: Kinds) -> Iterator[Changed]:
    """Take away, exchange and replace the paths of a check."""
    own: dict[str, None] = {}
    for name in ANCHORS:
        if name in names:
            own |= dict.fromkeys(getattr(check, name))
    for name in ANCHORS:
        paths = getattr(check, name) if name in names else ()
        if len(paths) > 1:
            turned = tuple(reversed(paths))
            yield "anchor", f"{name} turned round", attrs.evolve(check, **{name: turned})
            for path in paths:
                rest = tuple(other for other in paths if other != path)
                yield "anchor", f"{name} without {path}", attrs.evolve(check, **{name: rest})
        for n, path in enumerate(paths):
            for other in dict.fromkeys([*own, *_near(path, kinds)]):
                if other not in paths:
                    changed = (*paths[:n], other, *paths[n + 1 :])
                    operator = "counts" if _same_field(path, other) else "anchor"
                    yield operator, f"{name} {path} to {other}", attrs.evolve(check, **{name: changed})


def _same_field(path: str, other: str) -> bool:
    """Tell whether two paths differ only in which of several records they take."""
    ends = [(one.partition(".")[0], one.rpartition(".")[2]) for one in (path, other)]
    return ends[0] == ends[1]


def _near(path: str, kinds: Kinds) -> Iterator[str]:
    """Yield the days near that of *path*: of the other record, in the other field, of the neighbouring kinds."""
    owner, _, rest = path.partition(".")
    kind = kinds.get(owner)
    if kind is None:
        return
    pick, _, field = rest.rpartition(".")
    taken = pick or kind.counts
    yield f"{owner}.{'first' if taken == 'last' else 'last'}.{field}"
    for name, type_ in field_types(kind.type).items():
        if type_ == "day" and name != field:
            yield f"{owner}.{name}"
    for other in _neighbours(kind, kinds):
        yield f"{other.id}.{other.act_day}"


def _neighbours(kind: Kind, kinds: Mapping[str, Kind]) -> list[Kind]:
    """Find the kinds before and after one in the process."""
    if kind.step is None:
        return []
    placed: list[tuple[int, Any]] = [(one.step, one) for one in kinds.values() if one.step is not None]
    before = [one for one in placed if one[0] < kind.step]
    after = [one for one in placed if one[0] > kind.step]
    found = [max(before, key=lambda one: one[0])] if before else []
    found += [min(after, key=lambda one: one[0])] if after else []
    return [one for _, one in found]


def _alike(kind: Kind, kinds: Kinds) -> list[str]:
    """Find the two kinds of the same shape that lie nearest in the process."""
    at = kind.step or kind.place or 0
    others = [one for one in kinds.values() if one.shape == kind.shape and one.id != kind.id]
    return [one.id for one in sorted(others, key=lambda one: abs((one.step or one.place or 0) - at))[:2]]
