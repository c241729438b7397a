"""``devrules rules lock``: note what each rule says now, so that later changes are told."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.cli import exits
from devrules.errors import UsageError
from devrules.reference.lock import FILE, lock_text, read, sources_of


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("path", nargs="*", type=Path, help="folders of rulesets; default: those installed")


def run(chosen: Namespace) -> int:
    """Renew the locks."""
    for source in sources_of(chosen.path):
        ruleset = read(source)
        file = source.path / FILE
        try:
            file.write_text(lock_text(ruleset), encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
        print(f"{file}: {len(ruleset.rules)}")  # noqa: T201
    return exits.CLEAN
