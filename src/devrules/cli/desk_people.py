"""``devrules desk open``, ``adopt``, ``list``, ``show``, ``candidates``, ``fields``: people, what is recorded."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from devrules.cli import exits, options
from devrules.cli.desk_fields import WORDS, add_fields, fields_of, read_stated
from devrules.cli.desk_masks import plain_dossier
from devrules.cli.desk_options import Seat, add_common, dossier_of, seated
from devrules.cli.desk_record import put_dossier
from devrules.cli.desk_words import (
    SHORT,
    gate_name,
    gates_of,
    kind_name,
    kinds_of,
    named,
    put,
    put_json,
    show_table,
    stage_name,
    stages_of,
)
from devrules.desk.ports import DossierRow, Page, Wanted
from devrules.dossier.model import Person
from devrules.mask import mask_name
from devrules.process.law import ProcessLaw


def add(commands: Any) -> None:
    """Add the commands."""
    opened = _add(commands, "open", run_open, "open a dossier for someone without an account 新增发展人员")
    add_fields(opened, "person")
    adopted = _add(commands, "adopt", run_adopt, "take over someone in mid-process, as devrules.dossier/1 补录")
    adopted.add_argument("file", type=Path, metavar="FILE.json")
    _add_filters(_add(commands, "list", run_list, "list the dossiers that the actor may read"))
    shown = _add(commands, "show", run_show, "show a dossier, as far as the actor may read it")
    shown.add_argument("dossier", nargs="?", metavar="DOSSIER")
    chosen = _add(commands, "candidates", run_candidates, "list the members who may be contacts or sponsors")
    chosen.add_argument("kind", metavar="KIND", help="what they are to be, as contact-assignment")
    chosen.add_argument("dossier", nargs="?", metavar="DOSSIER")
    fields = _add(commands, "fields", run_fields, "list the fields that a kind of record may state")
    fields.add_argument("kind", metavar="KIND", help="a kind of record, or person")


def _add(commands: Any, name: str, run: Callable[[Namespace], int], said: str) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=said, description=said)
    parser.set_defaults(go=run)
    add_common(parser)
    return parser


def _add_filters(parser: ArgumentParser) -> None:
    parser.add_argument("--stage", metavar="STAGE", help="only in this stage")
    parser.add_argument("--waiting", metavar="GATE", help="only what awaits the decision at this gate")
    parser.add_argument("--owing", action=BooleanOptionalAction, default=None, help="whether a statement is owed")
    parser.add_argument("--ended", action=BooleanOptionalAction, default=None, help="whether the process has ended")
    parser.add_argument("--branch", action="append", metavar="ID", help="only of this branch; may be repeated")
    parser.add_argument("--receiving", action="store_true", help="those on their way to the actor's branch")
    parser.add_argument("--name", metavar="PART", help="only with this in the name")
    parser.add_argument("--changed-from", type=options.day, metavar="DAY", help="changed on this day or later")
    parser.add_argument("--after", metavar="ID", help="the page that begins after this one")
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="how many at most; default: 50")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def run_open(chosen: Namespace) -> int:
    """Open a dossier; its id is all that is printed."""
    person = read_stated(chosen.fields, Person, before={}, outcomes={}, what="person")
    with seated(chosen) as seat:
        _put_new(seat, seat.desk.begin(seat.actor, person))
    return exits.CLEAN


def run_adopt(chosen: Namespace) -> int:
    """Take over someone in mid-process; the id of the dossier is all that is printed."""
    with seated(chosen) as seat:
        _put_new(seat, seat.desk.adopt(seat.actor, seat.rules.read_dossier(chosen.file)))
    return exits.CLEAN


def run_list(chosen: Namespace) -> int:
    """List dossiers."""
    with seated(chosen) as seat:
        page = seat.desk.find(seat.actor, _wanted(seat, chosen))
        if seat.json:
            put_json({"dossiers": [_row(seat, row) for row in page.rows], "next": page.next})
        else:
            _put_page(seat, page)
    return exits.CLEAN


def run_show(chosen: Namespace) -> int:
    """Show a dossier."""
    with seated(chosen) as seat:
        which = dossier_of(seat, chosen.dossier)
        dossier = seat.desk.dossier(seat.actor, which)
        if seat.json:
            put_json(plain_dossier(dossier, unmask=seat.unmask))
        else:
            rows = seat.desk.find(seat.actor, Wanted(ids=(which,))).rows
            put_dossier(seat, dossier, rows[0] if rows else None, seat.desk.version(seat.actor, which))
    return exits.CLEAN


def run_candidates(chosen: Namespace) -> int:
    """List the members who may be named."""
    with seated(chosen) as seat:
        steps = [kind for kind, step in seat.law.steps.items() if step.members_from]
        kind = named(chosen.kind, kinds_of(seat.law, steps), "kind of record that names members")
        found = seat.desk.candidates(seat.actor, dossier_of(seat, chosen.dossier), kind)
        names = {one.id: one.name if seat.unmask else mask_name(one.name) for one in found}
        if seat.json:
            put_json([{"id": one.id, "name": names[one.id], "branch": one.branch} for one in found])
        elif found:
            headings = {"编号": "id", "姓名": "name", "党支部": "branch", "转正日期": "full since"}
            show_table(seat, headings, [(one.id, names[one.id], one.branch, one.full_since) for one in found])
        else:
            put(
                seat.say(
                    "没有名单（--members），或者名单中没有正式党员", "no list (--members), or no full member in it"
                )
            )
    return exits.CLEAN


def run_fields(chosen: Namespace) -> int:
    """List the fields of a kind of record."""
    law: ProcessLaw = chosen.rules.process.law
    kind = None if chosen.kind == "person" else named(chosen.kind, kinds_of(law, law.kinds), "kind of record")
    step = law.steps.get(kind or "")
    with seated(chosen, acting=False) as seat:
        outcomes = {one: seat.law.text.outcomes[one].said(seat.lang) for one in step.outcomes} if step else {}
        said = ", ".join(f"{one} ({name})" for one, name in outcomes.items())
        types = fields_of(law.kinds[kind].type if kind else Person)
        if seat.json:
            put_json({"kind": kind or "person", "fields": types, "outcomes": list(outcomes)})
        else:
            put(kind_name(seat, kind) if kind else seat.say("个人信息", "the person"))
            rows = [(name, said if name == "outcome" and said else WORDS[of]) for name, of in types.items()]
            show_table(seat, {"项目": "field", "写法": "how it is written"}, rows)
    return exits.CLEAN


def _put_new(seat: Seat, receipt: Any) -> None:
    if seat.json:
        put_json(attrs.asdict(receipt))
    else:
        put(receipt.dossier)


def _wanted(seat: Seat, chosen: Namespace) -> Wanted:
    law = seat.law
    return Wanted(
        branches=tuple(chosen.branch) if chosen.branch else None,
        receiving=seat.actor.organisation if chosen.receiving else None,
        stage=named(chosen.stage, stages_of(law), "stage") if chosen.stage else None,
        ended=chosen.ended,
        waiting=named(chosen.waiting, gates_of(law), "gate") if chosen.waiting else None,
        owing=chosen.owing,
        name=chosen.name,
        changed_from=chosen.changed_from,
        after=chosen.after,
        limit=chosen.limit,
    )


def _row(seat: Seat, row: DossierRow) -> dict[str, Any]:
    plain = {name: value for name, value in attrs.asdict(row).items() if name != "body"}
    return plain if seat.unmask else {**plain, "name": mask_name(row.name)}


def _put_page(seat: Seat, page: Page) -> None:
    headings = {
        "卷宗": "dossier",
        "姓名": "name",
        "阶段": "stage",
        "党支部": "branch",
        "等待决定": "waiting for",
        "待说明": "owed",
        "版本": "version",
    }
    rows = [
        (
            row.id[:SHORT],
            row.name if seat.unmask else mask_name(row.name),
            seat.say("已终止", "ended") if row.ended else stage_name(seat, row.stage),
            row.branch,
            gate_name(seat, row.waiting),
            row.owed or "",
            row.version,
        )
        for row in page.rows
    ]
    show_table(seat, headings, rows)
    if page.next:
        put(seat.say(f"下一页：--after {page.next}", f"next page: --after {page.next}"))


__all__ = ["add"]
