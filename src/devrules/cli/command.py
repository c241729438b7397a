"""The subcommands of ``devrules``, and how each of them ends."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from devrules.cli import audit, check, demo, exits, impact, ledger, population, rules
from devrules.cli.ending import ended_cleanly
from devrules.cli.options import complain
from devrules.errors import DevrulesError, EngineDisagreement, InvalidInput, InvalidRuleset, MissingExtra, UsageError

_COMMANDS: dict[str, tuple[Callable[[ArgumentParser], None], str]] = {
    "audit": (audit.add, "judge every person in ledgers and dossiers"),
    "check": (check.add, "judge one dossier"),
    "impact": (impact.add, "tell whose verdicts another edition or an overlay would change"),
    "ledger": (ledger.add, "show how ledgers would be read; write a mapping or an empty ledger"),
    "rules": (rules.add, "list, show, lint and test the rules"),
    "population": (population.add, "many dossiers as columns: write, judge, show"),
    "demo": (demo.add, "audit a ledger of invented people"),
}

_CODES: tuple[tuple[type[DevrulesError], int], ...] = (
    (InvalidRuleset, exits.INVALID_RULESET),
    (InvalidInput, exits.NOT_JUDGED),
    (MissingExtra, exits.NOT_JUDGED),
    (UsageError, exits.USAGE),
    (EngineDisagreement, exits.INTERNAL),
    (DevrulesError, exits.INTERNAL),
)


def run(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command and tell its exit code; an interrupt is left to :func:`devrules.cli.main`.

    Args:
        arguments: The words after ``devrules``; by default those of the process.
    """
    try:
        options = parser().parse_args(arguments)
        with ended_cleanly():
            return int(options.run(options))
    except DevrulesError as error:
        complain(str(error))
        return next(code for kind, code in _CODES if isinstance(error, kind))
    except BrokenPipeError:
        sys.stderr.close()
        return exits.CLEAN
    except Exception as error:  # noqa: BLE001  # a user gets no traceback
        complain(f"internal error, please report it: {type(error).__name__}: {error}")
        return exits.INTERNAL


def parser() -> ArgumentParser:
    """Make the parser of the command line."""
    made = ArgumentParser(prog="devrules", description="发展党员规则核查 · rules for recruiting Party members")
    made.add_argument("--version", action="version", version=f"devrules {version('devrules')}")
    commands = made.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for name, (add, said) in _COMMANDS.items():
        add(commands.add_parser(name, help=said, description=said))
    said = "what people do at the desk, from a code to a full member"
    commands.add_parser("desk", help=said, description=said).add_late = _add_desk
    return made


class _Parser(ArgumentParser):
    """A parser that may get its arguments only when its command is used: those of the desk stand in the rules."""

    add_late: Callable[[ArgumentParser, Sequence[str]], None] | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        add, self.add_late = self.add_late, None
        if add is not None:
            add(self, args)
        return super().parse_known_args(args, namespace)


def _add_desk(parser: ArgumentParser, words: Sequence[str]) -> None:
    from devrules.cli import desk

    desk.add(parser, words)
