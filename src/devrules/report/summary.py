"""An audit to what it comes to: lamps and people by rule, article, branch, stage and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Literal, TypeAlias

import attrs

from devrules.findings.finding import Finding
from devrules.findings.model import Lamp
from devrules.report.places import article_text
from devrules.report.subject import Audited, Checked

Group: TypeAlias = Literal["rule", "article", "branch", "stage", "year"]
GROUPS: tuple[Group, ...] = ("rule", "article", "branch", "stage", "year")
ON: tuple[Lamp, ...] = ("red", "yellow")


@attrs.define(eq=False)
class Line:
    """
    What one rule, article, branch, stage or year comes to.

    Args:
        key: What it is: the id of a rule or stage, the name of a branch, else its label.
        label: How it is called; empty where it is not known.
        lamps: How many findings of each colour.
        people: How many dossiers it concerns.
        on: How many of these have a red or yellow lamp there.
        red: How many of these have a red lamp there.
    """

    key: str
    label: str
    lamps: Counter[Lamp] = attrs.field(factory=Counter)
    people: int = 0
    on: int = 0
    red: int = 0

    def add(self, lamps: Sequence[Lamp]) -> None:
        """Count one dossier with these lamps."""
        for lamp in lamps:
            self.lamps[lamp] += 1
        self.people += 1
        self.on += any(lamp in lamps for lamp in ON)
        self.red += "red" in lamps


@attrs.frozen(eq=False)
class Reached:
    """How many people have come as far as a stage, or further, and how many of them stand there."""

    label: str
    reached: int
    there: int


@attrs.frozen(eq=False)
class Summary:
    """
    What an audit comes to.

    Args:
        total: All of it.
        groups: The lines of each table, the worst first; years and stages in their order.
        funnel: The stages in their order.
    """

    total: Line
    groups: dict[Group, list[Line]]
    funnel: tuple[Reached, ...]


def summary_of(audit: Audited, lang: str) -> Summary:
    """
    Sum up an audit.

    Args:
        audit: The audit.
        lang: The language of the labels.
    """
    counted = _Counted(lang)
    for report in audit.reports:
        counted.add(report)
    groups = {name: list(lines.values()) for name, lines in counted.groups.items()}
    for name in ("rule", "article", "branch"):
        groups[name].sort(key=lambda line: (-line.lamps["red"], -line.lamps["yellow"], -line.lamps["grey"]))
    groups["year"].sort(key=lambda line: line.label or "9999")
    order = counted.order
    groups["stage"].sort(key=lambda line: order.index(line.key) if line.key in order else -1)
    return Summary(counted.total, groups, tuple(counted.funnel()))


class _Counted:
    """Counts one dossier after another."""

    def __init__(self, lang: str) -> None:
        self.total = Line("", "")
        self.groups: dict[Group, dict[str, Line]] = {name: {} for name in GROUPS}
        self.order: list[str] = []
        self._names: dict[str, str] = {}
        self._lang = lang
        self._articles: dict[Hashable, str] = {}
        self._of: dict[Group, Callable[[Finding], tuple[str, str]]] = {
            "rule": lambda finding: (finding.rule, finding.title.said(lang)),
            "article": self._article,
            "year": _year,
        }

    def add(self, checked: Checked) -> None:
        lamps = [finding.lamp for finding in checked.findings]
        self.total.add(lamps)
        branch = checked.dossier.branch.name or ""
        self._line("branch", branch, branch).add(lamps)
        if checked.dossier.subject == "person":
            stage = checked.stage
            self._line("stage", stage.id if stage else "", stage.name.said(self._lang) if stage else "").add(lamps)
        self._know_stages(checked)
        for group, key_of in self._of.items():
            own: dict[tuple[str, str], list[Lamp]] = {}
            for finding in checked.findings:
                if finding.lamp != "none":
                    own.setdefault(key_of(finding), []).append(finding.lamp)
            for (key, label), found in own.items():
                self._line(group, key, label).add(found)

    def funnel(self) -> Iterator[Reached]:
        there = {key: line.people for key, line in self.groups["stage"].items()}
        for n, stage in enumerate(self.order):
            reached = sum(there.get(one, 0) for one in self.order[n:])
            yield Reached(self._names[stage], reached, there.get(stage, 0))

    def _know_stages(self, checked: Checked) -> None:
        if not self.order and checked.findings:
            stages = checked.findings[0].judgement.program.stages
            self.order = [stage.id for stage in stages]
            self._names = {stage.id: stage.name.said(self._lang) for stage in stages}

    def _line(self, group: Group, key: str, label: str) -> Line:
        lines = self.groups[group]
        if key not in lines:
            lines[key] = Line(key, label)
        return lines[key]

    def _article(self, finding: Finding) -> tuple[str, str]:
        known = finding.rule, finding.possible_editions
        if known not in self._articles:
            self._articles[known] = article_text(finding, self._lang)
        label = self._articles[known]
        return label, label


def _year(finding: Finding) -> tuple[str, str]:
    """Give the year of the act, where all days that may be meant lie in one."""
    value = finding.act_days
    year = str(value[0].year) if value and value[0].year == value[1].year else ""
    return year, year
