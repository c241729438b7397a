"""The dossiers of people, which are made when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from operator import eq
from typing import overload

from devrules.dossier.model import Dossier
from devrules.ledger.rows import PersonRow


class Dossiers(Sequence[Dossier]):
    """
    The dossiers of people, made one by one whenever they are asked for; the rows are all that is kept.

    Args:
        people: A row, or a dossier that was made already, for each of them.
    """

    def __init__(self, people: Sequence[PersonRow | Dossier]) -> None:
        self._people = people

    def __len__(self) -> int:
        return len(self._people)

    @overload
    def __getitem__(self, at: int) -> Dossier: ...
    @overload
    def __getitem__(self, at: slice) -> Dossiers: ...
    def __getitem__(self, at: int | slice) -> Dossier | Dossiers:
        found = self._people[at]
        if isinstance(found, PersonRow):
            return found.dossier()
        return found if isinstance(found, Dossier) else Dossiers(found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # a dossier has none

    def __reduce__(self) -> tuple[type[Dossiers], tuple[tuple[Dossier, ...]]]:
        return Dossiers, (tuple(self),)
