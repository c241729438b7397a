from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

import devrules
from devrules.cli import options
from devrules.days import to_date

Write = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
AS_OF = ("--as-of", "2025-06-01", "--engine", "reference")
LATE = "2025-03-05"


def test_nothing_to_complain_of(run: Run, dossier: Write) -> None:
    """What is not known is no failure, either."""
    code, out, err = run("check", dossier(), *AS_OF, "--lang", "en")

    assert (0, "") == (code, err)
    assert out.startswith("张** · applicant · 1\nNo lamp is on\n? 2014 ed., art. 5     The applicant is of age")
    assert "\n✓ 3 passed             2014 ed., art. 6, 7\n" in out


def test_findings(run: Run, dossier: Write) -> None:
    """A red lamp makes the exit code 1."""
    code, out, err = run("check", dossier(LATE), *AS_OF, "--lang", "zh")

    assert (1, "") == (code, err)
    assert "✗ 2014年版第7条" in out
    assert "→ 尽快派人谈话" in out
    assert "\n关口 确定积极分子并备案：1 盏灯，均见上\n" in out
    assert out.endswith("\n核查日 2025年6月1日；引擎 reference；规则 xize " + version("devrules") + "\n")


def test_a_pipe_gets_plain_text(run: Run, dossier: Write, tmp_path: Path) -> None:
    """What is printed is what ``--out`` writes, without trailing spaces."""
    words = ("check", dossier(LATE), *AS_OF)
    printed = run(*words)[1]
    run(*words, "--out", tmp_path / "out")

    assert (tmp_path / "out").read_text(encoding="utf-8") == printed
    assert [] == [line for line in printed.splitlines() if line.endswith(" ")]


@pytest.mark.parametrize(("level", "code"), [("must", 1), ("should", 1), ("never", 0)])
def test_what_counts_as_a_failure(run: Run, dossier: Write, level: str, code: int) -> None:
    """A must that failed counts unless nothing does."""
    assert code == run("check", dossier(LATE), *AS_OF, "--fail-level", level)[0]


@pytest.mark.parametrize(("level", "code"), [("must", 0), ("should", 1), ("never", 0)])
def test_a_should_that_failed_counts_only_if_asked(run: Run, dossier: Write, level: str, code: int) -> None:
    """Training that was too short is a should."""
    file = dossier(recorded_kinds=["training"], records={"training": [{"start": "2025-03-01", "days": 1, "hours": 8}]})

    assert code == run("check", file, *AS_OF, "--fail-level", level)[0]


def test_json_and_csv(run: Run, dossier: Write) -> None:
    """The whole report, for other programs."""
    _, text, _ = run("check", dossier(LATE), *AS_OF, "--format", "json")
    _, table, _ = run("check", dossier(LATE), *AS_OF, "--format", "csv", "--lang", "en", "--unmask")
    data = json.loads(text)

    assert ("devrules.report/1", "2025-06-01", "reference") == (data["format"], data["as_of"], data["engine"])
    assert "张三丰" not in text
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert {"张三丰"} == {row["name"] for row in rows}
    assert len(data["dossiers"][0]["findings"]) == len(rows)


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_writes_a_file_when_it_is_whole(run: Run, dossier: Write, tmp_path: Path, form: str) -> None:
    """Nothing on the terminal, nothing left behind."""
    out = tmp_path / "报告"
    code, printed, err = run("check", dossier(), *AS_OF, "--format", form, "--out", out)

    assert (0, "", "") == (code, printed, err)
    assert "talk-content" in out.read_text(encoding="utf-8")
    assert {"dossier.json", "报告"} == {path.name for path in tmp_path.iterdir()}


def test_a_file_is_replaced_as_a_whole(run: Run, dossier: Write, tmp_path: Path) -> None:
    """Nothing of the old one is left."""
    out = tmp_path / "report.json"
    out.write_text("x" * 1_000_000, encoding="utf-8")
    run("check", dossier(), *AS_OF, "--format", "json", "--out", out)

    assert "devrules.report/1" == json.loads(out.read_text(encoding="utf-8"))["format"]


@pytest.mark.parametrize("name", ["missing/report.txt", "taken", "dossier.json/report.txt", "."])
def test_a_file_that_cannot_be_written(run: Run, dossier: Write, tmp_path: Path, name: str) -> None:
    """That is a mistake of the command; nothing is left behind."""
    (tmp_path / "taken").mkdir()
    file = dossier()
    code, _, err = run("check", file, *AS_OF, "--out", name if name == "." else tmp_path / name)

    assert 2 == code
    assert "cannot be written" in err
    assert {"dossier.json", "taken"} == {path.name for path in tmp_path.iterdir()}
    assert [] == list((tmp_path / "taken").iterdir())


def test_nothing_is_left_behind_whatever_happens(run: Run, dossier: Write, tmp_path: Path) -> None:
    """Half a surrogate cannot be written in UTF-8."""
    file = dossier()
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(data | {"person": {"name": "\ud800"}}), encoding="utf-8")
    code, _, _ = run("check", file, *AS_OF, "--out", tmp_path / "report.txt")

    assert 0 != code
    assert ["dossier.json"] == [path.name for path in tmp_path.iterdir()]


def test_half_a_surrogate_is_a_mistake_of_the_dossier(run: Run, dossier: Write) -> None:
    """It is no text, and no defect of the library."""
    file = dossier()
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(data | {"id": "\ud800"}), encoding="utf-8")

    assert 4 == run("check", file, *AS_OF, "--format", "json", "--out", file.parent / "report.json")[0]


def test_every_problem_of_a_dossier(run: Run, dossier: Write) -> None:
    """One line each, with the file and the path."""
    file = dossier(
        recorded_kinds=["tlak"], records={"talk": [{"day": "2025-13-01"}, {"place": "甲"}]}, person={"name": 5}
    )
    code, out, err = run("check", file, *AS_OF)

    assert (4, "") == (code, out)
    assert [
        f"devrules: {file} $.records.talk[0].day: '2025-13-01' is not a day: month must be in 1..12",
        f"devrules: {file} $.records.talk[1]: unknown field(s): place",
        f"devrules: {file} $.recorded_kinds: there is no kind 'tlak' (did you mean 'talk'?)",
        f"devrules: {file} $.person.name: expected text, found 5",
    ] == err.splitlines()


def test_numbers_are_masked_in_complaints(run: Run, dossier: Write) -> None:
    """Whoever sends us a log sends nobody's ID number."""
    _, _, err = run("check", dossier(person={"birth": "110101199001011234"}), *AS_OF)

    assert "110***" in err
    assert "110101199001011234" not in err


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """It could not be judged."""
    code, _, err = run("check", tmp_path / "none.json", *AS_OF)

    assert 4 == code
    assert err.endswith("cannot be read: No such file or directory\n")


def test_writes_to_a_pipe(run: Run, dossier: Write, tmp_path: Path) -> None:
    """What is no file is written to, not replaced by one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    code, _, _ = run("check", dossier(), *AS_OF, "--out", pipe)
    read = os.read(reader, 1_000_000)
    os.close(reader)

    assert 0 == code
    assert pipe.is_fifo()
    assert b"talk-content" in read


def test_a_defect_gives_no_traceback(run: Run, dossier: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user gets a sentence, and the code that says whose mistake it is."""
    source = "from devrules.plugin import hookimpl\n@hookimpl\ndef devrules_rulesets():\n    return [5]\n"
    (tmp_path / "five_module.py").write_text(source, encoding="utf-8")
    (tmp_path / "five-1.dist-info").mkdir()
    (tmp_path / "five-1.dist-info" / "METADATA").write_text("Name: five\nVersion: 1\n", encoding="utf-8")
    points = "[devrules]\nfive = five_module\n"
    (tmp_path / "five-1.dist-info" / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(options, "load", devrules.load)  # anew, with the plugin
    code, out, err = run("check", dossier(), *AS_OF)

    assert (5, "") == (code, out)
    assert err.startswith("devrules: internal error, please report it: AttributeError: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["chekc"], "invalid choice: 'chekc'"),
        (["check"], "the following arguments are required: dossier"),
        (["check", "x", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["check", "x", "--as-of", "2025-02-30"], "'2025-02-30' is no day such as 2026-05-11"),
        (["check", "x", "--fail-level", "may"], "invalid choice: 'may'"),
        (["check", "x", "--lang", "fr"], "invalid choice: 'fr'"),
        (["check", "x", "--overlay", "nowhere"], "there is no overlay 'nowhere'"),
        (["check", "x", "--engine", "abacus"], "there is no engine 'abacus'"),
        (
            ["population", "judge", "x", "--out", "y", "--engine", "abacus"],
            "there are auto, durable, reference, duckdb and others of plugins",
        ),
        (["rules"], "the following arguments are required: COMMAND"),
        (["rules", "show"], "the following arguments are required: rule"),
        (["rules", "show", "talk-within-one-mont"], "did you mean 'talk-within-one-month'?"),
    ],
)
def test_a_command_used_wrongly(run: Run, words: list[str], said: str) -> None:
    """The code is 2, and the sentence tells why."""
    code, out, err = run(*words)

    assert (2, "") == (code, out)
    assert said in err


def test_the_version(run: Run) -> None:
    """That of the package."""
    assert (0, f"devrules {version('devrules')}\n", "") == run("--version")


def test_help_says_what_there_is(run: Run) -> None:
    """Every subcommand in a line."""
    code, out, _ = run("--help")

    assert 0 == code
    for command in ("audit", "check", "rules", "demo"):
        assert f"\n    {command} " in out


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "合格"),
        ({"LANG": "en_GB.UTF-8"}, "pass"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "pass"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "合格"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "合格"),
    ],
)
def test_speaks_the_language_of_the_locale(
    run: Run, dossier: Write, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], word: str
) -> None:
    """Unless it is told which."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert word in run("check", dossier(), *AS_OF)[1]
    assert "pass" in run("check", dossier(), *AS_OF, "--lang", "en")[1]


def test_judges_as_of_today_in_china(run: Run, dossier: Write) -> None:
    """Unless it is told on which day."""
    before = to_date(datetime.now(UTC))
    data = json.loads(run("check", dossier(), "--format", "json")[1])

    assert data["as_of"] in (str(before), str(to_date(datetime.now(UTC))))


def test_python_m_devrules(dossier: Write) -> None:
    """The same command, also where stdout knows only ASCII."""
    command = [sys.executable, "-m", "devrules", "check", str(dossier(LATE)), *AS_OF, "--lang", "en"]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, encoding="utf-8"
    )

    assert (1, "") == (done.returncode, done.stderr)
    assert "talk-within-one-month" in done.stdout


@pytest.mark.parametrize("words", [["rules", "schema"], ["rules", "list"]])
def test_a_reader_who_leaves_is_no_error(words: list[str]) -> None:
    """As in ``devrules … | head -1``."""
    with subprocess.Popen(
        [sys.executable, "-m", "devrules", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()

    assert (0, b"") == (process.returncode, err)
