"""What a desk needs of the world comes in by hooks: the host's plugins are asked first, devrules itself last."""

from __future__ import annotations

from devrules.desk.memory import MemoryStore
from devrules.desk.notifiers import LogNotifier
from devrules.desk.organisations import Organisations, OrganisationTree, read_organisations
from devrules.desk.ports import Message, Notifier, Store
from devrules.dossier.model import Member
from devrules.plugin import Plugins, hookimpl

TREE = read_organisations({"s1": {"name": "甲党委"}, "b1": {"name": "第一党支部", "under": "s1"}})
MEMBERS = [Member("m1", "李四")]


class Quiet:
    """Tells nobody."""

    name = "quiet"

    def notify(self, message: Message) -> None:
        """Do nothing."""


class Portal:
    """A host with stores, a notifier, organisations and members of its own."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    @hookimpl
    def devrules_open_store(self, url: str) -> Store | None:
        """Open what begins with ``portal:``."""
        self.opened.append(url)
        return MemoryStore() if url.startswith("portal:") else None

    @hookimpl
    def devrules_notifiers(self) -> list[Notifier]:
        """Bring one."""
        return [Quiet()]

    @hookimpl
    def devrules_organisations(self) -> OrganisationTree | None:
        """Know two."""
        return TREE

    @hookimpl
    def devrules_members(self, organisation: str) -> list[Member] | None:
        """Know those of one branch, and that another has none."""
        return {"b1": MEMBERS, "b2": []}.get(organisation)


def test_devrules_itself_brings_a_store_in_memory_and_the_log() -> None:
    """Of organisations and members it knows nothing."""
    plugins = Plugins(installed=False)
    first, second = (plugins.call("devrules_open_store", url="memory:") for _ in range(2))

    assert (MemoryStore, MemoryStore, False) == (type(first), type(second), first is second)
    assert plugins.call("devrules_open_store", url="memory:2") is None
    assert [[LogNotifier()]] == plugins.call("devrules_notifiers")
    assert plugins.call("devrules_organisations") is None
    assert plugins.call("devrules_members", organisation="b1") is None


def test_a_plugin_opens_its_own_stores() -> None:
    """It is asked first, and may leave a URL to others."""
    portal = Portal()
    plugins = Plugins([portal], installed=False)

    assert isinstance(plugins.call("devrules_open_store", url="portal:1"), MemoryStore)
    assert isinstance(plugins.call("devrules_open_store", url="memory:"), MemoryStore)
    assert plugins.call("devrules_open_store", url="other:") is None
    assert ["portal:1", "memory:", "other:"] == portal.opened


def test_all_notifiers_are_told() -> None:
    """Those of every plugin."""
    offered = Plugins([Portal()], installed=False).call("devrules_notifiers")

    assert {"quiet", "log"} == {one.name for some in offered for one in some}


def test_a_plugin_tells_who_is_over_whom() -> None:
    """The first that knows a tree brings it."""
    tree = Plugins([Portal()], installed=False).call("devrules_organisations")

    assert isinstance(tree, Organisations)
    assert (("s1",), ("b1",), "第一党支部") == (tree.above("b1"), tree.below("s1"), tree.name("b1"))


def test_no_members_are_not_unknown_members() -> None:
    """An empty list is an answer, ``None`` is not."""

    class Other:
        @hookimpl
        def devrules_members(self, organisation: str) -> list[Member] | None:
            return [Member("m9")] if organisation in ("b2", "b3") else None

    plugins = Plugins([Other(), Portal()], installed=False)
    found = {branch: plugins.call("devrules_members", organisation=branch) for branch in ("b1", "b2", "b3", "b4")}

    assert {"b1": MEMBERS, "b2": [], "b3": [Member("m9")], "b4": None} == found
