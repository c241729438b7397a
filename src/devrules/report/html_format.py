"""
An audit as one HTML file: a summary with charts, a list of people to search, a page for each of them, to be printed.

Nothing in it is loaded from elsewhere, and its policy forbids it. What was written by others gets into it in two ways
only: as text of an element (:mod:`devrules.report.markup`), and as JSON of which the script makes nothing but text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from xml.etree.ElementTree import Element

from devrules.days import Day
from devrules.findings.model import Lamp
from devrules.findings.values import day_text
from devrules.mask import mask_text
from devrules.report.charts import bars, funnel
from devrules.report.formats import How
from devrules.report.html_data import People, packed
from devrules.report.html_words import PAGE, SCRIPT
from devrules.report.markup import element, written
from devrules.report.remarks import remarks
from devrules.report.subject import Audited, problems_of, reason_of, text_of
from devrules.report.summary import Group, Line, Summary, summary_of
from devrules.report.summary_text import HEADS, ON, PEOPLE, TITLES, label_of

_LAMPS: tuple[Lamp, ...] = ("red", "yellow", "grey", "green")
_TOP, _UNREAD = 12, 1000


def html_pieces(audit: Audited, how: How) -> Iterator[str]:
    """
    Yield an audit as an HTML page.

    Args:
        audit: The audit.
        how: How to write it.
    """
    style, script = (_part(name) for name in ("report.css", "report.js"))
    yield (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if how.lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src {_digest(script)}; '
        f"style-src {_digest(style)}; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="devrules">\n'
        f"<title>{PAGE['title'].said(how.lang)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    yield from _Page(audit, how).pieces()
    people = People(how)
    for n, chunk in enumerate(people.chunks(audit)):
        yield f'<script type="application/json" id="chunk{n}">{chunk}</script>\n'
    words = {name: text.said(how.lang) for name, text in SCRIPT.items()}
    data = people.listed() | {"words": words, "asOf": str(audit.as_of), "zh": how.lang == "zh"}
    yield f'<script type="application/json" id="data">{packed(data)}</script>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _part(name: str) -> str:
    return (files("devrules.report") / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Name a script or style by its digest, so that no other one runs."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class _Page:
    """What stands on the page without the script."""

    def __init__(self, audit: Audited, how: How) -> None:
        self.audit, self.how = audit, how
        self.summary: Summary = summary_of(audit, how.lang)

    def pieces(self) -> Iterator[str]:
        yield written(self.heading())
        yield '<main id="overview">\n'
        for part in (self.notices(), self.tiles(), self.charts(), self.tables()):
            if part is not None:
                yield written(part) + "\n"
        yield written(
            element(
                "section",
                element("h2", self.said("list")),
                element("noscript", element("p", self.said("no_script"))),
                element("div", id="people"),
                class_="list",
            )
        )
        yield "".join(written(one) for one in self.unread())
        yield '</main>\n<article id="person" hidden></article>\n'
        kept = self.said("unmasked" if self.how.unmask else "masked")
        yield written(element("footer", element("p", f"{kept} {self.said('own')}"))) + "\n"

    def said(self, word: str, **values: object) -> str:
        text = PAGE[word].said(self.how.lang)
        return text.format(**values) if values else text

    def heading(self) -> Element:
        rulesets = ", ".join(f"{one.id} {one.version} ({one.sha256[:12]})" for one in self.audit.rulesets)
        basis = [
            f"{self.said('as_of')} {day_text(Day.on(self.audit.as_of), self.how.lang)}",
            f"{self.said('engine')} {self.audit.engine}",
            f"{self.said('rulesets')} {rulesets}",
        ]
        return element("header", element("h1", self.said("title")), element("p", " · ".join(basis), class_="basis"))

    def notices(self) -> Element | None:
        problems = list(problems_of(self.audit, unmask=self.how.unmask))
        told = [one if self.how.unmask else mask_text(one) for one in remarks(self.audit, self.how.lang)]
        if not problems and not told:
            return None
        made = element("section", class_="notices")
        for title, lines, sort in (("problems", problems, "bad"), ("remarks", told, "")):
            if lines:
                listed = element("ul")
                listed.extend(element("li", line) for line in lines)
                made.append(element("div", element("h2", self.said(title)), listed, class_=sort))
        return made

    def tiles(self) -> Element:
        total = self.summary.total
        made = element("section", class_="tiles")
        made.extend(
            [
                self.tile("people", total.people, "all"),
                self.tile("on", total.on, "on", share=total.people),
                self.tile("red_people", total.red, "red-people", share=total.people),
                *(self.tile(lamp, total.lamps[lamp], lamp, told=f"{lamp}_means") for lamp in _LAMPS),
                self.tile("unread", len(self.audit.unread), "unread"),
            ]
        )
        return made

    def tile(self, word: str, number: int, sort: str, *, share: int | None = None, told: str | None = None) -> Element:
        beside = self.said(told) if told else f"{number / share:.0%}" if share else None
        return element(
            "div",
            element("span", self.said(word), class_="what"),
            element("span", f"{number:,}", class_="number"),
            element("span", beside, class_="beside") if beside else None,
            class_=f"tile {sort}",
        )

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
        heads = [HEADS[group].said(lang), *(self.said(lamp) for lamp in _LAMPS), ON.said(lang), PEOPLE.said(lang)]
        head, body = element("tr"), element("tbody")
        head.extend(element("th", one, **({"class_": "number"} if n else {})) for n, one in enumerate(heads))
        for line in lines:
            row = element("tr", element("td", self.label(group, line)))
            counts = [*(line.lamps[lamp] for lamp in _LAMPS), line.on, line.people]
            row.extend(
                element("td", f"{count:,}" if count else "", class_=f"number {sort}")
                for count, sort in zip(counts, (*(f"ink-{lamp}" for lamp in _LAMPS), "", ""), strict=True)
            )
            if group in ("rule", "branch", "stage"):
                row.set("data-filter", group)
                row.set("data-value", line.key if group == "rule" else line.label)
            body.append(row)
        return element("table", element("thead", head), body)

    def unread(self) -> Iterator[Element]:
        unread = self.audit.unread
        if not unread:
            return
        head, body = element("tr"), element("tbody")
        head.extend(element("th", self.said(word)) for word in ("place", "text", "reason"))
        for one in unread[:_UNREAD]:
            row = f"{one.row}" if one.row else None
            place = " · ".join(filter(None, [one.file, one.sheet, row, one.column]))
            texts = (place, text_of(one, unmask=self.how.unmask), reason_of(one, self.how.lang))
            body.append(element("tr", *(element("td", text) for text in texts)))
        more = len(unread) - _UNREAD
        yield element(
            "section",
            element("h2", f"{self.said('unread')} ({len(unread)})"),
            element("table", element("thead", head), body),
            element("p", self.said("more_unread", many=more)) if more > 0 else None,
            class_="unread",
        )
