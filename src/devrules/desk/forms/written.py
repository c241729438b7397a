"""A form as it is written in TOML: what is asked, and where in a dossier it stands."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import attrs

from devrules.errors import InvalidRuleset, Problem
from devrules.plain import READ_ERRORS, problems_of, strict_converter


@attrs.frozen
class FactText:
    """
    A field about the person.

    Args:
        label: What stands beside it.
        read: Where it stands: ``person.name``, ``branch.name``, ``talk.talker``; a kind alone is the day of its act.
        wide: Whether it has a row of its own.
        month: Whether of a day only year and month are printed.
    """

    label: str
    read: str
    wide: bool = False
    month: bool = False


@attrs.frozen
class SeriesText:
    """
    The table of records.

    Args:
        title: What stands above it.
        columns: The titles of its columns: day, kind, text, who.
        kinds: The kinds of record in it.
        who: The fields that tell who acted; the first that is stated is printed.
        blank_rows: How many rows are left to be written by hand where there is no record.
    """

    title: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    who: tuple[str, ...]
    blank_rows: int


@attrs.frozen
class OpinionText:
    """The opinion of someone: what stands beside it, the kind of record that holds it, who signs."""

    title: str
    kind: str
    signs: tuple[str, ...]


@attrs.frozen(kw_only=True)
class FormText:
    """
    A form.

    Args:
        id: Its name everywhere.
        title: What it is called.
        head: Lines below the title, as labels and where their values stand.
        facts: What it asks about the person.
        series: The table of records.
        opinions: Those that decide, in order.
        foot: The last line; ``{as_of}`` stands for the day until which records are printed.
    """

    id: str
    title: str
    head: tuple[FactText, ...]
    facts: tuple[FactText, ...]
    series: SeriesText
    opinions: tuple[OpinionText, ...]
    foot: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record that it prints."""
        read = (fact.read.partition(".")[0] for fact in (*self.head, *self.facts))
        named = (*read, *self.series.kinds, *(opinion.kind for opinion in self.opinions))
        return tuple(dict.fromkeys(kind for kind in named if kind not in PARTS))


PARTS = ("person", "branch", "superior")
"""The parts of a dossier that a field may be read from, beside its records."""


def read_form(text: str, where: str) -> FormText:
    """
    Read a form.

    Args:
        text: The form in TOML.
        where: What to call it in errors.

    Raises:
        InvalidRuleset: With everything that is wrong in it.
    """
    try:
        return strict_converter().structure(tomllib.loads(text), FormText)
    except tomllib.TOMLDecodeError as error:
        raise InvalidRuleset([Problem(where, f"is not TOML: {error}")]) from error
    except READ_ERRORS as error:
        raise InvalidRuleset(problems_of(error, where)) from error


def load_form(name: str) -> FormText:
    """
    Load a form that comes with devrules.

    Args:
        name: Its id: ``cultivation``.
    """
    file = f"{name}.toml"
    return read_form((files("devrules.desk.forms") / file).read_text(encoding="utf-8"), file)


__all__ = ["PARTS", "FactText", "FormText", "OpinionText", "SeriesText", "load_form", "read_form"]
