"""
Whole lives: dossiers from the application to the archive, or to where they broke off, with the verdict of every rule.

``lives/<name>.json`` is the dossier, ``lives/<name>.toml`` what must be found, ``golden/lives/<name>.txt`` the report.
``python tests/rulesets/test_lives.py`` writes the reports anew; the verdicts are written by hand.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
import pytest

import devrules
import devrules_duckdb
from devrules.engine.durable import available, why_unavailable
from devrules.errors import MissingExtra
from devrules.findings.finding import Finding
from devrules.report.text import report_text

LIVES = Path(__file__).parent / "lives"
GOLDEN = Path(__file__).parents[1] / "golden" / "lives"
NAMES = sorted(path.stem for path in LIVES.glob("*.json"))
GROUPS = ("fail", "pending", "unknown", "manual", "pass", "not_applicable")
LATIN, HAN, DOUBLED = re.compile("[A-Za-z_]"), re.compile("[\u4e00-\u9fff]"), re.compile("[，；：。][，；：。]| {2}")
UNKNOWABLE = {"provisional", "edition-not-encoded"}
"""Why something may be unknown in a clean life: no calendar is published yet, no edition was in force yet."""


@attrs.frozen
class Life:
    """
    What a whole dossier shows.

    Args:
        says: That, in a sentence.
        as_of: The day of judging.
        verdicts: Rule to verdict, for every rule about persons.
        lamps: Rule to colour, for every lamp that is on.
        instead: Rule to the verdict that is found though it is wrong: a defect that is known.
        clean: Whether nothing is wrong, and nothing unknown that could be known.
    """

    says: str
    as_of: date
    verdicts: dict[str, str]
    lamps: dict[str, str]
    instead: dict[str, str]
    clean: bool

    @property
    def found(self) -> dict[str, str]:
        """Rule to the verdict that is found today."""
        return self.verdicts | self.instead


def _written(name: str) -> dict[str, Any]:
    return tomllib.loads((LIVES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _life(name: str) -> Life:
    written = _written(name)
    verdicts = {rule: verdict for verdict in GROUPS for rule in written.get(verdict, ())}
    return Life(
        written["says"],
        written["as_of"],
        verdicts,
        written.get("lamps", {}),
        written.get("instead", {}),
        written.get("clean", False),
    )


@cache
def _rules(engine: str) -> devrules.Rules:
    return devrules.load(engine=engine)


@cache
def _report(name: str, engine: str = "reference") -> devrules.Report:
    rules = _rules(engine)
    return rules.check(rules.read_dossier(LIVES / f"{name}.json"), as_of=_life(name).as_of)


def _text(name: str) -> str:
    """The report in Chinese, whatever the version."""
    return report_text(_report(name)).replace(f" {version('devrules')}\n", " …\n")


def _found(name: str, engine: str = "reference") -> dict[str, str]:
    return {finding.rule: finding.verdict for finding in _report(name, engine)}


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_named_once(name: str) -> None:
    """A new rule has its verdict in every life."""
    written = _written(name)
    named = Counter(chain.from_iterable(written.get(verdict, ()) for verdict in GROUPS))
    rules = {*_found(name)}

    assert (set(), set()) == (rules - {*named}, {*named} - rules)
    assert [] == [rule for rule, times in named.items() if times > 1]
    assert {*written} <= {"says", "as_of", "clean", "lamps", "instead", *GROUPS}


@pytest.mark.parametrize("name", NAMES)
def test_every_verdict_is_as_written(name: str) -> None:
    """By the reference; what is known to be wrong must still be so, or its entry goes."""
    life = _life(name)

    assert life.found == _found(name)
    assert [] == [rule for rule, verdict in life.instead.items() if verdict == life.verdicts[rule]]


@pytest.mark.parametrize("name", NAMES)
def test_every_lamp_that_is_on_is_written(name: str) -> None:
    """Its colour shows whether the law says must, or a warning is enough."""
    lamps = {one.rule: one.lamp for one in _report(name).lamps if one.rule not in _life(name).instead}

    assert _life(name).lamps == lamps


@pytest.mark.parametrize("name", [name for name in NAMES if _life(name).clean])
def test_a_clean_life_has_nothing_wrong(name: str) -> None:
    """Nothing is owed, nothing is unknown but for what nobody can know; what a person must attest is no pass."""

    def excused(finding: Finding) -> bool:
        return finding.verdict == "unknown" and bool(UNKNOWABLE & {*finding.notes})

    left = [
        one for one in _report(name) if one.verdict not in ("pass", "not_applicable", "manual") and not excused(one)
    ]

    assert [] == [(one.rule, one.verdict) for one in left]
    assert () == _report(name).lamps


def test_there_is_a_clean_life_of_each_edition_and_one_across_them() -> None:
    """And every verdict and colour is shown by some life."""
    clean = {name for name in NAMES if _life(name).clean}
    lamps = set(chain.from_iterable(_life(name).lamps.values() for name in NAMES))

    assert {"clean-2014", "clean-2026", "clean-across-change"} <= clean
    assert {*GROUPS} == set(chain.from_iterable(_life(name).verdicts.values() for name in NAMES))
    assert {"red", "yellow"} == lamps


@pytest.mark.parametrize("name", NAMES)
def test_neither_language_leaks_into_the_other(name: str) -> None:
    """No name of a field, no value as it is coded, no mark twice; what a dossier states stands as it is."""
    own = _report(name).dossier.person.nationality or ""
    zh = [(one.rule, text) for one in _report(name) for text in (one.message.zh, one.remedy.zh)]
    en = [(one.rule, text.replace(own, "")) for one in _report(name) for text in (one.message.en, one.remedy.en)]

    assert [] == [said for said in zh if LATIN.search(said[1]) or DOUBLED.search(said[1])]
    assert [] == [said for said in en if HAN.search(said[1])]


@pytest.mark.parametrize("name", NAMES)
def test_durable_rules_finds_the_same(name: str) -> None:
    """On one flat fact."""
    if available() is None:
        _leave_out(f"durable-rules cannot be imported: {why_unavailable()}", "DEVRULES_REQUIRE_DURABLE")

    assert _life(name).found == _found(name, "durable")


def test_duckdb_finds_the_same() -> None:
    """Of all of them at once, each on its own day."""
    try:
        engine = devrules_duckdb.devrules_column_engine("duckdb")
    except MissingExtra as error:
        _leave_out(str(error), "DEVRULES_REQUIRE_ALL")
    assert engine is not None
    dossiers = [_report(name).dossier for name in NAMES]
    judged = engine.judge(_rules("reference").program, dossiers, [_life(name).as_of for name in NAMES])
    ids = [rule.id for rule in _rules("reference").program.rules]

    assert {name: _life(name).found for name in NAMES} == {
        name: {rule: one.verdicts.get(rule, "unknown") for rule in ids} for name, one in zip(NAMES, judged, strict=True)
    }


def _leave_out(reason: str, variable: str) -> None:
    if os.environ.get(variable) == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("name", NAMES)
def test_the_report_reads_as_it_did(name: str) -> None:
    """What a reviewer reads; look at every difference before writing it anew."""
    assert (GOLDEN / f"{name}.txt").read_text(encoding="utf-8") == _text(name)


def test_no_report_is_left_over() -> None:
    """Every dossier has its verdicts and its report, and nothing else lies there."""
    assert NAMES == sorted(path.stem for path in LIVES.glob("*.toml"))
    assert NAMES == sorted(path.stem for path in GOLDEN.glob("*.txt"))


def _write() -> Iterator[str]:
    """Write the reports anew, and tell which changed."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        file, text = GOLDEN / f"{name}.txt", _text(name)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            yield name


if __name__ == "__main__":
    raise SystemExit(", ".join(_write()) or 0)
