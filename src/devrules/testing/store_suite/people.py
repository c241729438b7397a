"""6 and 7: registration codes, accounts, messages and the inbox."""

from __future__ import annotations

import attrs
import pytest

from devrules.desk.ports import Conflict, Store, Unit
from devrules.errors import UsageError
from devrules.testing.store_suite.base import StoreScenarios
from devrules.testing.store_suite.making import account, after, code, message

INBOX = (
    message(1),
    message(2, organisation="b2"),
    message(3, role="superior-committee"),
    message(4, role="applicant", organisation=None, account="a1"),
    message(5, role="applicant", organisation=None, account="a2"),
    message(6, organisation="b1", account="li-si"),
    message(7),
    message(8, role="applicant", organisation=None, account=None),
)


class PeopleScenarios(StoreScenarios):
    """6 and 7: codes and messages."""

    def test_6a_a_code_is_found_by_the_hash_of_its_secret(self, store: Store) -> None:
        """A code is found by the hash of its secret, and by nothing else."""
        full = code(2, dossier="d1", uses=3, used=after(hours=1), revoked=after(hours=2), single=False)
        store.commit(Unit(command="1", codes=(code(1), full)))

        assert [code(1), full] == [store.code(code(1).digest), store.code(full.digest)]
        assert store.code("c1") is None

    def test_6b_a_code_changes_one_version_at_a_time(self, store: Store) -> None:
        """A code changes one version at a time: who read an older one gets a conflict."""
        store.commit(Unit(command="1", codes=(code(1),)))
        used = code(1, version=1, uses=1, used=after(hours=1))
        store.commit(Unit(command="2", codes=(used,)))
        for number, version in enumerate((0, 1, 3), start=3):
            with pytest.raises(Conflict, match="code c1"):
                store.commit(Unit(command=str(number), codes=(code(1, version=version, revoked=after(hours=2)),)))

        assert used == store.code(code(1).digest)
        assert (used,) == store.codes("b1")

    def test_6c_codes_are_listed_newest_first(self, store: Store) -> None:
        """The codes of a branch are listed, the newest first."""
        store.commit(Unit(command="1", codes=(code(2), code(1), code(3), code(4, branch="b2"))))

        assert (code(3), code(2), code(1)) == store.codes("b1")
        assert () == store.codes("b9")

    def test_6d_codes_are_listed_by_when_they_were_made(self, store: Store) -> None:
        """A list of codes may begin at a moment, which counts, and end at one, which does not."""
        store.commit(Unit(command="1", codes=tuple(code(number) for number in range(1, 5))))
        made = {number: code(number).made for number in range(1, 5)}

        assert (code(4), code(3), code(2)) == store.codes("b1", made_from=made[2])
        assert (code(2), code(1)) == store.codes("b1", made_until=made[3])
        assert (code(3), code(2)) == store.codes("b1", made_from=made[2], made_until=made[4])
        assert () == store.codes("b1", made_from=made[2], made_until=made[2])

    def test_6e_an_account_is_made_once(self, store: Store) -> None:
        """An account is found by its id, and is made once."""
        store.commit(Unit(command="1", accounts=(account(1),)))
        with pytest.raises(Conflict, match="account a1"):
            store.commit(Unit(command="2", accounts=(attrs.evolve(account(2), id="a1"),)))

        assert account(1) == store.account("a1")
        assert store.account("a2") is None

    def test_7a_messages_come_oldest_first(self, store: Store) -> None:
        """Messages come oldest first, and no more than asked for."""
        store.commit(Unit(command="1", messages=(message(2), message(10), message(1))))

        assert (message(1), message(2), message(10)) == store.messages()
        assert (message(1), message(2)) == store.messages(limit=2)

    def test_7b_each_notifier_has_its_own_mark(self, store: Store) -> None:
        """What one notifier has taken, the others still get."""
        store.commit(Unit(command="1", messages=(message(1), message(2))))
        store.put_message(message(1, sent=("mail",)))

        assert (message(2),) == store.messages(unsent_by="mail")
        assert (message(1, sent=("mail",)), message(2)) == store.messages(unsent_by="log") == store.messages()

    def test_7c_marks_are_added_to_those_that_are_there(self, store: Store) -> None:
        """Who marks a message with what he read earlier takes no other's mark away."""
        store.commit(Unit(command="1", messages=(message(1),)))
        [old] = store.messages()
        store.put_message(attrs.evolve(old, sent=("mail",)))
        store.put_message(attrs.evolve(old, read=after(hours=1)))
        store.put_message(attrs.evolve(old, sent=("log",)))
        store.put_message(attrs.evolve(old, read=after(hours=2)))
        [now] = store.messages()

        assert ({"mail", "log"}, after(hours=1)) == (set(now.sent), now.read)
        assert () == store.messages(unsent_by="mail")

    def test_7d_a_message_keeps_its_words(self, store: Store) -> None:
        """Marking a message changes nothing else of it."""
        store.commit(Unit(command="1", messages=(message(1),)))
        store.put_message(message(1, text="其他", account="a9", sent=("log",)))

        assert (message(1, sent=("log",)),) == store.messages()

    def test_7e_a_message_that_is_not_there_cannot_be_marked(self, store: Store) -> None:
        """Marking a message that is not there is an error that names it."""
        with pytest.raises(UsageError, match="m1"):
            store.put_message(message(1, sent=("log",)))

        assert () == store.messages()

    @pytest.mark.parametrize(
        ("role", "organisation", "account", "expected"),
        [
            ("branch-admin", "b1", None, ["m7", "m1"]),
            ("branch-admin", "b1", "li-si", ["m7", "m6", "m1"]),
            ("branch-admin", "b2", "li-si", ["m6", "m2"]),
            ("branch-admin", "b9", "li", []),
            ("superior-committee", "b1", None, ["m3"]),
            ("applicant", "b1", "a1", ["m4"]),
            ("applicant", None, "a2", ["m8", "m5"]),
            ("applicant", "b1", "li-si", []),
        ],
    )
    def test_7f_an_inbox_holds_what_is_for_its_owner(
        self, store: Store, role: str, organisation: str | None, account: str | None, expected: list[str]
    ) -> None:
        """An inbox holds what is for everyone in the role there and for the account in it, the newest first."""
        store.commit(Unit(command="1", messages=INBOX))

        assert expected == [one.id for one in store.inbox(role=role, organisation=organisation, account=account)]

    def test_7g_what_was_read_stays_in_the_inbox(self, store: Store) -> None:
        """What was read stays in the inbox, and says when."""
        store.commit(Unit(command="1", messages=(message(1),)))
        store.put_message(message(1, read=after(hours=1)))

        assert (message(1, read=after(hours=1)),) == store.inbox(role="branch-admin", organisation="b1", account=None)
