"""8 and 9: what is kept comes back unchanged, also when the store is opened again; what is redacted never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest

from devrules.desk.ports import Attachment, Store, Unit, Wanted
from devrules.errors import UsageError
from devrules.testing.scenarios import needs
from devrules.testing.store_suite.base import StoreScenarios
from devrules.testing.store_suite.making import TEXTS, attachment, code, event, everything, kept, message, row

MEGABYTE = 1 << 20
FILES = {"empty": b"", "every-byte": bytes(range(256)) * 3, "large": bytes(range(251)) * (5 * MEGABYTE // 251)}


class KeepingScenarios(StoreScenarios):
    """8 and 9: what is kept."""

    @pytest.mark.parametrize("text", TEXTS)
    def test_8a_texts_come_back_unchanged(self, store: Store, text: str) -> None:
        """Texts come back unchanged: Chinese, characters of four bytes, quotes, line ends, none, very long ones."""
        words = TEXTS[text]
        unit = Unit(
            command="1",
            result=words,
            events=(event(body=words, salt=words),),
            rows=(row(name=words, body=words),),
            messages=(message(text=words),),
        )
        store.commit(unit)

        assert words == store.result("1")
        assert (unit.events, unit.rows, unit.messages) == (
            store.events("d1"),
            store.find(Wanted()).rows,
            store.messages(),
        )

    def test_8b_nothing_is_not_an_empty_text(self, store: Store) -> None:
        """What is not stated and what is empty are told apart."""
        empty, nothing = event("d1", organisation="", body="", salt=""), event("d1", 2, organisation=None, body=None)
        rows = (row("d1", branch="", superior="", waiting=""), row("d2", branch=None, superior=None))
        store.commit(Unit(command="1", events=(empty, nothing), rows=rows))

        assert (empty, nothing) == store.events("d1")
        assert rows == store.find(Wanted()).rows

    @pytest.mark.parametrize(
        "moment",
        [
            datetime(2026, 5, 11, 0, 0, 0, 1, tzinfo=UTC),
            datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
            datetime(1921, 7, 23, tzinfo=UTC),
            datetime(2026, 5, 11, 7, 30, 0, 5, tzinfo=timezone(timedelta(hours=8))),
        ],
        ids=str,
    )
    def test_8c_times_come_back_with_their_zone(self, store: Store, moment: datetime) -> None:
        """Times come back as the same moment, to the microsecond and with a zone."""
        made = code(made=moment, expires=moment, used=moment, revoked=moment)
        store.commit(
            Unit(
                command="1",
                events=(event(at=moment),),
                rows=(row(changed=moment),),
                messages=(message(at=moment),),
                codes=(made,),
            )
        )
        store.put_message(message(read=moment))
        [told], [entry], [found], [listed] = (
            store.messages(),
            store.events("d1"),
            store.codes("b1"),
            store.find(Wanted()).rows,
        )
        times = [entry.at, listed.changed, told.at, told.read, found.made, found.expires, found.used, found.revoked]

        assert [moment] * 8 == times
        assert all(one is not None and one.utcoffset() is not None for one in times)

    @pytest.mark.parametrize("file", FILES)
    def test_8d_files_come_back_byte_for_byte(self, store: Store, file: str) -> None:
        """Files come back byte for byte: an empty one, one of every byte, one of five megabytes."""
        one = attachment(FILES[file])
        store.commit(Unit(command="1", attachments=(one,)))
        content = store.attachment(one.digest)

        assert content == one.content
        assert bytes is type(content)
        assert store.attachment("0" * 64) is None

    def test_8e_a_file_is_kept_once(self, store: Store) -> None:
        """A file that is kept already stays as it is; putting it again is no conflict."""
        store.commit(Unit(command="1", attachments=(attachment(), attachment())))
        store.commit(Unit(command="2", attachments=(Attachment(attachment().digest, b"changed"), attachment(b"new"))))

        assert attachment().content == store.attachment(attachment().digest)
        assert b"new" == store.attachment(attachment(b"new").digest)

    def test_8f_what_is_redacted_is_gone(self, store: Store) -> None:
        """A redacted entry has neither body nor salt; the rest of it and the other entries stay."""
        entries = tuple(event("d1", number) for number in (1, 2, 3))
        store.commit(Unit(command="1", events=(*entries, event("d2", 2 - 1))))
        store.redact("d1", 2)
        store.redact("d1", 2)

        assert (entries[0], attrs.evolve(entries[1], body=None, salt=None), entries[2]) == store.events("d1")
        assert (event("d2"),) == store.events("d2")

    @pytest.mark.parametrize(("stream", "number"), [("d1", 2), ("d1", 0), ("d9", 1)])
    def test_8g_what_is_not_there_cannot_be_redacted(self, store: Store, stream: str, number: int) -> None:
        """Redacting an entry that is not there is an error that names it."""
        store.commit(Unit(command="1", events=(event("d1"),)))
        with pytest.raises(UsageError, match=f"{stream} has no entry {number}"):
            store.redact(stream, number)

        assert (event("d1"),) == store.events("d1")

    @needs("reopening")
    def test_9a_everything_is_there_when_it_is_opened_again(
        self, store: Store, open_store: Callable[[], Store]
    ) -> None:
        """Everything is there when the store is closed and opened again."""
        store.commit(everything())
        store.put_message(message(1, sent=("log",)))
        store.redact("d1", 1)
        before = kept(store)
        store.close()
        again = open_store()

        assert before == kept(again)
        again.close()

    def test_9b_closing_twice_is_no_error(self, store: Store) -> None:
        """Closing a store twice is no error."""
        store.commit(everything())
        store.close()
        store.close()
