"""Bad input at the desk: everything that is wrong at once, an exit code of its kind, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import devrules
from devrules.api.desk import Desk
from devrules.cli import main, options
from devrules.desk.ports import Conflict

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("frobnicate",), 2, "invalid choice: 'frobnicate'"),
        (("record", "tlak", "ID"), 2, "there is no kind of record 'tlak' (did you mean 'talk'?)"),
        (("file", "talk", "ID"), 2, "there is no kind of record 'talk'"),
        (("record", "talk", "nowhere"), 1, "there is no such dossier"),
        (("record", "talk", ""), 1, "there is no such dossier"),
        (("record", "talk", "\x00"), 1, "there is no such dossier"),
        (("record", "talk", "%"), 1, "there is no such dossier"),
        (("record", "talk", "\udcff"), 2, "is not written in the encoding of this terminal"),
        (("record", "talk"), 2, "which dossier? state its id"),
        (("record", "talk", "ID", "--organisation", "b2"), 1, "there is no such dossier"),
        (
            ("record", "talk", "ID", "--as", "committee", "--organisation", "c1"),
            1,
            "superior committee may not do this",
        ),
        (("list", "--as", "boss"), 2, "there is no role 'boss' (there are applicant (申请人本人),"),
        (("record", "talk", "ID", "--as-of", "2999-01-01"), 2, "2999-01-01 is to come"),
        (("record", "talk", "ID", "--as-of", "today"), 2, "'today' is no day such as 2026-05-11"),
        (("record", "talk", "ID", "--file", "none.pdf", "--file", "no.pdf"), 4, "no.pdf: cannot be read"),
        (("record", "talk", "ID", "--file", "a/x", "--file", "b/x"), 2, "two files are called x"),
        (("record", "activist-decision", "ID"), 1, "state the outcome: passed, not passed"),
        (("send-back", "ID", "--stage", "发展对像"), 2, "there is no stage '发展对像' (did you mean '发展对象'?)"),
        (("hand-over", "ID", "--to", "b9"), 2, "there is no organisation 'b9' in the tree"),
        (("preview", "activist", "ID"), 2, "there is no gate 'activist' (did you mean 'activist-filing'?)"),
        (("candidates", "talk", "ID"), 2, "there is no kind of record that names members 'talk'"),
        (("attachment", "x", "ID"), 2, "no attachment is called 'x'; there are: none"),
        (("form", "ID", "--out", "x.pdf"), 2, "a form is a .docx or an .html"),
        (("form", "ID", "--out", "none/x.html"), 4, "cannot be written"),
        (("redact", "ID", "99", "--reason", "x", "--as", "committee", "--organisation", "c1"), 2, "has no entry 99"),
        (("inbox", "--read", "x"), 2, "there is no message 'x' for you"),
        (("list", "--limit", "0"), 2, "'0' is no number from 1 on"),
        (("list", "--overlay", "none"), 2, "there is no overlay 'none'"),
        (("list", "--overlay"), 2, "expected one argument"),
        (("list", "--store", "sqlite:///none/desk.db"), 4, "unable to open database file"),
        (("list", "--store", "sqlite:///members.toml"), 4, "file is not a database"),
        (("list", "--store", "desk.db"), 2, "no plugin opens a store at desk.db:"),
        (("list", "--organisations", "none.toml"), 4, "none.toml: cannot be read"),
        (("list", "--members", "organisations.toml"), 4, "expected tables of members"),
        (("adopt", "members.toml"), 4, "members.toml: is not JSON"),
        (("verify", "--heads", "none"), 4, "none: cannot be read"),
        (("heads", "--out", "none/heads"), 2, "none/heads: cannot be written"),
    ],
)
def test_what_is_wrong_is_said(at_desk: Run, applicant: str, words: tuple[str, ...], code: int, said: str) -> None:
    """With the exit code of its kind, on stderr; and nobody's dossier has changed."""
    before = at_desk("show", applicant)

    found, out, err = at_desk(*(applicant if word == "ID" else word for word in words))

    assert said in err
    assert (code, "") == (found, out)
    assert before == at_desk("show", applicant)


def test_all_fields_that_are_wrong_are_told_at_once(at_desk: Run, applicant: str) -> None:
    """Each with its option and what to write instead."""
    fields = (
        "dya=2025-02-10",
        "topics",
        "votes_for=many",
        "secret_ballot=maybe",
        "day=2025-13-01",
        "place=a",
        "place=b",
        "status=effective",
    )
    code, _, err = at_desk(
        "record", "activist-decision", applicant, *(word for one in fields for word in ("--set", one))
    )

    assert 2 == code
    assert [
        "devrules: --set dya: activist-decision: there is no such field (did you mean 'day'?)",
        "devrules: --set topics: has no = (write field=value)",
        "devrules: --set votes_for: expected a whole number, found 'many'",
        "devrules: --set secret_ballot: expected yes or no, found 'maybe'",
        "devrules: --set place: is stated twice (it is no list: keep one)",
    ] == err.splitlines()[:5]
    assert err.splitlines()[5].startswith("devrules: --set status: activist-decision: there is no such field")
    assert "devrules: --set day: '2025-13-01' is not a day: month must be in 1..12" == err.splitlines()[6]


def test_refusals_are_said_in_the_language_of_the_one_who_asks(at_desk: Run, applicant: str) -> None:
    """With the rules whose lamps are in the way."""
    zh = at_desk("file", "activist-filing", applicant, "--lang", "zh")[2]
    en = at_desk("file", "activist-filing", applicant, "--lang", "en")[2]

    assert "项亮灯；改正，或者确认后带灯上报并补写情况说明\n" in zh
    assert "devrules:   入党积极分子人选经推荐、推优等方式产生\n" in zh
    assert "devrules:   The activist was recommended by members or by a mass organisation, or the like\n" in en
    assert "; mend what they say, or acknowledge them and explain\n" in en
    assert zh.count("\n") == en.count("\n")


def test_a_number_in_a_complaint_is_masked(at_desk: Run, applicant: str) -> None:
    """Complaints go to logs."""
    err = at_desk("describe", applicant, "--set", "birth=13900001111")[2]

    assert "139******11" in err
    assert "13900001111" not in err


def test_who_acts_must_be_said(at_desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By options or variables."""
    monkeypatch.delenv("DEVRULES_ROLE")

    assert (
        2,
        "",
        "devrules: who acts? state --as ROLE and --actor ID, or DEVRULES_ROLE and DEVRULES_ACTOR\n",
    ) == at_desk("list")


def test_the_beginning_of_several_ids_is_too_short(at_desk: Run) -> None:
    """Seventeen dossiers: two of them begin with the same hexadecimal digit."""
    ids = [at_desk("open", "--set", "name=李四")[1].strip() for _ in range(17)]
    starts = [one[0] for one in ids]
    twice = next(start for start in starts if starts.count(start) > 1)

    code, _, err = at_desk("show", twice)

    assert (2, f"devrules: several dossiers begin with '{twice}': state more of the id\n") == (code, err)


def test_a_store_that_may_only_be_read_changes_nothing(at_desk: Run, applicant: str) -> None:
    """It can be looked at."""
    read_only = ("--store", "sqlite:///file:desk.db?mode=ro&uri=true")

    assert 0 == at_desk("list", *read_only)[0]
    code, out, err = at_desk("record", "talk", applicant, *read_only)
    assert (4, "") == (code, out)
    assert "readonly" in err


def test_an_attachment_that_was_altered_is_not_given_out(at_desk: Run, applicant: str) -> None:
    """It is a fault of the store."""
    Path("a.txt").write_text("一", encoding="utf-8")
    at_desk("record", "talk", applicant, "--file", "a.txt")
    store = Path("desk.db")
    store.write_bytes(store.read_bytes().replace("一".encode(), "二".encode()))

    code, _, err = at_desk("attachment", "a.txt", applicant, "--out", "b.txt")

    assert 4 == code
    assert "was altered" in err
    assert not Path("b.txt").exists()


def test_a_conflict_in_the_store_is_no_internal_error(
    at_desk: Run, applicant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody was faster between reading and writing."""

    def conflict(*_: object, **__: object) -> None:
        raise Conflict("dossier")

    monkeypatch.setattr(Desk, "do", conflict)

    assert (1, "", "devrules: someone else has just changed the dossier: look at it again\n") == at_desk(
        "record", "talk", applicant
    )


def test_other_commands_do_not_load_the_desk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its arguments stand in the rules, which take a second to load."""

    def never(**_: object) -> devrules.Rules:
        raise AssertionError("loaded")

    monkeypatch.setattr(options, "load", never)

    with pytest.raises(SystemExit):
        main(["--help"])
    assert "what people do at the desk" in capsys.readouterr().out
