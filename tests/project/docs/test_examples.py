"""
Every Python example in the pages runs. `tox -e docs` runs it; a plain `pytest` does not.

A page is read from top to bottom, its blocks share their names. A block with prompts (``>>>``) must print what it
shows; one without must run. A line ``<!-- not run: reason -->`` right above a block leaves it out.
"""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).parents[3]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"(?P<left_out><!-- not run: .+ -->\n)?^```(?:python|pycon|py)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)


@attrs.frozen
class Block:
    """A Python example on a page, and the line before its first."""

    code: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The examples of a page that are to run."""
    for match in BLOCK.finditer(text):
        if not match["left_out"]:
            yield Block(match["code"], text.count("\n", 0, match.start("code")))


def run(page: str, text: str) -> list[str]:
    """Run the examples of a page; what went wrong, block by block."""
    names: dict[str, object] = {"__name__": "__main__"}
    wrong: list[str] = []
    for block in blocks(text):
        if ">>> " in block.code:
            test = doctest.DocTestParser().get_doctest(block.code, names, page, page, block.line)
            runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
            runner.run(test, out=wrong.append, clear_globs=False)
            names.update(test.globs)
        else:
            exec(compile("\n" * block.line + block.code, page, "exec"), names)  # noqa: S102 – the point of it
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples are run in the project's folder, where a reader of the page would be."""
    monkeypatch.chdir(ROOT)

    assert run(str(page), page.read_text(encoding="utf-8")) == []


def test_a_wrong_example_is_noticed() -> None:
    """Names reach the next block, and an output that differs is an error."""
    page = "```python\nx = 1\n```\n\n```pycon\n>>> x + 1\n3\n```\n"

    [wrong] = run("page.md", page)

    assert "line 6" in wrong
    assert "Expected:\n    3\nGot:\n    2\n" in wrong


def test_a_block_can_be_left_out() -> None:
    """With a reason."""
    page = "<!-- not run: needs a server -->\n```python\n1 / 0\n```\n"

    assert run("page.md", page) == []
