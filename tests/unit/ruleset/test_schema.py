from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import devrules
from devrules.ruleset.checks import CHECKS
from devrules.ruleset.schema import cases_schema, rules_schema


def plain(value: Any) -> Any:
    """What TOML says as JSON would say it."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    """The schema of rule files."""
    Draft202012Validator.check_schema(rules_schema())
    return Draft202012Validator(rules_schema())


@pytest.fixture
def rule_files(rules: devrules.Rules, club_folder: Path) -> dict[str, Any]:
    """Every rule of the national rulesets and of the club."""
    folders = [club_folder, *(ruleset.path for ruleset in rules.rulesets)]
    files = [file for folder in folders for file in sorted((folder / "rules").glob("*.toml"))]
    return {str(file): plain(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


def test_the_rules_keep_to_the_schema(schema: Draft202012Validator, rule_files: dict[str, Any]) -> None:
    """An editor finds nothing wrong in what the reader accepts."""
    assert 2 <= len(rule_files)
    assert [] == [
        f"{file}: {'.'.join(map(str, error.path))}: {error.message}"
        for file, data in rule_files.items()
        for error in schema.iter_errors(data)
    ]


@pytest.mark.parametrize("old", ["title", "judges", "strength", "row", "remedy", "within", "limit", "to", "zh"])
def test_a_misspelt_key_breaks_the_schema(schema: Draft202012Validator, club_folder: Path, old: str) -> None:
    """At every depth of a rule."""
    text = (club_folder / "rules" / "1.toml").read_text(encoding="utf-8")
    rule = plain(tomllib.loads(text))["talk-in-time"]

    def misspelt(value: Any) -> Any:
        if isinstance(value, dict):
            return {f"{name}x" if name == old else name: misspelt(one) for name, one in value.items()}
        return value

    assert schema.is_valid({"talk-in-time": rule})
    assert not schema.is_valid({"talk-in-time": misspelt(rule)})


def test_the_cases_keep_to_their_schema(rules: devrules.Rules, club_folder: Path) -> None:
    """Those of the law and those of the club; a misspelt expectation does not."""
    Draft202012Validator.check_schema(cases_schema())
    schema = Draft202012Validator(cases_schema())
    folders = [club_folder, *(ruleset.path for ruleset in rules.rulesets)]
    files = [file for folder in folders for file in sorted((folder / "cases").glob("*.toml"))]
    case = {"says": "x", "as_of": "2026-04-01", "dossier": {}, "expect": {"verdict": "pending", "fails_at": "filing"}}

    assert 2 <= len(files)
    assert [] == [
        f"{file}: {'.'.join(map(str, error.path))}: {error.message}"
        for file in files
        for error in schema.iter_errors(plain(tomllib.loads(file.read_text(encoding="utf-8"))))
    ]
    assert schema.is_valid({"x": [case]})
    assert not schema.is_valid({"x": [case | {"expect": {"verdict": "pending", "fails_et": "filing"}}]})
    assert not schema.is_valid({"x": [case | {"expect": {"verdict": "missing"}}]})


def test_the_schema_knows_every_check() -> None:
    """As a key of a rule, and as a key of an edition."""
    rule = rules_schema()["additionalProperties"]
    edition = rule["properties"]["editions"]["additionalProperties"]

    assert set(CHECKS) == set(edition["properties"])
    assert set(CHECKS) <= set(rule["properties"])


def test_an_edition_has_one_check(schema: Draft202012Validator, club_folder: Path) -> None:
    """Two would contradict each other."""
    text = (club_folder / "rules" / "1.toml").read_text(encoding="utf-8")
    rule = plain(tomllib.loads(text))["floating-reviewed"]
    body = {"present": rule.pop("present")}
    two = body | {"attached": {"to": "review"}}

    assert schema.is_valid({"x": rule | {"editions": {"club-2000": body}}})
    assert not schema.is_valid({"x": rule | {"editions": {"club-2000": two}}})


def test_the_schema_takes_no_text_for_a_list_of_words(schema: Draft202012Validator, club_folder: Path) -> None:
    """What the reader would not understand is not offered to editors."""
    text = (club_folder / "rules" / "1.toml").read_text(encoding="utf-8")
    rule = plain(tomllib.loads(text))["floating-reviewed"]

    assert not schema.is_valid({"x": rule | {"when": {"value": "person.sex", "among": "女"}}})
