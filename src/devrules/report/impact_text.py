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
from devrules.findings import words
from devrules.findings.finding import Finding
from devrules.findings.model import Lamp
from devrules.law.model import Text
from devrules.program.model import Compiled
from devrules.report.impact import Change, Differences, RuleImpact, place_text
from devrules.report.lines import MARKS, STYLES
from devrules.report.prose import Prose
from devrules.report.subject import Checked, name_of, problems_of
from devrules.report.text import basis_text, plain_text, row_text, unread_blocks
from devrules.ruleset.model import VERDICTS

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


def what_if(impact: Differences, lang: str) -> str:
    """Say what was assumed, and that no verdict on anybody comes of it."""
    asked = impact.asked
    if asked.before is None or asked.after is None:
        if lang == "zh":
            return (
                f"假设分析：现行规则与加上 {asked.overlay} 之后对比，列出结论不同之处；"
                "各行为仍按办理当日施行的版本判断。"
            )
        return (
            f"What if: the rules of today against the same rules with {asked.overlay} added; every act is judged by "
            "the edition in force on its day."
        )
    old, new = (_edition(impact, one, lang) for one in (asked.before, asked.after))
    if lang == "zh":
        return (
            f"假设分析：不论何时办理，全部行为先都按{old}、再都按{new}判断，列出结论不同之处。"
            "实际核查按办理当日施行的版本判断，这里的结论不是对任何人的结论。"
        )
    return (
        f"What if: every act is judged as if the {old}, and then as if the {new} had been in force on every day; what "
        "differs is listed. An audit judges each act by the edition in force on its day: nothing here is a verdict on "
        "anybody."
    )


def _edition(impact: Differences, edition: str, lang: str) -> str:
    regulations = (one for ruleset in impact.after.rulesets for one in ruleset.regulations)
    found = next(own for one in regulations for own in one.editions if own.id == edition)
    return found.zh if lang == "zh" else found.en


def _table(impact: Differences, lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(RULE.said(lang), overflow="fold")
    for head in _heads(impact, lang):
        table.add_column(head, overflow="fold")
    table.add_column(TURNS.said(lang), overflow="fold")
    for rule in impact.rules:
        places = (Styled(place_text(impact, one, lang)) for one in (rule.before, rule.after))
        title = Styled(f"{rule.after.rule.title.said(lang)} [{rule.after.id}]")
        table.add_row(title, *places, Styled("\n".join(_turns(rule, lang))))
    return table


def _heads(impact: Differences, lang: str) -> tuple[str, str]:
    """Name the two that are compared."""
    if impact.asked.before is not None and impact.asked.after is not None:
        return _edition(impact, impact.asked.before, lang), _edition(impact, impact.asked.after, lang)
    return ("现行", f"加上 {impact.asked.overlay}") if lang == "zh" else ("today", f"with {impact.asked.overlay}")


def _turns(rule: RuleImpact, lang: str) -> Iterator[str]:
    """Yield from which verdict to which, and how often: what fails first, else in the order of the verdicts."""
    ordered = sorted(rule.turns.items(), key=lambda one: (one[0][1] != "fail", *map(VERDICTS.index, one[0])))
    for (old, new), count in ordered:
        yield f"{words.VERDICTS[old].said(lang)} → {words.VERDICTS[new].said(lang)} {count}"


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
                found.setdefault((finding.lamp, _reason(finding, self.lang)), []).append(checked)
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


def _reason(finding: Finding, lang: str) -> str:
    """Say why, without the title and the verdict, which stand above."""
    stop = "；" if lang == "zh" else "; "
    head = f"{finding.title.said(lang)}{'：' if lang == 'zh' else ': '}{words.VERDICTS[finding.verdict].said(lang)}"
    return finding.message.said(lang).removeprefix(f"{head}{stop}")


def _totals(impact: Differences, lang: str) -> str:
    after = impact.after
    people, changed, failing = len(after.reports), len(impact.changed), impact.people_failing
    basis = basis_text(after.as_of, after.engine, after.rulesets, lang)
    if lang == "zh":
        return f"共 {people} 人，结论有变化 {changed} 人，其中新增不合格 {failing} 人；{basis}"
    return f"{people} dossiers, verdicts change for {changed}, {failing} of them newly fail; {basis}"
