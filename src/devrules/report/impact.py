"""Two audits of the same dossiers to what differs between them: whose verdicts, by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

import attrs

from devrules.findings.cited import cited_text
from devrules.findings.finding import Finding
from devrules.law.model import Citation
from devrules.program.model import Body, Compiled
from devrules.report.subject import Audited, Checked
from devrules.ruleset.model import Verdict

Turn: TypeAlias = tuple[Verdict, Verdict]
"""The verdict before and the verdict after."""


@attrs.frozen
class Asked:
    """
    What was compared.

    Args:
        before: The edition that is in force on every day in the one case, where editions are compared.
        after: The edition that is in force on every day in the other case.
        overlay: The overlay that is added, where that is asked.
    """

    before: str | None = None
    after: str | None = None
    overlay: str | None = None


@attrs.frozen(eq=False)
class Change:
    """One rule's verdict on one dossier, before and after; *before* is ``None`` where there was no such rule."""

    before: Finding | None
    after: Finding

    @property
    def turn(self) -> Turn:
        """The verdicts; a rule that there was not did not apply."""
        return self.before.verdict if self.before else "not_applicable", self.after.verdict


@attrs.frozen(eq=False)
class Changed:
    """One dossier, as it is judged afterwards, with the verdicts that are others than before."""

    checked: Checked
    changes: tuple[Change, ...]


@attrs.frozen(eq=False)
class RuleImpact:
    """
    What becomes of one rule.

    Args:
        before: The rule before; ``None`` where there was no such rule.
        after: The rule after.
        changed: Whose verdicts change.
    """

    before: Compiled | None
    after: Compiled
    changed: tuple[tuple[Checked, Change], ...]

    @cached_property
    def turns(self) -> Counter[Turn]:
        """From which verdict to which, and how often."""
        return Counter(change.turn for _, change in self.changed)

    @property
    def failing(self) -> list[tuple[Checked, Change]]:
        """Who fails now and did not before."""
        return [(checked, change) for checked, change in self.changed if change.turn[1] == "fail"]

    @property
    def relieved(self) -> list[tuple[Checked, Change]]:
        """Who failed before and does not now."""
        return [(checked, change) for checked, change in self.changed if change.turn[0] == "fail"]


@attrs.frozen(eq=False)
class Differences:
    """
    Whose verdicts change.

    Args:
        asked: What was compared.
        before: Everybody, judged the one way.
        after: Everybody, judged the other way.
        changed: The dossiers of which a verdict changes, in the order of the sources.
    """

    asked: Asked
    before: Audited
    after: Audited
    changed: tuple[Changed, ...]

    @cached_property
    def rules(self) -> tuple[RuleImpact, ...]:
        """The rules by which a verdict changes, those that most newly fail first, else in the order of the rulesets."""
        found: dict[str, list[tuple[Checked, Change]]] = {}
        for one in self.changed:
            for change in one.changes:
                found.setdefault(change.after.rule, []).append((one.checked, change))
        order = {report.dossier.subject: report.judged for report in self.after.reports}
        places = {finding.rule: n for n, finding in enumerate(chain.from_iterable(order.values()))}
        rules = [_rule_impact(changed) for changed in found.values()]
        return tuple(sorted(rules, key=lambda rule: (-len(rule.failing), places[rule.after.id])))

    @property
    def failing(self) -> Iterator[Finding]:
        """The findings that fail now and did not before."""
        changes = (change for one in self.changed for change in one.changes)
        return (change.after for change in changes if change.turn[1] == "fail")

    @property
    def people_failing(self) -> int:
        """How many dossiers have a rule that fails now and did not before."""
        return sum(any(change.turn[1] == "fail" for change in one.changes) for one in self.changed)

    @property
    def turns(self) -> Counter[Turn]:
        """From which verdict to which, and how often, by all rules together."""
        return Counter(change.turn for one in self.changed for change in one.changes)


def changed_in(pairs: Iterable[tuple[Checked, Checked]]) -> tuple[Changed, ...]:
    """
    Find the dossiers of which a verdict changes.

    Args:
        pairs: Each dossier, judged the one and the other way.
    """
    changed = (Changed(new, tuple(_changes(old.judged, new.judged))) for old, new in pairs)
    return tuple(one for one in changed if one.changes)


def _changes(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Change]:
    old = {finding.rule: finding for finding in before}
    for change in (Change(old.get(finding.rule), finding) for finding in after):
        if change.turn[0] != change.turn[1]:
            yield change


def _rule_impact(changed: Sequence[tuple[Checked, Change]]) -> RuleImpact:
    _, first = changed[0]
    before = first.before.compiled if first.before else None
    return RuleImpact(before, first.after.compiled, tuple(changed))


def newest_body(compiled: Compiled | None) -> Body | None:
    """Give what a rule asks in the edition that comes last, which in a what-if is the one in force; if anything."""
    group = compiled and compiled.group(len(compiled.editions))
    return group.body if group else None


def newest_citation(compiled: Compiled | None) -> Citation | None:
    """Give where a rule stands in the edition that comes last, if it asks anything there."""
    if compiled is None or newest_body(compiled) is None:
        return None
    return next(iter(compiled.citations(len(compiled.editions))), None)


def place_text(impact: Differences, compiled: Compiled | None, lang: str) -> str:
    """Say where a rule stands in a what-if; that it is not there, where it is not."""
    cited = newest_citation(compiled)
    if cited is None:
        return "无" if lang == "zh" else "none"
    return cited_text(impact.after.rulesets, cited.edition, cited.article, lang)
