"""A mapping file to the columns of one ledger: what its titles, blanks, sheets and words mean; all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput, Problem
from devrules.ledger.columns import NONE, NoField, field_type, structured, word_form
from devrules.ledger.model import Blank, Column, Columns
from devrules.ledger.text import heading, tight
from devrules.plain import nearest, shown

IGNORE = "ignore"
"""The field of a column that holds nothing about a person."""

_MEANINGS: tuple[Blank, ...] = ("none", "absent")
_FLAGS = {"yes": True, "no": False}


@attrs.frozen
class _Blank:
    means: str = "none"
    marks: tuple[str, ...] = ()
    columns: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class _Sheets:
    skip: tuple[str, ...] = ()
    header: Mapping[str, int] = attrs.field(factory=dict)


@attrs.frozen
class _File:
    columns: Mapping[str, str] = attrs.field(factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = attrs.field(factory=dict)
    blank: _Blank = _Blank()
    sheets: _Sheets = _Sheets()
    two_digit_years: bool = False


def read_mapping(path: Path, known: Columns, kinds: Kinds) -> Columns:
    """
    Read what a ledger calls things.

    Args:
        path: A TOML file with any of ``columns``, ``blank``, ``sheets``, ``words`` and ``two_digit_years``.
        known: The columns that are known without it.
        kinds: The kinds of record that there are.

    Returns:
        The columns, those of the ledger added.

    Raises:
        InvalidInput: With every problem found, each with its place and the nearest that is known.
    """
    file = structured(path, _File)
    mapping = _Mapping(str(path), known, kinds)
    mapping.add_columns(file.columns)
    mapping.add_words(file.words)
    mapping.set_blank(file.blank)
    mapping.check_sheets(file.sheets)
    if mapping.problems:
        raise InvalidInput(mapping.problems)
    return attrs.evolve(
        mapping.columns(),
        marks=known.marks | {tight(mark) for mark in file.blank.marks},
        two_digit_years=known.two_digit_years or file.two_digit_years,
        skipped=(*known.skipped, *file.sheets.skip),
        header_rows={**known.header_rows, **file.sheets.header},
    )


class _Mapping:
    """Applies a mapping to the known columns, and collects what is wrong with it."""

    def __init__(self, where: str, known: Columns, kinds: Kinds) -> None:
        self.problems: list[Problem] = []
        self._where = where
        self._known = known
        self._kinds = kinds
        self._by_name = dict(known.by_name)
        self._by_path = {column.path: column for column in known.by_name.values()}
        self._ignored = set(known.ignored)

    def columns(self) -> Columns:
        """Give the columns as they are now."""
        unused = self._known.unused - self._ignored - set(self._by_name)
        return attrs.evolve(self._known, by_name=self._by_name, ignored=frozenset(self._ignored), unused=unused)

    def add_columns(self, titles: Mapping[str, str]) -> None:
        """Name the fields of titles."""
        seen: dict[str, str] = {}
        for title, field in titles.items():
            name, place = heading(title), f"columns.{title}"
            if not name:
                self._problem(place, f"{shown(title)} is no title")
            elif name in seen:
                self._problem(place, f"is the same title as {seen[name]!r}", "leave one out")
            seen.setdefault(name, title)
            if field == IGNORE:
                self._by_name.pop(name, None)
                self._ignored.add(name)
            elif field and (column := self._column(place, title, field)) is not None:
                self._by_name[name] = column
                self._ignored.discard(name)

    def add_words(self, lists: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """Add to what words mean in a column."""
        for title, table in lists.items():
            place = f"words.{title}"
            column = self._target(place, title)
            if column is not None:
                added = self._meanings(place, column, table)
                codes = column.codes or not column.words
                self._change(column.path, attrs.evolve(column, words={**column.words, **added}, codes=codes))

    def set_blank(self, blank: _Blank) -> None:
        """Say what a blank cell means, in all columns of records or in some."""
        for path in {column.path for column in self._by_name.values() if column.of_record}:
            self._set_blank("blank.means", path, blank.means)
        for title, meaning in blank.columns.items():
            place = f"blank.columns.{title}"
            own = [path for path in self._by_path if path.partition(".")[0] == title]
            column = None if own else self._target(place, title)
            for path in own or ([column.path] if column is not None else []):
                self._set_blank(place, path, meaning)

    def check_sheets(self, sheets: _Sheets) -> None:
        """Look whether the rows of headers are rows."""
        for name, row in sheets.header.items():
            if row < 1:
                self._problem(f"sheets.header.{name}", f"{row} is no row", "the first row is 1")

    def _column(self, place: str, title: str, field: str) -> Column | None:
        like = self._known.find(field) or self._by_path.get(field)
        if like is not None:
            return attrs.evolve(like, name=title, also=())
        try:
            kind = field_type(field, self._kinds)
        except NoField as error:
            hint = nearest(heading(field), self._known.by_name) or error.remedy
            self._problem(place, error.what, hint or "name a field such as 'talk.day', or a column that is known")
            return None
        column = self._by_path[field] = Column(title, field, kind)
        if kind == "flag":
            column = self._by_path[field] = attrs.evolve(column, words={"是": True, "否": False})
        return column

    def _meanings(
        self, place: str, column: Column, table: Mapping[str, tuple[str, ...]]
    ) -> dict[str, str | bool | None]:
        known = {str(meant) for meant in column.words.values() if isinstance(meant, str)}
        allowed = {*_FLAGS} if column.type == "flag" else known
        added: dict[str, str | bool | None] = {}
        if column.form not in ("words", "codes", "text"):
            self._problem(place, f"{column.path!r} is a {column.type} and takes no words")
        for meant, words in table.items():
            if meant != NONE and allowed and meant not in allowed and not column.codes:
                self._problem(f"{place}.{meant}", f"{column.path!r} has no such meaning", _hint(meant, allowed))
            value = None if meant == NONE else _FLAGS.get(meant, meant) if column.type == "flag" else meant
            added |= dict.fromkeys(map(word_form, words), value)
        return added

    def _target(self, place: str, title: str) -> Column | None:
        column = self._by_name.get(heading(title)) or self._by_path.get(title) or self._known.find(title)
        if column is None:
            known = [*self._by_name, *self._by_path]
            self._problem(place, f"there is no column or field {title!r}", nearest(title, known))
        return None if column is None else self._by_path.get(column.path, column)

    def _set_blank(self, place: str, path: str, meaning: str) -> None:
        blank = next((one for one in _MEANINGS if one == meaning), None)
        if blank is not None:
            self._change(path, attrs.evolve(self._by_path[path], blank=blank))
        elif not any(problem.where.endswith(place) for problem in self.problems):
            self._problem(place, f"{shown(meaning)} is nothing that a blank can mean", _hint(meaning, _MEANINGS))

    def _change(self, path: str, column: Column) -> None:
        """Give a column under all of its names another form."""
        self._by_path[path] = column
        change = {"words": column.words, "codes": column.codes, "blank": column.blank}
        for name, one in self._by_name.items():
            if one.path == path:
                self._by_name[name] = attrs.evolve(one, **change)  # type: ignore[arg-type]  # each is of its field

    def _problem(self, place: str, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(f"{self._where} {place}", what, remedy))


def _hint(word: str, known: Iterable[str]) -> str:
    listed = sorted(known)
    return nearest(word, listed) or f"there are: {', '.join(listed)}"
