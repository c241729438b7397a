"""What the commands of the desk print, and how words on the command line are taken for names of the process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text as Styled

from devrules.cli import options
from devrules.cli.desk_options import Seat
from devrules.desk.receipt import Receipt
from devrules.desk.registration import REGISTER
from devrules.desk.unseen import without_unseen
from devrules.errors import UsageError
from devrules.law.model import Text
from devrules.plain import hinted, nearest
from devrules.process.law import ProcessLaw
from devrules.report.prose import Prose

SHORT = 8
"""How many characters of an id a list shows; so many almost always suffice to name it."""

_OWN_DEEDS: Mapping[str, Text] = {REGISTER: Text("凭码注册", "register by a code")}
"""What the journal has beside the commands of the process."""


def named(word: str, known: Mapping[str, Sequence[str]], what: str) -> str:
    """
    Take a word for the name of something.

    Args:
        word: Its id, or what else it is called.
        known: Id to what else it is called.
        what: What it is, for the error.

    Raises:
        UsageError: When there is no such thing.
    """
    if word in known:
        return word
    found = [one for one, others in known.items() if word in others]
    if len(found) == 1:
        return found[0]
    words = [*known, *(other for others in known.values() for other in others)]
    hint = nearest(word, words) or "there are: " + ", ".join(known)
    raise UsageError(hinted(f"there is no {what} {word!r}", hint))


def begun(word: str, ids: Iterable[str]) -> str:
    """
    Take a word for the id that begins with it.

    Args:
        word: The beginning of an id, or all of it.
        ids: The ids that there are.

    Returns:
        The id; the word itself where none or several begin so: whoever looks it up says what is wrong.
    """
    found = [one for one in ids if word and one.startswith(word)]
    return found[0] if len(found) == 1 else word


def kinds_of(law: ProcessLaw, kinds: Iterable[str]) -> dict[str, Sequence[str]]:
    """List kinds of record with what else they are called."""
    return {kind: (law.kinds[kind].zh, law.kinds[kind].en) for kind in kinds if kind in law.kinds}


def gates_of(law: ProcessLaw) -> dict[str, Sequence[str]]:
    """List the gates with what else they are called; the kind of their submission is one of these."""
    return {gate.id: (gate.name.zh, gate.name.en, gate.submission) for gate in law.gates.values()}


def stages_of(law: ProcessLaw) -> dict[str, Sequence[str]]:
    """List the stages with what else they are called."""
    return {stage.id: (stage.name.zh, stage.name.en, *stage.also) for stage in law.stages.values()}


def kind_name(seat: Seat, kind: str | None) -> str:
    """Call a kind of record by its name."""
    found = seat.law.kinds.get(kind or "")
    return kind or "" if found is None else found.zh if seat.zh else found.en


def name_of(seat: Seat, table: Callable[[ProcessLaw], Mapping[str, Any]], one: str | None) -> str:
    """Call a stage, gate, role or command by its name; what is not known by its id."""
    found = table(seat.law).get(one or "")
    text: Text | None = getattr(found, "name", None)
    return text.said(seat.lang) if text else one or ""


def stage_name(seat: Seat, stage: str | None) -> str:
    """Call a stage by its name."""
    return name_of(seat, lambda law: law.stages, stage)


def gate_name(seat: Seat, gate: str | None) -> str:
    """Call a gate by its name."""
    return name_of(seat, lambda law: law.gates, gate)


def deed_name(seat: Seat, verb: str, kind: str | None) -> str:
    """Call what is done by its name, as ``录入谈话`` or ``record: talk with the applicant``."""
    own = _OWN_DEEDS.get(verb)
    command = own.said(seat.lang) if own else name_of(seat, lambda law: law.commands, verb)
    if kind is None:
        return command
    return f"{command}{kind_name(seat, kind)}" if seat.zh else f"{command}: {kind_name(seat, kind)}"


def show_table(seat: Seat, headings: Mapping[str, str], rows: Iterable[Sequence[object]], *, whole: int = 1) -> None:
    """
    Print a table.

    Args:
        seat: Whose language it is in.
        headings: Chinese to English.
        rows: The cells.
        whole: How many columns, from the left, are never broken: ids are copied from them.
    """
    table = Table(box=None, pad_edge=False)
    for n, (zh, en) in enumerate(headings.items()):
        table.add_column(zh if seat.zh else en, overflow="fold", no_wrap=n < whole)
    for row in rows:
        cells = ["" if cell is None else without_unseen(str(cell)) for cell in row]
        # As texts: what somebody wrote is neither markup nor a command to the terminal.
        table.add_row(*map(Styled, cells[:whole]), *map(Prose, cells[whole:]))
    options.show([table])


def put(line: str) -> None:
    """Print a line of the command's output."""
    print(without_unseen(line, keep="\n"), flush=True)  # noqa: T201  # this is the command's output


def put_json(data: Any) -> None:
    """Print plain data as JSON."""
    put(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def put_receipt(seat: Seat, receipt: Receipt, verb: str, kind: str | None = None) -> None:
    """Print what a command gave."""
    records = "、".join(receipt.records) if seat.zh else ", ".join(receipt.records)
    about = f" [{records}]" if records else ""
    stage = stage_name(seat, receipt.stage)
    put(
        seat.say(
            f"已办理：{deed_name(seat, verb, kind)}{about}；{stage}，卷宗版本 {receipt.version}",
            f"done: {deed_name(seat, verb, kind)}{about}; {stage}, version {receipt.version}",
        )
    )
    if receipt.lamps:
        titles = [seat.rules.rule(rule).rule.title.said(seat.lang) for rule in receipt.lamps]
        put(seat.say(f"带灯上报，须写情况说明（{len(titles)} 项）：", f"lamps were on, explain them ({len(titles)}):"))
        for title in titles:
            put(f"  {title}")
    if receipt.ended:
        put(seat.say("发展流程已经终止", "the process has ended"))


__all__ = [
    "SHORT",
    "begun",
    "deed_name",
    "gate_name",
    "gates_of",
    "kind_name",
    "kinds_of",
    "name_of",
    "named",
    "put",
    "put_json",
    "put_receipt",
    "show_table",
    "stage_name",
    "stages_of",
]
