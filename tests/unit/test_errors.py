from __future__ import annotations

import inspect

import devrules.errors
from devrules.errors import (
    DevrulesError,
    EngineDisagreement,
    InvalidInput,
    InvalidRuleset,
    MissingExtra,
    PluginFailure,
    Problem,
    StoreFailure,
    UsageError,
)


def test_everything_raised_on_purpose_is_one_of_ours() -> None:
    """Whoever catches DevrulesError catches them all; the tree in the docstring names each."""
    raised = (
        *(InvalidInput, InvalidRuleset, UsageError, MissingExtra),
        *(EngineDisagreement, StoreFailure, PluginFailure),
    )
    tree = inspect.getdoc(devrules.errors) or ""

    assert all(issubclass(error, DevrulesError) for error in raised)
    assert [] == [error.__name__ for error in raised if f"── {error.__name__} " not in tree]


def test_a_problem_says_where_what_and_what_to_do() -> None:
    """The last only where it is not plain."""
    assert "a.json $.id: is missing (add one)" == str(Problem("a.json $.id", "is missing", "add one"))
    assert "a.json $.id: is missing" == str(Problem("a.json $.id", "is missing"))


def test_an_error_lists_every_problem() -> None:
    """One a line, and each for programs."""
    problems = [Problem("a", "b"), Problem("c", "d")]

    assert "a: b\nc: d" == str(InvalidInput(problems))
    assert tuple(problems) == InvalidRuleset(iter(problems)).problems


def test_errors_carry_what_they_are_about() -> None:
    """So that a program need not read the sentence."""
    extra, differ, plugin = (
        MissingExtra("xlsx", "excel"),
        EngineDisagreement("r", ["pass", "fail"]),
        PluginFailure("p", "x"),
    )

    assert ("excel", "xlsx needs an optional package: pip install 'devrules[excel]'") == (extra.extra, str(extra))
    assert ("r", ("pass", "fail"), "rule r: the verdicts differ: pass, fail") == (
        differ.rule,
        differ.verdicts,
        str(differ),
    )
    assert ("p", "plugin p: x") == (plugin.plugin, str(plugin))
