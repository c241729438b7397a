"""``devrules desk inbox`` and ``deliver``: what someone is to read, and telling it by notifiers."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import attrs

from devrules.cli import exits
from devrules.cli.desk_options import add_common, seated
from devrules.cli.desk_words import SHORT, begun, put, put_json, show_table
from devrules.desk.code_history import china_time


def add(commands: Any) -> None:
    """Add the commands."""
    said = "list what the actor is to read 消息"
    inbox = commands.add_parser("inbox", help=said, description=said)
    inbox.add_argument("--read", metavar="ID", help="note that this message was read: its id, or the beginning of it")
    add_common(inbox)
    inbox.set_defaults(go=run_inbox)
    said = "tell what stands in the outbox by the notifiers of plugins"
    deliver = commands.add_parser("deliver", help=said, description=said)
    add_common(deliver)
    deliver.set_defaults(go=run_deliver)


def run_inbox(chosen: Namespace) -> int:
    """List what someone is to read."""
    with seated(chosen) as seat:
        found = seat.desk.inbox(seat.actor)
        if chosen.read:
            seat.desk.read(seat.actor, begun(chosen.read, (one.id for one in found)))
            found = seat.desk.inbox(seat.actor)
        if seat.json:
            put_json([{**attrs.asdict(one), "sent": list(one.sent)} for one in found])
        else:
            headings = {"编号": "id", "时间": "time", "": "", "内容": "message"}
            unread = seat.say("未读", "new")
            rows = [(one.id[:SHORT], china_time(one.at), "" if one.read else unread, one.text) for one in found]
            show_table(seat, headings, rows, whole=2)
    return exits.CLEAN


def run_deliver(chosen: Namespace) -> int:
    """Tell what stands in the outbox."""
    with seated(chosen, acting=False) as seat:
        told = seat.desk.deliver()
        if seat.json:
            put_json({"told": told})
        else:
            put(seat.say(f"已发送 {told} 条", f"told: {told}"))
    return exits.CLEAN


__all__ = ["add"]
