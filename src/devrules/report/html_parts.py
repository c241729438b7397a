"""The parts that pages of reports have in common: heading, notices, tiles, tables, what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

import attrs

from devrules.days import Day
from devrules.findings.values import day_text
from devrules.law.model import Text
from devrules.report.formats import How
from devrules.report.markup import element, written
from devrules.report.subject import Audited, reason_of, text_of

_UNREAD = 1000


@attrs.frozen
class Parts:
    """
    Makes the parts of a page.

    Args:
        words: The words of the page.
        how: How it is written.
    """

    words: Mapping[str, Text]
    how: How

    def said(self, word: str, **values: object) -> str:
        """Give a word of the page, with values put into it."""
        text = self.words[word].said(self.how.lang)
        return text.format(**values) if values else text

    def whole(self, audit: Audited, parts: Iterable[Element | None]) -> Iterator[str]:
        """Yield the page: its heading, the parts, the place of the list, what was not understood, what it is."""
        yield written(self._heading(audit))
        yield '<main id="overview">\n'
        for part in parts:
            if part is not None:
                yield written(part) + "\n"
        no_script = element("noscript", element("p", self.said("no_script")))
        title = element("h2", self.said("list"))
        yield written(element("section", title, no_script, element("div", id="people"), class_="list"))
        yield "".join(map(written, self._unread(audit)))
        yield '</main>\n<article id="person" hidden></article>\n'
        kept = self.said("unmasked" if self.how.unmask else "masked")
        yield written(element("footer", element("p", f"{kept} {self.said('own')}"))) + "\n"

    def notices(self, told: Mapping[str, Sequence[str]]) -> Element | None:
        """Make boxes of lines, each under its heading; *problems* stand out."""
        if not any(told.values()):
            return None
        made = element("section", class_="notices")
        for title, lines in told.items():
            if lines:
                listed = element("ul")
                listed.extend(element("li", line) for line in lines)
                sort = "bad" if title == "problems" else ""
                made.append(element("div", element("h2", self.said(title)), listed, class_=sort))
        return made

    def tile(self, word: str, number: int, sort: str, *, share: int | None = None, told: str | None = None) -> Element:
        """Make a tile: a number, what it counts, and beside it its share or what it means."""
        beside = self.said(told) if told else f"{number / share:.0%}" if share else None
        return element(
            "div",
            element("span", self.said(word), class_="what"),
            element("span", f"{number:,}", class_="number"),
            element("span", beside, class_="beside") if beside else None,
            class_=f"tile {sort}",
        )

    def table(
        self, heads: Sequence[tuple[str, str]], rows: Iterable[tuple[Sequence[str], Mapping[str, str]]]
    ) -> Element:
        """
        Make a table.

        Args:
            heads: The heading and the class of each column.
            rows: The texts of each row, and its attributes.
        """
        head, body = element("tr"), element("tbody")
        for said, sort in heads:
            shown = " ".join(one for one in sort.split() if one in ("number", "wide"))
            head.append(element("th", said, **({"class_": shown} if shown else {})))
        for texts, attributes in rows:
            row = element("tr")
            for text, (_, sort) in zip(texts, heads, strict=True):
                row.append(element("td", text, **({"class_": sort} if sort else {})))
            for name, value in attributes.items():
                row.set(name, value)
            body.append(row)
        return element("table", element("thead", head), body)

    def _heading(self, audit: Audited) -> Element:
        rulesets = ", ".join(f"{one.id} {one.version} ({one.sha256[:12]})" for one in audit.rulesets)
        basis = [
            f"{self.said('as_of')} {day_text(Day.on(audit.as_of), self.how.lang)}",
            f"{self.said('engine')} {audit.engine}",
            f"{self.said('rulesets')} {rulesets}",
        ]
        return element("header", element("h1", self.said("title")), element("p", " · ".join(basis), class_="basis"))

    def _unread(self, audit: Audited) -> Iterator[Element]:
        unread = audit.unread
        if not unread:
            return
        rows: list[tuple[Sequence[str], Mapping[str, str]]] = []
        for one in unread[:_UNREAD]:
            row = f"{one.row}" if one.row else None
            place = " · ".join(filter(None, [one.file, one.sheet, row, one.column]))
            rows.append(((place, text_of(one, unmask=self.how.unmask), reason_of(one, self.how.lang)), {}))
        more = len(unread) - _UNREAD
        yield element(
            "section",
            element("h2", f"{self.said('unread')} ({len(unread)})"),
            self.table([(self.said(word), "") for word in ("place", "text", "reason")], rows),
            element("p", self.said("more_unread", many=more)) if more > 0 else None,
            class_="unread",
        )
