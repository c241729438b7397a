from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from devrules.cli.progress import tracker

Write = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
AS_OF = ("--as-of", "2025-06-01", "--engine", "reference")
LATE = "2025-03-05"


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a ledger of two columns."""

    def write(rows: str) -> Path:
        file = tmp_path / "台账.csv"
        file.write_text(f"姓名,收到申请书日期,谈话日期\n{rows}", encoding="utf-8")
        return file

    return write


def test_audits_ledgers_and_dossiers_alike(run: Run, ledger: Callable[[str], Path], dossier: Write) -> None:
    """Each with its place."""
    code, out, err = run("audit", ledger("李四,2025-01-31,2025-03-05\n"), dossier(), *AS_OF, "--lang", "zh")

    assert (1, "") == (code, err)
    assert "李* · 入党申请人 · " in out
    assert "第2行" in out
    assert "共核查 2 人，其中 1 人亮灯；核查日 2025年6月1日；引擎 reference" in out


def test_a_cell_that_is_not_understood_is_no_failure(run: Run, ledger: Callable[[str], Path]) -> None:
    """It is listed; the row is judged without it."""
    code, text, _ = run("audit", ledger("李四,2025-01-31,昨天\n"), *AS_OF, "--format", "json", "--fail-level", "never")
    [unread] = json.loads(text)["unread"]

    assert 0 == code
    assert (2, "谈话日期", "昨天") == (unread["row"], unread["column"], unread["text"])


@pytest.mark.parametrize(("level", "talk", "code"), [("must", LATE, 4), ("never", LATE, 4), ("must", "2025-02-10", 4)])
def test_a_file_that_cannot_be_read_makes_the_audit_incomplete(
    run: Run, dossier: Write, tmp_path: Path, level: str, talk: str, code: int
) -> None:
    """That is worse than findings; the rest is judged all the same."""
    told = run("audit", dossier(talk), tmp_path / "none.csv", *AS_OF, "--fail-level", level, "--lang", "en")

    assert code == told[0]
    assert "none.csv: is not a file that can be read" in told[1]
    assert "1 dossiers" in told[1]


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_what_could_not_be_read_is_told_in_every_format(run: Run, dossier: Write, tmp_path: Path, form: str) -> None:
    """On stderr, as the format may have no place for it; masked, as a log may be passed on."""
    missing = tmp_path / "110101199001011234.csv"
    code, _, err = run("audit", dossier(), missing, *AS_OF, "--format", form, "--unmask", "--out", tmp_path / "out")

    assert 4 == code
    assert [f"devrules: {tmp_path}/110*************34.csv: is not a file that can be read (check the path)"] == (
        err.splitlines()
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "未能读懂的内容 2 处：见 --format text 或 json"),
        ("en", "2 cells or rows were not understood: see --format text or json"),
    ],
)
def test_csv_says_that_something_was_not_understood(
    run: Run, ledger: Callable[[str], Path], lang: str, said: str
) -> None:
    """It has a line for findings only; the other formats list it."""
    file = ledger("李四,昨天,前天\n")
    errors = {form: run("audit", file, *AS_OF, "--format", form, "--lang", lang)[2] for form in ("csv", "json", "text")}

    assert {"csv": f"devrules: {said}\n", "json": "", "text": ""} == errors


@pytest.mark.parametrize(
    ("row", "code"),
    [(",2025-01-31,2025-02-10", 4), ("李?,2025-01-31,", 4), ("合计,2,2", 0), ("以下空白,以下空白,以下空白", 0)],
    ids=["no name", "no name that is one", "a total", "a note"],
)
def test_a_person_who_could_not_be_judged_makes_the_audit_incomplete(
    run: Run, ledger: Callable[[str], Path], row: str, code: int
) -> None:
    """A row that is no person does not; both are listed."""
    told, out, _ = run("audit", ledger(f"李四,2025-01-31,2025-02-10\n{row}\n"), *AS_OF, "--lang", "en")

    assert code == told
    assert "1 cells or rows were not understood" in out


@pytest.mark.parametrize("form", ["json", "csv", "text"])
def test_writes_the_audit_to_a_file(run: Run, dossier: Write, tmp_path: Path, form: str) -> None:
    """In any form."""
    out = tmp_path / "out"
    told = run("audit", dossier(LATE), *AS_OF, "--format", form, "--out", out, "--lang", "en")
    text = out.read_text(encoding="utf-8")

    assert (1, "", "") == told
    assert "张三丰" not in text
    if form == "json":
        assert 1 == json.loads(text)["summary"]["dossiers"]
    elif form == "csv":
        assert "张**" == next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))["name"]
    else:
        assert "1 dossiers, 1 with a lamp on" in text


def test_masks_the_ledger_unless_asked_otherwise(run: Run, ledger: Callable[[str], Path]) -> None:
    """Also in what was not understood."""
    file = ledger("欧阳娜娜,2025-01-31,2025-03-05\n李四,110101199001011234,\n")
    masked, full = run("audit", file, *AS_OF)[1], run("audit", file, *AS_OF, "--unmask")[1]

    for secret in ("欧阳娜娜", "110101199001011234"):
        assert secret not in masked
        assert secret in full


def test_a_file_that_nobody_reads(run: Run, tmp_path: Path) -> None:
    """The endings that are read are told."""
    file = tmp_path / "people.doc"
    file.write_bytes(b"x")
    code, out, _ = run("audit", file, *AS_OF, "--lang", "en")

    assert 4 == code
    assert "no plugin reads such files (xlsx, xls, ods, csv, json and jsonl are read)" in " ".join(out.split())


def test_a_dossier_under_another_ending(run: Run, dossier: Write, tmp_path: Path) -> None:
    """The ending may be in capitals."""
    file = Path(shutil.copy(dossier(LATE), tmp_path / "A.JSON"))

    assert 1 == run("audit", file, *AS_OF)[0]


def test_the_demonstration(run: Run) -> None:
    """Its findings are what it is for, so they are no failure."""
    code, out, err = run("demo", "--as-of", "2026-11-21", "--engine", "reference", "--lang", "zh")

    assert (0, "") == (code, err)
    assert "不合格" in out
    assert "共核查" in out
    assert " · demo.xlsx 台账 第4行\n" in out
    assert "/demo.xlsx" not in out


def test_the_demonstration_is_written_where_it_was_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to where the user is."""
    monkeypatch.chdir(tmp_path)
    run("demo", "--as-of", "2026-11-21", "--engine", "reference", "--format", "json", "--out", "out.json")
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))

    assert {"demo.xlsx"} == {one["source"]["file"] for one in data["dossiers"]}


@pytest.mark.parametrize("form", ["html", "xlsx", "jsonl", "parquet"])
def test_how_the_file_ends_tells_the_format(run: Run, dossier: Write, tmp_path: Path, form: str) -> None:
    """So that it need not be said twice."""
    out = tmp_path / f"报告.{form}"

    assert (1, "", "") == run("audit", dossier(LATE), *AS_OF, "--out", out, "--lang", "zh")
    assert out.read_bytes().startswith({"html": b"<!DOC", "xlsx": b"PK", "jsonl": b"{", "parquet": b"PAR1"}[form])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "xlsx"), "--format xlsx needs a file: --out report.xlsx"),
        (("--format", "htm"), "there is no format 'htm'; did you mean 'html'?"),
        (("--out", "report.pdf"), "report.pdf: no format has this ending"),
        (("--waivers", "none.toml"), "none.toml: the file cannot be read"),
        (("--baseline", "none.json"), "none.json: the file cannot be read"),
    ],
)
def test_what_is_wrong_with_the_options_is_told_before_the_work(
    run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    """The ledger was not even opened."""
    code, out, err = run("audit", tmp_path / "none.csv", *AS_OF, *words)

    assert code > 1
    assert "" == out
    assert told in err
    assert "none.csv" not in err


def test_waives_what_the_auditor_waived(run: Run, dossier: Write, tmp_path: Path) -> None:
    """A waiver that lapsed is named; in a format without a place for it, on stderr."""
    file = tmp_path / "waivers.toml"
    waiver = '[[waiver]]\nrule = "talk-within-one-month"\ndossier = "1"\nauthor = "王五"\nreason = "有书面说明"\n'
    file.write_text(f"{waiver}granted = 2025-01-01\nexpires = 2026-01-01\n", encoding="utf-8")
    words = ("audit", dossier(LATE), "--engine", "reference", "--format", "json", "--waivers", file, "--lang", "en")
    good, then, nothing = run(*words, "--as-of", "2025-06-01")
    lapsed, _, told = run(*words, "--as-of", "2026-06-01")
    found = {one["rule"]: one for one in json.loads(then)["dossiers"][0]["findings"]}

    assert (0, "") == (good, nothing)
    assert "waived" == found["talk-within-one-month"]["verdict"]
    assert "王五" == found["talk-within-one-month"]["waiver"]["author"]
    assert 1 == lapsed
    assert "devrules: a waiver has lapsed and no longer counts: talk-within-one-month, 1, by 王五" in told


def test_shows_only_what_is_new_since_a_baseline(run: Run, dossier: Write, tmp_path: Path) -> None:
    """What stood there before makes no exit code either."""
    then = tmp_path / "then.json"
    assert 1 == run("audit", dossier(LATE), *AS_OF, "--out", then)[0]
    code, out, _ = run("audit", dossier(LATE), *AS_OF, "--baseline", then, "--lang", "zh")

    assert 0 == code
    assert "共核查 1 人，其中 0 人亮灯" in out
    assert "原有的红灯、黄灯 1 项未列，另有 0 项已经消除" in out


def test_there_is_no_progress_bar_in_a_pipe(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says about colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert list(range(1000)) == list(tracker("核查")(range(1000)))
    assert ("", "") == capfd.readouterr()


def test_there_is_one_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On stderr, where it does not get into the report; not for a few."""
    monkeypatch.setenv("TERM", "xterm")
    main, other = pty.openpty()
    with os.fdopen(other, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert list(range(10)) == list(tracker("few")(range(10)))
        assert list(range(1000)) == list(tracker("judging")(range(1000)))
        terminal.flush()
        shown = os.read(main, 100_000).decode()
    os.close(main)

    assert "few" not in shown
    assert "judging" in shown
    assert "100%" in shown


def test_also_copies_the_ledger_with_marks(run: Run, ledger: Callable[[str], Path], tmp_path: Path) -> None:
    """Beside the report; not masked, as it is the user's own."""
    copy = tmp_path / "标注.xlsx"
    code, out, _ = run("audit", ledger("李四光,2025-01-31,2025-03-05\n"), *AS_OF, "--annotate", copy, "--lang", "zh")
    sheet = openpyxl.load_workbook(copy).worksheets[0]

    assert 1 == code
    assert "李四光" not in out
    assert "李四光" == sheet["A2"].value
    assert sheet["C2"].comment is not None


def test_a_copy_of_nothing_is_refused(run: Run, dossier: Write, tmp_path: Path) -> None:
    """A dossier is no ledger; the report is written all the same."""
    code, out, err = run("audit", dossier(LATE), *AS_OF, "--annotate", tmp_path / "标注.xlsx", "--lang", "en")

    assert 2 == code
    assert "1 dossiers, 1 with a lamp on" in out
    assert "there is no ledger to copy" in err
