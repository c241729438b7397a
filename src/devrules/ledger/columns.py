"""A TOML file to the columns that a ledger may have; everything wrong is reported at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from devrules.dossier.kinds import FieldType, Kinds, field_types
from devrules.dossier.model import Organisation, Person
from devrules.errors import InvalidInput, Problem
from devrules.ledger.model import OWNERS, Column, Columns
from devrules.ledger.text import heading, tight
from devrules.plain import READ_ERRORS, nearest, problems_of, shown, strict_converter

_T = TypeVar("_T")
NONE = "none"
"""In a list of words: those by which a cell says that there is nothing."""

_OWNER_TYPES: Mapping[str, Mapping[str, FieldType]] = {
    "person": field_types(Person),
    "branch": field_types(Organisation),
    "superior": field_types(Organisation),
}
_NOT_FILLED = frozenset({"id", "status", "attachments", "topics"})
_FLAGS = {"yes": True, "no": False}


@attrs.frozen
class _ColumnText:
    field: str
    also: tuple[str, ...] = ()
    words: str | None = None
    codes: str | None = None
    several: bool = False


@attrs.frozen
class _File:
    columns: Mapping[str, _ColumnText] = attrs.field(factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = attrs.field(factory=dict)
    ignored: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    two_digit_years: bool = False


def read_columns(path: Path, kinds: Kinds) -> Columns:
    """
    Read the columns that a ledger may have.

    Args:
        path: A file such as ``columns.toml`` of a ruleset.
        kinds: The kinds of record that there are.

    Returns:
        The columns.

    Raises:
        InvalidInput: With every problem found, each with its path.
    """
    file = structured(path, _File)
    checker = _Checker(str(path), kinds, file)
    columns = Columns(
        by_name=checker.by_name(),
        ignored=frozenset(map(heading, file.ignored)),
        unused=frozenset(map(heading, file.unused)),
        totals=frozenset(map(tight, file.totals)),
        two_digit_years=file.two_digit_years,
    )
    if checker.problems:
        raise InvalidInput(checker.problems)
    return columns


def load_columns(paths: Iterable[Path], kinds: Kinds) -> Columns:
    """
    Read the columns of several files, for example of all rulesets; where two know a name, the later one holds.

    Args:
        paths: The files; those that do not exist are left out, since a ruleset need not name columns.
        kinds: The kinds of record that there are.

    Raises:
        InvalidInput: With every problem found, each with its file and path.
    """
    columns = Columns()
    problems: list[Problem] = []
    for path in paths:
        try:
            columns = columns.plus(read_columns(path, kinds)) if path.exists() else columns
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return columns


def structured(path: Path, cls: type[_T]) -> _T:
    """
    Read a TOML file.

    Args:
        path: The file.
        cls: What it is to be.

    Raises:
        InvalidInput: When it cannot be read, is no TOML, or does not have the keys that it should have.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        file: _T = _CONVERTER.structure(data, cls)
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"cannot be read: {error.strerror}")]) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput([Problem(str(path), f"is not TOML in UTF-8: {error}")]) from error
    except READ_ERRORS as error:
        raise InvalidInput(problems_of(error, str(path))) from error
    return file


class NoField(ValueError):  # it ends no run
    """There is no such field; *what* says so, and *remedy* which one may be meant."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def field_type(path: str, kinds: Kinds) -> FieldType:
    """
    Tell the type of the field that a column fills.

    Raises:
        NoField: When there is none of this path.
    """
    owner, _, name = path.partition(".")
    if owner not in OWNERS and owner not in kinds:
        raise NoField(f"there is no kind of record {owner!r}", nearest(owner, [*OWNERS, *kinds]))
    fields = fields_of(owner, kinds)
    if name not in fields:
        raise NoField(f"{owner!r} has no field {name!r} for a column", nearest(name, fields))
    return fields[name]


def fields_of(owner: str, kinds: Kinds) -> Mapping[str, FieldType]:
    """List the fields that columns may fill, of the person, an organisation or a kind of record."""
    if owner in OWNERS:
        return _OWNER_TYPES[owner]
    types = field_types(kinds[owner].type)
    return {name: kind for name, kind in types.items() if name not in _NOT_FILLED}


class _Checker:
    """Turns what a file says into columns and collects what is wrong with it."""

    def __init__(self, where: str, kinds: Kinds, file: _File) -> None:
        self.where = where
        self.kinds = kinds
        self.file = file
        self.problems: list[Problem] = []
        self.lists = {name: self._words(name, table) for name, table in file.words.items()}

    def by_name(self) -> dict[str, Column]:
        found: dict[str, Column] = {}
        read = [column for name, text in self.file.columns.items() if (column := self._column(name, text)) is not None]
        for column in read:
            for title in (column.name, *column.also):
                self._check_name(title, column, found)
                found.setdefault(heading(title), column)
        for key, names in (("ignored", self.file.ignored), ("unused", self.file.unused)):
            for name in map(heading, names):
                if name in found:
                    self._problem(key, f"{name!r} is also a column")
        self._check_series(read)
        return found

    def _column(self, name: str, text: _ColumnText) -> Column | None:
        place = f"columns.{name}"
        try:
            kind = field_type(text.field, self.kinds)
        except NoField as error:
            self._problem(f"{place}.field", error.what, error.remedy)
            return None
        words = self._list(place, text, kind)
        codes = text.codes is not None
        column = Column(name, text.field, kind, also=text.also, several=text.several, words=words, codes=codes)
        if text.several and (kind != "day" or not column.of_record):
            self._problem(f"{place}.several", f"{text.field!r} is no day of a record", "only days come in a series")
        return column

    def _list(self, place: str, text: _ColumnText, kind: FieldType) -> Mapping[str, str | bool | None]:
        name = text.words or text.codes
        if name is None:
            if kind == "flag":
                self._problem(place, "a yes or no needs a list of words", "name one under words")
            return {}
        if name not in self.lists:
            self._problem(f"{place}.words", f"there is no list of words {name!r}", nearest(name, self.lists))
            return {}
        if kind not in ("flag", "text"):
            self._problem(f"{place}.words", f"{text.field!r} is a {kind} and takes no words")
            return {}
        words = self.lists[name]
        return self._flags(place, name, words) if kind == "flag" else words

    def _flags(self, place: str, name: str, words: Mapping[str, str | None]) -> Mapping[str, str | bool | None]:
        for meant in sorted({meant for meant in words.values() if meant is not None and meant not in _FLAGS}):
            self._problem(f"{place}.words", f"the list {name!r} says {meant!r}, not yes or no")
        return {word: None if meant is None else _FLAGS.get(meant) for word, meant in words.items()}

    def _words(self, name: str, table: Mapping[str, tuple[str, ...]]) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for meant, words in table.items():
            for word in map(word_form, words):
                if word in found:
                    self._problem(f"words.{name}", f"{word!r} stands twice")
                found[word] = None if meant == NONE else meant
        if not found:
            self._problem(f"words.{name}", "holds no words")
        return found

    def _check_name(self, title: str, column: Column, found: Mapping[str, Column]) -> None:
        place = f"columns.{column.name}"
        name = heading(title)
        if not name:
            self._problem(place, f"{shown(title)} is no title")
        elif name in found:
            self._problem(place, f"the title {title!r} already belongs to {found[name].name!r}")

    def _check_series(self, columns: list[Column]) -> None:
        for series in columns:
            others = [column.name for column in columns if column.owner == series.owner and column.path != series.path]
            if series.several and series.of_record and others:
                names = ", ".join(others)
                what = f"each day makes a record of the kind {series.owner!r}, so {names} has no record to go to"
                self._problem(f"columns.{series.name}", what)

    def _problem(self, place: str, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(f"{self.where} {place}", what, remedy))


def word_form(word: str) -> str:
    """Bring a word into the form in which words are compared."""
    return tight(word).casefold()


def _texts(value: Any, _: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError(f"expected a list of texts, found {shown(value)}")
    return tuple(value)


def _converter() -> Any:
    converter = strict_converter()
    converter.register_structure_hook_func(lambda cls: cls == tuple[str, ...], _texts)
    return converter


_CONVERTER = _converter()
__all__ = ["Column", "Columns", "field_type", "fields_of", "load_columns", "read_columns", "structured", "word_form"]
