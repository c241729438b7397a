"""``devrules desk journal``, ``verify``, ``heads``, ``redact``: what was done, and if it is as it was written."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from devrules.cli import exits, options
from devrules.cli.desk_masks import masked_text
from devrules.cli.desk_options import Seat, add_common, dossier_of, seated
from devrules.cli.desk_words import deed_name, name_of, put, put_json, show_table
from devrules.desk.code_history import china_time
from devrules.desk.events import Event
from devrules.desk.heads import Head, read_heads, write_heads
from devrules.errors import StoreFailure


def add(commands: Any) -> None:
    """Add the commands."""
    journal = _add(commands, "journal", run_journal, "show what was done to a dossier, and what was refused 纪实")
    journal.add_argument("dossier", nargs="?", metavar="DOSSIER")
    verify = _add(commands, "verify", run_verify, "look for signs that somebody tampered with the journals")
    verify.add_argument("--heads", type=Path, metavar="FILE", help="compare with heads that were exported before")
    heads = _add(commands, "heads", run_heads, "export the last link of every journal, to be kept elsewhere")
    heads.add_argument("--out", type=Path, metavar="FILE", help="write to this file instead of the terminal")
    redact = _add(commands, "redact", run_redact, "take away the content of an entry, as the law may ask")
    redact.add_argument("dossier", metavar="DOSSIER")
    redact.add_argument("number", type=int, metavar="NUMBER", help="the entry (devrules desk journal)")
    redact.add_argument("--reason", required=True, metavar="TEXT", help="why; it is kept")


def _add(commands: Any, name: str, run: Callable[[Namespace], int], said: str) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=said, description=said)
    parser.set_defaults(go=run)
    add_common(parser)
    return parser


def run_journal(chosen: Namespace) -> int:
    """Show what was done to a dossier."""
    with seated(chosen) as seat:
        which = dossier_of(seat, chosen.dossier)
        entries = seat.desk.journal(seat.actor, which)
        hide = _hiding(seat, which)
        if seat.json:
            put_json([_plain(number, entry, hide) for number, entry in enumerate(entries, 1)])
        else:
            headings = {"": "", "时间": "time", "角色": "role", "账号": "account", "事项": "what", "结果": "result"}
            rows = [_row(seat, number, entry, hide) for number, entry in enumerate(entries, 1)]
            show_table(seat, headings, rows, whole=4)
    return exits.CLEAN


def run_verify(chosen: Namespace) -> int:
    """Look for signs of tampering."""
    known = _read(chosen.heads) if chosen.heads else ()
    with seated(chosen, acting=False) as seat:
        found = seat.desk.verify(known)
        if seat.json:
            put_json([{"stream": one.stream, "number": one.number, "sign": one.sign} for one in found])
        else:
            for one in found:
                put(f"{one.stream} {one.number}: {one.says.said(seat.lang)}")
            if not found:
                put(seat.say("纪实完整，没有改动的迹象", "the journals are whole: no sign of tampering"))
    return exits.REFUSED if found else exits.CLEAN


def run_heads(chosen: Namespace) -> int:
    """Export the heads."""
    with seated(chosen, acting=False) as seat:
        options.emit(chosen, write_heads(seat.desk.heads()))
    return exits.CLEAN


def run_redact(chosen: Namespace) -> int:
    """Take away the content of an entry."""
    with seated(chosen) as seat:
        which = dossier_of(seat, chosen.dossier)
        numbers = seat.desk.redact(seat.actor, which, chosen.number, reason=chosen.reason)
        if seat.json:
            put_json({"dossier": which, "redacted": numbers})
        else:
            said = ", ".join(map(str, numbers))
            put(seat.say(f"已删去正文的条目：{said}", f"redacted entries: {said}"))
    return exits.CLEAN


def _read(path: Path) -> tuple[Head, ...]:
    try:
        return read_heads(path.read_text(encoding="utf-8"), where=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreFailure(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _hiding(seat: Seat, dossier: str) -> Callable[[str], str]:
    """Choose what becomes of what people wrote: the names that the dossier knows are masked, and numbers."""
    return str if seat.unmask else partial(masked_text, seat.desk.dossier(seat.actor, dossier))


def _plain(number: int, entry: Event | None, hide: Callable[[str], str]) -> dict[str, Any]:
    if entry is None:
        return {"number": number, "redacted": True}
    return {
        "number": number,
        "at": entry.at,
        "actor": hide(entry.actor.id),
        "role": entry.actor.role,
        "organisation": entry.actor.organisation,
        "verb": entry.verb,
        "rule": entry.rule,
        "granted": entry.granted,
        "unmet": list(entry.unmet),
        "reason": hide(entry.reason) if entry.reason else None,
    }


def _row(seat: Seat, number: int, entry: Event | None, hide: Callable[[str], str]) -> tuple[object, ...]:
    if entry is None:
        return number, "", "", "", seat.say("（正文已依法删去）", "(its content was taken away by law)"), ""
    role = name_of(seat, lambda law: law.roles, entry.actor.role)
    kind = entry.rule.partition(":")[2] or None
    said = seat.say("已办理", "done") if entry.granted else seat.say("被拒绝：", "refused: ") + ", ".join(entry.unmet)
    reason = hide(entry.reason or "")
    said += seat.say(f"；原因：{reason}", f"; reason: {reason}") if reason else ""
    return number, china_time(entry.at), role, hide(entry.actor.id), deed_name(seat, entry.verb, kind), said


__all__ = ["add"]
