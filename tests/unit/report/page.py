"""A page of a report, taken apart."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "\"' onmouseover=alert(1) x='",
    "]]><svg/onload=alert(1)>",
    "张\u2028三\x00",
)
"""What others may have written that must stay text."""


class Page(HTMLParser):
    """The elements of a page with their attributes, and what stands in its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self._script: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._script = str(dict(attrs).get("id", "program"))
            self.scripts[self._script] = ""

    def handle_endtag(self, tag: str) -> None:
        self._script = None if tag == "script" else self._script

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self.scripts[self._script] += data

    def data(self, name: str = "data") -> dict[str, Any]:
        return dict(json.loads(self.scripts[name]))


def policy_names(text: str) -> bool:
    """Whether the policy of a page names its one script and its one style by their digests, and allows nothing else."""
    page = Page(text)
    policy = next(
        given["content"] or "" for tag, given in page.tags if given.get("http-equiv") == "Content-Security-Policy"
    )
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digests = (base64.b64encode(hashlib.sha256(part.encode()).digest()) for part in (page.scripts["program"], style[1]))
    return policy.startswith("default-src 'none';") and all(one.decode() in policy for one in digests)
