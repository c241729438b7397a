"""``devrules rules process``: the process as text, as a Mermaid state diagram, or as an SVG image."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from devrules.cli import exits, options
from devrules.process.diagram import to_mermaid, to_svg, to_text

FORMATS = {"text": to_text, "mermaid": to_mermaid, "svg": to_svg}


def add(parser: ArgumentParser) -> None:
    """Add the arguments."""
    options.add_rules(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="what to print; default: text")


def run(chosen: Namespace) -> int:
    """Print the diagram."""
    rules = options.rules_of(chosen)
    print(FORMATS[chosen.format](rules.process.law, options.lang_of(chosen)), end="")  # noqa: T201
    return exits.CLEAN


__all__ = ["FORMATS", "add", "run"]
