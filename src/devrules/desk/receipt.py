"""What a command at the desk gave."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class Receipt:
    """
    What a command gave.

    Args:
        dossier: The dossier.
        version: The number of its last event; say it with the next command, and nobody's change is overwritten.
        rule: The rule of the process that let it pass.
        records: The records that are new or changed, as ``talk-1``.
        lamps: The rules whose lamps were on when a gate was passed.
        stage: The stage in which the person is now.
        ended: Whether the process has ended.
    """

    dossier: str
    version: int
    rule: str
    records: tuple[str, ...] = ()
    lamps: tuple[str, ...] = ()
    stage: str = ""
    ended: bool = False


__all__ = ["Receipt"]
