from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

import devrules
from devrules.findings import words
from devrules.findings.required import required_text
from devrules.program.measures import Cells, Field, Scalar
from devrules.program.model import Body, Compiled

LATIN = re.compile("[A-Za-z_]")
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def national() -> devrules.Rules:
    """The law as it is shipped."""
    return devrules.load(engine="reference")


def _bodies(rules: devrules.Rules) -> list[tuple[Compiled, Body]]:
    return [(one, group.body) for one in rules.compiled for group in one.groups if group.body is not None]


def test_every_measured_value_has_its_words(national: devrules.Rules) -> None:
    """No name of a field is shown to a reader; a series is named by what it is a series of."""
    shown = {measured.name for _, body in _bodies(national) for measured in body.measured}
    labels = {name: words.label(name) for name in shown if name not in ("spans", "empty_spans")}
    serial = [m.measure for _, body in _bodies(national) for m in body.measured if m.name.endswith("spans")]

    assert [] == sorted(name for name, said in labels.items() if LATIN.search(said.zh) or HAN.search(said.en))
    assert all(isinstance(measure, Cells) for measure in serial)


@pytest.mark.parametrize("overlay", ["epioneer-2018", "epioneer-2023"])
def test_what_a_manual_measures_has_its_words(overlay: str) -> None:
    """A branch reads 未写明主持人, not the name of a field."""
    rules = devrules.load(overlays=[overlay], engine="reference")
    labels = {measured.name: words.label(measured.name) for _, body in _bodies(rules) for measured in body.measured}
    assert [] == sorted(name for name, said in labels.items() if "spans" not in name and LATIN.search(said.zh))


def test_everything_that_is_asked_has_its_words(national: devrules.Rules) -> None:
    """In both languages."""
    kinds = national.program.kinds
    asked = {
        (one.id, required_text(body, kinds, lang), lang) for one, body in _bodies(national) for lang in ("zh", "en")
    }
    foreign = {"zh": LATIN, "en": HAN}

    assert [] == sorted(one for one in asked if foreign[one[2]].search(one[1]))


def _found(rules: devrules.Rules, rule: str, records: dict[str, Any]) -> devrules.Finding:
    plain = {"format": "devrules.dossier/1", "id": "1", "recorded_kinds": "all", "records": records}
    return rules.check(rules.read_dossier(plain), as_of=date(2026, 11, 21)).finding(rule)


@pytest.mark.parametrize(
    ("day", "cited"), [("2022-10-21", ["xize-2014"]), ("2022-10-22", ["xize-2014", "charter-2022"])]
)
def test_other_regulations_are_cited_from_the_day_on_which_they_are_in_force(
    national: devrules.Rules, day: str, cited: list[str]
) -> None:
    """After the rule's own article."""
    finding = _found(national, "admission-approved", {"approval": [{"day": day, "outcome": "approved"}]})

    assert cited == [one.edition for one in finding.citations]


def test_a_finding_says_what_is_to_be_attested(national: devrules.Rules) -> None:
    """Each of it."""
    finding = _found(national, "application-declares", {"application": [{"received": "2026-06-01"}]})

    assert "manual" == finding.verdict
    assert finding.body is not None
    assert all(one.zh in finding.message.zh and one.en in finding.message.en for one in finding.body.attest)


def test_every_text_that_is_compared_has_its_name(national: devrules.Rules) -> None:
    """That of a field of a record, or of a person or an organisation."""
    compared = {m.measure for _, body in _bodies(national) for m in body.measured}
    texts = [one for one in compared if isinstance(one, Field | Scalar) and one.among]
    unnamed = [
        one
        for one in texts
        if (one.path not in words.PATHS if isinstance(one, Scalar) else one.name not in words.FIELDS)
    ]

    assert [] == unnamed
