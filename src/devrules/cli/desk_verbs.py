"""What can be done to a dossier: one command for each verb of the process, whatever kinds of record it knows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs

from devrules.api import Rules
from devrules.cli import exits
from devrules.cli.desk_fields import add_fields, add_files, read_files, read_stated
from devrules.cli.desk_options import Seat, add_common, add_day, dossier_of, seated
from devrules.cli.desk_words import gates_of, kinds_of, named, put_json, put_receipt, stages_of
from devrules.desk.organisations import Organisations
from devrules.dossier.convert import write_part
from devrules.dossier.model import Organisation, Person
from devrules.dossier.shapes import Record
from devrules.errors import UsageError
from devrules.process.law import ProcessLaw

ELSEWHERE = frozenset({"view", "open", "adopt", "make-code", "revoke-code", "list-codes", "redact"})
"""What is done by commands with options of their own."""

_STATES: Mapping[str, tuple[str, ...]] = {
    "hand-in": ("record",),
    "approve": ("target",),
    "return": ("target",),
    "record": ("record",),
    "edit": ("target", "record"),
    "delete": ("target",),
    "file": ("record", "acknowledge"),
    "decide": ("record",),
    "explain": ("content", "target", "record"),
    "send-back": ("stage",),
    "terminate": (),
    "hand-over": ("to", "record"),
    "take-over": ("record",),
    "describe": ("person",),
}
"""What is stated with a command beside the reason; with one that is not here, anything."""

_IN_PART = ("edit", "describe")
"""What changes a part, while the command itself states the whole."""

_DAYS = ("day", "received")
"""The days that are the day on which a record is made, unless another is stated; a course may have begun before."""

_ALL = ("record", "target", "content", "stage", "to", "acknowledge")


def add(commands: Any, rules: Rules) -> None:
    """Add a command for each verb of the process; its Chinese name does as well."""
    law = rules.process.law
    for verb, kinds in _verbs(rules).items():
        name = law.commands[verb].name
        parser = commands.add_parser(
            verb,
            aliases=[name.zh],
            help=name.en,
            description=f"{name.zh} · {name.en}",
            epilog=_kinds_text(law, kinds),
            formatter_class=RawDescriptionHelpFormatter,
        )
        if kinds:
            parser.add_argument("kind", metavar="KIND", help="the kind of record, see below; by its Chinese name, too")
        parser.add_argument("dossier", nargs="?", metavar="DOSSIER", help="its id, or the beginning of it")
        for part in _STATES.get(verb, _ALL):
            _ADD[part](parser)
        parser.add_argument("--reason", metavar="TEXT", help="why; the journal keeps it")
        add_day(parser)
        parser.add_argument("--seen", type=int, metavar="VERSION", help="refuse if the dossier is not at this version")
        parser.add_argument("--command-id", metavar="ID", help="do it once, however often it is sent with this id")
        add_common(parser)
        parser.set_defaults(go=partial(run, verb=verb, kinds=kinds))


def run(chosen: Namespace, *, verb: str, kinds: tuple[str, ...]) -> int:
    """Do it."""
    with seated(chosen) as seat:
        kind = _kind(seat.law, verb, kinds, chosen.kind) if kinds else None
        dossier = dossier_of(seat, chosen.dossier)
        # What is changed in part is read first: nobody may change it meanwhile.
        read_at = seat.desk.version(seat.actor, dossier) if verb in _IN_PART else None
        stated = dict(_stated(seat, chosen, dossier, verb, kind))
        receipt = seat.desk.do(
            seat.actor,
            dossier,
            verb,
            kind,
            as_of=chosen.as_of,
            seen=read_at if chosen.seen is None else chosen.seen,
            command_id=chosen.command_id,
            reason=chosen.reason,
            **stated,
        )
        if seat.json:
            put_json(attrs.asdict(receipt))
        else:
            put_receipt(seat, receipt, verb, kind)
    return exits.CLEAN


def _verbs(rules: Rules) -> dict[str, tuple[str, ...]]:
    """List the verbs, each with the kinds of record that it is about."""
    found: dict[str, tuple[str, ...]] = {}
    for permission in rules.process.permissions.values():
        if permission.verb not in ELSEWHERE:
            kinds = (permission.kind,) if permission.kind else ()
            found[permission.verb] = (*found.get(permission.verb, ()), *kinds)
    return {verb: found[verb] for verb in rules.process.law.commands if verb in found}


def _kinds_text(law: ProcessLaw, kinds: tuple[str, ...]) -> str:
    if not kinds:
        return ""
    width = max(map(len, kinds)) + 2
    lines = (f"  {kind:<{width}}{law.kinds[kind].zh} · {law.kinds[kind].en}" for kind in kinds if kind in law.kinds)
    return "\n".join(["kinds (devrules desk fields KIND lists their fields):", *lines])


def _kind(law: ProcessLaw, verb: str, kinds: tuple[str, ...], word: str) -> str:
    """Take a word for a kind of record; what is filed may be called by its gate."""
    known = kinds_of(law, kinds)
    gates = gates_of(law) if verb == "file" else {}
    by_gate = next((law.gates[gate].submission for gate, others in gates.items() if word in (gate, *others)), None)
    return by_gate if by_gate in kinds else named(word, known, "kind of record")


def _stated(seat: Seat, chosen: Namespace, dossier: str, verb: str, kind: str | None) -> Iterator[tuple[str, Any]]:
    """Yield what goes with the command."""
    given = vars(chosen)
    for name in ("target", "content", "acknowledge"):
        if given.get(name):
            yield name, given[name]
    if given.get("stage"):
        yield "stage", named(given["stage"], stages_of(seat.law), "stage")
    if given.get("to"):
        yield "branch", Organisation(given["to"], _name(seat.tree, given["to"]), kind="branch")
    if "files" in given and (given["fields"] or (kind and chosen.as_of and verb != "edit")):
        yield "record", _record(seat, chosen, dossier, verb, kind)
    elif given.get("fields"):
        yield "person", _person(seat, chosen, dossier)
    if given.get("files"):
        yield "files", read_files(given["files"])


def _record(seat: Seat, chosen: Namespace, dossier: str, verb: str, kind: str | None) -> Record:
    """Read what is stated of a record; of one that is edited, what is not stated stays; a new one has its day."""
    left = kind or seat.law.commands[verb].kind or ""
    cls = seat.law.kinds[left].type
    before: dict[str, Any] = {}
    if verb == "edit":
        before = _target(seat, dossier, chosen.target, cls)
    elif kind and chosen.as_of and cls.ACT_DAY in _DAYS:
        before = {cls.ACT_DAY: str(chosen.as_of)}
    called = {text.zh: outcome for outcome, text in seat.law.text.outcomes.items()}
    return read_stated(chosen.fields, cls, before=before, outcomes=called, what=left)


def _target(seat: Seat, dossier: str, target: str | None, cls: type[Record]) -> dict[str, Any]:
    there = seat.desk.dossier(seat.actor, dossier).records.values()
    found = (one for records in there for one in records if one.id == target and type(one) is cls)
    return next(map(write_part, found), {})


def _person(seat: Seat, chosen: Namespace, dossier: str) -> Person:
    before = write_part(seat.desk.dossier(seat.actor, dossier).person)
    return read_stated(chosen.fields, Person, before=before, outcomes={}, what="person")


def _name(tree: Organisations | None, organisation: str) -> str | None:
    if tree is not None and organisation not in tree.listed:
        raise UsageError(f"there is no organisation {organisation!r} in the tree")
    return tree.name(organisation) if tree else None


def _add_record(parser: ArgumentParser) -> None:
    add_fields(parser, "record")
    add_files(parser)


def _add_person(parser: ArgumentParser) -> None:
    add_fields(parser, "person")


def _option(name: str, metavar: str, said: str) -> Callable[[ArgumentParser], None]:
    def add_option(parser: ArgumentParser) -> None:
        parser.add_argument(name, metavar=metavar, help=said)

    return add_option


def _add_acknowledge(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--acknowledge", action="store_true", help="file although lamps are on; a statement is owed then"
    )


_ADD: Mapping[str, Callable[[ArgumentParser], None]] = {
    "record": _add_record,
    "person": _add_person,
    "target": _option("--target", "ID", "the record that is meant, as talk-1 (devrules desk show)"),
    "content": _option("--content", "TEXT", "the text"),
    "stage": _option("--stage", "STAGE", "the stage to go back to"),
    "to": _option("--to", "ID", "the branch to which the person goes"),
    "acknowledge": _add_acknowledge,
}

__all__ = ["ELSEWHERE", "add", "run"]
