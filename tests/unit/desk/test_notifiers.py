"""The outbox is told to each notifier until it has taken it; all people are invented."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import ClassVar

import attrs
import pytest

from devrules.desk.memory import MemoryStore
from devrules.desk.notifiers import LOG, LogNotifier, deliver
from devrules.desk.ports import Message, Notifier, Unit
from devrules.errors import UsageError
from devrules.testing import NotifierSuite
from devrules.testing.store_suite.making import message


@attrs.define
class Friend:
    """A notifier that remembers, and cannot tell what it is asked not to."""

    name: str = "friend"
    unable: set[str] = attrs.field(factory=set)
    told: list[str] = attrs.field(factory=list)

    def notify(self, message: Message) -> None:
        """Tell, if it can."""
        if message.id in self.unable:
            raise OSError(f"no way to reach 13812345678 about {message.text}")
        self.told.append(message.text)


class TestFriend(NotifierSuite):
    """The numbered scenarios, by a notifier that may fail."""

    @pytest.fixture
    def notifier(self) -> Friend:
        return Friend()

    @pytest.fixture
    def heard(self, notifier: Friend) -> Callable[[], list[str]]:
        return lambda: notifier.told

    @pytest.fixture
    def broken(self) -> Notifier:
        return Friend(unable={"m1"})


class TestLog(NotifierSuite):
    """The numbered scenarios, by the log."""

    missing: ClassVar[Mapping[str, str]] = {"failing": "logging never raises"}

    @pytest.fixture
    def notifier(self) -> Notifier:
        return LogNotifier()

    @pytest.fixture
    def heard(self, caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
        caplog.set_level(logging.INFO, LOG.name)
        return lambda: [record.getMessage() for record in caplog.records if record.levelno == logging.INFO]


def store_with(*messages: Message) -> MemoryStore:
    store = MemoryStore()
    store.commit(Unit(command="1", messages=messages))
    return store


def test_each_notifier_is_told_everything_once() -> None:
    """However often one delivers."""
    store, one, other = store_with(message(2, text="乙"), message(1, text="甲")), Friend(), Friend("other")

    assert [4, 0] == [deliver(store, [one, other]) for _ in range(2)]
    assert ["甲", "乙"] == one.told == other.told


def test_a_notifier_that_comes_later_is_told_what_it_missed() -> None:
    """Its outbox is its own."""
    store, late = store_with(message(1, text="甲")), Friend("late")
    deliver(store, [Friend()])

    assert 1 == deliver(store, [Friend(), late])
    assert ["甲"] == late.told


def test_what_could_not_be_told_is_tried_again() -> None:
    """It stops neither the other messages nor the other notifiers."""
    store = store_with(message(1, text="甲"), message(2, text="乙"))
    shaky, other = Friend(unable={"m1"}), Friend("other")

    assert 3 == deliver(store, [shaky, other])
    assert (["乙"], ["甲", "乙"]) == (shaky.told, other.told)

    shaky.unable.clear()

    assert 1 == deliver(store, [shaky, other])
    assert ["乙", "甲"] == shaky.told


def test_many_that_cannot_be_told_do_not_hide_the_rest() -> None:
    """However many stand in front."""
    several = [message(number) for number in range(1, 451)]
    shaky = Friend(unable={one.id for one in several[:301]})
    store = store_with(*several)

    assert 149 == deliver(store, [shaky])
    assert 301 == len(store.messages(unsent_by="friend", limit=1000))


def test_it_is_told_again_when_it_was_stopped_before_it_was_noted() -> None:
    """Better twice than never."""

    class Stopping(MemoryStore):
        def put_message(self, message: Message) -> None:
            if message.sent == ("friend",) and len(friend.told) == 1:
                raise KeyboardInterrupt
            super().put_message(message)

    store, friend = Stopping(), Friend()
    store.commit(Unit(command="1", messages=(message(1, text="甲"),)))
    with pytest.raises(KeyboardInterrupt):
        deliver(store, [friend])

    assert 1 == deliver(store, [friend])
    assert ["甲", "甲"] == friend.told


def test_what_was_read_meanwhile_stays_read() -> None:
    """Delivering writes its own mark only."""
    store = store_with(message(1))

    class Reader(Friend):
        def notify(self, message: Message) -> None:
            store.put_message(attrs.evolve(message, read=message.at))

    deliver(store, [Reader()])

    assert (message(1, sent=("friend",), read=message(1).at),) == store.messages()


def test_two_notifiers_of_one_name_are_refused() -> None:
    """The outbox could not tell them apart."""
    store = store_with(message(1))
    with pytest.raises(UsageError, match="two notifiers are called 'friend'"):
        deliver(store, [Friend(), Friend()])

    assert (message(1),) == store.messages()


def test_the_log_of_a_failure_has_no_personal_data(caplog: pytest.LogCaptureFixture) -> None:
    """Only which notifier, which message, and the kind of error."""
    deliver(store_with(message(1, text="张三")), [Friend(unable={"m1"})])

    assert ["friend could not tell message m1: OSError"] == caplog.messages


def test_the_log_masks_numbers_and_keeps_to_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody can write a second line into it."""
    caplog.set_level(logging.INFO, LOG.name)
    LogNotifier().notify(message(1, text="张*\n电话13812345678\r\nERROR"))

    assert ["d1 b1/branch-admin: 张* 电话138******78 ERROR"] == caplog.messages
