"""The options that the commands of the desk share, and what they turn into: a desk, and someone who sits at it."""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from devrules.api import Rules
from devrules.api.desk import Desk
from devrules.cli import options
from devrules.desk.members import read_members
from devrules.desk.organisations import Organisations, read_organisations
from devrules.desk.ports import Wanted
from devrules.errors import UsageError
from devrules.plain import hinted, nearest
from devrules.process.law import ProcessLaw
from devrules.process.model import Actor

STORE = "sqlite:///devrules.db"


@attrs.frozen
class Seat:
    """
    Someone at the desk.

    Args:
        desk: The desk.
        rules: The rules.
        actor: Who acts; nobody in particular where the command needs none.
        tree: The tree of organisations, if it was named.
        lang: The language of what is printed.
        json: Whether it is printed as JSON.
        unmask: Whether names and numbers are printed in full.
    """

    desk: Desk
    rules: Rules
    actor: Actor
    tree: Organisations | None
    lang: str
    json: bool
    unmask: bool

    @property
    def law(self) -> ProcessLaw:
        """The process."""
        return self.rules.process.law

    @property
    def zh(self) -> bool:
        """Whether to speak Chinese."""
        return self.lang == "zh"

    def say(self, zh: str, en: str) -> str:
        """Choose what is said in the language of the seat."""
        return zh if self.zh else en


def add_common(parser: ArgumentParser) -> None:
    """Add what every command of the desk takes; what is not stated is left out, so that it may stand before, too."""
    group = parser.add_argument_group("where, who, how")
    options_of = {
        "--store": ("URL", f"where the desk keeps things; DEVRULES_STORE, else {STORE}"),
        "--organisations": ("FILE", "the tree of organisations, TOML; DEVRULES_ORGANISATIONS"),
        "--members": ("FILE", "the members of branches, TOML; DEVRULES_MEMBERS"),
        "--actor": ("ID", "the account that acts; of a contact the id of the member; DEVRULES_ACTOR"),
        "--organisation": ("ID", "the organisation for which it acts; DEVRULES_ORGANISATION"),
    }
    group.add_argument("--as", dest="role", metavar="ROLE", default=SUPPRESS, help="the role; DEVRULES_ROLE")
    for name, (metavar, said) in options_of.items():
        group.add_argument(name, metavar=metavar, default=SUPPRESS, help=said)
    group.add_argument("--overlay", action="append", metavar="ID", default=SUPPRESS, help="also use this overlay")
    group.add_argument("--lang", choices=("zh", "en"), default=SUPPRESS, help="default: that of the locale")
    group.add_argument("--format", choices=("text", "json"), default=SUPPRESS, help="default: text")
    group.add_argument("--unmask", action="store_true", default=SUPPRESS, help="print names and numbers in full")


def add_day(parser: ArgumentParser) -> None:
    """Add the day on which something is done."""
    parser.add_argument(
        "--as-of", type=options.day, metavar="DAY", help="the day on which it is or was done; default: today"
    )


@contextmanager
def seated(chosen: Namespace, *, acting: bool = True) -> Iterator[Seat]:
    """
    Open the desk for someone, and close it behind them.

    Args:
        chosen: What was chosen on the command line.
        acting: Whether someone must be named who acts.

    Raises:
        UsageError: When it must be, and is not.
    """
    tree = _stated(chosen, "organisations")
    members = _stated(chosen, "members")
    organisations = read_organisations(Path(tree)) if tree else None
    desk = Desk.open(
        _stated(chosen, "store") or STORE,
        rules=chosen.rules,
        organisations=organisations,
        members=read_members(Path(members)) if members else None,
        clock=options.now,
    )
    try:
        yield Seat(
            desk,
            chosen.rules,
            _actor(chosen, desk) if acting else Actor("", ""),
            organisations,
            options.lang_of(chosen),
            chosen.format == "json",
            chosen.unmask,
        )
    finally:
        desk.close()


def overlays_in(words: Sequence[str]) -> list[str]:
    """Find the overlays among the words of a command before they are parsed: what can be done depends on them."""
    early = ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--overlay", action="append", default=[])
    ready = [word for n, word in enumerate(words) if word != "--overlay" or n + 1 < len(words)]
    found: list[str] = early.parse_known_args(ready)[0].overlay
    return found


def dossier_of(seat: Seat, word: str | None) -> str:
    """
    Find the dossier that is meant.

    Args:
        seat: Who asks.
        word: Its id, or the beginning of it; an applicant need not name their own.

    Raises:
        UsageError: When none is named, or several begin so.
    """
    if word is None:
        if seat.actor.dossier is None:
            raise UsageError("which dossier? state its id, or the first characters of it (devrules desk list)")
        return seat.actor.dossier
    if seat.actor.dossier == word or not (word.isascii() and word.isalnum()):
        return word
    just_before = word[:-1] + chr(ord(word[-1]) - 1) + "~"
    lists = (Wanted(after=just_before, limit=2), Wanted(after=just_before, limit=2, receiving=seat.actor.organisation))
    found = {row.id for wanted in lists for row in seat.desk.find(seat.actor, wanted).rows if row.id.startswith(word)}
    if word not in found and len(found) > 1:
        raise UsageError(f"several dossiers begin with {word!r}: state more of the id")
    # One that is not there is for the desk to refuse: whoever may not see it must not learn whether it is.
    return found.pop() if len(found) == 1 else word


def _stated(chosen: Namespace, name: str) -> str | None:
    """Read an option, else the variable that stands for it."""
    found: str | None = getattr(chosen, name, None) or os.environ.get(f"DEVRULES_{name.upper()}")
    return found or None


def _actor(chosen: Namespace, desk: Desk) -> Actor:
    roles = chosen.rules.process.law.roles
    role, actor = _stated(chosen, "role"), _stated(chosen, "actor")
    if role is None or actor is None:
        raise UsageError("who acts? state --as ROLE and --actor ID, or DEVRULES_ROLE and DEVRULES_ACTOR")
    found = next((one for one in roles.values() if role in (one.id, one.name.zh, one.name.en)), None)
    if found is None:
        hint = nearest(role, roles) or "there are " + ", ".join(f"{one.id} ({one.name.zh})" for one in roles.values())
        raise UsageError(hinted(f"there is no role {role!r}", hint))
    own = desk.own_dossier(actor) if "self" in found.reaches else None
    return Actor(actor, found.id, _stated(chosen, "organisation"), own)


__all__ = ["STORE", "Seat", "add_common", "add_day", "dossier_of", "overlays_in", "seated"]
