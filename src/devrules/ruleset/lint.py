"""What a ruleset should have and a reader cannot know: cases for every rule, citations that were looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from devrules.errors import Problem
from devrules.plain import nearest
from devrules.ruleset.checks import Manual
from devrules.ruleset.model import Case, Rule, Ruleset

WANTED = ("pass", "fail")
"""The verdicts that the cases of every rule must show; a manual rule can show neither."""


def lint(ruleset: Ruleset, *, today: date | None = None) -> Iterator[Problem]:
    """
    Yield what is wrong with a ruleset that could be read.

    Args:
        ruleset: The ruleset.
        today: If given, also yield citations whose day of review is past.
    """
    cases: dict[str, list[Case]] = {}
    for case in ruleset.cases:
        cases.setdefault(case.rule, []).append(case)
    ids = {rule.id for rule in ruleset.rules}
    for rule in ruleset.rules:
        yield from _cases_of(rule, cases.get(rule.id, []))
        if today is not None:
            yield from _stale(rule, today)
    for name, found in cases.items():
        if name not in ids:
            yield Problem(found[0].place, f"there is no rule {name!r}", nearest(name, ids))


def _cases_of(rule: Rule, cases: list[Case]) -> Iterator[Problem]:
    if not cases:
        yield Problem(rule.place, "has no cases", "add some to cases/, on both sides of every limit")
        return
    shown = {case.expect.verdict for case in cases}
    manual = all(isinstance(check, Manual) for check in rule.bodies.values())
    for verdict in ("manual",) if manual else WANTED:
        if verdict not in shown:
            yield Problem(rule.place, f"has no case that ends in {verdict}")
    said = [case.says for case in cases]
    for text in sorted({one for one in said if said.count(one) > 1}):
        yield Problem(rule.place, f"two cases say the same: {text}")


def _stale(rule: Rule, today: date) -> Iterator[Problem]:
    for edition, cited in rule.citations.items():
        for one in cited:
            if one.review_by is not None and one.review_by < today:
                yield Problem(
                    rule.place,
                    f"the citation of article {one.article} ({edition}) was to be reviewed by {one.review_by}",
                )
