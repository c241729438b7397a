"""The desk: what people do and see, registration, the outbox, and the proof that nothing was tampered with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import attrs

from devrules.desk.attachments import digests_of
from devrules.desk.heads import Head, heads
from devrules.desk.notifiers import deliver
from devrules.desk.office import Office
from devrules.desk.ports import Notifier
from devrules.desk.receipt import Receipt
from devrules.desk.registration import Registration
from devrules.desk.rows import row_of
from devrules.desk.verify import Breach, verify_store
from devrules.desk.writing import MOST_BYTES, Writing
from devrules.errors import InvalidInput


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
        Look for signs of tampering: in all journals, in what lists show of each dossier, in the files it names.

        Args:
            known: Heads that were exported before.
        """
        streams = self._office.store.streams()
        made = [breach for stream in streams for breach in self._kept_apart(stream)]
        return (*verify_store(self._office.store, known), *made)

    def _kept_apart(self, stream: str) -> Iterator[Breach]:
        """Compare a dossier's row and files, which no chain holds, with its journal."""
        store = self._office.store
        row = store.row(stream)
        try:
            folded = self._office.read(stream) if row is not None else None
        except InvalidInput:  # the journal itself is not whole: that is said already
            return
        if row is None or folded is None:
            return
        made = row_of(folded.dossier, self._office.process, version=folded.version, changed=row.changed)
        if attrs.evolve(made, version=row.version) != row:
            yield Breach(stream, folded.version, "row")
        for digest in sorted(digests_of(folded.dossier)):
            content = store.attachment(digest)
            if content is not None and hashlib.sha256(content).hexdigest() != digest:
                yield Breach(stream, folded.version, "file")

    def heads(self) -> tuple[Head, ...]:
        """Give the last link of every journal, to be kept elsewhere."""
        return heads(self._office.store)

    def close(self) -> None:
        """Give back what the store holds open."""
        self._office.store.close()


__all__ = ["Desk", "Receipt"]
