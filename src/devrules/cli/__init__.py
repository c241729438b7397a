"""The command ``devrules``. Each subcommand is a file; exit codes are in :mod:`devrules.cli.exits`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from devrules.cli import exits


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command and tell its exit code.

    Args:
        arguments: The words after ``devrules``; by default those of the process.
    """
    try:
        # Only here: it takes half a second, in which somebody may interrupt, too.
        from devrules.cli.command import run

        return run(arguments)
    except KeyboardInterrupt:
        print("devrules: interrupted; no file was left half-written", file=sys.stderr)  # noqa: T201
        return exits.INTERRUPTED
