"""The desk: what people do and see, registration, the outbox, and the proof that nothing was tampered with."""

from __future__ import annotations

from collections.abc import Sequence

from devrules.desk.heads import Head, heads
from devrules.desk.notifiers import deliver
from devrules.desk.office import Office
from devrules.desk.ports import Notifier
from devrules.desk.registration import Registration
from devrules.desk.verify import Breach, verify_store
from devrules.desk.writing import MOST_BYTES, Receipt, Writing


class Desk(Writing):
    """
    Takes commands, keeps the journal, tells those who are to hear of it.

    Args:
        office: The rules, the store, the clock, the organisations and members.
        notifiers: Who is told of what stands in the outbox.
        most_bytes: How large a file may be that is attached.
    """

    def __init__(self, office: Office, notifiers: Sequence[Notifier] = (), *, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(office, most_bytes=most_bytes)
        self._notifiers = tuple(notifiers)
        self.registration = Registration(office)

    def own_dossier(self, account: str) -> str | None:
        """Give the dossier of an account that registered; ``None`` where it has none."""
        found = self._office.store.account(account)
        return None if found is None else found.dossier

    def deliver(self) -> int:
        """Tell what stands in the outbox by all notifiers, and count what was told."""
        return deliver(self._office.store, self._notifiers)

    def verify(self, known: Sequence[Head] = ()) -> tuple[Breach, ...]:
        """
        Look for signs of tampering in all journals.

        Args:
            known: Heads that were exported before.
        """
        return verify_store(self._office.store, known)

    def heads(self) -> tuple[Head, ...]:
        """Give the last link of every journal, to be kept elsewhere."""
        return heads(self._office.store)

    def close(self) -> None:
        """Give back what the store holds open."""
        self._office.store.close()


__all__ = ["Desk", "Receipt"]
