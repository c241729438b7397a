"""Strict reading of plain data (from JSON or TOML) by cattrs: nothing is coerced, every error has its path."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, get_args, get_origin

import attrs
from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn
from cattrs.v import transform_error

from devrules.errors import Problem

_MOST = 2**31 - 1
_SHOWN = 60

READ_ERRORS = (BaseValidationError, ValueError, TypeError, LookupError)
"""What structuring may raise; :func:`problems_of` tells what is wrong."""


def strict_converter() -> Converter:
    """Make a converter that refuses unknown keys and values of another type."""
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook_factory(attrs.has, lambda cls: of_fields(cls, converter))
    converter.register_structure_hook_factory(_is_list, lambda cls: _of_items(cls, converter))
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _exactly(bool, "true or false"))
    converter.register_structure_hook(date, _exactly(date, "a date such as 2026-05-11"))
    converter.register_structure_hook(int, _whole)
    return converter


def of_fields(cls: type[Any], converter: Converter, **overrides: Any) -> Callable[[Any, Any], Any]:
    """Make the hook that reads an attrs class from an object (JSON) or a table (TOML), and from nothing else."""
    structure = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **overrides)

    def read(value: Any, to: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValueError(f"expected fields with values, found {shown(value)}")  # noqa: TRY004  # as in _exactly
        return structure(value, to)

    return read


def problems_of(
    error: BaseException, where: str, path: str = "$", renamed: Mapping[str, str] | None = None
) -> list[Problem]:
    """
    List what was found wrong.

    Args:
        error: What was raised while structuring a value.
        where: What to call the source.
        path: The path of the value in it.
        renamed: Field to what the source calls it, where that is another name.
    """
    found = []
    for line in transform_error(error, path=path, format_exception=_said):
        what, _, at = line.rpartition(" @ ")
        steps = at.removeprefix(path).split(".")
        tail = ".".join((renamed or {}).get(step, step) for step in steps)
        found.append(Problem(printable(f"{where} {path}{tail}"), printable(what)))
    return found


def printable(text: str) -> str:
    """Write half a surrogate, which no encoding can, as its number."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that looks most like *word*; empty where none does."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def nearest_of(word: str, known: Iterable[str], most: int) -> tuple[str, ...]:
    """List the known words that look most like *word*, at most so many."""
    return tuple(difflib.get_close_matches(word, list(known), n=most))


def hinted(said: str, hint: str) -> str:
    """Add a hint in brackets, if there is one."""
    return f"{said} ({hint})" if hint else said


def shown(value: Any) -> str:
    """Show an offending value, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _said(error: BaseException, expected: type[Any] | None) -> str:
    match error:
        case KeyError():
            return "required field missing"
        case ForbiddenExtraKeysError():
            return "unknown field(s): " + ", ".join(sorted(error.extra_fields))
        case ValueError():
            # A validator of attrs passes on more than its sentence.
            return str(error.args[0] if error.args else error)
    return f"expected {getattr(expected, '__name__', expected)}: {error}"


def _exactly(cls: type[Any], said: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not cls:
            raise ValueError(f"expected {said}, found {shown(value)}")
        return value

    return structure


def _text(value: Any, _: Any) -> str:
    if type(value) is not str:
        raise ValueError(f"expected text, found {shown(value)}")
    if printable(value) != value:
        raise ValueError(f"expected text, found half a character in {shown(value)}")
    return value


def _is_list(cls: Any) -> bool:
    """Tell whether *cls* is written as a list: a tuple of any length, or a set."""
    origin, arguments = get_origin(cls), get_args(cls)
    return origin is frozenset or (origin is tuple and arguments[1:] == (...,))


def _of_items(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    one, origin = get_args(cls)[0], get_origin(cls)
    structure = converter.get_structure_hook(list[one])  # type: ignore[valid-type]  # known only now

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple | set | frozenset):
            raise ValueError(f"expected a list, found {shown(value)}")  # noqa: TRY004  # as in _exactly
        assert origin is not None  # noqa: S101  # it is a list
        return origin(structure(value, list[one]))  # type: ignore[valid-type]  # as above

    return read


def _whole(value: Any, _: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise ValueError(f"expected a whole number from 0 to {_MOST}, found {shown(value)}")
    return value
