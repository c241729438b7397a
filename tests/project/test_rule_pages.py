"""The committed pages of the rules are those that the rulesets make."""

from __future__ import annotations

import re
from pathlib import Path

import devrules
from devrules.reference.articles import articles_of, gaps
from devrules.reference.pages import differences, pages_of

LINK = re.compile(r"\]\((?P<page>[^)#:]+\.md)\)")


def test_the_pages_are_up_to_date(root: Path, rules: devrules.Rules) -> None:
    """If not: ``devrules rules docs docs/rules``."""
    assert [] == list(differences(root / "docs" / "rules", pages_of(rules)))


def test_every_article_has_a_rule_or_a_reason(rules: devrules.Rules) -> None:
    """And none has both."""
    assert [] == list(gaps(rules))
    assert {"xize-2014": 46, "xize-2026": 44} == {one.edition: one.count for one in articles_of(rules)}


def test_no_row_of_the_index_is_empty(rules: devrules.Rules) -> None:
    """Each article shows rules or a reason."""
    index = pages_of(rules)["index.md"]

    assert "缺 · missing" not in index
    assert not re.search(r"\| *\|$", index, re.MULTILINE)


def test_the_pages_link_to_pages(rules: devrules.Rules) -> None:
    """Every link leads somewhere."""
    pages = pages_of(rules)

    assert set() == {link["page"] for text in pages.values() for link in LINK.finditer(text)}.difference(pages)
