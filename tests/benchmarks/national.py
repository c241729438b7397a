"""The national rules that the baseline knows, so that like is compared with like."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

import devrules
from devrules.program.from_ruleset import compile_rulesets

from .baseline import RULES, Finding


def rules() -> devrules.Rules:
    """Load the national rules and leave out those that the baseline does not know."""
    loaded = devrules.load()
    known = {rule.id for rule in RULES}
    kept = [
        attrs.evolve(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.id in known))
        for ruleset in loaded.rulesets
    ]
    return devrules.Rules({"person": compile_rulesets(kept, loaded.program.calendar)}, loaded.plugins)


def findings(report: Iterable[devrules.Finding]) -> list[Finding]:
    """Read off a report what the baseline tells."""
    return [Finding(one.rule, one.verdict, one.lamp, one.notes, one.edition, one.article) for one in report]
