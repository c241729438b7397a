"""``devrules rules process`` prints the process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import devrules
from devrules.cli.rules_process import FORMATS
from devrules.process.diagram import to_mermaid, to_svg, to_text

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(("name", "write"), [("text", to_text), ("mermaid", to_mermaid), ("svg", to_svg)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_format_is_printed_as_it_is(
    run: Run, rules: devrules.Rules, name: str, write: Callable[..., str], lang: str
) -> None:
    """And nothing beside it, so that it can be sent to a file."""
    assert (0, write(rules.process.law, lang), "") == run("rules", "process", "--format", name, "--lang", lang)


def test_text_is_what_is_printed_unless_another_format_is_asked_for(run: Run, rules: devrules.Rules) -> None:
    """There are three."""
    assert run("rules", "process", "--lang", "zh")[1] == to_text(rules.process.law, "zh")
    assert ["text", "mermaid", "svg"] == list(FORMATS)


def test_another_format_is_a_mistake(run: Run) -> None:
    """Exit code 2."""
    code, printed, complained = run("rules", "process", "--format", "pdf")

    assert (2, "") == (code, printed)
    assert "'text', 'mermaid', 'svg'" in complained or "text, mermaid, svg" in complained
