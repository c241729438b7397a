"""Rules as they are written, and the parameters of all rulesets, to rules with a body and citations in each edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from devrules.errors import Problem
from devrules.law.model import Citation, Regulation
from devrules.plain import nearest
from devrules.ruleset.checks import NAMES, Check
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.model import Part, Rule, Value

Parameters = Mapping[str, Mapping[str, Value]]


def resolve(
    rule: Rule, parameters: Parameters, rules: Mapping[str, Rule] = {}, regulations: Sequence[Regulation] = ()
) -> tuple[Rule, list[Problem]]:
    """
    Give a rule its body and its citations in each edition.

    Args:
        rule: The rule, as it is written.
        parameters: The parameters of all rulesets that are loaded with it.
        rules: All rules, for one that extends another.
        regulations: All regulations, for the same.

    Returns:
        The rule, without the bodies that are in doubt, and what is wrong with it. Resolved again, it stays as it is.
    """
    if rule.extends is not None:
        return _extended(rule, parameters, rules, regulations)
    resolver = _Resolver(rule, parameters)
    return resolver.resolved(), resolver.problems


def _extended(
    rule: Rule, parameters: Parameters, rules: Mapping[str, Rule], regulations: Sequence[Regulation]
) -> tuple[Rule, list[Problem]]:
    """
    Take over the check of another rule, with other parameters, in the editions in which these have values.

    What it does not say itself, when it applies and before which gate, it takes over too.
    """
    problems = [
        Problem(f"{rule.place}.replaces", f"there is no parameter {name!r}", "add it to parameters.toml")
        for name in rule.replaces.values()
        if name not in parameters
    ]
    base = rules.get(rule.extends or "")
    if base is None:
        problems.append(Problem(rule.place, f"extends {rule.extends!r}, which is no rule"))
    if not rule.replaces:
        problems.append(
            Problem(rule.place, "extends a rule and changes nothing", "name the new parameters in replaces")
        )
    if problems or base is None:
        return rule, problems
    base, _ = resolve(base, parameters)
    parts: list[Part] = []
    bodies: dict[str, Check] = {}
    citations: dict[str, tuple[Citation, ...]] = {}
    for edition in parameters[next(iter(rule.replaces.values()))]:
        found = list(_parts(base, edition, regulations))
        checks = [part.check for part in found if part.check is not None]
        unknown = [name for name in rule.replaces if checks and name not in attrs.fields_dict(type(checks[-1]))]
        if not checks or unknown:
            what = f"{rule.extends} has no {', '.join(unknown)}" if unknown else f"{rule.extends} has no body then"
            problems.append(Problem(f"{rule.place}.replaces", f"{edition}: {what}"))
            continue
        replaced = [attrs.evolve(part, check=_replaced(part.check, rule)) for part in found]
        parts += replaced
        bodies[edition] = [part.check for part in replaced if part.check is not None][-1]
        own = (parameters[name].get(edition) for name in rule.replaces.values())
        cited = (value.citation for value in own if value is not None)
        citations[edition] = tuple(dict.fromkeys((*rule.citations.get(edition, ()), *cited)))
    inherited = attrs.evolve(
        rule,
        when=rule.when or base.when,
        before=rule.before or base.before,
        subject=base.subject,
        always=rule.always or base.always,
    )
    return attrs.evolve(inherited, bodies=bodies, citations=citations, parts=tuple(parts)), problems


def _replaced(check: Check | None, rule: Rule) -> Check | None:
    return check and attrs.evolve(check, **rule.replaces)  # type: ignore[arg-type]  # its fields were looked up


def _parts(base: Rule, edition: str, regulations: Sequence[Regulation]) -> Iterator[Part]:
    """Yield what *base* checks while *edition*, of any regulation, is in force: anew with each edition of its own."""
    span = next((one for own in regulations for one in _spans(own) if one[0] == edition), None)
    law = next((one for one in regulations if {own.id for own in one.editions}.issuperset(base.bodies)), None)
    if span is None or law is None:
        return
    _, since, until = span
    starts = [one.in_force for one in law.editions if since < one.in_force and (until is None or one.in_force < until)]
    for day in (since, *starts):
        found = law.in_force(day)
        yield Part(edition, day, base.bodies.get(found.id) if found else None)


def _spans(regulation: Regulation) -> Iterator[tuple[str, date, date | None]]:
    """Yield from when until when each edition is in force."""
    following = [*(one.in_force for one in regulation.editions[1:]), None]
    for one, until in zip(regulation.editions, following, strict=True):
        yield one.id, one.in_force, until


class _Resolver:
    """Resolves one rule and collects what is wrong with it."""

    def __init__(self, rule: Rule, parameters: Parameters) -> None:
        self.rule = rule
        self.parameters = parameters
        self.problems: list[Problem] = []

    def resolved(self) -> Rule:
        rule = self.rule
        own = {
            edition: check
            for edition, check in rule.bodies.items()
            if self._exist(check, f"{rule.place}.editions.{edition}.{NAMES[type(check)]}")
        }
        shared = {} if rule.shared is None else dict.fromkeys(self._editions_of(rule.shared), rule.shared)
        bodies = {**shared, **own}
        citations = {
            edition: tuple(dict.fromkeys((*rule.citations.get(edition, ()), *self._cited_with(check, edition))))
            for edition, check in bodies.items()
        }
        self._check_cited(citations)
        return attrs.evolve(rule, bodies=bodies, citations=citations)

    def _editions_of(self, check: Check) -> list[str]:
        """List the editions in which *check* has all its parameters; without parameters, those that are cited."""
        place = f"{self.rule.place}.{NAMES[type(check)]}"
        if not self._exist(check, place):
            return []
        named = dict.fromkeys(parameters_of(check))
        if not named:
            return [edition for edition in self.rule.citations if edition not in self.rule.bodies]
        known = {name: self.parameters[name] for name in named}
        editions = list(dict.fromkeys(edition for values in known.values() for edition in values))
        for edition in editions:
            if edition not in self.rule.bodies:
                self._check_all_have(edition, known, place)
        return [edition for edition in editions if all(edition in values for values in known.values())]

    def _exist(self, check: Check, place: str) -> bool:
        unknown = [name for name in dict.fromkeys(parameters_of(check)) if name not in self.parameters]
        for name in unknown:
            self._problem(place, f"there is no parameter {name!r}", "add it to parameters.toml")
        return not unknown

    def _check_all_have(self, edition: str, known: Parameters, place: str) -> None:
        """Tell a value that is missing, and with it the rule's body in that edition."""
        having = [name for name, values in known.items() if edition in values]
        for name, values in known.items():
            if edition not in values:
                self._problem(
                    place,
                    f"the parameter {name!r} has no value in {edition}, in which {having[0]!r} has one",
                    "add it, or write a check for each edition under editions",
                )

    def _cited_with(self, check: Check, edition: str) -> Iterator[Citation]:
        values = (self.parameters[name].get(edition) for name in parameters_of(check))
        return (value.citation for value in values if value is not None)

    def _check_cited(self, citations: Mapping[str, Iterable[Citation]]) -> None:
        place = self.rule.place
        if not citations:
            self._problem(place, "has no citation", "add cites, or name a parameter that exists")
        for edition, cited in citations.items():
            if not cited:
                self._problem(f"{place}.cites", f"the body of {edition} has no citation")
        for edition in self.rule.citations:
            if citations and edition not in citations:
                self._problem(f"{place}.cites", f"the rule has no body in {edition}", nearest(edition, citations))

    def _problem(self, place: str, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(place, what, remedy))
