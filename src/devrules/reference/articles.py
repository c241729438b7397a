"""The articles of an edition: which rules encode each of them, and why some have none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from devrules.api import Rules
from devrules.errors import InvalidRuleset, Problem
from devrules.law.model import Text
from devrules.program.model import Compiled

FILE = "articles.toml"


@attrs.frozen
class Articles:
    """
    The articles of one edition.

    Args:
        edition: The edition's id.
        count: How many articles it has.
        reasons: Article to why it has no rule.
        place: The file.
    """

    edition: str
    count: int
    reasons: Mapping[str, Text]
    place: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every article, in order."""
        return tuple(map(str, range(1, self.count + 1)))


def articles_of(rules: Rules) -> tuple[Articles, ...]:
    """
    Read which articles the editions of *rules* have.

    Raises:
        InvalidRuleset: When a file is not written as it should be.
    """
    files = [ruleset.path / FILE for ruleset in rules.rulesets]
    return tuple(one for file in files if file.is_file() for one in _read(file))


def rules_by_article(rules: Rules, edition: str) -> dict[str, tuple[Compiled, ...]]:
    """Tell which rules encode each article of *edition*; what only cites it beside another one does not count."""
    found: dict[str, dict[str, Compiled]] = {}
    for compiled in rules.compiled:
        for cited in compiled.rule.citations.get(edition, ()):
            found.setdefault(cited.article, {})[compiled.id] = compiled
    return {article: tuple(own.values()) for article, own in found.items()}


def gaps(rules: Rules) -> Iterator[Problem]:
    """Yield articles that have neither a rule nor a reason for having none, or both, or that do not exist."""
    for articles in articles_of(rules):
        encoded = rules_by_article(rules, articles.edition)
        for number in articles.numbers:
            where = f"{articles.place} {articles.edition}.reasons.{number}"
            if number not in encoded and number not in articles.reasons:
                yield Problem(where, "the article has no rule", "write one, or say why there is none")
            if number in encoded and number in articles.reasons:
                yield Problem(where, "the article has rules and a reason for having none", "strike the reason")
        for number in sorted({*encoded, *articles.reasons}.difference(articles.numbers)):
            yield Problem(f"{articles.place} {articles.edition}", f"there is no article {number}")


def _read(file: Path) -> Iterator[Articles]:
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        for edition, table in data.items():
            reasons = {number: Text(zh=text["zh"], en=text["en"]) for number, text in table.get("reasons", {}).items()}
            yield Articles(edition, int(table["articles"]), reasons, str(file))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"is not as it should be: {type(error).__name__}: {error}"
        remedy = 'an edition has articles = 44 and reasons: 1 = { zh = "…", en = "…" }'
        raise InvalidRuleset([Problem(str(file), what, remedy)]) from error
