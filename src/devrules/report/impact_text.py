"""What a change changes, for a terminal: what is assumed, each rule with its numbers, who is concerned and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeAlias

import attrs
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled

from devrules.dossier.model import Dossier
from devrules.findings.model import Lamp
from devrules.law.model import Text
from devrules.program.model import Compiled
from devrules.report.impact import Change, Differences, RuleImpact, place_text
from devrules.report.impact_words import heads_of, reason_of, turns_of, what_if
from devrules.report.lines import MARKS, STYLES
from devrules.report.prose import Prose
from devrules.report.subject import Checked, name_of, problems_of
from devrules.report.text import basis_text, plain_text, row_text, unread_blocks

Blocks: TypeAlias = Iterator[RenderableType]
Concerned: TypeAlias = Sequence[tuple[Checked, Change]]
_MANY = 20
"""So many people are listed for each reason; the other formats list all."""
FAILING, RELIEVED = Text("新增不合格", "Newly failing"), Text("不再不合格", "No longer failing")
RULE, TURNS = Text("规则", "Rule"), Text("结论变化", "Verdicts")


def impact_text(impact: Differences, *, lang: str = "zh", unmask: bool = False) -> str:
    """Write what changes as text: see :func:`impact_blocks`."""
    return plain_text(impact_blocks(impact, lang=lang, unmask=unmask))


def impact_blocks(impact: Differences, *, lang: str, unmask: bool = False) -> Iterator[RenderableType]:
    """
    Yield what changes as blocks for a terminal.

    Args:
        impact: What changes.
        lang: ``zh`` or ``en``.
        unmask: Whether to write names and numbers in full.
    """
    yield Prose(what_if(impact, lang), style="bold")
    yield Styled("")
    if impact.rules:
        yield _table(impact, lang)
        yield Styled("")
    people = _People(impact, lang, unmask)
    yield from people.told(FAILING, [(rule, rule.after, rule.failing) for rule in impact.rules])
    yield from people.told(RELIEVED, [(rule, rule.before, rule.relieved) for rule in impact.rules])
    yield Prose(_totals(impact, lang))
    yield from unread_blocks(impact.after, lang, unmask=unmask)
    for told in dict.fromkeys(chain(*(problems_of(one, unmask=unmask) for one in (impact.after, impact.before)))):
        yield Styled(told, style="red")


def _table(impact: Differences, lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(RULE.said(lang), overflow="fold")
    for head in heads_of(impact, lang):
        table.add_column(head, overflow="fold")
    table.add_column(TURNS.said(lang), overflow="fold")
    for rule in impact.rules:
        places = (Styled(place_text(impact, one, lang)) for one in (rule.before, rule.after))
        title = Styled(f"{rule.after.rule.title.said(lang)} [{rule.after.id}]")
        table.add_row(title, *places, Styled("\n".join(turns_of(rule, lang))))
    return table


@attrs.frozen
class _People:
    """Writes whom rules concern, and why: those of one reason together."""

    impact: Differences
    lang: str
    unmask: bool

    def told(self, heading: Text, rules: Sequence[tuple[RuleImpact, Compiled | None, Concerned]]) -> Blocks:
        """Yield the rules that concern somebody: the reason is that of the new fail, or of the one that is gone."""
        rules = [one for one in rules if one[2]]
        if rules:
            yield Styled(heading.said(self.lang), style="bold")
        for rule, compiled, concerned in rules:
            place, title = place_text(self.impact, compiled, self.lang), rule.after.rule.title.said(self.lang)
            yield Prose(f"{place} · {title} [{rule.after.id}]")
            yield from self._by_reason(concerned, after=heading is FAILING)
            yield Styled("")

    def _by_reason(self, concerned: Concerned, *, after: bool) -> Blocks:
        found: dict[tuple[Lamp, str], list[Checked]] = {}
        for checked, change in concerned:
            finding = change.after if after else change.before
            if finding is not None:
                found.setdefault((finding.lamp, reason_of(finding, self.lang)), []).append(checked)
        for (lamp, reason), who in found.items():
            grid = Table.grid(padding=(0, 1))
            grid.add_column(width=2)
            grid.add_column(overflow="fold")
            grid.add_row(Styled(f" {MARKS[lamp]}", style=STYLES[lamp]), Prose(f"{reason}\n{self._listed(who)}"))
            yield grid

    def _listed(self, who: Sequence[Checked]) -> str:
        zh, more = self.lang == "zh", len(who) - _MANY
        names = ("、" if zh else ", ").join(map(self._named, who[:_MANY]))
        if more > 0:
            names += f"，另有 {more} 人（见 --format csv）" if zh else f" and {more} more (see --format csv)"
        return f"{len(who)} 人：{names}" if zh else f"{len(who)}: {names}"

    def _named(self, checked: Checked) -> str:
        name, source = name_of(checked, unmask=self.unmask), checked.dossier.source
        if source is None:
            return name or checked.dossier.branch.name or checked.dossier.id
        row = row_text(source.row, self.lang)
        place = row if self._one_sheet else " ".join(filter(None, [source.file, source.sheet, row]))
        return f"{name}（{place}）" if self.lang == "zh" else f"{name} ({place})"

    @property
    def _one_sheet(self) -> bool:
        """Whether all that changes stands in one sheet, which then need not be named."""
        return len({(one.source.file, one.source.sheet) for one in self._dossiers if one.source}) == 1

    @property
    def _dossiers(self) -> Iterator[Dossier]:
        return (one.checked.dossier for one in self.impact.changed)


def _totals(impact: Differences, lang: str) -> str:
    after = impact.after
    people, changed, failing = len(after.reports), len(impact.changed), impact.people_failing
    basis = basis_text(after.as_of, after.engine, after.rulesets, lang)
    if lang == "zh":
        return f"共 {people} 人，结论有变化 {changed} 人，其中新增不合格 {failing} 人；{basis}"
    return f"{people} dossiers, verdicts change for {changed}, {failing} of them newly fail; {basis}"
