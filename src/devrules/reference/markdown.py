"""The pieces of Markdown that pages are made from."""

from __future__ import annotations

from collections.abc import Iterable

from devrules.law.model import Text

GENERATED = "<!-- Written by `devrules rules docs` from the rulesets: change those, not this page. -->"
"""The first line of every page; a file without it is nobody's to overwrite or strike."""


def page(*blocks: str) -> str:
    """Make a page of blocks; empty ones are left out."""
    return "\n\n".join((GENERATED, *(block.rstrip("\n") for block in blocks if block))) + "\n"


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Make a table."""
    titles = tuple(headings)
    lines = [titles, ("---",) * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def both(text: Text) -> str:
    """Say it in Chinese, then in English."""
    return f"{text.zh} · {text.en}"


def link(rule_id: str) -> str:
    """Link to the page of a rule beside this one."""
    return f"[`{rule_id}`]({rule_id}.md)"


def code(lines: Iterable[str]) -> str:
    """Show lines as they are."""
    return "\n".join(("```text", *lines, "```"))


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
