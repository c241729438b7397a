"""The baseline finds what the library finds: else its speed would say nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import devrules

from . import baseline, dossiers, national


@pytest.fixture(scope="module")
def known() -> devrules.Rules:
    """The national rules that the baseline knows."""
    return national.rules()


def test_baseline_knows_national_rules(rules: devrules.Rules, known: devrules.Rules) -> None:
    """What is measured is rules that there are, all of those that the baseline has."""
    listed = {rule.id for rule in baseline.RULES}

    assert set() == listed - {compiled.id for compiled in rules.program.rules}
    assert listed == {compiled.id for compiled in known.compiled}


def test_dossier_is_of_the_size_that_is_meant() -> None:
    """The dossier whose speed is measured has about thirty records."""
    assert 28 <= sum(map(len, dossiers.clean()["records"].values())) <= 34


def test_clean_dossier_passes(known: devrules.Rules) -> None:
    """With the dossier without fault nothing is wrong."""
    report = known.check(known.read_dossier(dossiers.clean()), as_of=dossiers.AS_OF)

    assert {"pass", "not_applicable"} == {finding.verdict for finding in report}


@pytest.mark.parametrize(
    "make", [dossiers.clean, dossiers.defective, dossiers.imprecise, dossiers.missing], ids=lambda make: make.__name__
)
def test_baseline_finds_the_same(known: devrules.Rules, make: Callable[[], dossiers.Plain]) -> None:
    """Verdict, lamp, notes, edition and article are those of the library."""
    dossier = known.read_dossier(make())

    assert national.findings(known.check(dossier, as_of=dossiers.AS_OF)) == baseline.judge(dossier, dossiers.AS_OF)


def test_baseline_finds_the_same_at_random(known: devrules.Rules) -> None:
    """So are they on dossiers with whatever may be wrong with a dossier, judged on any day."""
    differing: list[tuple[dossiers.Plain, date]] = []
    for plain, as_of in dossiers.varied(300):
        dossier = known.read_dossier(plain)
        if national.findings(known.check(dossier, as_of=as_of)) != baseline.judge(dossier, as_of):
            differing.append((plain, as_of))

    assert [] == differing
