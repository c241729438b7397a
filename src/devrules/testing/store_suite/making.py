"""What the scenarios put into a store: plain values, of invented people, of which a scenario states what matters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import attrs

from devrules.desk.ports import (
    Account,
    Attachment,
    Code,
    Conflict,
    DossierRow,
    Message,
    Store,
    StoredEvent,
    Unit,
    Wanted,
)

NOON = datetime(2026, 6, 1, 4, 0, 0, 123456, tzinfo=UTC)
"""Noon in China, and some."""

TEXTS = {
    "chinese": "收到入党申请书，张三",
    "four-bytes": "𠮷野家 𠀀𡿨 🏳️",
    "combining": "e\u0301 is not é",
    "quotes": "'; DROP TABLE x; -- \" \\ ` %s :name ? {}",
    "lines": "one\ntwo\r\n\tthree \x0b ",
    "spaces": "  as it is  ",
    "empty": "",
    "long": "长" * 400_000,
}


def after(**much: float) -> datetime:
    """Tell a moment after :data:`NOON`."""
    return NOON + timedelta(**much)


def event(stream: str = "d1", number: int = 1, **parts: Any) -> StoredEvent:
    """Make an entry of a stream."""
    whole = StoredEvent(
        stream=stream,
        number=number,
        at=NOON,
        actor="li-si",
        role="branch-admin",
        organisation="b1",
        verb="record",
        rule="record:talk",
        granted=True,
        version=1,
        body='{"changes": []}',
        salt="5a17",
        digest="d1" * 32,
        chain="c4" * 32,
    )
    return attrs.evolve(whole, **parts)


def row(dossier: str = "d1", **parts: Any) -> DossierRow:
    """Make what lists show of a dossier."""
    whole = DossierRow(
        id=dossier,
        version=1,
        branch="b1",
        superior="s1",
        stage="applicant",
        ended=False,
        waiting=None,
        owed=0,
        name="张三",
        contacts=(),
        transferring_to=None,
        changed=NOON,
        body="{}",
    )
    return attrs.evolve(whole, **parts)


def message(number: int = 1, **parts: Any) -> Message:
    """Make a message, each a minute after the one before."""
    whole = Message(
        id=f"m{number}",
        dossier="d1",
        role="branch-admin",
        organisation="b1",
        account=None,
        text="张*：上级党委已同意备案。",
        at=after(minutes=number),
        verb="decide",
    )
    return attrs.evolve(whole, **parts)


def code(number: int = 1, **parts: Any) -> Code:
    """Make a registration code, each an hour after the one before."""
    whole = Code(
        id=f"c{number}",
        digest=f"{number:064x}",
        branch="b1",
        made=after(hours=number),
        by="li-si",
        expires=after(hours=number, minutes=30),
        single=True,
    )
    return attrs.evolve(whole, **parts)


def account(number: int = 1) -> Account:
    """Make an account."""
    return Account(id=f"a{number}", dossier=f"d{number}", branch="b1", code=f"c{number}")


def attachment(content: bytes = b"%PDF-1.7") -> Attachment:
    """Make a file."""
    return Attachment(hashlib.sha256(content).hexdigest(), content)


def everything(command: str = "1") -> Unit:
    """Make a unit with something of each part."""
    return Unit(
        command=command,
        result='{"dossier": "d1"}',
        events=(event("d1"), event("d1", 2), event("organisation:b1")),
        rows=(row("d1", version=2, contacts=("wang-wu", "zhao-liu")), row("d2")),
        messages=(message(1), message(2, sent=("log", "mail"), read=after(hours=1))),
        codes=(code(1), code(2, dossier="d1")),
        accounts=(account(1), account(2)),
        attachments=(attachment(), attachment(b"")),
    )


def kept(store: Store) -> dict[str, object]:
    """Read everything that scenarios may have put into a store."""
    return {
        "results": [store.result(str(number)) for number in range(1, 10)],
        "events": {stream: store.events(stream) for stream in store.streams()},
        "rows": store.find(Wanted(limit=1000)).rows,
        "messages": store.messages(limit=1000),
        "codes": store.codes("b1"),
        "accounts": [store.account(f"a{number}") for number in range(1, 10)],
        "attachments": [store.attachment(attachment(content).digest) for content in (b"%PDF-1.7", b"", b"new")],
    }


def at_once(store: Sequence[Store], work: Callable[[Store, int], object]) -> list[int]:
    """
    Do the same in threads that start together, each with a store and a number; tell who ended without a conflict.

    Args:
        store: A store for each thread; it may be the same.
        work: What each does.
    """
    start = Barrier(len(store))

    def run(number: int) -> bool:
        start.wait()
        try:
            work(store[number], number)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(store)) as pool:
        return [number for number, won in enumerate(pool.map(run, range(len(store)))) if won]


def append(store: Store, stream: str, text: str) -> None:
    """Add an entry to a stream; when someone else was faster, read it again and try anew."""
    while True:
        number = len(store.events(stream)) + 1
        try:
            store.commit(Unit(command=f"{text}:{number}", events=(event(stream, number, body=text),)))
        except Conflict:
            continue
        return
