"""A notifier has a name, tells every message whole, and says when it could not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from devrules.desk.memory import MemoryStore
from devrules.desk.notifiers import deliver
from devrules.desk.ports import Message, Notifier, Unit
from devrules.testing.scenarios import Scenarios, needs
from devrules.testing.store_suite.making import TEXTS, message

WORDS = {name: text for name, text in TEXTS.items() if name != "long"}


def store_with(*messages: Message) -> MemoryStore:
    """Put messages into an outbox."""
    store = MemoryStore()
    store.commit(Unit(command="1", messages=messages))
    return store


def words(text: str) -> list[str]:
    """Split a text; how its words are parted is the notifier's matter."""
    return text.split()


class NotifierSuite(Scenarios):
    """Every scenario about a notifier."""

    @pytest.fixture
    def notifier(self) -> Notifier:
        """Give the notifier under test."""
        raise NotImplementedError("bring a fixture notifier")

    @pytest.fixture
    def heard(self) -> Callable[[], list[str]]:
        """Give what tells the texts that were told so far, the first one first."""
        raise NotImplementedError("bring a fixture heard")

    @pytest.fixture
    def broken(self, notifier: Notifier) -> Notifier:
        """Give a notifier that cannot tell at the moment."""
        return notifier

    def test_1a_it_has_a_name(self, notifier: Notifier) -> None:
        """A notifier has a short name without spaces: the outbox knows it by that."""
        assert notifier.name
        assert [notifier.name] == words(notifier.name)
        assert len(notifier.name) <= 100

    @pytest.mark.parametrize("text", WORDS)
    def test_2a_every_word_is_told(self, notifier: Notifier, heard: Callable[[], list[str]], text: str) -> None:
        """Every word of a text is told: Chinese, characters of four bytes, quotes, several lines, none."""
        notifier.notify(message(1, text=WORDS[text]))
        [told] = heard()

        assert " ".join(words(told)).endswith(" ".join(words(WORDS[text])))

    def test_2b_messages_are_told_one_by_one(self, notifier: Notifier, heard: Callable[[], list[str]]) -> None:
        """Each message is told for itself, in the order in which they come."""
        for number in (1, 2, 3):
            notifier.notify(message(number, text=f"第{number}条"))

        assert ["第1条", "第2条", "第3条"] == [words(told)[-1] for told in heard()]

    def test_2c_a_message_may_come_again(self, notifier: Notifier, heard: Callable[[], list[str]]) -> None:
        """The same message may come again, when it was not sure whether it was told; that is no error."""
        notifier.notify(message(1, text="同意"))
        notifier.notify(message(1, text="同意"))

        assert {"同意"} == {words(told)[-1] for told in heard()}

    def test_2d_a_message_may_be_for_one_person(self, notifier: Notifier, heard: Callable[[], list[str]]) -> None:
        """A message may be for an account in no organisation."""
        notifier.notify(message(1, role="applicant", organisation=None, account="a1", text="退回"))

        assert "退回" == words(heard()[0])[-1]

    def test_2e_it_is_told_from_several_threads(self, notifier: Notifier, heard: Callable[[], list[str]]) -> None:
        """Messages may come from several threads at once; none is lost."""
        several = [message(number, text=f"第{number}条") for number in range(20)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(notifier.notify, several))

        assert {one.text for one in several} == {words(told)[-1] for told in heard()}

    def test_3a_what_it_took_leaves_its_outbox(self, notifier: Notifier, heard: Callable[[], list[str]]) -> None:
        """What it has taken leaves its outbox, and is not told again."""
        store = store_with(message(1, text="甲"), message(2, text="乙"))

        assert (2, 0) == (deliver(store, [notifier]), deliver(store, [notifier]))
        assert () == store.messages(unsent_by=notifier.name)
        assert ["甲", "乙"] == [words(told)[-1] for told in heard()]

    @needs("failing")
    def test_3b_what_it_could_not_tell_stays(self, broken: Notifier) -> None:
        """When it cannot tell it raises: the message stays in its outbox."""
        store = store_with(message(1))

        assert 0 == deliver(store, [broken])
        assert (message(1),) == store.messages(unsent_by=broken.name)
