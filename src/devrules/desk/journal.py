"""The entries of a stream to the dossier that they make."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from devrules.desk.events import read_event
from devrules.desk.ports import StoredEvent
from devrules.desk.redaction import declared
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput, Problem
from devrules.process.model import Change, apply


@attrs.frozen
class Folded:
    """
    What the entries of a stream make.

    Args:
        dossier: The dossier.
        version: The number of the last entry; 0 where there is none.
        redacted: The numbers of the entries that were redacted: what they had put is not in the dossier.
    """

    dossier: Dossier
    version: int
    redacted: tuple[int, ...] = ()


def fold(entries: Iterable[StoredEvent], dossier_id: str, kinds: Kinds) -> Folded:
    """
    Make a dossier of what was done to it.

    Refusals change nothing. A body that was redacted, or that a later entry declares to be, is not read. A dossier that
    begins here keeps every kind of record; one that was adopted keeps what its source did.

    Args:
        entries: The entries of its stream, in order.
        dossier_id: Its id.
        kinds: The kinds of record that there are.

    Raises:
        InvalidInput: When entries cannot be read, with every problem found.
    """
    entries = tuple(entries)
    hidden = declared(entries) | {entry.number for entry in entries if entry.body is None}
    changes: list[Change] = []
    problems: list[Problem] = []
    for entry in entries:
        if entry.number in hidden or not entry.granted:
            continue
        try:
            event = read_event(entry, kinds)
        except InvalidInput as error:
            problems.extend(error.problems)
        else:
            changes.extend(event.changes if event else ())
    if problems:
        raise InvalidInput(problems)
    return Folded(
        apply(Dossier(dossier_id, recorded_kinds=frozenset(kinds)), tuple(changes)),
        entries[-1].number if entries else 0,
        tuple(sorted(hidden)),
    )
