"""What a ledger is read by and to: the columns that it may have; the dossiers, and all that was not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal, TypeAlias

import attrs

from devrules.dossier.kinds import FieldType
from devrules.dossier.model import Dossier
from devrules.ledger.text import heading

Form: TypeAlias = Literal[
    "day", "days", "number", "words", "codes", "people", "name", "names", "id-number", "phone", "text"
]
"""How the cells of a column are read."""

OWNERS = ("person", "branch", "superior")
"""What has fields beside the records."""

Blank: TypeAlias = Literal["none", "absent"]
"""What a blank cell says: that there is none, or nothing at all."""

_FORMS: Mapping[str, Form] = {"person.name": "name", "person.id_number": "id-number", "person.phone": "phone"}
_NAMED = frozenset({"talker", "host", "recorder"})
_SWAPPED = {"日期": "时间", "时间": "日期"}
_NUMBERS = "0123456789一二三四五六七八九十"


@attrs.frozen
class Column:
    """
    A column that the importer knows.

    Args:
        name: Its main name.
        path: The field that it fills: ``person.birth``, ``branch.name``, ``application.day``.
        type: The type of that field.
        also: What else it is called.
        several: Whether it holds a series: each of its days becomes a record.
        words: What its words mean, in the form of :func:`devrules.ledger.text.tight`; ``None`` for a word that says
            that there is nothing. Empty where any text is taken as it is.
        codes: Whether *words* are only the codes and short forms, beside which any other text is taken as it is.
        blank: What a blank cell says.
    """

    name: str
    path: str
    type: FieldType
    also: tuple[str, ...] = ()
    several: bool = False
    words: Mapping[str, str | bool | None] = attrs.field(factory=dict, repr=False, eq=False)
    codes: bool = False
    blank: Blank = "none"

    @cached_property
    def owner(self) -> str:
        """The kind of record whose field it fills, or one of :data:`OWNERS`."""
        return self.path.partition(".")[0]

    @cached_property
    def field(self) -> str:
        """The field's own name."""
        return self.path.partition(".")[2]

    @cached_property
    def of_record(self) -> bool:
        """Whether it fills a field of a record."""
        return self.owner not in OWNERS

    @cached_property
    def of_organisation(self) -> bool:
        """Whether it fills a field of the branch or of the committee above it."""
        return self.owner in ("branch", "superior")

    @cached_property
    def form(self) -> Form:
        """How its cells are read."""
        if self.path in _FORMS:
            return _FORMS[self.path]
        if self.words:
            return "codes" if self.codes else "words"
        if self.field in _NAMED:
            return "names"
        if self.several:
            return "days"
        return self.type if self.type in ("day", "number", "people") else "text"

    @cached_property
    def adds_up(self) -> bool:
        """Whether several such columns add to each other, instead of contradicting."""
        return self.form in ("days", "people")

    @cached_property
    def names_person(self) -> bool:
        """Whether it tells whom the row is about."""
        return self.path in ("person.name", "person.id_number")

    @cached_property
    def sensitive(self) -> bool:
        """Whether its cells hold names or numbers of people, to be masked in reports."""
        return self.form in ("people", "name", "names", "id-number", "phone")


@attrs.frozen
class Columns:
    """
    All columns that the importer knows.

    Args:
        by_name: Every name, in the form of :func:`devrules.ledger.text.heading`, to its column.
        ignored: Titles of columns that hold nothing about a person.
        unused: Titles of columns that are known, but of which no rule takes anything.
        totals: What stands in the column of names where a row is no person but a total.
        marks: What stands in a cell where nothing is written, beside dashes and strokes.
        two_digit_years: Whether 23-05-01 is a day in 2023; otherwise it is reported as not understood.
        skipped: Patterns of the names of sheets that are not read.
        header_rows: The row of the header by the name of the sheet (``*`` for every other one); the header of any
            other sheet is found.
    """

    by_name: Mapping[str, Column] = attrs.field(factory=dict, repr=False)
    ignored: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    two_digit_years: bool = False
    skipped: tuple[str, ...] = ()
    header_rows: Mapping[str, int] = attrs.field(factory=dict)

    def find(self, title: str) -> Column | None:
        """
        Find the column with a title.

        A title that ends in 日期 is also tried with 时间, and the other way round; people and series may be numbered
        (``培养联系人1``).
        """
        name = heading(title)
        if name in self.ignored:
            return None
        numberless = self._called(name.rstrip(_NUMBERS))
        return self._called(name) or (numberless if numberless and numberless.adds_up else None)

    def ignores(self, title: str) -> bool:
        """Tell whether the column with this title holds nothing about a person."""
        return heading(title) in self.ignored

    def has_no_use_for(self, title: str) -> bool:
        """Tell whether the column with this title is known, and no rule takes anything of it."""
        return heading(title) in self.unused

    def skips(self, sheet: str | None) -> bool:
        """Tell whether a sheet with this name is not to be read."""
        return any(fnmatchcase(sheet or "", pattern) for pattern in self.skipped)

    def header_row(self, sheet: str | None) -> int | None:
        """Tell the row in which the header of a sheet stands; ``None`` where it is to be found."""
        return self.header_rows.get(sheet or "", self.header_rows.get("*"))

    def plus(self, other: Columns) -> Columns:
        """Add the columns of *other*; where both know a name, *other* holds."""
        return Columns(
            by_name={**self.by_name, **other.by_name},
            ignored=(self.ignored - set(other.by_name)) | other.ignored,
            unused=(self.unused - set(other.by_name)) | other.unused,
            totals=self.totals | other.totals,
            marks=self.marks | other.marks,
            two_digit_years=self.two_digit_years or other.two_digit_years,
            skipped=(*self.skipped, *other.skipped),
            header_rows={**self.header_rows, **other.header_rows},
        )

    def _called(self, name: str) -> Column | None:
        return self.by_name.get(name) or self.by_name.get(name[:-2] + _SWAPPED.get(name[-2:], name[-2:]))


@attrs.frozen
class Unread:
    """
    Something in a ledger that was not understood, and so was not used.

    Args:
        file: The file.
        sheet: The sheet; ``None`` for a file that has no sheets.
        row: The row as a spreadsheet shows it; ``None`` where the whole sheet is meant.
        column: The column's title; ``None`` where the whole row is meant.
        text: What is written there.
        reason: Why it was not understood, in Chinese and English.
        sensitive: Whether *text* may hold names or numbers of people, to be masked in reports.
        lost: Whether a person or a table could not be judged because of it.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    text: str
    reason: str
    sensitive: bool = False
    lost: bool = False


@attrs.frozen
class Ledger:
    """
    What was read from ledgers.

    Args:
        dossiers: One a person, in the order of the rows; of a ledger that was read, each is made when it is asked for.
        unread: What was not understood, in the same order.
    """

    dossiers: Sequence[Dossier] = ()
    unread: tuple[Unread, ...] = ()
