"""A dossier as ``devrules desk show`` prints it: the person, where they are, the records by their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from devrules.cli.desk_fields import LEFT_TO_THE_DESK
from devrules.cli.desk_masks import plain_dossier
from devrules.cli.desk_options import Seat
from devrules.cli.desk_words import gate_name, kind_name, put, show_table, stage_name
from devrules.desk.ports import DossierRow
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import EFFECTIVE
from devrules.law.model import Text

_STATUSES: Mapping[str, Text] = {
    "draft": Text("草稿", "draft"),
    "submitted": Text("待审核", "awaits review"),
    "returned": Text("已退回", "returned"),
    "withdrawn": Text("已撤回", "withdrawn"),
}


def put_dossier(seat: Seat, dossier: Dossier, row: DossierRow | None, version: int) -> None:
    """
    Print a dossier.

    Args:
        seat: Who reads it.
        dossier: The part of it that they may read.
        row: What lists show of it.
        version: Its version.
    """
    plain = plain_dossier(dossier, unmask=seat.unmask)
    person = plain.get("person", {})
    parts = [person.get("name"), stage_name(seat, row.stage) if row else "", dossier.branch.name or dossier.branch.id]
    put(" · ".join(part for part in (*parts, seat.say(f"版本 {version}", f"version {version}")) if part))
    put("  ".join(f"{name}={value}" for name, value in person.items() if name != "name" and value is not None))
    for line in _standing(seat, row):
        put(line)
    headings = {"记录": "record", "种类": "kind", "日期": "day", "内容": "what it says"}
    show_table(seat, headings, _records(seat, dossier, plain), whole=3)


def _standing(seat: Seat, row: DossierRow | None) -> Iterator[str]:
    """Say what is awaited and owed."""
    if row is not None and row.ended:
        yield seat.say("发展流程已经终止", "the process has ended")
    if row is not None and row.waiting:
        gate = gate_name(seat, row.waiting)
        yield seat.say(f"等待上级决定：{gate}", f"awaits the decision: {gate}")
    if row is not None and row.owed:
        yield seat.say(f"待写情况说明：{row.owed}", f"statements owed: {row.owed}")


def _records(seat: Seat, dossier: Dossier, plain: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    found = [
        (record, kind, written)
        for kind, records in dossier.records.items()
        for record, written in zip(records, plain["records"][kind], strict=True)
    ]
    found.sort(key=lambda one: one[0].act_day.low if one[0].act_day else date.max)
    for record, kind, written in found:
        said = _said(seat, record.status, written, record.ACT_DAY)
        yield record.id or "", kind_name(seat, kind), str(record.act_day or ""), said


def _said(seat: Seat, status: str, written: Mapping[str, Any], act_day: str) -> str:
    """Say what a record states beside its day."""
    said = [_STATUSES[status].said(seat.lang)] if status != EFFECTIVE else []
    if written.get("returned_for"):
        said.append(seat.say(f"原因：{written['returned_for']}", f"reason: {written['returned_for']}"))
    stated = {name: value for name, value in written.items() if name not in {*LEFT_TO_THE_DESK, act_day}}
    said += [f"{name}={_value(seat, name, value)}" for name, value in stated.items()]
    said += [f"[{one['name']}]" for one in written.get("attachments", ())]
    if written.get("lamps"):
        said.append(seat.say(f"带灯 {len(written['lamps'])} 项", f"lamps were on: {len(written['lamps'])}"))
    return "；".join(said) if seat.zh else "; ".join(said)


def _value(seat: Seat, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return seat.say("是" if value else "否", "yes" if value else "no")
    if isinstance(value, list):
        return "、".join(map(str, value)) if seat.zh else ", ".join(map(str, value))
    outcome = seat.law.text.outcomes.get(value) if name == "outcome" else None
    return outcome.said(seat.lang) if outcome else str(value)


__all__ = ["put_dossier"]
