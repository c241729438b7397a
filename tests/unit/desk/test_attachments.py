"""Files of records: taken in, named, given back."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devrules.desk.attachments import UNNAMED, AttachmentLost, attach, check, safe_name
from devrules.errors import InvalidInput


@given(st.binary(max_size=200))
def test_a_file_comes_back_unchanged(content: bytes) -> None:
    """Byte by byte; the record names it by the hash under which it is kept."""
    named, kept = attach("谈话记录.pdf", content, most=200)

    assert ("谈话记录.pdf", kept.digest) == (named.name, named.digest)
    assert content == check(kept.content, named.digest or "")


def test_the_same_content_is_kept_once() -> None:
    """Under whatever name."""
    first, second = (attach(name, b"same", most=10) for name in ("1.txt", "2.txt"))

    assert first.kept == second.kept
    assert hashlib.sha256(b"same").hexdigest() == first.kept.digest


def test_an_empty_file_is_taken_and_told_of() -> None:
    """It may be what the user wants to keep, but rarely is."""
    assert attach("空.txt", b"", most=10).empty
    assert not attach("满.txt", b"1", most=10).empty


def test_a_file_may_be_as_large_as_is_said() -> None:
    """And not a byte larger. A name of a file may name a person, so only its suffix is told."""
    assert attach("a", b"12345", most=5)

    with pytest.raises(InvalidInput, match=r"^attachment \.pdf: has 6 bytes \(at most 5 are taken\)$"):
        attach("张三.pdf", b"123456", most=5)
    with pytest.raises(InvalidInput, match=r"^attachment: has 6 bytes"):
        attach("张三", b"123456", most=5)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("谈话记录.pdf", "谈话记录.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\报告.docx", "报告.docx"),
        ("folder/", "folder"),
        ("..", UNNAMED),
        ("", UNNAMED),
        (" . ", UNNAMED),
        (".bashrc", "bashrc"),
        ("a\x00b\r\nc\x1b[31m.txt", "abc[31m.txt"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
        ("half\ud800.txt", "half.txt"),
        ("line\u2028break.txt", "linebreak.txt"),
        ('a<b>c:"d|e?f*.txt', "a_b_c__d_e_f_.txt"),
        ("  two   words .txt", "two words .txt"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_a_name_is_safe_to_show(name: str, shown: str) -> None:
    """No folders, nothing unseen, nothing that turns the direction of writing."""
    assert shown == safe_name(name)


def test_a_long_name_keeps_its_suffix() -> None:
    """File systems count bytes, and a Chinese character has three."""
    shown = safe_name("思" * 100 + ".docx")

    assert shown == "思" * 83 + ".docx"
    assert 254 == len(shown.encode())


@given(st.text())
def test_any_name_becomes_safe_and_stays_so(name: str) -> None:
    """Making a safe name safe changes nothing."""
    shown = safe_name(name)

    assert shown == safe_name(shown)
    assert 0 < len(shown.encode()) <= 255
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(letter) for letter in shown}
    assert not set('/\\<>:"|?*') & set(shown)


def test_an_altered_file_is_noticed() -> None:
    """By one byte; the error says which file, not what is in it."""
    named, kept = attach("a.txt", b"content", most=10)
    assert named.digest

    with pytest.raises(AttachmentLost, match=f"{kept.digest} was altered: .*backup") as raised:
        check(b"Content", named.digest)
    assert kept.digest == raised.value.digest
    assert "ontent" not in str(raised.value)


def test_a_file_that_is_gone_is_noticed() -> None:
    """A record that names it is not left with nothing."""
    with pytest.raises(AttachmentLost, match="abc is not in the store"):
        check(None, "abc")
