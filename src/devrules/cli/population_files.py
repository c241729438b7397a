"""``devrules population write`` and ``export``: dossiers from anywhere to columns, and all of them back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.api import Rules
from devrules.cli import exits, options
from devrules.cli.ending import ended_cleanly
from devrules.dossier.lines import write_lines
from devrules.errors import StoreFailure, UsageError
from devrules.population.api import Written
from devrules.population.contract import columns
from devrules.population.view_sql import DIALECTS, select_sql
from devrules.report.targets import keep_apart
from devrules.report.writing import write_whole


def add_write(parser: ArgumentParser) -> None:
    """Add the arguments of ``write``."""
    said = "a ledger (xlsx, xls, ods, csv), a dossier (json) or many (jsonl)"
    parser.add_argument("source", nargs="*", type=Path, help=said)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files go; not there yet")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what a ledger's titles and words mean (toml)")
    parser.add_argument(
        "--desk", metavar="URL", help="also everybody whom a desk keeps, for example sqlite:///party.db"
    )
    said = "instead: tables or views dossier, record, member, sanction of a database, as SQLAlchemy writes it"
    parser.add_argument("--database", metavar="URL", help=said)
    parser.add_argument("--schema", metavar="NAME", help="the schema of these tables")
    parser.add_argument("--prefix", default="", metavar="TEXT", help="what stands before the names of these tables")
    options.add_rules(parser)
    parser.set_defaults(run=write)


def add_export(parser: ArgumentParser) -> None:
    """Add the arguments of ``export``."""
    parser.add_argument("folder", type=Path, help="a population (devrules.population/1)")
    said = "the file (jsonl): every name and number in full, nothing is masked"
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=said)
    options.add_rules(parser)
    parser.set_defaults(run=export)


def add_views(parser: ArgumentParser) -> None:
    """Add the arguments of ``views``."""
    parser.add_argument("--dialect", choices=[*DIALECTS], default="sqlite", help="the database; default: sqlite")
    parser.add_argument("--prefix", default="", metavar="TEXT", help="what stands before the names of the views")
    parser.set_defaults(run=views)


def views(chosen: Namespace) -> int:
    """Print the views of a database in which everything is null, to put one's own expressions into."""
    for table in columns():
        query = select_sql(chosen.dialect, table, {}, "…")
        print(f"CREATE VIEW {chosen.prefix}{table} AS\n{query};\n")  # noqa: T201  # this is the command's output
    return exits.CLEAN


def write(chosen: Namespace) -> int:
    """Write a population; 4 where a line, a row or a dossier could not be read, and the others are written."""
    rules = options.rules_of(chosen)
    try:
        with ended_cleanly():
            written = _from_database(rules, chosen) if chosen.database else _from_sources(rules, chosen)
    except StoreFailure as error:
        options.complain(str(error))
        return exits.NOT_STORED
    print(f"{written.dossiers} dossiers")  # noqa: T201  # this is the command's output
    for told in (*written.remarks, *written.problems):
        options.complain(str(told))
    if written.unread:
        options.complain(f"{len(written.unread)} cells or rows were not understood: devrules audit lists them")
    return exits.CLEAN if written.complete else exits.NOT_JUDGED


def export(chosen: Namespace) -> int:
    """Write everybody in a population as JSON lines."""
    keep_apart({"--out": chosen.out}, [chosen.folder])
    with ended_cleanly():
        write_whole(chosen.out, write_lines(options.rules_of(chosen).read_population(chosen.folder)))
    return exits.CLEAN


def _from_database(rules: Rules, chosen: Namespace) -> Written:
    if chosen.source or chosen.desk or chosen.mapping:
        raise UsageError("a database is read by itself: its dossiers have numbers of their own")
    return rules.write_tables(chosen.database, out=chosen.out, schema=chosen.schema, prefix=chosen.prefix)


def _from_sources(rules: Rules, chosen: Namespace) -> Written:
    if chosen.schema or chosen.prefix:
        raise UsageError("--schema and --prefix belong to --database")
    desk = [rules.desk_dossiers(chosen.desk)] if chosen.desk else []
    if not chosen.source and not desk:
        raise UsageError("name a ledger, a dossier, --desk or --database")
    return rules.write_population(*chosen.source, *desk, out=chosen.out, mapping=chosen.mapping)
