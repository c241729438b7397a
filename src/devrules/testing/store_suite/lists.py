"""5: lists of dossiers, by everything that narrows them, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from devrules.desk.ports import Conflict, Store, Unit, Wanted
from devrules.testing.store_suite.base import StoreScenarios
from devrules.testing.store_suite.making import row

MANY = 70_000

ROWS = (
    row("d1", name="张三丰", contacts=("wang-wu",), changed=datetime(2026, 5, 10, 15, 59, 59, 999999, tzinfo=UTC)),
    row("d2", name="100%_\\", contacts=("wang-wu", "zhao-liu"), changed=datetime(2026, 5, 10, 16, 0, tzinfo=UTC)),
    row("d3", branch="b2", stage="activist", waiting="activist-filing", owed=2, name="Ännchen"),
    row("d4", branch="b2", stage="", ended=True, transferring_to="b1", name=""),
    row("d5", branch=None, superior=None, stage="prospect", contacts=("wang-w",), name="𠮷野"),
)

FILTERS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, ["d1", "d2", "d3", "d4", "d5"]),
    "branches": ({"branches": ("b2", "b9")}, ["d3", "d4"]),
    "no-branches": ({"branches": ()}, []),
    "superior": ({"superior": "s1"}, ["d1", "d2", "d3", "d4"]),
    "contact": ({"contact": "wang-wu"}, ["d1", "d2"]),
    "contact-unknown": ({"contact": "wang"}, []),
    "receiving": ({"receiving": "b1"}, ["d4"]),
    "ids": ({"ids": ("d5", "d1", "d9")}, ["d1", "d5"]),
    "no-ids": ({"ids": ()}, []),
    "stage": ({"stage": "activist"}, ["d3"]),
    "stage-before-the-first": ({"stage": ""}, ["d4"]),
    "ended": ({"ended": True}, ["d4"]),
    "not-ended": ({"ended": False}, ["d1", "d2", "d3", "d5"]),
    "waiting": ({"waiting": "activist-filing"}, ["d3"]),
    "owing": ({"owing": True}, ["d3"]),
    "not-owing": ({"owing": False}, ["d1", "d2", "d4", "d5"]),
    "name": ({"name": "三"}, ["d1"]),
    "name-capitals": ({"name": "äNNCHEN"}, ["d3"]),
    "name-four-bytes": ({"name": "𠮷"}, ["d5"]),
    "name-percent": ({"name": "%"}, ["d2"]),
    "name-underscore": ({"name": "_"}, ["d2"]),
    "name-backslash": ({"name": "\\"}, ["d2"]),
    "name-of-no-letters": ({"name": ""}, ["d1", "d2", "d3", "d4", "d5"]),
    "changed-from": ({"changed_from": date(2026, 5, 11)}, ["d2", "d3", "d4", "d5"]),
    "after": ({"after": "d3"}, ["d4", "d5"]),
    "after-one-that-is-gone": ({"after": "d33"}, ["d4", "d5"]),
    "together": ({"branches": ("b1",), "contact": "wang-wu", "name": "张", "ended": False, "owing": False}, ["d1"]),
    "none": ({"branches": ("b1",), "stage": "activist"}, []),
}


def ids(store: Store, **narrowed: Any) -> list[str]:
    """Tell the ids on a page."""
    return [one.id for one in store.find(Wanted(**narrowed)).rows]


class ListScenarios(StoreScenarios):
    """5: lists."""

    def test_5a_a_row_comes_back_as_it_was_put(self, store: Store) -> None:
        """A row comes back as it was put, from a list and by its id."""
        store.commit(Unit(command="1", rows=ROWS))

        assert ROWS == store.find(Wanted()).rows
        assert list(ROWS) == [store.row(one.id) for one in ROWS]
        assert store.row("d9") is None

    @pytest.mark.parametrize("narrowed", FILTERS)
    def test_5b_a_list_shows_what_is_wanted(self, store: Store, narrowed: str) -> None:
        """A list shows what is wanted and nothing else, whatever narrows it."""
        store.commit(Unit(command="1", rows=ROWS))
        wanted, expected = FILTERS[narrowed]

        assert expected == ids(store, **wanted)

    def test_5c_lists_are_in_the_order_of_ids(self, store: Store) -> None:
        """Lists are in the order of the numbers of the ids' characters."""
        names = ["b", "10", "a", "9", "B", "é", "张", "\uff04", "𠀀", "a-1", "a1", "A1"]
        store.commit(Unit(command="1", rows=tuple(row(name) for name in names)))

        assert sorted(names) == ids(store)

    def test_5d_pages_follow_one_another(self, store: Store) -> None:
        """Pages follow one another, and the last says that it is the last, also when it is full."""
        store.commit(Unit(command="1", rows=tuple(row(f"d{number}") for number in range(6))))
        first = store.find(Wanted(limit=4))
        second = store.find(Wanted(limit=4, after=first.next))

        assert (["d0", "d1", "d2", "d3"], "d3") == ([one.id for one in first.rows], first.next)
        assert (["d4", "d5"], None) == ([one.id for one in second.rows], second.next)
        assert store.find(Wanted(limit=2, after="d3")).next is None
        assert store.find(Wanted(limit=6)).next is None
        assert ("d1", None) == (store.find(Wanted(limit=2)).next, store.find(Wanted(ids=())).next)

    def test_5e_pages_stay_when_rows_are_added(self, store: Store) -> None:
        """Nobody is shown twice or left out when rows are added between two pages, before and after them."""
        store.commit(Unit(command="1", rows=tuple(row(f"d{number}") for number in (2, 4, 6, 8))))
        first = store.find(Wanted(limit=2))
        store.commit(Unit(command="2", rows=(row("d1"), row("d3"), row("d5"), row("d9"))))
        second = store.find(Wanted(limit=9, after=first.next))

        assert (["d2", "d4"], ["d5", "d6", "d8", "d9"]) == tuple(
            [one.id for one in page.rows] for page in (first, second)
        )

    def test_5f_a_row_is_replaced_as_a_whole(self, store: Store) -> None:
        """A row that is committed again replaces the one before, its contacts, too."""
        store.commit(Unit(command="1", rows=ROWS))
        changed = row("d2", version=2, branch="b3", name="李四", contacts=("sun-qi",))
        store.commit(Unit(command="2", rows=(changed,)))

        assert changed == store.row("d2")
        assert (["d1"], ["d2"], []) == (
            ids(store, contact="wang-wu"),
            ids(store, contact="sun-qi"),
            ids(store, contact="zhao-liu"),
        )

    def test_5g_a_row_can_be_put_alone(self, store: Store) -> None:
        """A row can be put without a unit, new or again."""
        redacted = row("d1", name="", contacts=("wang-wu",))
        store.put_row(row("d1"))
        store.put_row(redacted)

        assert (redacted,) == store.find(Wanted()).rows
        assert ["d1"] == ids(store, contact="wang-wu")

    def test_5h_an_older_row_does_not_replace_a_newer(self, store: Store) -> None:
        """A row that was read before someone changed it does not replace the newer one."""
        store.put_row(row("d1", version=3, stage="activist"))
        with pytest.raises(Conflict, match="dossier d1"):
            store.put_row(row("d1", version=2))

        assert row("d1", version=3, stage="activist") == store.row("d1")

    def test_5i_a_list_may_span_very_many_branches(self, store: Store) -> None:
        """A list may span all branches of a province, and very many ids."""
        store.commit(Unit(command="1", rows=tuple(row(f"d{number}", branch=f"b{number}") for number in range(9))))
        branches = tuple(f"b{number}" for number in range(1, MANY))
        wanted = tuple(f"d{number}" for number in range(MANY) if number != 5)
        page = store.find(Wanted(branches=branches, ids=wanted, limit=3))

        assert (["d1", "d2", "d3"], "d3") == ([one.id for one in page.rows], page.next)
        assert ["d4", "d6", "d7", "d8"] == ids(store, branches=branches, ids=wanted, after="d3")

    def test_5j_a_page_has_room_for_one_at_least(self, store: Store) -> None:
        """A page without room would have no end."""
        with pytest.raises(ValueError, match="limit"):
            store.find(Wanted(limit=0))
