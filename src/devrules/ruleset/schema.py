"""The JSON Schema of rule and case files, made from the classes that read them, for editors that know TOML."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from devrules.law.model import MARKS, Citation
from devrules.ruleset.checks import CHECKS, RENAMED, Paths
from devrules.ruleset.from_toml import CaseText, RuleText
from devrules.ruleset.model import When

_PLAIN: tuple[tuple[Any, dict[str, Any]], ...] = (
    (Any, {}),
    (str, {"type": "string"}),
    (int, {"type": "integer", "minimum": 0}),
    (bool, {"type": "boolean"}),
    (date, {"type": "string", "format": "date"}),
    (Paths, {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
)


def rules_schema() -> dict[str, Any]:
    """Make the schema of a ``rules/*.toml`` file: rule id to rule."""
    checks = {name: _object(cls) for name, cls in CHECKS.items()}
    rule = _object(RuleText)
    cites = {"type": "object", "additionalProperties": {"anyOf": [_cite(), {"type": "array", "items": _cite()}]}}
    body = {
        "type": "object",
        "properties": checks,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    # One condition needs no list.
    rule["properties"]["when"] = {"anyOf": [_object(When), rule["properties"]["when"]]}
    rule["properties"] |= {**checks, "cites": cites, "editions": {"type": "object", "additionalProperties": body}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "devrules rules",
        "type": "object",
        "additionalProperties": rule,
    }


def cases_schema() -> dict[str, Any]:
    """Make the schema of a ``cases/*.toml`` file: rule id to cases."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "devrules cases",
        "type": "object",
        "additionalProperties": {"type": "array", "items": _object(CaseText)},
    }


def _cite() -> dict[str, Any]:
    cite = _object(Citation)
    cite["properties"].pop("edition")
    cite["properties"]["verified"] = {"enum": list(MARKS)}
    cite["required"].remove("edition")
    return cite


def _object(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    properties: dict[str, Any] = {}
    required = []
    for field in attrs.fields(cls):
        name = RENAMED.get(field.name, field.name.rstrip("_"))
        properties[name] = _of(hints[field.name])
        if field.default is attrs.NOTHING:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _of(hint: Any) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    for known, schema in _PLAIN:
        if hint == known:
            return dict(schema)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        options = [_of(one) for one in arguments if one is not type(None)]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(arguments[1])}
    return _object(hint)
