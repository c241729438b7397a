"""A TOML file to an auditor's waivers."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs

from devrules.errors import InvalidInput, Problem
from devrules.findings.model import Waiver
from devrules.plain import nearest, shown

_TEXTS = ("rule", "dossier", "branch", "author", "reason")
_DAYS = ("granted", "expires")


def read_waivers(path: Path, rules: Collection[str]) -> tuple[Waiver, ...]:
    """
    Read waivers.

    The file has a table ``[[waiver]]`` for each, with ``rule``, either ``dossier`` (its id, as reports print it) or
    ``branch`` (its id or name), ``author``, ``reason``, ``granted`` and ``expires``.

    Args:
        path: The file.
        rules: The ids of the rules that there are.

    Raises:
        InvalidInput: When it cannot be read or something in it is wrong; all problems at once.
    """
    reader = _Reader(str(path), rules)
    waivers = tuple(reader.waivers(_load(path)))
    if reader.problems:
        raise InvalidInput(reader.problems)
    return waivers


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput([Problem(str(path), f"the file cannot be read: {error.strerror}")]) from error
    except ValueError as error:
        raise InvalidInput([Problem(str(path), f"the file is not TOML in UTF-8: {error}")]) from error


@attrs.define
class _Reader:
    """Reads on after a problem, so that one pass finds them all."""

    file: str
    rules: Collection[str]
    problems: list[Problem] = attrs.field(factory=list)

    def waivers(self, raw: Mapping[str, Any]) -> Iterator[Waiver]:
        self.no_other_keys("", raw, ("waiver",))
        tables = raw.get("waiver", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.problem("waiver", f"{shown(tables)} is no list of tables", "begin each waiver with a line [[waiver]]")
            return
        for index, table in enumerate(tables):
            yield from self.waiver(f"waiver[{index}]", table)

    def waiver(self, where: str, raw: Mapping[str, Any]) -> Iterator[Waiver]:
        before = len(self.problems)
        self.no_other_keys(f"{where}.", raw, (*_TEXTS, *_DAYS))
        rule, *_ = [self.text(f"{where}.{key}", raw.get(key)) for key in ("rule", "author", "reason")]
        self.known(f"{where}.rule", rule)
        self.whom(where, raw)
        self.span(where, *(self.day(f"{where}.{key}", raw.get(key)) for key in _DAYS))
        if len(self.problems) == before:
            given: dict[str, Any] = {key: raw.get(key) for key in (*_TEXTS, *_DAYS)}
            yield Waiver(**given)

    def whom(self, where: str, raw: Mapping[str, Any]) -> None:
        given = [key for key in ("dossier", "branch") if key in raw]
        if len(given) != 1:
            what = "names a dossier and a branch" if given else "names neither a dossier nor a branch"
            self.problem(where, what, 'name one: dossier = "…" (the id in a report) or branch = "…"')
        for key in given:
            self.text(f"{where}.{key}", raw[key])

    def text(self, where: str, value: object) -> str | None:
        if isinstance(value, str) and value.strip():
            return value
        what = "is missing" if value is None else f"{shown(value)} says nothing"
        self.problem(where, what, f'write it as {where.rpartition(".")[2]} = "…"')
        return None

    def day(self, where: str, value: object) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        what = "is missing" if value is None else f"{shown(value)} is not a day"
        self.problem(where, what, f"write it as {where.rpartition('.')[2]} = 2027-01-01, without quotes")
        return None

    def span(self, where: str, granted: date | None, expires: date | None) -> None:
        if granted and expires and expires < granted:
            what = f"{expires} is before it was granted, {granted}"
            self.problem(f"{where}.expires", what, "correct one of the days")

    def known(self, where: str, rule: str | None) -> None:
        if rule is not None and rule not in self.rules:
            self.problem(where, f"there is no rule {rule!r}", nearest(rule, self.rules))

    def no_other_keys(self, prefix: str, raw: Mapping[str, Any], known: Collection[str]) -> None:
        for key in raw:
            if key not in known:
                hint = nearest(key, known) or f"known are {', '.join(known)}"
                self.problem(f"{prefix}{key}", f"the key {key!r} is not known", hint)

    def problem(self, where: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.file}: {where}", what, remedy))
