"""Strict reading of plain data (from JSON or TOML) by cattrs: nothing is coerced, every error has its path."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError
from cattrs.v import transform_error

from devrules.errors import Problem

_MOST = 2**31 - 1
_SHOWN = 60

READ_ERRORS = (BaseValidationError, ValueError, TypeError, LookupError)
"""What structuring may raise; :func:`problems_of` tells what is wrong."""


def strict_converter() -> Converter:
    """Make a converter that refuses unknown keys and values of another type."""
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _exactly(str, "text"))
    converter.register_structure_hook(bool, _exactly(bool, "true or false"))
    converter.register_structure_hook(date, _exactly(date, "a date such as 2026-05-11"))
    converter.register_structure_hook(int, _whole)
    return converter


def problems_of(error: BaseException, where: str, path: str = "$") -> list[Problem]:
    """List what *error*, raised while structuring the value at *path* in *where*, found wrong."""
    found = []
    for line in transform_error(error, path=path, format_exception=_said):
        what, _, at = line.rpartition(" @ ")
        found.append(Problem(f"{where} {at}", what))
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that looks most like *word*; empty where none does."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else ""


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
            return str(error)
    return f"expected {getattr(expected, '__name__', expected)}: {error}"


def _exactly(cls: type[Any], said: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not cls:
            raise ValueError(f"expected {said}, found {shown(value)}")
        return value

    return structure


def _whole(value: Any, _: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise ValueError(f"expected a whole number from 0 to {_MOST}, found {shown(value)}")
    return value
