"""A folder of TOML files to a ruleset; everything wrong is reported at once, with file, key path and value."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import attrs
from cattrs import Converter
from cattrs.gen import override

from devrules.dossier.kinds import Kind
from devrules.errors import InvalidRuleset, Problem
from devrules.law.model import Citation, Regulation, Text
from devrules.plain import READ_ERRORS, of_fields, problems_of, shown, strict_converter
from devrules.ruleset.checks import CHECKS, RENAMED, Check, Paths, Term
from devrules.ruleset.model import Case, Expectation, Gate, Rule, Ruleset, Stage, Strength, Subject, Value, When
from devrules.ruleset.process import ProcessText
from devrules.ruleset.process_toml import read_process


def load_ruleset(path: Path, *, ruleset_id: str, version: str, national: bool = False) -> Ruleset:
    """
    Read a ruleset; its cases when they are asked for.

    Args:
        path: The folder with ``rules/*.toml``, ``cases/*.toml`` and, where there are any, ``regulations.toml``,
            ``kinds.toml``, ``parameters.toml`` and ``process.toml``.
        ruleset_id: What reports call it.
        version: Its version.
        national: Whether it is the law itself, not an overlay.

    Raises:
        InvalidRuleset: With every problem found, also in cases. Where only cases are wrong, whoever asks for them is
            told.
    """
    reader = _Reader(path)
    ruleset = reader.ruleset(ruleset_id=ruleset_id, version=version, national=national)
    if reader.problems:
        list(reader.cases())
        raise InvalidRuleset(reader.problems)
    return ruleset


def read_what_can_be(
    path: Path, *, ruleset_id: str, version: str, national: bool = False
) -> tuple[Ruleset, list[Problem]]:
    """Read a ruleset and its cases as :func:`load_ruleset` does; leave out what cannot be read, and tell why."""
    reader = _Reader(path)
    ruleset = reader.ruleset(ruleset_id=ruleset_id, version=version, national=national)
    cases = tuple(reader.cases())
    return attrs.evolve(ruleset, read_cases=lambda: cases), reader.problems


def read_cases(path: Path) -> tuple[Case, ...]:
    """
    Read the cases of a ruleset.

    Args:
        path: The folder with ``cases/*.toml``.

    Raises:
        InvalidRuleset: With every problem found.
    """
    reader = _Reader(path)
    cases = tuple(reader.cases())
    if reader.problems:
        raise InvalidRuleset(reader.problems)
    return cases


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*.toml") if file.is_file()):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@attrs.frozen
class RuleText:
    """The keys of a rule beside its check, whose name is its key."""

    title: Text
    judges: Paths
    strength: Strength
    remedy: Text
    row: str
    before: str | None = None
    when: tuple[When, ...] = ()
    subject: Subject = "person"
    also: tuple[Citation, ...] = ()
    always: bool = False
    extends: str | None = None
    replaces: Mapping[str, str] = attrs.field(factory=dict)
    cites: Mapping[str, tuple[Citation, ...]] = attrs.field(factory=dict)


@attrs.frozen
class CaseText:
    """The keys of a case."""

    says: str
    as_of: date
    dossier: Mapping[str, Any]
    expect: Expectation


class _Reader:
    """Reads the files of one folder and collects what is wrong in them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[Path] = []
        self.problems: list[Problem] = []

    def ruleset(self, *, ruleset_id: str, version: str, national: bool) -> Ruleset:
        ruleset = Ruleset(
            id=ruleset_id,
            version=version,
            sha256=_digest(self.path),
            path=self.path,
            national=national,
            regulations=tuple(self.regulations()),
            kinds=self.kinds(),
            parameters=self.parameters(),
            stages=tuple(self.process("stages", Stage)),
            gates=tuple(self.process("gates", Gate)),
            special_ways=self.special_ways(),
            process=self.desk(),
            rules=tuple(self.rules()),
            read_cases=partial(read_cases, self.path),
        )
        if not self.files:
            self.problems.append(Problem(str(self.path), "holds no ruleset", "expected rules/*.toml"))
        return ruleset

    def regulations(self) -> Iterator[Regulation]:
        file, data = self._file("regulations.toml")
        for name, table in data.items():
            read = self._read({"id": name, **_table(table)}, Regulation, file, name)
            if read is not None:
                self._check_editions(read, f"{file} {name}.editions")
                yield read

    def kinds(self) -> dict[str, Kind]:
        file, data = self._file("kinds.toml")
        read = {name: self._read({"id": name, **_table(table)}, Kind, file, name) for name, table in data.items()}
        return {name: kind for name, kind in read.items() if kind is not None}

    def parameters(self) -> Mapping[str, Mapping[str, Value]]:
        file, data = self._file("parameters.toml")
        return {
            name: {
                edition: value
                for edition, text in _table(table).items()
                if (value := self._value(edition, text, file, f"{name}.{edition}")) is not None
            }
            for name, table in data.items()
        }

    def process(self, section: str, cls: type[Any]) -> Iterator[Any]:
        file, data = self._file("process.toml")
        for name, table in _table(data.get(section, {})).items():
            plain = _table(table)
            text = {"zh": plain.pop("zh", None), "en": plain.pop("en", None)}
            read = self._read({"id": name, "name": text, **plain}, cls, file, f"{section}.{name}")
            if read is not None:
                yield read

    def special_ways(self) -> tuple[str, ...]:
        file, data = self._file("process.toml")
        read: tuple[str, ...] | None = self._read(data.get("special_ways", []), tuple[str, ...], file, "special_ways")
        return read or ()

    def desk(self) -> ProcessText:
        file, data = self._file("process.toml")
        process, problems = read_process(data, file)
        self.problems += problems
        return process

    def rules(self) -> Iterator[Rule]:
        seen: dict[str, str] = {}
        for file, data in self._files("rules"):
            for name, table in data.items():
                if name in seen:
                    self._problem(file, name, f"this rule is already written in {seen[name]}")
                rule = self._rule(name, _table(table), file)
                if rule is not None and name not in seen:
                    yield rule
                seen.setdefault(name, str(file))

    def cases(self) -> Iterator[Case]:
        for file, data in self._files("cases"):
            for rule, tables in data.items():
                for n, table in enumerate(tables if isinstance(tables, list) else [tables]):
                    place = f"{rule}[{n}]"
                    read = self._read(table, CaseText, file, place)
                    if read is not None:
                        yield Case(rule=rule, place=f"{file} {place}", **attrs.asdict(read, recurse=False))

    def _rule(self, name: str, table: dict[str, Any], file: Path) -> Rule | None:
        own = {key: table.pop(key) for key in [*table] if key in _RULE_KEYS}
        own["cites"] = {edition: _cited(edition, cited) for edition, cited in _table(own.get("cites", {})).items()}
        own["when"] = when if isinstance(when := own.get("when", []), list) else [when]
        by_edition = _table(table.pop("editions", {}))
        text: RuleText | None = self._read(own, RuleText, file, name)
        if text is not None and text.extends is not None:
            return self._extension(name, text, table or by_edition, file)
        shared = self._check(table, file, name) if table or not by_edition else None
        bodies = {
            edition: self._check(_table(body), file, f"{name}.editions.{edition}")
            for edition, body in by_edition.items()
        }
        if text is None or (shared is None and not any(bodies.values())):
            return None
        kept = {edition: body for edition, body in bodies.items() if body is not None}
        fields = attrs.asdict(text, recurse=False)
        citations = fields.pop("cites")
        return Rule(id=name, bodies=kept, citations=citations, place=f"{file} {name}", shared=shared, **fields)

    def _extension(self, name: str, text: RuleText, check: Mapping[str, Any], file: Path) -> Rule:
        """Read a rule that takes over another's check with parameters of its own; linking tells what it becomes."""
        if check:
            self._problem(file, name, "has a check of its own beside extends", "keep one of the two")
        fields = attrs.asdict(text, recurse=False)
        return Rule(id=name, bodies={}, citations=fields.pop("cites"), place=f"{file} {name}", **fields)

    def _check(self, table: dict[str, Any], file: Path, place: str) -> Check | None:
        if len(table) != 1:
            found = ", ".join(table) or "none"
            self._problem(file, place, f"expected exactly one check, found {found}", f"one of {', '.join(CHECKS)}")
            return None
        [(name, body)] = table.items()
        if name not in CHECKS:
            self._problem(file, f"{place}.{name}", "there is no such check or key", f"checks: {', '.join(CHECKS)}")
            return None
        check: Check | None = self._read(body, CHECKS[name], file, f"{place}.{name}")
        return check

    def _value(self, edition: str, text: Any, file: Path, place: str) -> Value | None:
        plain = _table(text)
        value = plain.pop("value", None)
        citation = self._read({"edition": edition, **plain}, Citation, file, place)
        if not (isinstance(value, str) or (type(value) is int and value >= 0)):
            self._problem(
                file, f"{place}.value", f"expected a period, a fraction or a whole number, found {shown(value)}"
            )
            return None
        return citation and Value(value, citation)

    def _check_editions(self, regulation: Regulation, place: str) -> None:
        days = [edition.in_force for edition in regulation.editions]
        if sorted(set(days)) != days:
            said = ", ".join(f"{edition.id} {edition.in_force}" for edition in regulation.editions)
            self.problems.append(
                Problem(place, f"the editions overlap or stand out of order: {said}", "one day each, the oldest first")
            )

    def _read(self, data: Any, cls: Any, file: Path, place: str) -> Any:
        try:
            return _converter().structure(data, cls)
        except READ_ERRORS as error:
            renamed = RENAMED if cls in _RULE_CLASSES else None
            self.problems += problems_of(error, str(file), place, renamed)
        return None

    def _problem(self, file: Path, place: str, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(f"{file} {place}", what, remedy))

    def _file(self, name: str) -> tuple[Path, dict[str, Any]]:
        file = self.path / name
        return file, self._toml(file) if file.exists() else {}

    def _files(self, folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        for file in sorted((self.path / folder).glob("*.toml")):
            yield file, self._toml(file)

    def _toml(self, file: Path) -> dict[str, Any]:
        first = file not in self.files
        self.files += [file]
        try:
            return tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            if first:
                self.problems.append(Problem(str(file), f"is not TOML: {error}"))
            return {}


def parameters_of(check: Check) -> tuple[str, ...]:
    """List the parameters that *check* names, in the order in which it writes them."""
    found: list[str] = []
    for field in attrs.fields(type(check)):
        value = getattr(check, field.name)
        if field.name == "none_within":
            found += value.values()
        if field.name == "numbers":
            found += value
        if field.name in PARAMETER_FIELDS and value is not None:
            found.append(value)
        for term in value if isinstance(value, tuple) else ():
            if isinstance(term, Term):
                found += [name for name in (term.at_least, term.at_most) if name is not None]
    return tuple(found)


PARAMETER_FIELDS = frozenset(
    {"limit", "extended", "at_least", "at_most", "interval", "more_than", "at_least_share", "in_doubt_since", "plus"}
)
"""The fields of checks that name a parameter."""

_RULE_CLASSES = (*CHECKS.values(), RuleText)
_RULE_KEYS = frozenset(field.name for field in attrs.fields(RuleText))


def _table(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {"": value}


def _cited(edition: str, cited: Any) -> list[Any]:
    """Put the edition, which a rule writes as the key, into its citations; one citation needs no list."""
    several = cited if isinstance(cited, list) else [cited]
    return [{"edition": edition, **one} if isinstance(one, dict) else one for one in several]


def _paths(value: Any, _: Any) -> Paths:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not texts or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"expected a path or a list of paths, found {shown(value)}")
    return tuple(texts)


@cache  # it writes functions for many classes: importing the library should not wait for that
def _converter() -> Converter:
    converter = strict_converter()
    converter.register_structure_hook_func(lambda cls: cls == Paths, _paths)
    for cls in (Term, *CHECKS.values()):
        renamed = {field: override(rename=key) for field, key in RENAMED.items() if field in attrs.fields_dict(cls)}
        converter.register_structure_hook(cls, of_fields(cls, converter, **renamed))
    converter.register_structure_hook(When, of_fields(When, converter, is_=override(rename="is")))
    return converter


__all__ = [
    "PARAMETER_FIELDS",
    "CaseText",
    "RuleText",
    "load_ruleset",
    "parameters_of",
    "read_cases",
    "read_what_can_be",
]
