"""What people might want to do at a desk: with records as they should be, and as they should not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from devrules.days import Day
from devrules.dossier.model import Dossier, Member, Organisation
from devrules.dossier.shapes import Record
from devrules.process.law import ProcessLaw

Stated = dict[str, Any]
"""What is stated with a command."""

STAGES = ("applicant", "activist", "prospect", "probationary", "full")
WORDS = (None, "", "  ", "原因", "reason", "\u202e反", "a" * 300)
OUTCOMES = (None, "passed", "not-passed", "approved", "refused", "extended", "cancelled", "qualified", "perhaps", "")
BRANCHES = tuple(Organisation(id=one, kind="branch") for one in ("b2", "b1", "b9", "nowhere"))
DAYS = ("2026-05", "1980", "2199-01-01", "2025-08-31/2025-09-30", "gibberish", "2026-13-40")
FIELDS = ("day", "received", "start", "end", "dues", "by", "people", "title", "votes_for", "collective")


def good_record(law: ProcessLaw, kind: str, day: date, outcome: str | None = None) -> Record:
    """
    Make a record as it should be.

    Args:
        law: The process.
        kind: Its kind.
        day: The day of the act.
        outcome: Its outcome; by default the first of those that its step names.
    """
    made, step = law.kinds[kind], law.steps.get(kind)
    fields: Stated = {made.act_day: Day.on(day), "content": "内容"}
    if step is not None and step.outcomes:
        fields["outcome"] = outcome or step.outcomes[0]
    if made.shape == "assignment":
        fields["people"] = ("m1", "m2")
    if made.field_type("dues"):
        fields["dues"] = "5"
    if made.shape == "opinion":
        fields["by"] = "m1"
    return made.type(**fields)


def good(random: Random, law: ProcessLaw, verb: str, kind: str | None, day: date, dossier: Dossier) -> Stated:
    """State with a command what should be stated, all of it."""
    stated: Stated = {}
    if kind is not None and verb not in ("approve", "return", "delete"):
        outcomes = (law.steps[kind].outcomes if kind in law.steps else ()) or (None,)
        on = day - timedelta(days=random.choice((0, 0, 1, 40)))
        stated["record"] = good_record(law, kind, on, random.choice((outcomes[0], *outcomes)))
        stated["files"] = {"附件.pdf": b"%PDF"}
    if verb in ("edit", "delete", "approve", "return"):
        stated["target"] = random.choice(ids(dossier, law, kind) or (None,))
    if verb in ("return", "send-back", "terminate"):
        stated["reason"] = "原因"
    match verb:
        case "send-back":
            stated["stage"] = random.choice(STAGES)
        case "explain":
            stated["content"] = "情况说明"
        case "file":
            stated["acknowledge"] = True
        case "hand-over":
            stated["branch"] = random.choice(BRANCHES[:3])
        case "describe":
            stated["person"] = {"name": "张三", "sex": random.choice("男女")}
    return stated


def wild(random: Random, law: ProcessLaw, kind: str | None, dossier: Dossier) -> Stated:
    """State with a command what somebody might, whether it fits or not."""
    anything = (None, *ids(dossier, law, None), "no-such-1", "")
    near = ids(dossier, law, kind) or anything
    may: dict[str, Sequence[Any]] = {
        "record": (None,) if kind is None else (_wild_record(random, law, kind),),
        "target": (*near, random.choice(anything)),
        "reason": WORDS,
        "content": WORDS,
        "stage": (None, *STAGES, "nowhere"),
        "acknowledge": (True, False),
        "person": (None, {"name": "张三"}, {"name": 3}, {"nme": "张三"}),
        "members": ((), (Member("m1", "冒名"),), (Member("stranger", "外人"),)),
        "branch": (None, *BRANCHES),
        "superior": (None, Organisation(id="c9")),
        "files": ({}, {"附件.pdf": b"%PDF"}, {"": b""}),
    }
    return _some(random, may, 0.5)


def ids(dossier: Dossier, law: ProcessLaw, kind: str | None) -> tuple[str, ...]:
    """List the ids of the records of a kind, and of those as which its step keeps some; of no kind: of all."""
    step = law.steps.get(kind or "")
    kinds = set(dossier.records) if kind is None else {kind, *(step.recorded_as.values() if step else ())}
    return tuple(one.id for name in sorted(kinds) for one in dossier.records.get(name, ()) if one.id)


def _wild_record(random: Random, law: ProcessLaw, kind: str) -> Stated:
    made = law.kinds[kind]
    values: dict[str, Sequence[Any]] = {
        "day": DAYS[:4] if random.random() < 0.9 else DAYS,
        "number": (0, 7, 7, "seven"),
        "flag": (True, False),
        "text": WORDS,
        "people": (["m1"], ["m1", "m4"], ["m3"], ["m9"], ["nobody"], []),
    }
    may = {name: values[made.field_type(name) or ""] for name in FIELDS if made.field_type(name)}
    may |= {"content": WORDS, "id": (f"{kind}-1", "stolen", ""), "status": ("effective", "withdrawn", "submitted")}
    if made.field_type("outcome"):
        may["outcome"] = OUTCOMES
    match made.shape:
        case "submission":
            may |= {"covers": ([], ["talk-1"]), "lamps": ([], ["recommended"])}
        case "transfer":
            may |= {"to": ("b2", "b1", "nowhere"), "received": DAYS[:2]}
        case "document":
            may["about"] = ("activist-filing-1", "determination-filing-1")
    return _some(random, may, 0.6)


def _some(random: Random, may: dict[str, Sequence[Any]], chance: float) -> Stated:
    return {name: random.choice(values) for name, values in may.items() if random.random() < chance}


__all__ = ["BRANCHES", "STAGES", "Stated", "good", "good_record", "ids", "wild"]
