"""1 to 3: a unit is written as a whole, streams have no gaps, a command is carried out once."""

from __future__ import annotations

import attrs
import pytest

from devrules.desk.ports import Conflict, Store, Unit
from devrules.testing.store_suite.base import StoreScenarios
from devrules.testing.store_suite.making import account, attachment, code, event, everything, kept, message, row

FRESH = Unit(
    command="2",
    events=(event("d1", 3), event("d9"), event("organisation:b1", 2)),
    rows=(row("d1", version=3), row("d9")),
    messages=(message(8), message(9)),
    codes=(code(1, version=1, uses=1), code(9)),
    accounts=(account(8), account(9)),
    attachments=(attachment(b"new"),),
)
"""What can be written after :func:`everything`."""

CONFLICTING = {
    "command": attrs.evolve(FRESH, command="1"),
    "number-taken": attrs.evolve(FRESH, events=(*FRESH.events, event("d2", 1), event("d1", 2))),
    "number-left-out": attrs.evolve(FRESH, events=(*FRESH.events, event("d2", 2))),
    "number-left-out-within": attrs.evolve(FRESH, events=(*FRESH.events, event("d9", 3))),
    "number-twice": attrs.evolve(FRESH, events=(*FRESH.events, event("d9", 1))),
    "row": attrs.evolve(FRESH, rows=(*FRESH.rows, row("d1", version=1))),
    "message": attrs.evolve(FRESH, messages=(*FRESH.messages, message(1))),
    "code-id": attrs.evolve(FRESH, codes=(*FRESH.codes, code(2, digest="9" * 64))),
    "code-secret": attrs.evolve(FRESH, codes=(*FRESH.codes, code(8, digest=code(2).digest))),
    "code-version": attrs.evolve(FRESH, codes=(*FRESH.codes, code(2, version=2))),
    "code-unknown": attrs.evolve(FRESH, codes=(*FRESH.codes, code(8, version=1))),
    "account": attrs.evolve(FRESH, accounts=(*FRESH.accounts, account(1))),
}
"""The same with one part that cannot, after parts that can."""


class UnitScenarios(StoreScenarios):
    """1 to 3: units, streams, commands."""

    def test_1a_a_unit_is_there_after_it_was_committed(self, store: Store) -> None:
        """Everything of a unit is there after it was committed."""
        unit = everything()
        store.commit(unit)
        there = kept(store)

        assert unit.result == store.result("1")
        assert {"d1": unit.events[:2], "organisation:b1": unit.events[2:]} == there["events"]
        assert unit.rows == there["rows"]
        assert unit.messages == there["messages"]
        assert unit.codes[::-1] == there["codes"]
        assert list(unit.accounts) == [store.account("a1"), store.account("a2")]
        assert [one.content for one in unit.attachments] == [store.attachment(one.digest) for one in unit.attachments]

    def test_1b_a_second_unit_goes_on_where_the_first_ended(self, store: Store) -> None:
        """A second unit goes on where the first ended."""
        store.commit(everything())
        store.commit(FRESH)

        assert [1, 2, 3] == [entry.number for entry in store.events("d1")]
        assert FRESH.rows[0] == store.row("d1")
        assert FRESH.codes[0] == store.code(code(1).digest)

    @pytest.mark.parametrize("part", CONFLICTING)
    def test_1c_nothing_of_a_unit_is_written_when_a_part_conflicts(self, store: Store, part: str) -> None:
        """Nothing of a unit is written when a part of it conflicts, whichever it is."""
        store.commit(everything())
        before = kept(store)
        with pytest.raises(Conflict):
            store.commit(CONFLICTING[part])

        assert before == kept(store)

    def test_1d_after_a_conflict_the_store_works_on(self, store: Store) -> None:
        """After a conflict the store works on."""
        store.commit(everything())
        for unit in CONFLICTING.values():
            with pytest.raises(Conflict):
                store.commit(unit)
        store.commit(FRESH)

        assert 3 == len(store.events("d1"))

    def test_1e_a_unit_may_hold_a_command_only(self, store: Store) -> None:
        """A unit may hold nothing but its command: a refusal that is not journalled."""
        store.commit(Unit(command="1", result='{"refused": true}'))

        assert '{"refused": true}' == store.result("1")
        assert () == store.streams()

    def test_2a_entries_come_in_the_order_of_their_numbers(self, store: Store) -> None:
        """Entries come in the order of their numbers, also past the ninth."""
        for number in range(1, 13):
            store.commit(Unit(command=str(number), events=(event("d1", number),)))

        assert list(range(1, 13)) == [entry.number for entry in store.events("d1")]

    def test_2b_a_stream_that_is_not_there_is_empty(self, store: Store) -> None:
        """A stream that is not there is empty."""
        store.commit(Unit(command="1", events=(event("d1"),)))

        assert () == store.events("d2")

    def test_2c_streams_are_named_in_order(self, store: Store) -> None:
        """Streams are named in the order of their characters' numbers, each once."""
        names = ["b", "organisation:b1", "a", "B", "é", "张", "\uff04", "𠀀"]
        for name in names:
            store.commit(Unit(command=name, events=(event(name), event(name, 2))))

        assert tuple(sorted(names)) == store.streams()

    def test_2d_names_that_look_alike_are_different_streams(self, store: Store) -> None:
        """Names that look alike are different streams: capital letters, accents, spaces, full-width letters."""
        names = ["a", "A", "á", "a ", " a", "ａ"]  # the last is full-width
        store.commit(Unit(command="1", events=tuple(event(name, body=name) for name in names)))

        assert [[name] for name in names] == [[entry.body for entry in store.events(name)] for name in names]

    def test_2e_a_stream_begins_with_one(self, store: Store) -> None:
        """A stream begins with 1; any other number is a conflict."""
        for number in (0, 2, -1):
            with pytest.raises(Conflict):
                store.commit(Unit(command=f"{number}", events=(event("d1", number),)))

        assert () == store.events("d1")

    def test_3a_the_result_of_a_command_is_kept(self, store: Store) -> None:
        """The result of a command is kept, word by word."""
        store.commit(Unit(command="1", result='{"b": 1,  "a": "同意"}'))

        assert '{"b": 1,  "a": "同意"}' == store.result("1")
        assert store.result("2") is None

    def test_3b_a_command_is_written_once(self, store: Store) -> None:
        """A command that is repeated is a conflict: the first result stays, and nothing of the second is written."""
        store.commit(Unit(command="1", result="1", events=(event("d1"),)))
        with pytest.raises(Conflict, match="command 1"):
            store.commit(Unit(command="1", result="2", events=(event("d2"),)))

        assert "1" == store.result("1")
        assert ("d1",) == store.streams()
