"""Where a desk keeps things, opened by the plugins; and the dossiers that are kept there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from devrules.desk.ports import Store, Wanted
from devrules.dossier.kinds import Kinds
from devrules.dossier.lines import Dossiers, Text
from devrules.errors import StoreFailure, UsageError
from devrules.plugin import Plugins

_PAGE = 500


def open_store(plugins: Plugins, url: str) -> Store:
    """
    Open a store.

    Raises:
        UsageError: When no plugin opens such a store.
        StoreFailure: When it cannot be opened.
    """
    store: Store | None = plugins.call("devrules_open_store", url=url)
    if store is None:
        scheme = url.partition(":")[0]  # the rest may hold a password
        raise UsageError(f"no plugin opens a store at {scheme}:…; there are sqlite:///party.db and memory:")
    return store


def kept_dossiers(plugins: Plugins, url: str, kinds: Kinds) -> Dossiers:
    """
    Read the dossiers that a desk keeps, a page after another.

    Args:
        plugins: The plugins.
        url: Where the desk keeps things.
        kinds: The kinds of record that there are.

    Raises:
        StoreFailure: When there is no such file; a store of that name would be made otherwise. Or, when they are gone
            through, that it cannot be opened or read.
    """
    scheme, _, path = url.partition(":///")
    file = Path(path.partition("?")[0])
    if scheme.partition("+")[0] == "sqlite" and not path.startswith("file:") and not file.is_file():
        raise StoreFailure(f"{file} is no file that a desk keeps things in: check the path")
    return Dossiers("desk", lambda: _texts(plugins, url), kinds)


def _texts(plugins: Plugins, url: str) -> Iterator[tuple[str, Text]]:
    store = open_store(plugins, url)
    try:
        after: str | None = None
        while True:
            page = store.find(Wanted(after=after, limit=_PAGE))
            for row in page.rows:
                yield f"dossier {row.id}", row.body.encode()
            after = page.next
            if after is None:
                return
    finally:
        store.close()
