"""A cell of a host's table to one of a population: what databases give for a number, a flag, a day, a list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from devrules.plain import printable
from devrules.population.contract import ColumnKind

SEPARATOR = ","
"""Between the entries of a list that is no JSON."""

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_TOO_MUCH = 2**63
_FLAGS: Mapping[Any, bool] = {
    "1": True,
    "true": True,
    "t": True,
    1: True,
    b"\x01": True,
    "0": False,
    "false": False,
    "f": False,
    0: False,
    b"\x00": False,
}


class Unfit(ValueError):
    """
    A value that is not of the kind that the contract names.

    Args:
        wanted: What it should be.
        remedy: What to write in the view.
    """

    def __init__(self, wanted: str, remedy: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.remedy = remedy


def fitted(value: Any, kind: ColumnKind) -> Any:
    """
    Make a value what the contract says; it can then be written as JSON.

    Args:
        value: What a database gives.
        kind: What the contract says of the column.

    Raises:
        Unfit: When it cannot be read so without guessing.
    """
    return None if value is None else FITTING[kind](value)


def _number(value: Any) -> int:
    if type(value) is int and -_TOO_MUCH < value < _TOO_MUCH:
        return value
    match value:
        case bool():
            whole = False
        case int():
            whole = True
        case float():
            whole = value.is_integer()
        case Decimal():
            whole = value.is_finite() and value == value.to_integral_value()
        case str():
            whole = _NUMBER.fullmatch(value) is not None
        case _:
            whole = False
    if not whole or abs(int(value)) >= _TOO_MUCH:
        raise Unfit("a whole number", "CAST(… AS BIGINT)")
    return int(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        if value.isascii() or printable(value) == value:
            return value
    elif isinstance(value, int | Decimal | UUID) and not isinstance(value, bool):
        return str(_number(value) if isinstance(value, Decimal) else value)
    raise Unfit("text", "CAST(… AS VARCHAR)")


def _flag(value: Any) -> bool:
    known = value.lower() if isinstance(value, str) else value
    try:
        return _FLAGS[known]
    except (KeyError, TypeError):
        raise Unfit(
            "yes or no: a boolean, 0 or 1", "CASE WHEN … THEN 1 ELSE 0 END; null where it is not known"
        ) from None


def _date(value: Any) -> str:
    remedy = "CAST(… AS DATE); NULLIF(…, '') where blank means null"
    if isinstance(value, datetime):
        if value.tzinfo is None and value.time() == time():
            return value.date().isoformat()
        raise Unfit("a day without a time", "the day in China: CAST(… AT TIME ZONE 'Asia/Shanghai' AS DATE), or alike")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise Unfit("a day such as 2026-05-11", remedy)
    return _written_date(value, remedy)


@lru_cache(1 << 16)  # days are fewer than people
def _written_date(value: str, remedy: str) -> str:
    written = _DATE.fullmatch(value)
    if written is None:
        raise Unfit("a day such as 2026-05-11", remedy)
    try:
        return date.fromisoformat(written[1]).isoformat()
    except ValueError:
        raise Unfit("a day that there is", remedy) from None


def _list(value: Any) -> list[str]:
    remedy = (
        f"""a JSON array of texts, '["a", "b"]', or texts with {SEPARATOR!r} between them; '[]' where there is none"""
    )
    entries = value
    if isinstance(value, str):
        entries = _json(value) if value.lstrip().startswith("[") else _separated(value)
    if not isinstance(entries, list | tuple):
        raise Unfit("a list", remedy)
    try:
        found = [_text(one) for one in entries]
    except Unfit:
        raise Unfit("a list of texts", remedy) from None
    if not all(found):
        raise Unfit("a list without an empty entry", remedy)
    return found


def _attachments(value: Any) -> list[dict[str, str | None]]:
    entries = _json(value) if isinstance(value, str) else value
    remedy = """a JSON array, '[{"name": "1.pdf", "digest": null}]'"""
    if not isinstance(entries, list | tuple):
        raise Unfit("a list of files", remedy)
    for one in entries:
        right = isinstance(one, Mapping) and isinstance(one.get("name"), str) and not one.keys() - {"name", "digest"}
        if not right or not isinstance(one.get("digest"), str | None):
            raise Unfit("a list of files with names", remedy)
    return [{"name": one["name"], "digest": one.get("digest")} for one in entries]


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _separated(value: str) -> list[str]:
    return [one.strip() for one in value.split(SEPARATOR)] if value.strip() else []


FITTING: Mapping[ColumnKind, Callable[[Any], Any]] = {
    "number": _number,
    "text": _text,
    "flag": _flag,
    "date": _date,
    "list": _list,
    "attachments": _attachments,
}
"""For each kind of column, what makes of a value that is there what the contract says; see :func:`fitted`."""
