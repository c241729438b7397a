"""``--set field=value`` and ``--file PATH`` to what a record or a person states; everything wrong is told at once."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from devrules.dossier.convert import read_part
from devrules.dossier.kinds import FieldType, field_types
from devrules.dossier.masked import masked
from devrules.dossier.shapes import Record
from devrules.errors import InvalidInput, Problem, StoreFailure, UsageError
from devrules.plain import nearest

_Part = TypeVar("_Part")

LEFT_TO_THE_DESK = frozenset({"id", "status", "returned_for", "attachments", "covers", "lamps"})
"""What the process and the desk write into a record, nobody else."""

_YES, _NO = ("yes", "true", "是"), ("no", "false", "否")

WORDS: Mapping[FieldType, str] = {
    "day": "2026-05-11, 2026-05 or 2026",
    "number": "a whole number",
    "flag": "yes or no",
    "people": "text; repeat --set for a list",
    "text": "text",
}
"""How each type of field is written."""


def add_fields(parser: ArgumentParser, of: str) -> None:
    """Add what states the fields of a record or person."""
    parser.add_argument(
        "--set",
        dest="fields",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help=f"a field of the {of}; repeat it for others and for lists; an empty value takes it away",
    )


def add_files(parser: ArgumentParser) -> None:
    """Add what attaches files."""
    parser.add_argument(
        "--file", dest="files", action="append", default=[], type=Path, metavar="PATH", help="attach it; repeat it"
    )


def fields_of(cls: type) -> dict[str, FieldType]:
    """List the fields of a record or person that a user may state."""
    return {name: kind for name, kind in field_types(cls).items() if name not in LEFT_TO_THE_DESK}


def read_stated(
    pairs: Iterable[str], cls: type[_Part], *, before: Mapping[str, Any], outcomes: Mapping[str, str], what: str
) -> _Part:
    """
    Read what is stated of a record or a person.

    Args:
        pairs: Each as ``field=value``.
        cls: What it is of: the shape of a record, or a person.
        before: What it stated before, as plain data; what is stated now replaces it.
        outcomes: What outcomes are called, to their ids.
        what: What it is of, for errors.

    Raises:
        UsageError: With everything that is wrong.
    """
    problems: list[Problem] = []
    plain = {**before, **_plain(pairs, fields_of(cls), problems, what)}
    if plain.get("outcome") in outcomes:
        plain["outcome"] = outcomes[plain["outcome"]]
    stated = {name: value for name, value in plain.items() if value is not None}
    path = "$" if issubclass(cls, Record) else "$.person"
    try:
        part = read_part(stated, cls, where=what, path=path)
    except InvalidInput as error:
        problems += (_at_option(one, f"{what} {path}.") for one in error.problems)
        part = None
    if part is None or problems:
        raise UsageError("\n".join(map(str, problems)))
    return part


def read_files(paths: Sequence[Path]) -> dict[str, bytes]:
    """
    Read the files to attach, by their names.

    Raises:
        UsageError: When two have the same name.
        StoreFailure: When some cannot be read, with all of them.
    """
    names = [path.name for path in paths]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"two files are called {', '.join(twice)}: give each a name of its own")
    found: dict[str, bytes] = {}
    wrong: list[str] = []
    for path in paths:
        try:
            found[path.name] = path.read_bytes()
        except OSError as error:
            wrong.append(f"{path}: cannot be read: {error.strerror}")
    if wrong:
        raise StoreFailure("\n".join(wrong))
    return found


def _plain(pairs: Iterable[str], known: Mapping[str, FieldType], problems: list[Problem], what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        kind = known.get(name)
        if not equals:
            problems.append(Problem(f"--set {pair}", "has no =", "write field=value"))
        elif kind is None:
            hint = nearest(name, known) or f"there are: {', '.join(known)}"
            problems.append(Problem(f"--set {name}", f"{what}: there is no such field", hint))
        elif kind == "people" and text:
            found[name] = [*(found.get(name) or ()), text]
        elif name in found:
            problems.append(Problem(f"--set {name}", "is stated twice", "it is no list: keep one"))
        else:
            found[name] = _value(kind, name, text, problems) if text else None
    return found


def _value(kind: FieldType, name: str, text: str, problems: list[Problem]) -> Any:
    read = _READ.get(kind)
    if read is None:
        return text.strip() if kind == "day" else text
    value = read(text.strip())
    if value is None:
        problems.append(Problem(f"--set {name}", f"expected {WORDS[kind]}, found {text!r}"))
    return value


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _flag(text: str) -> bool | None:
    return {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(text.lower())


_READ: Mapping[FieldType, Callable[[str], int | bool | None]] = {"number": _number, "flag": _flag}


def _at_option(problem: Problem, place: str) -> Problem:
    """Say it of the option that stated the value; what may be a name is masked by the reader already."""
    field = problem.where.removeprefix(place)
    return masked(Problem(f"--set {field}", problem.what, problem.remedy), f"$.{field}")


__all__ = ["LEFT_TO_THE_DESK", "WORDS", "add_fields", "add_files", "fields_of", "read_files", "read_stated"]
