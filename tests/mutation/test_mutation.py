"""The proof that the cases bite: whatever is changed in a rule, one of its cases notices."""

from __future__ import annotations

import pytest
from mutation.run import PAGE, Score, equivalent, run, with_score

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def score() -> Score:
    """Every mutant of every rule."""
    return run()


def test_a_rule_alone_meets_its_cases(score: Score) -> None:
    """Unchanged, each rule ends as its cases say although it is compiled alone; else no kill would count."""
    assert {} == {result.rule: result.wrong for result in score.results if result.wrong}


def test_no_mutant_survives(score: Score) -> None:
    """What no case notices is declared equivalent, with its reason."""
    assert () == score.undeclared


def test_what_is_declared_equivalent_survives(score: Score) -> None:
    """A declaration of a mutant that is killed, or is none, is wrong."""
    assert [] == [name for name in equivalent() if name not in set(score.survived)]


def test_few_are_declared_equivalent(score: Score) -> None:
    """At most one in twenty, each with a reason."""
    assert len(equivalent()) * 20 <= score.killed + len(score.survived)
    assert all(equivalent().values())


def test_the_page_states_the_score(score: Score) -> None:
    """The page on mutation is up to date."""
    page = PAGE.read_text("utf-8")

    assert with_score(page, score) == page
