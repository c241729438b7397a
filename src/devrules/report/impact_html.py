"""What a change changes as one HTML file: numbers, each rule, article and branch, a list of people to search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from devrules.findings import words
from devrules.findings.model import Lamp
from devrules.report.charts import bars
from devrules.report.formats import How
from devrules.report.html_data import RANKS, Shown, Told
from devrules.report.html_format import leading
from devrules.report.html_page import Listing, page_pieces
from devrules.report.html_parts import Parts
from devrules.report.impact import Change, Changed, Differences, place_text
from devrules.report.impact_html_words import IMPACT_PAGE, IMPACT_SCRIPT
from devrules.report.impact_summary import Group, article_of, colour_of, impact_summary
from devrules.report.impact_words import heads_of, reason_of, turns_of, what_if
from devrules.report.markup import element
from devrules.report.subject import problems_of
from devrules.report.summary import Line
from devrules.report.summary_text import HEADS, NOT_KNOWN, PEOPLE, TITLES

_COLOURS: tuple[Lamp, ...] = ("red", "yellow", "green", "grey")
_TOP = 12
_PARTS = {"red": 0, "yellow": 0, "green": 1, "grey": 2}
_COLUMNS = (
    ("name", ""),
    ("branch", "wide"),
    ("stage", ""),
    ("red", "number"),
    ("yellow", "number"),
    ("green", "number wide"),
    ("grey", "number wide"),
    ("rules", ""),
    ("source", "wide"),
)
_LISTING = Listing(
    _COLUMNS,
    ("lampOn", "lampRed", "lampYellow", "lampGreen"),
    ((0, "failing", "nothingNew"), (1, "relieved", ""), (2, "other", "")),
    IMPACT_SCRIPT,
)


def impact_html(impact: Differences, how: How) -> Iterator[str]:
    """
    Yield what changes as an HTML page.

    Args:
        impact: What changes.
        how: How to write it.
    """
    parts = Parts(IMPACT_PAGE, how)
    page = _Page(impact, parts)
    body = parts.whole(impact.after, (page.notices(), page.tiles(), page.charts(), page.tables()))
    people = (_shown(impact, changed, how.lang) for changed in how.track(impact.changed))
    yield from page_pieces(parts.said("title"), how, body, people, _LISTING, str(impact.after.as_of))


class _Page:
    """What stands on the page without the script."""

    def __init__(self, impact: Differences, parts: Parts) -> None:
        self.impact, self.parts, self.how, self.said = impact, parts, parts.how, parts.said
        self.lang = self.how.lang
        self.summary = impact_summary(impact, self.lang)

    def notices(self) -> Element | None:
        both = (problems_of(one, unmask=self.how.unmask) for one in (self.impact.after, self.impact.before))
        told = [what_if(self.impact, self.lang)]
        if not self.impact.changed:
            told.append(self.said("nothing"))
        return self.parts.notices({"problems": [*dict.fromkeys(chain(*both))], "remarks": told})

    def tiles(self) -> Element:
        people, total, tile = len(self.impact.after.reports), self.summary.total, self.parts.tile
        made = element("section", class_="tiles")
        made.extend(
            [
                tile("people", people, "all"),
                tile("changed", total.people, "on", share=people),
                tile("failing", total.on, "red-people", share=people),
                tile("relieved", self.summary.relieved, "green", share=people),
                *(tile(colour, total.lamps[colour], colour, told=f"{colour}_means") for colour in _COLOURS),
            ]
        )
        return made

    def charts(self) -> Element:
        made = element("section", class_="charts")
        groups: tuple[Group, ...] = ("article", "branch", "rule")
        made.extend(chart for group in groups if (chart := self.chart(group)) is not None)
        return made

    def chart(self, group: Group) -> Element | None:
        lines = [line for line in self.summary.groups[group] if line.on]
        if not lines:
            return None
        title = f"{self.title(group)} · {IMPACT_SCRIPT['failing'].said(self.lang)}"
        title += self.said("top", many=_TOP) if len(lines) > _TOP else ""
        counts = ((self.label(group, line), line.lamps["red"], line.lamps["yellow"]) for line in lines[:_TOP])
        drawn = bars(counts, title, wide=group == "rule")
        return element("figure", element("figcaption", title), drawn, class_=group)

    def title(self, group: Group) -> str:
        return TITLES[group].said(self.lang)

    def label(self, group: Group, line: Line) -> str:
        return line.label or NOT_KNOWN[group].said(self.lang)

    def tables(self) -> Element | None:
        if not self.impact.changed:
            return None
        made = element("section", element("h2", self.said("tables")), class_="tables")
        for group, lines in self.summary.groups.items():
            title = element("summary", f"{self.title(group)} ({len(lines)})")
            opened = {"open": "open"} if group == "rule" else {}
            made.append(element("details", title, self.table(group, lines), **opened))
        return made

    def table(self, group: Group, lines: list[Line]) -> Element:
        places = dict(self.places()) if group == "rule" else {}
        heads = [(HEADS[group].said(self.lang), "")]
        if group == "rule":
            heads += [(said, "wide article") for said in heads_of(self.impact, self.lang)]
            heads.append((self.said("turns"), "wide place"))
        heads += [(IMPACT_SCRIPT[colour].said(self.lang), f"number ink-{colour}") for colour in _COLOURS]
        heads.append((PEOPLE.said(self.lang), "number"))
        rows = (
            ([self.label(group, line), *places.get(line.key, ()), *_counts(line)], leading(group, line))
            for line in lines
        )
        return self.parts.table(heads, rows)

    def places(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each rule with where it stands before and after, and from which verdict to which."""
        stop = "；" if self.lang == "zh" else "; "
        for rule in self.impact.rules:
            both = (place_text(self.impact, one, self.lang) for one in (rule.before, rule.after))
            yield rule.after.id, [*both, stop.join(turns_of(rule, self.lang))]


def _counts(line: Line) -> list[str]:
    counts = [*(line.lamps[colour] for colour in _COLOURS), line.people]
    return [f"{count:,}" if count else "" for count in counts]


def _shown(impact: Differences, changed: Changed, lang: str) -> Shown:
    """Tell what is shown of a dossier: what newly fails, then what fails no longer, then the rest."""
    ordered = sorted(changed.changes, key=lambda change: _COLOURS.index(colour_of(change)))
    colours = [colour_of(change) for change in ordered]
    after = [change.after for change in ordered]
    counts = [colours.count(colour) for colour in ("red", "yellow", "grey", "green")]
    return Shown(changed.checked, counts, after, after, [_told(impact, change, lang) for change in ordered])


def _told(impact: Differences, change: Change, lang: str) -> Told:
    colour, new = colour_of(change), change.after
    mark = " → ".join(words.VERDICTS[verdict].said(lang) for verdict in change.turn)
    was = reason_of(change.before, lang) if change.before else ""
    remedy = new.remedy.said(lang) if new.verdict == "fail" else ""
    lines = ((IMPACT_SCRIPT["was"].said(lang), was), (IMPACT_SCRIPT["remedy"].said(lang), remedy))
    article, rank = article_of(impact, change, lang), RANKS.get(colour, 0)
    return Told(new, rank, _PARTS[colour], mark, article, reason_of(new, lang), lines)
