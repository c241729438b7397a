"""``devrules rules docs``: the reference pages of the rules."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.cli import exits, options
from devrules.errors import InvalidRuleset, UsageError
from devrules.reference.articles import gaps
from devrules.reference.pages import differences, pages_of, write


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    options.add_rules(parser)
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder of the pages")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a page differs")


def run(chosen: Namespace) -> int:
    """Write or compare the pages."""
    rules, zh = options.rules_of(chosen), options.lang_of(chosen) == "zh"
    if missing := list(gaps(rules)):
        raise InvalidRuleset(missing)
    pages = pages_of(rules)
    if chosen.check:
        found = list(differences(chosen.out, pages))
        for line in found:
            print(line)  # noqa: T201  # this is the command's output
        return exits.FINDINGS if found else exits.CLEAN
    try:
        write(chosen.out, pages)
    except OSError as error:
        raise UsageError(f"{chosen.out}: cannot be written: {error.strerror}") from error
    print(f"{len(pages)} 页" if zh else f"{len(pages)} pages")  # noqa: T201
    return exits.CLEAN
