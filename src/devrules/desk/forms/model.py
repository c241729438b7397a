"""A form that was filled in: texts only, in the order in which they are printed."""

from __future__ import annotations

import attrs


@attrs.frozen
class Fact:
    """Something about the person: its *label* and its *value*, empty where it is not known."""

    label: str
    value: str


@attrs.frozen
class Row:
    """A record: the *day* as precise as it is known, its *kind*, what it says, and *who* acted."""

    day: str
    kind: str
    text: str
    who: str


@attrs.frozen
class Opinion:
    """What a body or a person thinks: its *title*, its *lines* (none: to be written by hand), who *signs*."""

    title: str
    lines: tuple[str, ...]
    signs: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Form:
    """
    A form, filled in.

    Args:
        title: What it is called.
        name: Whose form it is.
        head: The lines below the title.
        facts: About the person, in rows of one or two.
        series_title: What the table of records is called.
        columns: The titles of its four columns.
        rows: The records, in order of their days; rows to be written by hand where there are none.
        opinions: Those that decide.
        foot: The last line.
    """

    title: str
    name: str
    head: tuple[str, ...]
    facts: tuple[tuple[Fact, ...], ...]
    series_title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    opinions: tuple[Opinion, ...]
    foot: str


__all__ = ["Fact", "Form", "Opinion", "Row"]
