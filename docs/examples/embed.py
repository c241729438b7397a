"""
devrules inside a portal: rows of the host's own tables to a dossier, lamps at a gate back to the host.

    python docs/examples/embed.py

The rows are plain dicts, as a database driver gives them. The portal keeps its tables and its own ids; devrules keeps
nothing. Everybody here is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import devrules

Row = Mapping[str, Any]

# What the host has: SELECT … FROM person, member, step WHERE person_id = 4711.
PERSON: Row = {"person_id": 4711, "full_name": "白露晞", "born": date(2003, 7, 15), "branch": "示例学院学生第一党支部"}
MEMBERS: list[Row] = [
    {"member_id": 31, "full_name": "柏长青", "full_member_since": date(2012, 6, 30)},
    {"member_id": 32, "full_name": "梅映雪", "full_member_since": date(2019, 5, 20)},
]
STEPS: list[Row] = [
    {"step": "applied", "day": date(2025, 2, 17), "until": None, "result": None},
    {"step": "first_talk", "day": date(2025, 3, 5), "until": None, "result": None},
    {"step": "became_activist", "day": date(2025, 8, 11), "until": None, "result": None},
    {"step": "filed", "day": date(2025, 8, 20), "until": None, "result": None},
    {"step": "reviewed", "day": date(2026, 1, 28), "until": None, "result": None},
    {"step": "reviewed", "day": date(2026, 7, 30), "until": None, "result": None},
    {"step": "prospect_discussed", "day": date(2026, 9, 1), "until": None, "result": None},
    {"step": "superior_agreed", "day": date(2026, 9, 7), "until": None, "result": "approved"},
    {"step": "notice", "day": date(2026, 9, 8), "until": date(2026, 9, 11), "result": "clear"},
    {"step": "became_prospect", "day": date(2026, 9, 15), "until": None, "result": None},
    {"step": "background_check", "day": date(2026, 10, 20), "until": None, "result": "qualified"},
]
CONTACTS = [31, 32]

# What each step of the host is called in devrules, and which fields its columns fill.
KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "applied": ("application", {"day": "received"}),
    "first_talk": ("talk", {"day": "day"}),
    "became_activist": ("activist-decision", {"day": "day"}),
    "filed": ("activist-filing", {"day": "day"}),
    "reviewed": ("activist-review", {"day": "day"}),
    "prospect_discussed": ("prospect-discussion", {"day": "day"}),
    "superior_agreed": ("prospect-consent", {"day": "day", "result": "outcome"}),
    "notice": ("public-notice", {"day": "start", "until": "end", "result": "outcome"}),
    "became_prospect": ("prospect-decision", {"day": "day"}),
    "background_check": ("political-review", {"day": "day", "result": "outcome"}),
}
# This portal also keeps sponsors, and there are none yet; it keeps no attachments and no trainings.
RECORDED = [
    *(f"{kind}.{field}" for kind, fields in KINDS.values() for field in fields.values()),
    "contact-assignment",
    "sponsor-assignment",
]


def dossier_of(person: Row, members: Iterable[Row], steps: Iterable[Row], contacts: Iterable[int]) -> dict[str, Any]:
    """Write the host's rows as a dossier: plain data in the form ``devrules.dossier/1``."""
    records: dict[str, list[dict[str, Any]]] = {"contact-assignment": [{"people": [str(one) for one in contacts]}]}
    for row in steps:
        kind, fields = KINDS[row["step"]]
        filled = {field: row[column] for column, field in fields.items() if row[column] is not None}
        records.setdefault(kind, []).append(filled)
    return {
        "format": "devrules.dossier/1",
        "id": str(person["person_id"]),
        "person": {"name": person["full_name"], "birth": person["born"]},
        "branch": {"name": person["branch"], "kind": "branch"},
        "members": [
            {"id": str(row["member_id"]), "name": row["full_name"], "full_since": row["full_member_since"]}
            for row in members
        ],
        "recorded_kinds": RECORDED,
        "records": records,
    }


def main() -> None:
    """Check the dossier and show the gate before the branch submits it."""
    rules = devrules.load()  # once for the life of the process
    dossier = rules.read_dossier(dossier_of(PERSON, MEMBERS, STEPS, CONTACTS))
    report = rules.check(dossier, as_of=date(2026, 11, 21))
    print(f"{report.dossier.id}: {report.stage.name.zh if report.stage else '-'}, {report.engine}")

    for gate_id in ("determination-filing", "pre-examination"):
        gate = report.gate(gate_id)
        print(f"{gate.gate.name.zh}: {'亮灯' if gate.lamps else '不亮灯'}")
        for finding in gate.lamps:
            print(f"  {finding.lamp} {finding.edition} 第{finding.article}条 {finding.message.zh}")
            print(f"    → {finding.remedy.zh}")


if __name__ == "__main__":
    main()
