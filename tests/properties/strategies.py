"""Hypothesis strategies over the generators: dossiers, and programs of random rules."""

from __future__ import annotations

from random import Random

from dossiers import KINDS_OF_NOISE, Noise, Sample, sample
from hypothesis import strategies as st
from programs import random_program

from devrules.dossier.kinds import Kinds
from devrules.program.program import Program


def dossiers(kinds: Kinds, noises: tuple[Noise, ...] = KINDS_OF_NOISE) -> st.SearchStrategy[Sample]:
    """Dossiers with the day on which to judge them."""
    return st.builds(lambda random, noise: sample(random, kinds, noise), _randoms(), st.sampled_from(noises))


def programs(rules: int = 12) -> st.SearchStrategy[Program]:
    """Programs of as many random rules."""
    return st.builds(lambda random: random_program(random, rules), _randoms())


def _randoms() -> st.SearchStrategy[Random]:
    # One number a dossier: a choice of Hypothesis for each of its hundreds of decisions takes a second.
    return st.integers(0, 2**32).map(Random)
