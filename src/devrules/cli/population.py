"""``devrules population``: dossiers as columns, written, judged where they lie, and one of them read back."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from devrules.cli import exits, options, population_files
from devrules.dossier.convert import write_dossier


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    write = verbs.add_parser("write", help="ledgers, dossiers, a database to a folder of Parquet files")
    population_files.add_write(write)
    judge = verbs.add_parser("judge", help="judge everybody in a folder, to Parquet files of verdicts")
    judge.add_argument("folder", type=Path, help="a population (devrules.population/1)")
    judge.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the verdicts go")
    said = "auto (default: duckdb), duckdb, durable, reference or one of a plugin"
    judge.add_argument("--engine", default="auto", metavar="NAME", help=said)
    said = "how many processes judge by durable or reference; default: one a core; duckdb takes no number"
    judge.add_argument("--jobs", type=int, metavar="N", help=said)
    judge.add_argument("--replace", action="store_true", help="replace the verdicts that are in --out")
    judge.add_argument("--as-of", type=options.day, metavar="DAY", help="the day to judge on; by default today")
    options.add_rules(judge)
    judge.set_defaults(run=_judge)
    show = verbs.add_parser("show", help="one dossier of a folder, in full, as JSON for devrules check")
    show.add_argument("folder", type=Path, help="a population (devrules.population/1)")
    show.add_argument("id", help="the id of the dossier")
    options.add_rules(show)
    show.set_defaults(run=_show)
    said = "the views by which a database shows its dossiers, as SQL to complete"
    population_files.add_views(verbs.add_parser("views", help=said))
    population_files.add_export(verbs.add_parser("export", help="all dossiers of a folder, in full, as JSON lines"))


def _judge(chosen: Namespace) -> int:
    """Print how many dossiers came to which verdict, a line a rule; 1 where any failed."""
    told = options.rules_of(chosen).judge_population(
        chosen.folder,
        as_of=options.as_of(chosen),
        out=chosen.out,
        engine=chosen.engine,
        jobs=chosen.jobs,
        replace=chosen.replace,
    )
    print(f"{told.dossiers} dossiers, judged by {told.engine}")  # noqa: T201  # this is the command's output
    for rule, counts in sorted(told.counts.items()):
        listed = ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
        print(f"{rule}: {listed}")  # noqa: T201  # as above
    failed = any(counts.get("fail") for counts in told.counts.values())
    return exits.FINDINGS if failed else exits.CLEAN


def _show(chosen: Namespace) -> int:
    dossier = options.rules_of(chosen).read_from_population(chosen.folder, chosen.id)
    print(json.dumps(write_dossier(dossier), ensure_ascii=False, indent=2))  # noqa: T201  # as above
    return exits.CLEAN
