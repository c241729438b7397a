"""Jinja, as the templates of forms want it; it comes with the extra ``forms``."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from devrules.errors import MissingExtra

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """
    Make an environment in which what people wrote is text and never markup, and a misspelt name is an error.

    Raises:
        MissingExtra: When the packages of the extra are not installed.
    """
    if any(find_spec(package) is None for package in ("jinja2", "docxtpl")):
        raise MissingExtra("printing a form", "forms")
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # an extra: the desk works without it

    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


__all__ = ["environment"]
