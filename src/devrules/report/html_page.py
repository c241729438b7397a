"""
What is shown, and the people, to one HTML file that needs nothing else and may load nothing.

What was written by others gets into it in two ways only: as text of an element (:mod:`devrules.report.markup`), and as
JSON of which the script makes nothing but text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

import attrs

from devrules.law.model import Text
from devrules.report.formats import How
from devrules.report.html_data import People, Shown, packed


@attrs.frozen
class Listing:
    """
    How the script lists people.

    Args:
        columns: The columns of the list by their names, each with its class.
        lamps: The choices by colour.
        parts: The headings of the page of a person: the number, the heading, what stands there where there is nothing.
        words: The words of the script.
    """

    columns: Sequence[tuple[str, str]]
    lamps: Sequence[str]
    parts: Sequence[tuple[int, str, str]]
    words: Mapping[str, Text]

    def data(self, lang: str) -> dict[str, Any]:
        """Give it as data for the script."""
        words = {name: text.said(lang) for name, text in self.words.items()}
        parts = [[part, words[heading], words[empty] if empty else ""] for part, heading, empty in self.parts]
        return {"columns": self.columns, "lamps": self.lamps, "parts": parts, "words": words}


def page_pieces(
    title: str, how: How, body: Iterable[str], people: Iterable[Shown], listing: Listing, as_of: str
) -> Iterator[str]:
    """
    Yield a page.

    Args:
        title: Its title.
        how: How it is written.
        body: What stands on it without the script, as HTML.
        people: Everybody who is listed.
        listing: How they are listed.
        as_of: The day on which they were judged.
    """
    style, script = (_part(name) for name in ("report.css", "report.js"))
    yield (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if how.lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src {_digest(script)}; '
        f"style-src {_digest(style)}; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="devrules">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    yield from body
    listed = People(how)
    for n, chunk in enumerate(listed.chunks(people)):
        yield f'<script type="application/json" id="chunk{n}">{chunk}</script>\n'
    data = listed.listed() | listing.data(how.lang) | {"asOf": as_of, "zh": how.lang == "zh"}
    yield f'<script type="application/json" id="data">{packed(data)}</script>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _part(name: str) -> str:
    return (files("devrules.report") / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Name a script or style by its digest, so that no other one runs."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
