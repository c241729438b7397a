"""Write the reference page of the format of populations: ``python docs/make_population.py``."""

from __future__ import annotations

from pathlib import Path

from devrules.population.contract import FORMAT, ColumnKind, columns
from devrules.population.view_sql import DIALECTS

PAGE = Path(__file__).parent / "reference" / "population-format.md"
_TYPES: dict[ColumnKind, str] = {
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


_SAID = {
    "number": "an integer, or another number without a fraction, or its digits",
    "text": "a text; a number is written as one",
    "flag": "true or false, 1 or 0, also as texts",
    "date": "a date, or a text such as `2026-05-11`; a time of day only if it is midnight",
    "list": "an array, a JSON array of texts as a text, or texts with `,` between them; empty: nobody, nothing",
    "attachments": """a JSON array such as `[{"name": "1.pdf", "digest": null}]`""",
}
_HEAD = f"""\
# Format: {FORMAT}

A folder with four Parquet files, made by `devrules population write` or by a host from its own database.
Every column must be there; null means not stated. A day is two columns: the earliest and the latest that it
can be, the same where it is known exactly. What a field means stands with the shapes, in
`devrules.dossier.shapes` and `.model`.

Files written by the library state the format in their metadata, under `devrules`; where it is stated, it is checked.

## What is taken

The columns in any order, the rows in any order (sorted by `dossier` they are read faster), and more columns, which
are not read. A number may be a smaller integer, and a column in which there is never anything may have no type. Any
other type is refused: cast it to the one that stands below.

Before anything is judged or read back, everything that is wrong is listed at once, with how often and some of the
dossiers: tables and columns that are missing or of another type; else dossiers without a number or an id of their
own; rows of dossiers that there are not; kinds, statuses and kept kinds that there are not; what a record of its
kind does not have; records of one kind in one dossier with the same position; people who are no members of the
dossier, and members with sanctions of whom it is not recorded; days with one end or with the latest before the
earliest; empty entries in lists.
"""
_VIEWS = """\
## As tables or views of a database

`devrules population write --database URL` makes the files from four tables or views of a database that have these
names and columns; their names may have a prefix, and be in capitals. `devrules population views --dialect NAME`
writes the SQL to begin with, and [a how-to](../how-to/audit-a-database.md) goes through an example. A column that
is missing is an error, one more is told and not read. The types are those of the database: values are taken if they
say the same. SQLite and PostgreSQL are tested; the types of MySQL and DM8 (达梦) stand here as their manuals have
them.

"""
_AFTER = """\

`'all'` as `recorded_kinds` stands for every kind that there is. Where an empty text is null (DM8, Oracle), write
`[]` for an empty list. A moment that is not midnight is refused: only the host knows in which zone it is a day.
"""


def page() -> str:
    """Write the page."""
    lines = [_HEAD.rstrip()]
    for table, of in columns().items():
        lines += ["", f"## {table}", "", _TABLES[table], "", "| column | type | |", "|---|---|---|"]
        for name, kind in of.items():
            said = _MEANING.get(f"{table}.{name}", _MEANING.get(name, "") if name == "dossier" else _of_day(name))
            lines.append(f"| `{name}` | `{_TYPES[kind]}` | {said} |")
    lines += ["", _VIEWS.rstrip(), ""]
    lines += [f"| type | {' | '.join(DIALECTS)} | what is taken |", f"|---|{'---|' * len(DIALECTS)}---|"]
    for kind, name in _TYPES.items():
        casts = " | ".join(f"`{of[kind]}`" for of in DIALECTS.values())
        lines.append(f"| `{name}` | {casts} | {_SAID[kind]} |")
    return "\n".join([*lines, _AFTER.rstrip()]) + "\n"


def _of_day(name: str) -> str:
    return {"low": "the earliest day", "high": "the latest day"}.get(name.rpartition("_")[2], "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
