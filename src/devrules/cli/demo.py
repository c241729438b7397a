"""``devrules demo``: the audit of a ledger of invented people that lies in the package."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import chdir
from importlib.resources import as_file, files

from devrules.cli import audit, options


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    options.add_judging(parser)
    options.add_output(parser, None)
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Audit the ledger; findings are what a demonstration is for, so they are no failure."""
    rules = options.rules_of(chosen)
    form = audit.form_of(chosen, rules)
    # Read from within its folder, it is shown by its name alone.
    with as_file(files("devrules.cli") / "demo.xlsx") as ledger, chdir(ledger.parent):
        found = rules.audit(ledger.name, as_of=options.as_of(chosen))
    audit.write(chosen, found, form)
    code = audit.code_of(found, chosen.fail_level)
    return 0 if code == 1 else code
