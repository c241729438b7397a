"""Every row of the table of the law is encoded, by a rule or by what a person attests, or says why not."""

from __future__ import annotations

import pytest

import devrules
from devrules.reference.articles import articles_of

TABLE = """
05 06a 06b 06c 07 08a 08b 08c 09a 09b 09c 10 11a 11b 12a 12b 13a 13b 13c 13d 13e 13f 13g 14a 14b 14c 14d 15 16a 16b 16c
16d 16e 17a 17b 17c 17d 18a 18b 18c 19a 19b 20a 20b 20c 20d 21a 21b 22a 22b 22c 23 24a 24b 24c 25a 25b 26 27 28 29a 29b
30 31a 31b 31c 31d 31e 31f 32a 32b 33a 33b 33c 34 35 36 38 41 42
"""
ROWS = TABLE.split()
"""The rows of the 2026 edition, by article."""

ROWS_2014 = {
    **{str(article): str(article) for article in range(6, 18)},
    **{str(article): str(article - 1) for article in range(19, 38)},
}
"""The articles of the 2014 edition that have a row of their own, and what followed each in 2026."""

STRUCK = ("18",)
"""The articles of the 2014 edition that the 2026 edition left out; they have a row, too."""

LAST_PART = tuple(str(article) for article in range(38, 47))
"""One row of the 2014 edition stands for all of these."""


@pytest.fixture(scope="module")
def encoded(rules: devrules.Rules) -> dict[str, set[str]]:
    """The rules of each row."""
    found: dict[str, set[str]] = {}
    for compiled in rules.compiled:
        found.setdefault(compiled.rule.row, set()).add(compiled.id)
    return found


@pytest.fixture(scope="module")
def articles(rules: devrules.Rules) -> dict[str, set[str]]:
    """The articles of each edition that rules encode."""
    found: dict[str, set[str]] = {}
    for compiled in rules.compiled:
        for edition, cited in compiled.rule.citations.items():
            found.setdefault(edition, set()).update(one.article for one in cited)
    return found


@pytest.fixture(scope="module")
def reasons(rules: devrules.Rules) -> dict[str, set[str]]:
    """The articles of each edition for which there is a reason to have no rule."""
    return {one.edition: set(one.reasons) for one in articles_of(rules)}


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_2026_is_encoded(row: str, encoded: dict[str, set[str]]) -> None:
    """By one rule at least."""
    assert encoded.get(f"X26-{row}")


def test_there_are_no_other_rows(encoded: dict[str, set[str]]) -> None:
    """A rule names a row that exists; a misspelt one would stand beside the table."""
    assert set() == {row for row in encoded if row.startswith("X26-")}.difference(f"X26-{row}" for row in ROWS)


@pytest.mark.parametrize(("row", "article"), [(row, str(int(row[:2]))) for row in ROWS])
def test_a_row_is_cited_by_its_article(row: str, article: str, rules: devrules.Rules) -> None:
    """Some rule of the row stands in its article of 2026, if in that edition at all."""
    own = [compiled.rule for compiled in rules.compiled if compiled.rule.row == f"X26-{row}"]
    cited = [{one.article for one in rule.citations.get("xize-2026", ())} for rule in own]

    assert any(article in one for one in cited)


@pytest.mark.parametrize("article", ROWS_2014)
def test_every_row_of_2014_is_encoded(article: str, articles: dict[str, set[str]]) -> None:
    """By a rule that cites its article."""
    assert article in articles["xize-2014"]


@pytest.mark.parametrize(("old", "new"), ROWS_2014.items())
def test_articles_moved_as_they_should(old: str, new: str, rules: devrules.Rules) -> None:
    """Some rule that stood in the article of 2014 stands in the one that followed it."""
    found = {
        one.article
        for compiled in rules.compiled
        for one in compiled.rule.citations.get("xize-2026", ())
        if old in {cited.article for cited in compiled.rule.citations.get("xize-2014", ())}
    }

    assert new in found


@pytest.mark.parametrize("article", [*STRUCK, *LAST_PART])
def test_the_rest_of_2014_is_encoded_or_has_a_reason(
    article: str, articles: dict[str, set[str]], reasons: dict[str, set[str]]
) -> None:
    """The article that was struck, the part on leadership and discipline, the last provisions."""
    assert article in articles["xize-2014"] | reasons["xize-2014"]


def test_the_half_yearly_inspection_ended_with_2014(rules: devrules.Rules) -> None:
    """The last part of the 2014 edition asks for it, the 2026 edition does not."""
    cited = rules.rule("recruitment-inspected-half-yearly").rule.citations

    assert ["xize-2014"] == [*cited]
