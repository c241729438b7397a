"""Whatever a dossier says comes back: from columns, and from JSON lines."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import cast

import attrs
from anything import Anything
from hypothesis import given, settings
from hypothesis import strategies as st

from devrules.dossier.lines import read_lines, write_lines
from devrules.dossier.model import Dossier
from devrules.population.api import ColumnEngine, PopulationEngine
from devrules.program.program import Program

MANY = 300
"""So many dossiers are written at once: a population takes a moment to write however few they are."""


@settings(deadline=None, max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_a_dossier_comes_back_as_it_was(duckdb_engine: ColumnEngine, program: Program, seed: int) -> None:
    """A kind of which there is no record has no row: what says that there is none is `recorded_kinds`."""
    engine = cast("PopulationEngine", duckdb_engine)
    anything = Anything(Random(seed), program.kinds)  # noqa: S311  # the same every time is what is wanted
    dossiers = [anything.dossier(f"{n}:") for n in range(MANY)]
    with TemporaryDirectory() as scratch:
        folder, file = Path(scratch) / "population", Path(scratch) / "dossiers.jsonl"

        written = engine.write_population(iter(dossiers), folder, program.kinds)
        back = list(engine.read_population(folder, program.kinds))
        one = engine.read_from_population(folder, dossiers[7].id, program.kinds)
        file.write_bytes(b"".join(write_lines(dossiers)))
        lines = read_lines(file, program.kinds)
        read = list(lines)

    assert MANY == written
    for dossier, other in zip(map(with_records, dossiers), back, strict=True):
        assert dossier == other
    assert back[7] == one
    assert () == lines.problems
    for dossier, other in zip(dossiers, read, strict=True):
        assert dossier == other


def with_records(dossier: Dossier) -> Dossier:
    """Leave out the kinds of which there is no record."""
    return attrs.evolve(dossier, records={kind: some for kind, some in dossier.records.items() if some})
