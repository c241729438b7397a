"""Registration codes on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from devrules.cli import options

Run = Callable[..., tuple[int, str, str]]


def test_the_secret_stands_alone_on_stdout(at_desk: Run) -> None:
    """So that a script can take it; what should be known of it is told on stderr."""
    code, out, err = at_desk("code", "make")

    assert 0 == code
    assert 19 == len(out.strip())
    assert err.startswith("devrules: shown this once; valid until ")


def test_the_history_shows_every_code_with_its_status(at_desk: Run, applicant: str) -> None:
    """But no secret, nor what it is known by."""
    assert applicant
    _, made, _ = at_desk("code", "make", "--format", "json")
    at_desk("code", "revoke", json.loads(made)["id"][:8])
    at_desk("code", "many", "--format", "json")
    listed = json.loads(at_desk("code", "list", "--format", "json")[1])
    text = at_desk("code", "list", "--lang", "zh")[1]

    assert ["unused", "revoked", "activated"] == [one["status"] for one in listed]
    assert {None} == {one["digest"] for one in listed}
    assert ["未使用", "已撤销", "已激活"] == [line.split()[2] for line in text.splitlines()[1:]]
    assert [] == json.loads(at_desk("code", "list", "--until", "2020-01-01", "--format", "json")[1])
    assert [] == json.loads(at_desk("code", "list", "--from", "2099-01-01", "--format", "json")[1])


def test_a_code_for_many_is_drawn(at_desk: Run) -> None:
    """In the terminal, or into a file; many register with it, until it expires."""
    _, out, _ = at_desk("code", "many")
    secret, _, drawn = out.partition("\n")
    at_desk("code", "many", "--image", "code.svg", "--address", "https://example.org/?code={code}")
    at_desk("code", "many", "--image", "code.PNG")

    assert "█" in drawn
    assert "<svg" in Path("code.svg").read_text(encoding="utf-8")
    assert Path("code.PNG").read_bytes().startswith(b"\x89PNG")
    assert [0, 0] == [at_desk("register", secret, "--account", one, "--set", "name=李四")[0] for one in ("li", "si")]


def test_a_code_is_refused_when_it_expired(at_desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tried it hears only that it is not valid."""
    _, secret, _ = at_desk("code", "make")
    later = datetime.now(UTC) + timedelta(days=31)
    monkeypatch.setattr(options, "now", lambda: later)

    code, out, err = at_desk("register", secret.strip(), "--account", "zhang", "--set", "name=张三")

    assert (1, "") == (code, out)
    assert "devrules: the code is not valid: ask the branch for a new one\n" == err


def test_a_code_can_be_for_a_dossier_that_is_open(at_desk: Run) -> None:
    """The person comes into that one."""
    _, opened, _ = at_desk("open", "--set", "name=李四")
    _, secret, _ = at_desk("code", "make", "--for", opened.strip()[:8])
    _, registered, _ = at_desk(
        "register", secret.strip(), "--account", "li-si", "--set", "name=李四", "--format", "json"
    )

    assert {"dossier": opened.strip(), "account": "li-si"} == json.loads(registered)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("many", "--image", "code.gif"), 2, "an image is an .svg or a .png"),
        (("many", "--address", "https://example.org"), 2, "has no place for the code"),
        (("many", "--image", "none/code.svg"), 4, "cannot be written: No such file or directory; the code is valid"),
        (("revoke", "none"), 2, "the branch has made no code 'none'"),
        (
            ("make", "--as", "committee", "--organisation", "c1"),
            1,
            "superior committee may not do this (make a registration code)",
        ),
    ],
)
def test_what_cannot_be_done_is_said(at_desk: Run, words: tuple[str, ...], code: int, said: str) -> None:
    """With the exit code of its kind."""
    found, _, err = at_desk("code", *words)

    assert code == found
    assert said in err
