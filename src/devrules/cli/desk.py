"""``devrules desk``: what people do at the desk, from a code to a full member. It decides nothing: the process does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from devrules.cli import (
    desk_codes,
    desk_files,
    desk_gates,
    desk_journal,
    desk_messages,
    desk_people,
    desk_verbs,
    exits,
    options,
)
from devrules.cli.desk_options import add_common, overlays_in
from devrules.desk.attachments import AttachmentLost
from devrules.desk.office import Refused
from devrules.desk.ports import Conflict
from devrules.errors import StoreFailure, UsageError
from devrules.law.model import Text
from devrules.plain import printable

_PARTS: tuple[Callable[[object], None], ...] = (
    desk_codes.add,
    desk_people.add,
    desk_gates.add,
    desk_files.add,
    desk_journal.add,
    desk_messages.add,
)


def add(parser: ArgumentParser, words: Sequence[str]) -> None:
    """
    Add the commands; what can be done stands in the rules, with those of the overlays that are named.

    Args:
        parser: The parser of ``devrules desk``.
        words: What follows on the command line.

    Raises:
        UsageError: When a word is no text, or an overlay is not there.
    """
    unreadable = [word for word in words if printable(word) != word]
    if unreadable:
        raise UsageError(
            f"{printable(unreadable[0])!r} is not written in the encoding of this terminal: UTF-8 is safest"
        )
    rules = options.rules_of(Namespace(overlay=overlays_in(words)))
    add_common(parser)
    parser.set_defaults(rules=rules, run=run, lang=None, format="text", unmask=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in _PARTS:
        part(commands)
    desk_verbs.add(commands, rules)


def run(chosen: Namespace) -> int:
    """Run a command of the desk; what was refused is said in the language of the one who asked."""
    try:
        return int(chosen.go(chosen))
    except Refused as refused:
        _complain(refused.refusal.says, chosen)
        _complain([chosen.rules.rule(rule).rule.title for rule in refused.refusal.lamps], chosen, indent="  ")
        return exits.REFUSED
    except Conflict as conflict:
        said = chosen.rules.process.law.text.refusals.get("seen")
        _complain([said or Text(str(conflict), str(conflict))], chosen)
        return exits.REFUSED
    except (StoreFailure, AttachmentLost) as error:
        options.complain(str(error))
        return exits.NOT_STORED


def _complain(says: Sequence[Text], chosen: Namespace, indent: str = "") -> None:
    for text in says:
        options.complain(indent + text.said(options.lang_of(chosen)))


__all__ = ["add", "run"]
