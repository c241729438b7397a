"""
The outbox to those who are to hear of it.

A message is written together with what it tells of, and stays in the outbox of each notifier until that one has taken
it. So none is lost, and one may be told twice: when the process is stopped between telling and noting it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import attrs

from devrules.desk.ports import Message, Notifier, Store
from devrules.errors import UsageError
from devrules.mask import mask_text

LOG = logging.getLogger("devrules.desk")
_AT_ONCE = 100


def deliver(store: Store, notifiers: Iterable[Notifier]) -> int:
    """
    Tell what stands in the outbox by each notifier.

    What a notifier could not tell (it raised) stays in its outbox for the next time; neither the other messages nor the
    other notifiers wait for it.

    Args:
        store: Where the outbox is.
        notifiers: Who tells.

    Returns:
        How many messages were told; one that two notifiers told counts twice.

    Raises:
        UsageError: When two notifiers have the same name: the outbox could not tell them apart.
    """
    by_name: dict[str, Notifier] = {}
    for notifier in notifiers:
        if by_name.setdefault(notifier.name, notifier) is not notifier:
            raise UsageError(f"two notifiers are called {notifier.name!r}: give each a name of its own")
    return sum(_deliver(store, notifier) for notifier in by_name.values())


def _deliver(store: Store, notifier: Notifier) -> int:
    told = 0
    failed: set[str] = set()
    while fresh := _fresh(store, notifier, failed):
        for message in fresh:
            if _tell(notifier, message):
                store.put_message(attrs.evolve(message, sent=(notifier.name,)))
                told += 1
            else:
                failed.add(message.id)
    return told


def _fresh(store: Store, notifier: Notifier, failed: set[str]) -> list[Message]:
    """Take the next messages; those that failed stand in front of them still."""
    unsent = store.messages(unsent_by=notifier.name, limit=_AT_ONCE + len(failed))
    return [message for message in unsent if message.id not in failed]


def _tell(notifier: Notifier, message: Message) -> bool:
    try:
        notifier.notify(message)
    except Exception as error:  # noqa: BLE001  # whatever one notifier does must not silence the others
        # Not what the error says: that may hold an address or a number.
        LOG.warning("%s could not tell message %s: %s", notifier.name, message.id, type(error).__name__)
        return False
    return True


@attrs.frozen
class LogNotifier:
    """Writes messages into the log ``devrules.desk``, a line each, numbers masked."""

    name: str = "log"

    def notify(self, message: Message) -> None:
        """Write one line."""
        whom = "/".join(part for part in (message.organisation, message.role) if part)
        LOG.info("%s %s: %s", message.dossier, whom, mask_text(" ".join(message.text.split())))


__all__ = ["LOG", "LogNotifier", "deliver"]
