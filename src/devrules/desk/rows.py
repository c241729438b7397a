"""A dossier to the row that lists show of it."""

from __future__ import annotations

import json
from datetime import datetime

from devrules.desk.ports import DossierRow
from devrules.dossier.convert import write_dossier
from devrules.dossier.model import Dossier
from devrules.process.decide import Process


def row_of(dossier: Dossier, process: Process, *, version: int, changed: datetime) -> DossierRow:
    """
    Make the row of a dossier.

    Args:
        dossier: The dossier.
        process: The process.
        version: The number of its last event.
        changed: When that was written.
    """
    state = process.state(dossier)
    return DossierRow(
        id=dossier.id,
        version=version,
        branch=dossier.branch.id,
        superior=dossier.superior.id,
        stage=state.stage,
        ended=state.ended,
        waiting=state.waiting[0] if state.waiting else None,
        owed=len(state.owed),
        name=dossier.person.name,
        contacts=state.contacts,
        transferring_to=state.transfer[1].to if state.transfer else None,
        changed=changed,
        body=body_of(dossier),
    )


def body_of(dossier: Dossier) -> str:
    """Write a dossier as a row keeps it."""
    return json.dumps(write_dossier(dossier), ensure_ascii=False, sort_keys=True)


__all__ = ["body_of", "row_of"]
