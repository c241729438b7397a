"""Plain data (``devrules.dossier/1``) to a dossier and back; everything wrong is reported at once, with its path."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from devrules.days import Day
from devrules.dossier.kinds import Kinds
from devrules.dossier.masked import masked
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import SHAPES, Assignment, Attachment, Record
from devrules.errors import InvalidInput, Problem
from devrules.plain import READ_ERRORS, nearest, printable, problems_of, shown, strict_converter

_Part = TypeVar("_Part")

ALL = "all"
"""Stands for every kind in ``recorded_kinds``."""


def read_dossier(data: Any, kinds: Kinds, *, where: str = "dossier", recorded: str | None = None) -> Dossier:
    """
    Read a dossier from plain data, as ``json.loads`` or a TOML reader gives it.

    Args:
        data: A mapping in the form ``devrules.dossier/1``.
        kinds: The kinds of record that there are.
        where: What to call the source in errors.
        recorded: What to take for ``recorded_kinds`` where it is not stated; by default it must be.

    Returns:
        The dossier.

    Raises:
        InvalidInput: With every problem found, each with its path.
    """
    reader = _Reader(kinds, where)
    dossier = reader.read(data, recorded)
    if reader.problems or dossier is None:
        raise InvalidInput(reader.problems)
    return dossier


def load_dossier(path: Path, kinds: Kinds) -> Dossier:
    """
    Read a dossier from a JSON file.

    Raises:
        InvalidInput: When the file cannot be read, is not JSON, or is not a dossier.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"cannot be read: {error.strerror}")]) from error
    return parse_dossier(text, kinds, where=str(path))


def parse_dossier(text: bytes, kinds: Kinds, *, where: str) -> Dossier:
    """
    Read a dossier from JSON.

    Args:
        text: What stands in a file, or in a line of one, in UTF-8.
        kinds: The kinds of record that there are.
        where: What to call the source in errors.

    Raises:
        InvalidInput: With every problem found, each with its path.
    """
    twice: list[str] = []
    try:
        data = json.loads(text.decode("utf-8-sig"), object_pairs_hook=_noting(twice))
    except UnicodeDecodeError as error:
        raise InvalidInput([Problem(where, f"is not UTF-8 at byte {error.start}", "save it as UTF-8")]) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError, too
        raise InvalidInput([Problem(where, f"is not JSON: {_said_of(error)}")]) from error
    if twice:
        raise InvalidInput(
            Problem(where, f"the key {key!r} is written twice in one object", "keep one") for key in twice
        )
    return read_dossier(data, kinds, where=where)


def _said_of(error: Exception) -> str:
    """Say where JSON ends; in a text of one line the line is no news."""
    if isinstance(error, json.JSONDecodeError) and "\n" not in error.doc.strip():
        return f"{error.msg}: column {error.colno}"
    return str(error)


def _noting(twice: list[str]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Make an object of JSON's pairs; the keys that are written twice go to *twice*."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) < len(found):
            keys = [key for key, _ in found]
            twice.extend(key for key in made if keys.count(key) > 1 and key not in twice)
        return made

    return pairs


def write_dossier(dossier: Dossier) -> dict[str, Any]:
    """Write a dossier as plain data, ready for ``json.dumps``; :func:`read_dossier` gives the same dossier back."""
    plain: dict[str, Any] = _converter().unstructure(dossier)
    plain["records"] = {kind: [write_part(record) for record in records] for kind, records in dossier.records.items()}
    for name in ("recorded_kinds", "blank_kinds"):
        plain[name] = sorted(plain.get(name, ()))
    return {"format": Dossier.FORMAT, **plain}


def read_record(kind: str, data: Any, kinds: Kinds, *, where: str = "record", path: str = "$") -> Record:
    """
    Read one record, strictly, in the shape of its kind.

    Args:
        kind: Its kind.
        data: An object with its fields, as in a dossier.
        kinds: The kinds of record that there are.
        where: What to call the source in errors.
        path: The place of the record in it.

    Raises:
        InvalidInput: With every problem found, each with its path.
    """
    if kind not in kinds:
        said = f"there is no such kind of record: {shown(kind)}"
        raise InvalidInput([Problem(printable(f"{where} {path}"), printable(said), nearest(kind, kinds))])
    return read_part(data, kinds[kind].type, where=where, path=path)


def read_part(data: Any, cls: type[_Part], *, where: str, path: str = "$") -> _Part:
    """
    Read a part of a dossier, strictly: a person, a member, an organisation, or what is made of such parts.

    Args:
        data: An object with its fields.
        cls: Its class.
        where: What to call the source in errors.
        path: The place of the part in it; below ``$.person``, ``$.member`` and ``$.members`` values are masked.

    Raises:
        InvalidInput: With every problem found, each with its path.
    """
    try:
        part: _Part = _converter().structure(data, cls)
    except READ_ERRORS as error:
        problems = problems_of(error, where, path)
        raise InvalidInput(masked(one, one.where.removeprefix(f"{where} ")) for one in problems) from error
    return part


def write_part(part: Any) -> dict[str, Any]:
    """Write a record, or another part of a dossier, as plain data; what is not stated is left out."""
    plain: dict[str, Any] = _converter().unstructure(part)
    return plain


def all_kept(stated: Iterable[str], kinds: Kinds) -> frozenset[str]:
    """
    Tell all that a source keeps.

    Args:
        stated: What it says of itself: kinds, fields of them, or :data:`ALL` alone. A kind that takes its records from
            another one is kept where that is.
        kinds: The kinds of record that there are.
    """
    kept = list(stated)
    if kept == [ALL]:
        return frozenset(kinds)
    return frozenset(chain(kept, *(_taken_with(one, kinds) for one in kept)))


def _taken_with(kept: str, kinds: Kinds) -> Iterator[str]:
    source, dot, field = kept.partition(".")
    return (f"{kind.id}{dot}{field}" for kind in kinds.values() if kind.takes_from == source)


class _Reader:
    """Reads one dossier and collects what is wrong with it."""

    def __init__(self, kinds: Kinds, where: str) -> None:
        self.kinds = kinds
        self.where = where
        self.problems: list[Problem] = []

    def read(self, data: Any, recorded: str | None) -> Dossier | None:
        if not isinstance(data, Mapping):
            self._problem("$", f"a dossier is an object, not {shown(data)}")
            return None
        rest = {"recorded_kinds": recorded, **data} if recorded else dict(data)
        stated = rest.pop("format", Dossier.FORMAT if recorded else None)
        if stated != Dossier.FORMAT:
            self._problem("$.format", f"expected {Dossier.FORMAT!r}, found {shown(stated)}")
        records = self._records(rest.pop("records", {}))
        kept = self._recorded_kinds(rest.pop("recorded_kinds", None))
        if recorded:
            rest.setdefault("id", "case")
        dossier: Dossier | None = self._structure(rest, Dossier, "$")
        if dossier is None:
            return None
        dossier = attrs.evolve(dossier, records=records, recorded_kinds=kept)
        if not dossier.id:
            self._problem("$.id", "is empty", "give the dossier an id of its own")
        self._check_members(dossier)
        return dossier

    def _problem(self, path: str, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(printable(f"{self.where} {path}"), what, remedy))

    def _structure(self, data: Any, cls: type[Any], path: str) -> Any:
        try:
            return read_part(data, cls, where=self.where, path=path)
        except InvalidInput as error:
            self.problems.extend(error.problems)
        return None

    def _records(self, data: Any) -> dict[str, tuple[Record, ...]]:
        if not isinstance(data, Mapping):
            self._problem("$.records", f"expected an object of lists, found {shown(data)}")
            return {}
        found: dict[str, tuple[Record, ...]] = {}
        for kind, items in data.items():
            path = f"$.records.{kind}"
            if kind not in self.kinds:
                self._problem(path, "there is no such kind of record", nearest(kind, self.kinds))
            elif not isinstance(items, list | tuple):
                self._problem(path, f"expected a list of records, found {shown(items)}")
            else:
                cls = self.kinds[kind].type
                read = [self._structure(item, cls, f"{path}[{n}]") for n, item in enumerate(items)]
                found[kind] = tuple(record for record in read if record is not None)
        return found

    def _recorded_kinds(self, data: Any) -> frozenset[str]:
        if data is None:
            self._problem("$.recorded_kinds", "is missing", f"list the kinds that the source keeps, or {ALL!r}")
            return frozenset()
        if data == ALL:
            return all_kept([ALL], self.kinds)
        if not isinstance(data, list | tuple | set | frozenset) or not all(isinstance(kind, str) for kind in data):
            self._problem("$.recorded_kinds", f"expected a list of kinds or {ALL!r}, found {shown(data)}")
            return frozenset()
        for kept in data:
            self._check_kept(kept)
        return all_kept(data, self.kinds)

    def _check_kept(self, kept: str) -> None:
        kind, _, field = kept.partition(".")
        if kind not in self.kinds:
            self._problem("$.recorded_kinds", f"there is no kind {kind!r}", nearest(kind, self.kinds))
        elif field and self.kinds[kind].field_type(field) is None:
            self._problem("$.recorded_kinds", f"records of the kind {kind!r} have no field {field!r}")

    def _check_members(self, dossier: Dossier) -> None:
        known = [member.id for member in dossier.members]
        for twice in sorted({one for one in known if known.count(one) > 1}):
            self._problem("$.members", f"two members have the id {twice!r}")
        for kind, records in dossier.records.items():
            for n, record in enumerate(records):
                people = (record.people or ()) if isinstance(record, Assignment) else ()
                for person in people:
                    if person not in known:
                        self._problem(
                            f"$.records.{kind}[{n}].people", f"no member has the id {person!r}", "add it to members"
                        )


def _day(value: Any, _: Any) -> Day:
    if type(value) is date:
        return Day.on(value)
    if not isinstance(value, str):
        # Not a TypeError: it is a wrong value in the source, and reported like every other.
        raise ValueError(  # noqa: TRY004
            f"expected a day such as '2026-05-11', '2026-05' or '2026', found {shown(value)}"
        )
    return Day.parse(value)


def _unstructure(cls: type[Any], converter: Converter) -> Callable[[Any], dict[str, Any]]:
    write = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)

    def tidy(value: Any) -> dict[str, Any]:
        return dict(write(value))

    return tidy


@cache  # it writes functions for many classes: importing the library should not wait for that
def _converter() -> Converter:
    converter = strict_converter()
    converter.register_structure_hook(Day, _day)
    converter.register_unstructure_hook(Day, str)
    for cls in (Dossier, Person, Organisation, Member, Attachment, *SHAPES.values()):
        converter.register_unstructure_hook(cls, _unstructure(cls, converter))
    return converter
