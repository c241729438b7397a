"""4: several write at once; exactly one wins, the others get a conflict, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from devrules.desk.ports import Conflict, Store, Unit, Wanted
from devrules.testing.scenarios import needs
from devrules.testing.store_suite.base import StoreScenarios
from devrules.testing.store_suite.making import append, at_once, attachment, code, event, message, row

WRITERS = 4
EACH = 6


def write_some(open_store: Callable[[], Store], writer: int) -> None:
    """Add entries to a stream to which others add at the same time; runs in a process of its own, too."""
    store = open_store()
    for number in range(EACH):
        append(store, "d1", f"{writer}-{number}")
    store.close()


def assert_nothing_was_lost(store: Store, writers: int) -> None:
    """See that each entry of each writer is there, in the order in which that one wrote them, without gaps."""
    entries = store.events("d1")
    bodies = [str(entry.body) for entry in entries]

    assert list(range(1, writers * EACH + 1)) == [entry.number for entry in entries]
    for writer in range(writers):
        own = [body for body in bodies if body.startswith(f"{writer}-")]
        assert [f"{writer}-{number}" for number in range(EACH)] == own


class WriterScenarios(StoreScenarios):
    """4: several writers."""

    def test_4a_one_of_several_adds_the_next_entry(self, store: Store) -> None:
        """Of several threads that add the same next entry, exactly one wins."""

        def add(store: Store, number: int) -> None:
            store.commit(Unit(command=f"{number}", events=(event("d1", body=f"{number}"),), rows=(row(f"r{number}"),)))

        [winner] = at_once([store] * WRITERS, add)

        assert [f"{winner}"] == [entry.body for entry in store.events("d1")]
        assert [f"r{winner}"] == [one.id for one in store.find(Wanted()).rows]
        assert [winner] == [number for number in range(WRITERS) if store.result(f"{number}")]

    def test_4b_one_of_several_carries_out_a_command(self, store: Store) -> None:
        """Of several threads that carry out the same command, exactly one wins."""

        def send(store: Store, number: int) -> None:
            store.commit(Unit(command="1", result=f"{number}", messages=(message(number),)))

        [winner] = at_once([store] * WRITERS, send)

        assert f"{winner}" == store.result("1")
        assert [f"m{winner}"] == [one.id for one in store.messages()]

    def test_4c_one_of_several_uses_a_code(self, store: Store) -> None:
        """Of several threads that use the same code, exactly one wins."""
        store.commit(Unit(command="make", codes=(code(1),)))

        def use(store: Store, number: int) -> None:
            store.commit(Unit(command=f"{number}", codes=(code(1, version=1, uses=1, dossier=f"d{number}"),)))

        [winner] = at_once([store] * WRITERS, use)

        assert code(1, version=1, uses=1, dossier=f"d{winner}") == store.code(code(1).digest)

    def test_4d_whoever_lost_tries_again_and_nothing_is_lost(self, store: Store) -> None:
        """Threads that lose read again and try anew: in the end everything is there."""

        def add(store: Store, writer: int) -> None:
            for number in range(EACH):
                append(store, "d1", f"{writer}-{number}")

        at_once([store] * WRITERS, add)

        assert_nothing_was_lost(store, WRITERS)

    def test_4e_who_writes_elsewhere_is_not_in_the_way(self, store: Store) -> None:
        """Threads that write different streams all win, though they put the same file into the store."""

        def add(store: Store, number: int) -> None:
            unit = Unit(command=f"{number}", events=(event(f"d{number}"),), attachments=(attachment(),))
            store.commit(unit)

        assert list(range(WRITERS)) == at_once([store] * WRITERS, add)
        assert attachment().content == store.attachment(attachment().digest)

    def test_4f_a_list_never_shows_half_a_unit(self, store: Store) -> None:
        """A list that is read while a unit is written shows all of it or nothing."""

        def work(store: Store, number: int) -> None:
            for version in range(1, 30):
                if number == 0:
                    both = (row("d1", version=version, owed=version), row("d2", version=version, owed=version))
                    store.commit(Unit(command=f"{version}", rows=both))
                else:
                    assert len({one.owed for one in store.find(Wanted()).rows}) <= 1

        assert [0, 1, 2] == at_once([store] * 3, work)

    @needs("reopening")
    def test_4g_who_opened_it_too_sees_what_is_written(self, store: Store, open_store: Callable[[], Store]) -> None:
        """Whoever has the store open, too, sees what is written, and conflicts with it."""
        other = open_store()
        assert () == other.events("d1")
        store.commit(Unit(command="1", events=(event("d1", body="first"),)))
        with pytest.raises(Conflict, match="stream d1"):
            other.commit(Unit(command="2", events=(event("d1", body="second"),)))

        assert ["first"] == [entry.body for entry in other.events("d1")]
        other.close()

    @needs("reopening")
    def test_4h_of_several_who_opened_it_one_wins(self, store: Store, open_store: Callable[[], Store]) -> None:
        """Of several threads that opened it each for itself, exactly one adds the next entry."""
        stores = [open_store() for _ in range(WRITERS)]

        def add(store: Store, number: int) -> None:
            store.commit(Unit(command=f"{number}", events=(event("d1", body=f"{number}"),)))

        [winner] = at_once(stores, add)

        assert [f"{winner}"] == [entry.body for entry in store.events("d1")]
        for one in stores:
            one.close()

    @needs("processes")
    def test_4i_processes_lose_nothing(self, store: Store, open_store: Callable[[], Store]) -> None:
        """Two processes that write the same stream lose nothing."""
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            list(pool.map(write_some, [open_store] * 2, range(2)))

        assert_nothing_was_lost(store, 2)
