"""``devrules rules diff``: what changed between two rulesets."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.cli import exits, options
from devrules.reference.diff import differences
from devrules.reference.lock import read, sources_of


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("old", type=Path, metavar="A", help="the folder of the ruleset as it was")
    parser.add_argument("new", type=Path, metavar="B", help="the folder of the ruleset as it is")


def run(chosen: Namespace) -> int:
    """Say what changed."""
    old, new = (read(source) for path in (chosen.old, chosen.new) for source in sources_of([path]))
    lang = options.lang_of(chosen)
    found = [text.said(lang) for text in differences(old, new)]
    for line in found or ["没有变化" if lang == "zh" else "nothing changed"]:
        print(line)  # noqa: T201  # this is the command's output
    return exits.CLEAN
