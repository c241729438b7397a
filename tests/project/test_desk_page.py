"""The page about the desk names every command that there is, and no other."""

from __future__ import annotations

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Callable
from pathlib import Path

import pytest

import devrules
from devrules.cli import desk, options

ROW = re.compile(r"^\| (`.+?`(?:, `.+?`)*) \|", re.MULTILINE)


def commands_of(parser: ArgumentParser) -> set[str]:
    """The commands of a parser, without their Chinese names; of a group, each of its own."""
    action = next(one for one in parser._actions if isinstance(one, _SubParsersAction))
    found: set[str] = set()
    for name, command in action.choices.items():
        inner = any(isinstance(one, _SubParsersAction) for one in command._actions)
        found |= {f"{name} {one}" for one in commands_of(command)} if inner else {name}
    return {name for name in found if name.isascii()}


def test_the_page_names_every_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, loaded: Callable[..., devrules.Rules]
) -> None:
    """In the table under its heading."""
    monkeypatch.setattr(options, "load", loaded)
    parser = ArgumentParser()
    desk.add(parser, [])
    page = (root / "docs" / "how-to" / "work-at-the-desk.md").read_text(encoding="utf-8")
    table = page.partition("## Every command")[2].partition("What goes with the verbs")[0]
    words = [cell.split() for row in ROW.findall(table) for cell in re.findall(r"`([^`]+)`", row)]
    named = {" ".join(cell[:2]) if cell[0] == "code" else cell[0] for cell in words}

    assert commands_of(parser) == named
