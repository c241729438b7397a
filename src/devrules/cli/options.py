"""The options that several subcommands share, and what they turn into."""

from __future__ import annotations

import locale
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console, RenderableType

from devrules.api import Rules, load
from devrules.days import to_date
from devrules.mask import mask_text
from devrules.report.text import plain_text
from devrules.report.writing import write_whole


def add_rules(parser: ArgumentParser) -> None:
    """Add what chooses the rules."""
    parser.add_argument("--overlay", action="append", default=[], metavar="ID", help="also judge by this overlay")


def add_judging(parser: ArgumentParser) -> None:
    """Add what chooses how to judge and what counts as a failure."""
    add_rules(parser)
    parser.add_argument(
        "--as-of", type=day, default=None, metavar="DAY", help="judge on this day; default: today in China"
    )
    parser.add_argument(
        "--engine", default="auto", metavar="NAME", help="auto (default), durable, reference, duckdb or one of a plugin"
    )
    parser.add_argument(
        "--fail-level",
        choices=("must", "should", "never"),
        default="must",
        help="what makes the exit code 1; default: must",
    )


def add_output(parser: ArgumentParser, formats: Iterable[str] | None, *, by_ending: bool = False) -> None:
    """Add what chooses the output: one of *formats*, or any that there is once the rules are loaded."""
    if formats is None:
        said = "text, json, jsonl, csv, html, xlsx, parquet or one of a plugin; default: by how --out ends, else text"
        parser.add_argument("--format", metavar="NAME", help=said)
    else:
        default, said = (None, "by how --out ends, else text") if by_ending else ("text", "text")
        parser.add_argument("--format", choices=list(formats), default=default, help=f"default: {said}")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file instead of the terminal")
    parser.add_argument("--unmask", action="store_true", help="write names and numbers in full")
    add_lang(parser)


def add_lang(parser: ArgumentParser) -> None:
    """Add the language."""
    parser.add_argument("--lang", choices=("zh", "en"), default=None, help="default: that of the locale")


def rules_of(options: Namespace) -> Rules:
    """Load the rules that the options choose."""
    return load(overlays=options.overlay, engine=getattr(options, "engine", "auto"))


def as_of(options: Namespace) -> date:
    """Give the day to judge on: the one asked for, else today in China."""
    return options.as_of or to_date(now())


def now() -> datetime:
    """Tell the time; nothing below the command line reads a clock."""
    return datetime.now(UTC)


def lang_of(options: Namespace) -> str:
    """Give the language: the one asked for, else that of the locale."""
    if options.lang:
        return str(options.lang)
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    said = named or locale.getlocale()[0] or ""
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


def emit(options: Namespace, text: str) -> None:
    """Write *text* to where the options say; a file appears under its name only when it is whole."""
    if options.out is None:
        print(text, end="", flush=True)  # noqa: T201  # this is the command's output
        return
    write_whole(options.out, [text.encode()])


def show(blocks: Iterable[RenderableType]) -> None:
    """Print blocks: with colours on a terminal, as plain text elsewhere."""
    console = _Console()
    for block in blocks:
        if console.is_terminal:
            console.print(block)
        else:
            print(plain_text([block]), end="", flush=True)  # noqa: T201  # this is the command's output


def complain(said: str) -> None:
    """Tell on stderr what is wrong, whatever the output's format is."""
    for line in said.splitlines() or [""]:
        print(f"devrules: {mask_text(line)}", file=sys.stderr)  # noqa: T201


class _Console(Console):
    """A console that leaves it to the command what becomes of a reader who left; rich would exit with 1: findings."""

    def on_broken_pipe(self) -> None:
        """Pass it on."""
        raise BrokenPipeError


def day(text: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day such as 2026-05-11") from error
