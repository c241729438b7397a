"""The table of ``process.toml`` to the process as it is written; what is wrong is reported with its key path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cattrs import Converter

from devrules.errors import Problem
from devrules.law.model import Text
from devrules.plain import READ_ERRORS, nearest, problems_of, strict_converter
from devrules.ruleset.process import CodesText, CommandText, Ending, Guard, Hearing, ProcessText, Role, Step

SECTIONS = (
    "roles",
    "commands",
    "steps",
    "guards",
    "stages_by",
    "endings",
    "hearings",
    "refusals",
    "outcomes",
    "codes",
)
"""The sections that are read here."""

BESIDE = ("stages", "gates", "special_ways")
"""The sections of the same file that tell how to judge."""

_T = TypeVar("_T")


def read_process(data: Mapping[str, Any], file: Path) -> tuple[ProcessText, list[Problem]]:
    """
    Read the process.

    Args:
        data: What the file holds.
        file: What to call it.

    Returns:
        What could be read, and what is wrong with the rest.
    """
    reader = _Reader(data, file)
    reader.refuse_others()
    process = ProcessText(
        roles=tuple(reader.named("roles", Role)),
        commands=tuple(reader.named("commands", CommandText)),
        steps=tuple(reader.of_kinds("steps", Step)),
        guards=tuple(reader.of_kinds("guards", Guard)),
        stages_by=reader.whole("stages_by", Mapping[str, tuple[str, ...]], {}),
        endings=reader.whole("endings", tuple[Ending, ...], ()),
        hearings=tuple(reader.hearings()),
        refusals=reader.whole("refusals", Mapping[str, Text], {}),
        outcomes=reader.whole("outcomes", Mapping[str, Text], {}),
        codes=reader.whole("codes", CodesText, None) if "codes" in data else None,
    )
    return process, reader.problems


class _Reader:
    """Reads section after section and collects what is wrong."""

    def __init__(self, data: Mapping[str, Any], file: Path) -> None:
        self.data = data
        self.file = file
        self.problems: list[Problem] = []

    def refuse_others(self) -> None:
        known = (*BESIDE, *SECTIONS)
        for section in self.data:
            if section not in known:
                hint = nearest(section, known) or f"there are {', '.join(known)}"
                self.problems.append(Problem(f"{self.file} {section}", "there is no such section", hint))

    def named(self, section: str, cls: type[_T]) -> Iterator[_T]:
        for name, table in self._tables(section):
            text = {"zh": table.pop("zh", None), "en": table.pop("en", None)}
            yield from self._read({"id": name, "name": text, **table}, cls, f"{section}.{name}")

    def of_kinds(self, section: str, cls: type[_T]) -> Iterator[_T]:
        for kind, table in self._tables(section):
            yield from self._read({"kind": kind, **table}, cls, f"{section}.{kind}")

    def hearings(self) -> Iterator[Hearing]:
        for n, table in enumerate(self.data.get("hearings", [])):
            plain = dict(table)
            says = {"zh": plain.pop("zh", None), "en": plain.pop("en", None)}
            yield from self._read({"says": says, **plain}, Hearing, f"hearings[{n}]")

    def whole(self, section: str, cls: Any, default: Any) -> Any:
        return next(self._read(self.data.get(section, default), cls, section), default)

    def _tables(self, section: str) -> Iterator[tuple[str, dict[str, Any]]]:
        tables = self.data.get(section, {})
        if not isinstance(tables, Mapping):
            self.problems.append(Problem(f"{self.file} {section}", "expected tables by name"))
            return
        for name, table in tables.items():
            if isinstance(table, Mapping):
                yield name, dict(table)
            else:
                self.problems.append(Problem(f"{self.file} {section}.{name}", "expected a table"))

    def _read(self, value: Any, cls: type[_T], place: str) -> Iterator[_T]:
        try:
            yield _converter().structure(value, cls)
        except READ_ERRORS as error:
            self.problems += problems_of(error, str(self.file), place)


@cache
def _converter() -> Converter:
    return strict_converter()


__all__ = ["BESIDE", "SECTIONS", "read_process"]
