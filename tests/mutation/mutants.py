"""Rules as they are written to mutants: each changes one thing in one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
from mutation.checks import changed_checks

from devrules.days import Period
from devrules.program.conditions import Compare, Condition
from devrules.program.conditions import Every as AllParts
from devrules.program.model import Body, Compiled
from devrules.ruleset.checks import Check, Expression, Manual
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.model import Rule, Ruleset, Value, When

Tweak = Callable[[Compiled], Compiled]

LAW_ONLY = ("counts", "judges", "way")
"""The operators for the law alone, which settles for overlays too which of several records counts, and the like."""


def unchanged(compiled: Compiled) -> Compiled:
    """Leave a compiled rule as it is."""
    return compiled


@attrs.frozen
class Mutant:
    """
    One rule with one thing changed.

    Args:
        operator: The kind of change.
        change: What was changed, to what; with the rule's id it names the mutant.
        ruleset: The ruleset with this one rule, changed.
        tweak: What is changed only once the rule is compiled.
    """

    operator: str
    change: str
    ruleset: Ruleset
    tweak: Tweak = unchanged

    @property
    def rule(self) -> Rule:
        """The changed rule."""
        return self.ruleset.rules[0]

    @property
    def id(self) -> str:
        """The name of the mutant, which stays while the rule stays."""
        return f"{self.rule.id}: {self.operator}: {self.change}"


def alone(rulesets: Sequence[Ruleset], rule_id: str) -> Ruleset:
    """
    Leave of rulesets one rule, resolved, and the parameters that it names.

    A rule that extends one of the law stands for itself, with what it took over, unless that changes with the law.
    """
    rule = next(rule for ruleset in rulesets for rule in ruleset.rules if rule.id == rule_id)
    named = {name for check in rule.bodies.values() for name in parameters_of(check)}
    values = {name: one for ruleset in rulesets for name, one in ruleset.parameters.items() if name in named}
    changes = any(part.check != rule.bodies.get(part.edition) for part in rule.parts)
    parts = rule.parts if changes else ()
    return attrs.evolve(
        rulesets[0],
        regulations=tuple(one for ruleset in rulesets for one in ruleset.regulations),
        kinds={name: kind for ruleset in rulesets for name, kind in ruleset.kinds.items()},
        rules=(attrs.evolve(rule, shared=None, extends=None, parts=parts),),
        read_cases=tuple,
        parameters=values,
    )


def mutants(own: Ruleset, compiled: Compiled) -> Iterator[Mutant]:
    """
    Yield every mutant of a rule.

    Args:
        own: The ruleset with this one rule, see :func:`alone`.
        compiled: The rule, compiled.
    """
    rule = own.rules[0]
    for operator, change, changed in _changed_rules(rule, own):
        yield Mutant(operator, change, attrs.evolve(own, rules=(changed,)))
    for change, parameters in _changed_parameters(own):
        yield Mutant("limit", change, attrs.evolve(own, parameters=parameters))
    for change, kinds in _changed_counts(own, compiled):
        yield Mutant("counts", change, attrs.evolve(own, kinds=kinds))
    for change, tweak in _moved_edges(compiled):
        yield Mutant("edge", change, own, tweak)
    yield from _swapped(own)


def _changed_rules(rule: Rule, own: Ruleset) -> Iterator[tuple[str, str, Rule]]:
    strength = {"must": "should", "should": "must", "may": "should", "local": "should"}[rule.strength]
    yield "strength", f"{rule.strength} to {strength}", attrs.evolve(rule, strength=strength)
    for edition, cited in rule.citations.items():
        other = attrs.evolve(cited[0], article=f"{cited[0].article}0")
        citations = {**rule.citations, edition: (other, *cited[1:])}
        yield "article", f"{edition} {cited[0].article} to {other.article}", attrs.evolve(rule, citations=citations)
    yield from _changed_gate(rule, own)
    yield "way", f"always to {not rule.always}", attrs.evolve(rule, always=not rule.always)
    for n, when in enumerate(rule.when):
        for change, parts in _changed_when(when):
            yield "when", change, attrs.evolve(rule, when=(*rule.when[:n], *parts, *rule.when[n + 1 :]))
    for n, judged in enumerate(rule.judges):
        if len(rule.judges) > 1:
            yield "judges", f"{judged} dropped", attrs.evolve(rule, judges=(*rule.judges[:n], *rule.judges[n + 1 :]))
    for change, judges in _other_acts(rule, own):
        yield "judges", change, attrs.evolve(rule, judges=judges)
    checks: list[Check] = []
    checks.extend(check for check in rule.bodies.values() if check not in checks)
    for check in checks:
        where = [edition for edition, body in rule.bodies.items() if body == check]
        for operator, change, other in changed_checks(check, own.kinds):
            bodies: Mapping[str, Check] = {**rule.bodies, **dict.fromkeys(where, other)}
            said = change if len(where) == len(rule.bodies) else f"{', '.join(where)} {change}"
            yield operator, said, attrs.evolve(rule, bodies=bodies)


def _changed_gate(rule: Rule, own: Ruleset) -> Iterator[tuple[str, str, Rule]]:
    """Drop the gate at which what is missing fails; take the next one."""
    if rule.before is None:
        return
    yield "gate", f"before {rule.before} dropped", attrs.evolve(rule, before=None)
    gates = [gate.id for gate in own.gates]
    at = gates.index(rule.before)
    other = gates[at + 1] if at + 1 < len(gates) else gates[at - 1]
    yield "gate", f"before {rule.before} to {other}", attrs.evolve(rule, before=other)


def _other_acts(rule: Rule, own: Ruleset) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Judge the act before, and the one after."""
    steps = [(kind.step, kind.id) for kind in own.kinds.values() if kind.step is not None]
    at = own.kinds[rule.judges[0]].step
    if at is None:
        return
    before = max(((step, kind) for step, kind in steps if step < at), default=None)
    after = min(((step, kind) for step, kind in steps if step > at), default=None)
    for found in (before, after):
        if found is not None and found[1] not in rule.judges:
            yield f"{rule.judges[0]} to {found[1]}", (found[1], *rule.judges[1:])


def _changed_when(when: When) -> Iterator[tuple[str, tuple[When, ...]]]:
    name = when.present or when.absent or when.value
    yield f"{name} dropped", ()
    if when.is_ is not None:
        yield f"{name} is {not when.is_}", (attrs.evolve(when, is_=not when.is_),)
    if when.assume is not None:
        yield f"{name} assumes {not when.assume}", (attrs.evolve(when, assume=not when.assume),)
        yield f"{name} assumes nothing", (attrs.evolve(when, assume=None),)
    if len(when.among) > 1:
        for word in when.among:
            rest = tuple(other for other in when.among if other != word)
            yield f"{name} without {word}", (attrs.evolve(when, among=rest),)
    for kind in when.or_present:
        others = tuple(other for other in when.or_present if other != kind)
        yield f"{name} without or {kind}", (attrs.evolve(when, or_present=others),)
    if when.or_in_order:
        yield f"{name} without or in order", (attrs.evolve(when, or_in_order=()),)
        yield f"{name} or in order swapped", (attrs.evolve(when, or_in_order=when.or_in_order[::-1]),)


def _changed_parameters(own: Ruleset) -> Iterator[tuple[str, Mapping[str, Mapping[str, Value]]]]:
    for name, values in own.parameters.items():
        for edition, value in values.items():
            check = own.rules[0].bodies.get(edition)
            # By the numbers of a manual check nothing is judged.
            if check is None or isinstance(check, Manual):
                continue
            for other in _near(value.value):
                changed = {**values, edition: attrs.evolve(value, value=other)}
                yield f"{name} {edition} {value.value} to {other}", {**own.parameters, name: changed}


def _near(value: str | int) -> tuple[str | int, ...]:
    """Tell the values next to one: a person, a vote, a day, a month more and less."""
    if isinstance(value, int):
        return value + 1, value - 1
    if "/" in value:
        return "1/3", "2/3"
    if value[:4].isdigit():
        day = date.fromisoformat(value)
        return str(day + timedelta(days=1)), str(day - timedelta(days=1))
    period = Period.parse(value)
    if period.workdays:
        days = period.workdays
        return tuple(str(attrs.evolve(period, workdays=other)) for other in (days + 1, days - 1))
    months = [attrs.evolve(period, months=period.months + more) for more in (1, -1)]
    days_ = [attrs.evolve(period, days=period.days + more) for more in (1, -1)]
    return tuple(str(one) for one in (*days_, *months))


def _changed_counts(own: Ruleset, compiled: Compiled) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Take the first record of a kind where the last counts, and the other way round."""
    used = dict.fromkeys(kind for group in compiled.groups if group.body for kind in group.body.kinds)
    for name in used:
        kind = own.kinds[name]
        counts = "first" if kind.counts == "last" else "last"
        yield f"{name} {kind.counts} to {counts}", {**own.kinds, name: attrs.evolve(kind, counts=counts)}


def _moved_edges(compiled: Compiled) -> Iterator[tuple[str, Tweak]]:
    """Move by one what a measure is compared with: ``<`` for ``<=``, and the other way round."""
    for n, group in enumerate(compiled.groups):
        body = group.body
        if body is None or body.terms or any(isinstance(one, Expression) for one in compiled.rule.bodies.values()):
            continue
        edition = compiled.editions[group.first - 1].id
        for at, compare in enumerate(_compares(body.ok)):
            for more in (1, -1):
                value = compare.value + more
                change = f"{edition} condition {at + 1} {compare.op} {compare.value} to {value}"
                yield change, _moving(n, body, compare, attrs.evolve(compare, value=value))


def _moving(n: int, body: Body, old: Compare, new: Compare) -> Tweak:
    def tweak(compiled: Compiled) -> Compiled:
        changed = attrs.evolve(compiled.groups[n], body=attrs.evolve(body, ok=_replaced(body.ok, old, new)))
        return attrs.evolve(compiled, groups=(*compiled.groups[:n], changed, *compiled.groups[n + 1 :]))

    return tweak


def _compares(condition: Condition) -> list[Compare]:
    if isinstance(condition, Compare):
        return [condition]
    return list(dict.fromkeys(one for part in condition.parts for one in _compares(part)))


def _replaced(condition: Condition, old: Compare, new: Compare) -> Condition:
    if isinstance(condition, Compare):
        return new if condition == old else condition
    parts = tuple(_replaced(part, old, new) for part in condition.parts)
    return AllParts(parts) if isinstance(condition, AllParts) else attrs.evolve(condition, parts=parts)


def _swapped(own: Ruleset) -> Iterator[Mutant]:
    """Exchange what two editions ask, with their numbers or with their articles; drop what one asks."""
    rule = own.rules[0]
    for edition in rule.bodies if len(rule.bodies) > 1 else ():
        bodies = {name: body for name, body in rule.bodies.items() if name != edition}
        cited = {name: one for name, one in rule.citations.items() if name != edition}
        less = attrs.evolve(rule, bodies=bodies, citations=cited)
        yield Mutant("edition", f"{edition} dropped", attrs.evolve(own, rules=(less,)))
    if len(rule.bodies) != 2:  # a swap takes two
        return
    one, other = rule.bodies
    bodies = {one: rule.bodies[other], other: rule.bodies[one]}
    parameters = {
        name: {one: values.get(other, value), other: values.get(one, value)}
        for name, values in own.parameters.items()
        for value in (next(iter(values.values())),)
    }
    swapped = attrs.evolve(rule, bodies=bodies)
    yield Mutant("edition", "bodies exchanged", attrs.evolve(own, rules=(swapped,), parameters=parameters))
    articles = {one: rule.citations[other], other: rule.citations[one]}
    yield Mutant("article", "exchanged", attrs.evolve(own, rules=(attrs.evolve(rule, citations=articles),)))


__all__ = ["Mutant", "alone", "mutants", "unchanged"]
