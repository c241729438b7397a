"""A dossier that comes from elsewhere in mid-process: from now on it is kept here."""

from __future__ import annotations

import attrs

from devrules.dossier.model import Dossier
from devrules.process.law import ProcessLaw
from devrules.process.state import effective, state_of


def adopted(dossier: Dossier, law: ProcessLaw) -> Dossier:
    """
    Give a dossier as it is kept from now on.

    Of what comes later in the process everything will be recorded, so that what is not there then is missing, and not
    merely unknown. What may have been done before, as reviews that go on through the present stage, stays as its source
    keeps it.

    Args:
        dossier: The dossier, as it comes.
        law: The process.
    """
    stages = list(law.stages)
    there = effective(dossier)
    reached = max((law.kinds[kind].step or 0 for kind in there), default=0)
    to_come = set(stages[stages.index(state_of(dossier, law).stage) + 1 :]) if stages else set()
    later = {
        kind
        for kind, step in law.steps.items()
        if (law.kinds[kind].step or 0) > reached or (step.stages and to_come.issuperset(step.stages))
    }
    return attrs.evolve(dossier, recorded_kinds=dossier.recorded_kinds | later)


__all__ = ["adopted"]
