"""What a change changes to what it comes to: verdicts and people by rule, article, branch and stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import attrs

from devrules.findings.model import Lamp
from devrules.report.impact import Change, Changed, Differences, newest_body, place_text
from devrules.report.summary import Line

Group: TypeAlias = Literal["rule", "article", "branch", "stage"]
_COLOURS: tuple[Lamp, ...] = ("red", "yellow", "green", "grey")


def colour_of(change: Change) -> Lamp:
    """
    Tell the colour in which a change is shown.

    Red and yellow for what newly fails, as its lamp is; green for what no longer fails; grey for any other change.
    """
    old, new = change.turn
    if new == "fail":
        return "red" if change.after.lamp == "red" else "yellow"
    return "green" if old == "fail" else "grey"


@attrs.frozen(eq=False)
class ImpactSummary:
    """
    What a change comes to; the counts of a line are those of changes, in the colours of :func:`colour_of`.

    Args:
        total: All of it.
        relieved: How many dossiers have a rule that fails no longer, and none that newly fails.
        groups: The lines of each table: what most newly fails first; stages in their order.
    """

    total: Line
    relieved: int
    groups: dict[Group, list[Line]]


def impact_summary(impact: Differences, lang: str) -> ImpactSummary:
    """
    Sum up what changes.

    Args:
        impact: What changes.
        lang: The language of the labels.
    """
    counted = _Counted(impact, lang)
    for changed in impact.changed:
        counted.add(changed)
    groups = {name: list(lines.values()) for name, lines in counted.groups.items()}
    for name in ("rule", "article", "branch"):
        groups[name].sort(key=lambda line: tuple(-line.lamps[colour] for colour in _COLOURS))
    first = next((one.checked for one in impact.changed if one.checked.judged), None)
    order = [stage.id for stage in first.judged[0].judgement.program.stages] if first else []
    groups["stage"].sort(key=lambda line: order.index(line.key) if line.key in order else -1)
    return ImpactSummary(counted.total, counted.relieved, groups)


class _Counted:
    """Counts one dossier after another."""

    def __init__(self, impact: Differences, lang: str) -> None:
        self.total, self.relieved = Line("", ""), 0
        self.groups: dict[Group, dict[str, Line]] = {"rule": {}, "article": {}, "branch": {}, "stage": {}}
        self._impact, self._lang = impact, lang

    def add(self, changed: Changed) -> None:
        colours = [colour_of(change) for change in changed.changes]
        self.total.add(colours)
        self.relieved += "green" in colours and not {"red", "yellow"} & {*colours}
        dossier, stage = changed.checked.dossier, changed.checked.stage
        branch = dossier.branch.name or ""
        self._line("branch", branch, branch).add(colours)
        if dossier.subject == "person":
            self._line("stage", stage.id if stage else "", stage.name.said(self._lang) if stage else "").add(colours)
        self._add("rule", changed, lambda change: (change.after.rule, change.after.title.said(self._lang)))
        self._add("article", changed, lambda change: (place := article_of(self._impact, change, self._lang), place))

    def _add(self, group: Group, changed: Changed, key_of: Callable[[Change], tuple[str, str]]) -> None:
        own: dict[tuple[str, str], list[Lamp]] = {}
        for change in changed.changes:
            own.setdefault(key_of(change), []).append(colour_of(change))
        for (key, label), colours in own.items():
            self._line(group, key, label).add(colours)

    def _line(self, group: Group, key: str, label: str) -> Line:
        return self.groups[group].setdefault(key, Line(key, label))


def article_of(impact: Differences, change: Change, lang: str) -> str:
    """Say by which article a verdict changes: the new one, or where it asks nothing, the old one."""
    after = change.after.compiled
    before = change.before.compiled if change.before else None
    return place_text(impact, before if newest_body(after) is None else after, lang)
