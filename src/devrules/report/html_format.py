"""An audit as one HTML file: a summary with charts, a list of people to search, a page for each, to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from devrules.findings.model import Lamp
from devrules.mask import mask_text
from devrules.report.charts import bars, funnel
from devrules.report.formats import How
from devrules.report.html_page import Listing, page_pieces
from devrules.report.html_parts import Parts
from devrules.report.html_shown import PARTS, shown_of
from devrules.report.html_words import PAGE, SCRIPT
from devrules.report.markup import element
from devrules.report.remarks import remarks
from devrules.report.subject import Audited, problems_of
from devrules.report.summary import Group, Line, Summary, summary_of
from devrules.report.summary_text import HEADS, ON, PEOPLE, TITLES, label_of

_LAMPS: tuple[Lamp, ...] = ("red", "yellow", "grey", "green")
_TOP = 12
COLUMNS = (
    ("name", ""),
    ("branch", "wide"),
    ("stage", ""),
    ("red", "number"),
    ("yellow", "number"),
    ("grey", "number wide"),
    ("rules", ""),
    ("source", "wide"),
)
_LISTING = Listing(COLUMNS, ("lampOn", "lampRed", "lampYellow", "lampOff"), PARTS, SCRIPT)


def html_pieces(audit: Audited, how: How) -> Iterator[str]:
    """
    Yield an audit as an HTML page.

    Args:
        audit: The audit.
        how: How to write it.
    """
    parts = Parts(PAGE, how)
    page = _Page(audit, parts)
    body = parts.whole(audit, (page.notices(), page.tiles(), page.charts(), page.tables()))
    people = (shown_of(report, how.lang) for report in how.track(audit.reports))
    yield from page_pieces(parts.said("title"), how, body, people, _LISTING, str(audit.as_of))


class _Page:
    """What stands on the page of an audit without the script."""

    def __init__(self, audit: Audited, parts: Parts) -> None:
        self.audit, self.parts, self.how, self.said = audit, parts, parts.how, parts.said
        self.summary: Summary = summary_of(audit, self.how.lang)

    def notices(self) -> Element | None:
        problems = list(problems_of(self.audit, unmask=self.how.unmask))
        told = [one if self.how.unmask else mask_text(one) for one in remarks(self.audit, self.how.lang)]
        return self.parts.notices({"problems": problems, "remarks": told})

    def tiles(self) -> Element:
        total, tile = self.summary.total, self.parts.tile
        made = element("section", class_="tiles")
        made.extend(
            [
                tile("people", total.people, "all"),
                tile("on", total.on, "on", share=total.people),
                tile("red_people", total.red, "red-people", share=total.people),
                *(tile(lamp, total.lamps[lamp], lamp, told=f"{lamp}_means") for lamp in _LAMPS),
                tile("unread", len(self.audit.unread), "unread"),
            ]
        )
        return made

    def charts(self) -> Element:
        made = element("section", class_="charts")
        stages = self.summary.funnel
        labels = [self.said("funnel_label", reached=f"{one.reached:,}", there=f"{one.there:,}") for one in stages]
        if stages:
            title = self.said("funnel")
            made.append(element("figure", element("figcaption", title), funnel(stages, labels, title)))
        groups: tuple[Group, ...] = ("year", "branch", "article", "rule")
        made.extend(chart for group in groups if (chart := self.chart(group)) is not None)
        return made

    def chart(self, group: Group) -> Element | None:
        lines = [line for line in self.summary.groups[group] if line.on]
        if not lines:
            return None
        title = TITLES[group].said(self.how.lang)
        if len(lines) > _TOP:
            title += self.said("top", many=_TOP)
            lines = lines[-_TOP:] if group == "year" else lines[:_TOP]
        counts = ((self.label(group, line), line.lamps["red"], line.lamps["yellow"]) for line in lines)
        drawn = bars(counts, title, wide=group == "rule")
        return element("figure", element("figcaption", title), drawn, class_=group)

    def label(self, group: Group, line: Line) -> str:
        return label_of(group, line, self.how.lang)

    def tables(self) -> Element:
        made = element("section", element("h2", self.said("tables")), class_="tables")
        for group, lines in self.summary.groups.items():
            shown = lines if group in ("stage", "branch") else [line for line in lines if line.on]
            if shown:
                title = element("summary", f"{TITLES[group].said(self.how.lang)} ({len(shown)})")
                made.append(element("details", title, self.table(group, shown)))
        return made

    def table(self, group: Group, lines: list[Line]) -> Element:
        lang = self.how.lang
        heads = [(HEADS[group].said(lang), ""), *((self.said(lamp), f"number ink-{lamp}") for lamp in _LAMPS)]
        heads += [(ON.said(lang), "number"), (PEOPLE.said(lang), "number")]
        return self.parts.table(heads, ((self.texts(group, line), leading(group, line)) for line in lines))

    def texts(self, group: Group, line: Line) -> list[str]:
        counts = [*(line.lamps[lamp] for lamp in _LAMPS), line.on, line.people]
        return [self.label(group, line), *(f"{count:,}" if count else "" for count in counts)]


def leading(group: str, line: Line) -> dict[str, str]:
    """Tell which people a click on a row of a table leads to, if it leads to any."""
    if group not in ("rule", "branch", "stage"):
        return {}
    return {"data-filter": group, "data-value": line.key if group == "rule" else line.label}
