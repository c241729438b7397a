"""What a change changes, as ``devrules.impact/1``, the stable format that other tools rely on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from devrules.program.model import Compiled
from devrules.report.impact import Changed, Differences, RuleImpact, Turn, newest_body, newest_citation
from devrules.report.json_format import finding_data, json_text, rulesets_data, text_data, unread_data, who_data
from devrules.ruleset.model import VERDICTS

FORMAT = "devrules.impact/1"


def impact_json(impact: Differences, *, unmask: bool = False) -> str:
    """
    Write what changes as JSON.

    Args:
        impact: What changes.
        unmask: Whether to write names and numbers in full.
    """
    return json_text(impact_data(impact, unmask=unmask))


def impact_data(impact: Differences, *, unmask: bool = False) -> dict[str, Any]:
    """Write what changes as plain data; the keys are those of the format's description."""
    judged = Counter(report.dossier.subject for report in impact.after.reports)
    return {
        "format": FORMAT,
        "as_of": str(impact.after.as_of),
        "engine": impact.after.engine,
        "asked": {"from": impact.asked.before, "to": impact.asked.after, "add_overlay": impact.asked.overlay},
        "rulesets": rulesets_data(impact.after),
        "summary": {
            "dossiers": judged["person"],
            "organisations": judged["organisation"],
            "changed": len(impact.changed),
            "failing": impact.people_failing,
            "turns": _turns(impact.turns),
        },
        "rules": [_rule(one) for one in impact.rules],
        "dossiers": _changed(impact, "person", unmask=unmask),
        "organisations": _changed(impact, "organisation", unmask=unmask),
        "unread": unread_data(impact.after, unmask=unmask),
    }


def _changed(impact: Differences, subject: str, *, unmask: bool) -> list[dict[str, Any]]:
    own = (one for one in impact.changed if one.checked.dossier.subject == subject)
    return [who_data(one.checked, unmask=unmask) | {"changes": _changes(one)} for one in own]


def _turns(turns: Counter[Turn]) -> list[dict[str, Any]]:
    """List the turns, in the order of the verdicts."""
    ordered = sorted(turns.items(), key=lambda one: tuple(map(VERDICTS.index, one[0])))
    return [{"from": old, "to": new, "count": count} for (old, new), count in ordered]


def _rule(rule: RuleImpact) -> dict[str, Any]:
    written = rule.after.rule
    return {
        "rule": written.id,
        "title": text_data(written.title),
        "strength": written.strength,
        "from": _asked(rule.before),
        "to": _asked(rule.after),
        "turns": _turns(rule.turns),
    }


def _asked(compiled: Compiled | None) -> dict[str, Any] | None:
    """Tell where a rule stands and what it asks; nothing where it asks nothing."""
    body, cited = newest_body(compiled), newest_citation(compiled)
    if body is None or cited is None:
        return None
    return {
        "edition": cited.edition,
        "article": cited.article,
        "verified": cited.verified,
        "required": dict(body.required),
    }


def _changes(changed: Changed) -> list[dict[str, Any]]:
    return [
        {
            "rule": change.after.rule,
            "from": finding_data(change.before) if change.before else None,
            "to": finding_data(change.after),
        }
        for change in changed.changes
    ]
