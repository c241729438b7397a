"""Write the reference page of the format of populations: ``python docs/make_population.py``."""

from __future__ import annotations

from pathlib import Path

from devrules.population.contract import FORMAT, columns

PAGE = Path(__file__).parent / "reference" / "population-format.md"
_TYPES = {
    "number": "BIGINT",
    "text": "VARCHAR",
    "flag": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
    "attachments": "STRUCT(name VARCHAR, digest VARCHAR)[]",
}
_TABLES = {
    "dossier": "One row a dossier.",
    "record": "One row a record. The columns of all shapes stand here; a record fills those of its kind's shape.",
    "member": "One row a member whom the records of a dossier name in `people`.",
    "sanction": "One row a disciplinary sanction of a member.",
}
_MEANING = {
    "dossier": "the number of the dossier, the same in all tables",
    "dossier.id": "the host's own id; never an ID number",
    "dossier.subject": "`person` or `organisation`: whose dossier it is",
    "dossier.recorded_kinds": "what the source keeps: kinds (`talk`) or fields of them (`talk.day`)",
    "dossier.blank_kinds": "kinds whose absence is only inferred from a blank cell",
    "record.kind": "the kind of the record",
    "record.position": "its number among the records of its kind in the dossier, in the order in which they were made",
    "record.status": "empty means `effective`; only effective records count",
    "record.people": "the ids of members; empty list: nobody; null: not recorded",
    "member.sanctions_recorded": "whether it is recorded which sanctions the member has, if any",
    "sanction.member": "the id of the member",
}


def page() -> str:
    """Write the page."""
    lines = [
        f"# Format: {FORMAT}",
        "",
        "A folder with four Parquet files, made by `devrules population write` or by a host from its own database.",
        "Every column must be there; null means not stated. A day is two columns: the earliest and the latest that it",
        "can be, the same where it is known exactly. Files written by the library state the format in their metadata,",
        "under `devrules`; where it is stated, it is checked. What a field means stands with the shapes, in",
        "`devrules.dossier.shapes` and `.model`.",
    ]
    for table, of in columns().items():
        lines += ["", f"## {table}", "", _TABLES[table], "", "| column | type | |", "|---|---|---|"]
        for name, kind in of.items():
            said = _MEANING.get(f"{table}.{name}", _MEANING.get(name, "") if name == "dossier" else _of_day(name))
            lines.append(f"| `{name}` | `{_TYPES[kind]}` | {said} |")
    return "\n".join(lines) + "\n"


def _of_day(name: str) -> str:
    return {"low": "the earliest day", "high": "the latest day"}.get(name.rpartition("_")[2], "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
