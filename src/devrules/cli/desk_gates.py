"""``devrules desk options`` and ``preview``: what may be done now, and the lamps of a gate before it is passed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from rich.text import Text as Styled

from devrules.cli import exits
from devrules.cli.desk_options import Seat, add_common, add_day, dossier_of, seated
from devrules.cli.desk_verbs import ELSEWHERE
from devrules.cli.desk_words import deed_name, gates_of, named, put, put_json, show_table
from devrules.cli.options import show
from devrules.findings.gates import GateView
from devrules.process.model import Option
from devrules.report.json_format import finding_data
from devrules.report.lines import finding_lines


def add(commands: Any) -> None:
    """Add the commands."""
    said = "list what may be done to a dossier now, and why the rest may not be"
    listed = commands.add_parser("options", help=said, description=said)
    listed.add_argument("dossier", nargs="?", metavar="DOSSIER")
    listed.add_argument("--all", action="store_true", help="also list what may not be done, and why")
    add_common(listed)
    listed.set_defaults(go=run_options)
    said = "show the lamps of a gate before it is passed 亮灯提示"
    looked = commands.add_parser("preview", help=said, description=said)
    looked.add_argument("gate", metavar="GATE", help="as pre-examination; or its Chinese name")
    looked.add_argument("dossier", nargs="?", metavar="DOSSIER")
    add_day(looked)
    add_common(looked)
    looked.set_defaults(go=run_preview)


def run_options(chosen: Namespace) -> int:
    """List what may be done."""
    with seated(chosen) as seat:
        found = seat.desk.available(seat.actor, dossier_of(seat, chosen.dossier))
        about = [one for one in found if one.verb not in ELSEWHERE]
        if seat.json:
            put_json([_plain(seat, one) for one in about if chosen.all or one.allowed])
        else:
            _put_options(seat, about, everything=chosen.all)
    return exits.CLEAN


def run_preview(chosen: Namespace) -> int:
    """Show the lamps of a gate."""
    with seated(chosen) as seat:
        gate = named(chosen.gate, gates_of(seat.law), "gate")
        view = seat.desk.preview(seat.actor, dossier_of(seat, chosen.dossier), gate, as_of=chosen.as_of)
        if seat.json:
            put_json({"gate": gate, "lamps": [finding_data(finding) for finding in view.lamps]})
        else:
            _put_view(seat, view)
    return exits.CLEAN


def _put_options(seat: Seat, found: Sequence[Option], *, everything: bool) -> None:
    allowed = [one for one in found if one.allowed]
    rows = [(_words(together), _names(seat, together), _asks(together)) for together in _together(allowed)]
    show_table(seat, {"命令": "command", "可以办理": "may be done", "须写明": "must state"}, rows, whole=2)
    refused = [one for one in found if not one.allowed]
    many = len(refused)
    if everything:
        put("")
        why = [(_words(together), _why(seat, together[0])) for together in _together(refused)]
        show_table(seat, {"命令": "command", "现在不能办理": "may not be done now"}, why)
    elif refused:
        put(
            seat.say(
                f"另有 {many} 项现在不能办理：--all 列出原因", f"{many} others may not be done now: --all says why"
            )
        )


def _together(found: Sequence[Option]) -> Sequence[Sequence[Option]]:
    """Put together what is about the same kind of record, and what is in the way of it."""
    groups: dict[object, list[Option]] = {}
    for one in found:
        unmet = one.refusal.unmet if one.refusal else ()
        groups.setdefault((one.kind or one.verb, unmet), []).append(one)
    return list(groups.values())


def _words(together: Sequence[Option]) -> str:
    verbs, kind = "|".join(one.verb for one in together), together[0].kind
    return f"{verbs} {kind}" if kind else verbs


def _names(seat: Seat, together: Sequence[Option]) -> str:
    """Call them by their names, as ``录入、编辑、删除谈话``."""
    *first, last = together
    join = "、" if seat.zh else ", "
    return join.join([*(deed_name(seat, one.verb, None) for one in first), deed_name(seat, last.verb, last.kind)])


def _asks(together: Sequence[Option]) -> str:
    return ", ".join(dict.fromkeys(asked for one in together for asked in one.asks))


def _why(seat: Seat, option: Option) -> str:
    says = option.refusal.says if option.refusal else ()
    return ("；" if seat.zh else "; ").join(text.said(seat.lang) for text in says)


def _plain(seat: Seat, option: Option) -> dict[str, Any]:
    return {
        "verb": option.verb,
        "kind": option.kind,
        "name": deed_name(seat, option.verb, option.kind),
        "allowed": option.allowed,
        "asks": list(option.asks),
        "unmet": list(option.refusal.unmet) if option.refusal else [],
        "why": _why(seat, option) or None,
    }


def _put_view(seat: Seat, view: GateView) -> None:
    name, many = view.gate.name.said(seat.lang), len(view.lamps)
    if not many:
        put(seat.say(f"{name}：没有亮灯", f"{name}: no lamp is on"))
        return
    lamps = "lamp is" if many == 1 else "lamps are"
    show([Styled(seat.say(f"{name}：{many} 项亮灯", f"{name}: {many} {lamps} on"), style="bold")])
    by_colour = sorted(view.lamps, key=lambda finding: finding.lamp != "red")
    show(finding_lines(by_colour, seat.lang))


__all__ = ["add"]
