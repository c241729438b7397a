"""Every feature of the operating manuals has a row in the docs, a test that accepts it, and a page that shows it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import attrs
import pytest

FEATURES = [f"M{number:02}" for number in range(1, 55)]
ROW = re.compile(r"^\| (?P<id>M\d\d) \|(?P<cells>.*)\|$", re.MULTILINE)
LINK = re.compile(r"\[(?P<text>[^]]+)\]\((?P<target>[^)]+)\)")
TEST = re.compile(r"^def (test_m\d\d_\w+)\(", re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@attrs.frozen
class Row:
    """A feature: the tests that accept it, each with its file, and the pages that show it."""

    id: str
    words: str
    tests: tuple[tuple[str, Path], ...]
    pages: tuple[str, ...]


@pytest.fixture(scope="module")
def page(root: Path) -> Path:
    """The page with the table."""
    return root / "docs" / "reference" / "manual-features.md"


@pytest.fixture(scope="module")
def rows(page: Path) -> list[Row]:
    """The rows of the table."""
    return [row_of(found["id"], found["cells"], page) for found in ROW.finditer(page.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def accepted(root: Path) -> dict[str, Path]:
    """Every acceptance test of a feature, and its file."""
    files = sorted((root / "tests" / "acceptance").glob("test_*.py"))
    return {name: file for file in files for name in TEST.findall(file.read_text(encoding="utf-8"))}


def row_of(feature: str, cells: str, page: Path) -> Row:
    """Read a row."""
    _, words, tests, pages = cells.split(" | ")
    named = [(found["text"].strip("`"), (page.parent / found["target"]).resolve()) for found in LINK.finditer(tests)]
    return Row(feature, words.strip(), tuple(named), tuple(found["target"] for found in LINK.finditer(pages)))


def anchors(page: Path) -> set[str]:
    """The anchors of a page, as hosts of code make them of its headings."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_feature_has_one_row(rows: list[Row]) -> None:
    """In order, each with words of its own or of its stage."""
    assert FEATURES == [row.id for row in rows]
    assert [] == [row.id for row in rows if not row.words]


def test_every_feature_is_accepted_by_a_test(accepted: dict[str, Path]) -> None:
    """And no test speaks of a feature that there is not."""
    assert set(FEATURES) == {f"M{name[6:8]}" for name in accepted}


def test_a_row_names_all_tests_of_its_feature_and_no_other(rows: list[Row], accepted: dict[str, Path]) -> None:
    """Each where it stands."""
    named = [test for row in rows for test in row.tests]

    assert {name: file.resolve() for name, file in accepted.items()} == dict(named)
    assert [] == [name for name, times in Counter(name for name, _ in named).items() if times > 1]
    assert [] == [name for row in rows for name, _ in row.tests if name[6:8] != row.id[1:]]


def test_every_feature_is_shown_on_a_page_that_there_is(rows: list[Row], page: Path) -> None:
    """With its anchor, where one is named."""
    wrong = []
    for row in rows:
        for target in row.pages:
            file, _, anchor = target.partition("#")
            shown = page.parent / file
            if not shown.is_file() or (anchor and anchor not in anchors(shown)):
                wrong.append((row.id, target))

    assert [] == wrong
    assert [] == [row.id for row in rows if not row.pages]
