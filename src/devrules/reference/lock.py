"""A ruleset to its lock: what each rule said when the lock was last renewed, as a hash, under the ruleset's version."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from devrules.errors import InvalidRuleset, Problem
from devrules.plugin import Plugins, RulesetSource
from devrules.ruleset.checks import NAMES, Check
from devrules.ruleset.from_toml import load_ruleset, parameters_of
from devrules.ruleset.model import Rule, Ruleset

FILE = "lock.toml"
HEAD = """\
# What each rule said when this file was last renewed: a hash over its title, its check, its citations and the values of
# its parameters. `devrules rules lock` renews it; `devrules rules lint` tells which rules changed since.
"""
NOT_SAID = frozenset({"place"})
"""Fields that say where a rule stands in the files, not what it says."""


def sources_of(paths: Iterable[Path] = (), plugins: Iterable[object] = ()) -> list[RulesetSource]:
    """
    Find the rulesets in some folders, by default all that plugins bring.

    Args:
        paths: The folders; one that no plugin brings has the version that its lock names, else ``0``.
        plugins: Plugins that are not installed.
    """
    offered = [one for found in Plugins(plugins).call("devrules_rulesets") for one in found]
    by_path = {one.path.resolve(): one for one in offered}
    chosen = [by_path.get(path.resolve()) or RulesetSource(path.name, path, _locked(path)[0] or "0") for path in paths]
    return chosen or offered


def read(source: RulesetSource) -> Ruleset:
    """
    Read a ruleset as it is written.

    Raises:
        InvalidRuleset: With everything that is wrong with it.
    """
    return load_ruleset(source.path, ruleset_id=source.id, version=source.version, national=source.national)


def lock_text(ruleset: Ruleset) -> str:
    """Write the lock of *ruleset*."""
    lines = [f"{name} = {json.dumps(found)}" for name, found in hashes(ruleset).items()]
    return "\n".join((f"{HEAD}version = {json.dumps(ruleset.version)}", "", "[rules]", *lines)) + "\n"


def stale(sources: Iterable[RulesetSource]) -> Iterator[Problem]:
    """Yield the rules that are not as the lock of their ruleset says; a ruleset without a lock has none."""
    for source in sources:
        if (source.path / FILE).is_file():
            try:
                ruleset = read(source)
            except InvalidRuleset:  # whatever is wrong is told where rulesets are read
                continue
            yield from _stale(ruleset)


def hashes(ruleset: Ruleset) -> dict[str, str]:
    """Give each rule's hash over what it says itself: title, check, citations, the values of its parameters."""
    return {rule.id: _hash(rule, ruleset) for rule in ruleset.rules}


def said(value: Any) -> Any:
    """Give what *value* says as plain data: without what it leaves to a default, so that a new key changes nothing."""
    if attrs.has(type(value)):
        fields = [field for field in attrs.fields(type(value)) if field.name not in NOT_SAID]
        stated = {field.name: said(own) for field in fields if (own := getattr(value, field.name)) != _default(field)}
        return {NAMES[type(value)]: stated} if type(value) in NAMES else stated
    if isinstance(value, Mapping):
        return {key: said(own) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [said(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def parameters_in(rule: Rule) -> tuple[str, ...]:
    """List the parameters that a rule names, as it is written."""
    checks: list[Check] = [*rule.bodies.values(), *([rule.shared] if rule.shared is not None else [])]
    named = [name for check in checks for name in parameters_of(check)]
    return tuple(dict.fromkeys((*named, *rule.replaces.values())))


def _stale(ruleset: Ruleset) -> Iterator[Problem]:
    file = ruleset.path / FILE
    remedy = "look at the change, then renew the lock: devrules rules lock"
    version, locked = _locked(ruleset.path)
    if version != ruleset.version:
        yield Problem(str(file), f"is of version {version}, the ruleset is {ruleset.version}", remedy)
    now = hashes(ruleset)
    for rule in ruleset.rules:
        if rule.id not in locked:
            yield Problem(rule.place, "is new since the lock", remedy)
        elif locked[rule.id] != now[rule.id]:
            yield Problem(rule.place, "changed since the lock", remedy)
    for name in locked:
        if name not in now:
            yield Problem(f"{file} {name}", "the rule is gone since the lock", remedy)


def _locked(path: Path) -> tuple[str | None, Mapping[str, str]]:
    """Read a lock: the version and the hashes; one that cannot be read locks nothing."""
    try:
        data = tomllib.loads((path / FILE).read_text(encoding="utf-8"))
        return str(data["version"]), dict(data["rules"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, {}


def _hash(rule: Rule, ruleset: Ruleset) -> str:
    values = {name: said(ruleset.parameters.get(name, {})) for name in parameters_in(rule)}
    text = json.dumps([said(rule), values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _default(field: attrs.Attribute[Any]) -> Any:
    default: Any = field.default
    return default.factory() if hasattr(default, "factory") else default
