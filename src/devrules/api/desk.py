"""Open a desk: its store, notifiers, organisations and members come from plugins, or from the host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Self

from devrules.api.rules import Rules, load
from devrules.api.stores import open_store
from devrules.desk.desk import Desk as _Desk
from devrules.desk.office import Members, Office, now
from devrules.desk.organisations import OrganisationTree
from devrules.desk.ports import Notifier
from devrules.dossier.model import Member


class Desk(_Desk):
    """The desk; see :class:`devrules.desk.desk.Desk` for what can be done at it."""

    @classmethod
    def open(
        cls,
        url: str,
        *,
        rules: Rules | None = None,
        overlays: Sequence[str] = (),
        organisations: OrganisationTree | None = None,
        members: Members | None = None,
        notifiers: Iterable[Notifier] = (),
        clock: Callable[[], datetime] | None = None,
    ) -> Self:
        """
        Open a desk.

        Args:
            url: Where it keeps things: ``sqlite:///party.db``, ``memory:``, or what a plugin's store understands.
            rules: The rules; by default they are loaded, with the *overlays*.
            overlays: Ids of overlays; their guards are added to the process.
            organisations: The tree of organisations; by default that of a plugin.
            members: Gives the members of an organisation; by default a plugin does.
            notifiers: Who is told, beside the notifiers of plugins.
            clock: Tells the time, with its zone; by default the clock of the machine.

        Raises:
            UsageError: When no plugin opens such a store.
            StoreFailure: When the store cannot be opened.
        """
        rules = rules or load(overlays=overlays)
        store = open_store(rules.plugins, url)
        told = [one for offered in rules.plugins.call("devrules_notifiers") for one in offered]
        office = Office(
            rules=rules,
            store=store,
            clock=clock or now,
            tree=organisations or rules.plugins.call("devrules_organisations"),
            members=members or partial(_members, rules),
        )
        return cls(office, (*told, *notifiers))


def _members(rules: Rules, organisation: str) -> Sequence[Member] | None:
    found: Sequence[Member] | None = rules.plugins.call("devrules_members", organisation=organisation)
    return found


__all__ = ["Desk"]
