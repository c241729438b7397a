from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
AS_OF = ("--as-of", "2026-11-21", "--engine", "reference")
FORWARD = ("--from", "xize-2014", "--to", "xize-2026", *AS_OF)
LEDGER = Path(__file__).parents[3] / "docs" / "examples" / "ledger.xlsx"


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    """Writes a ledger of people who were listed in 2022, with or without a notice."""

    def write(*rows: str) -> Path:
        file = tmp_path / "台账.csv"
        head = "姓名,收到申请书日期,公示开始日期,公示结束日期,确定发展对象日期"
        file.write_text("\n".join([head, *rows]), encoding="utf-8")
        return file

    return write


SHORT = "张三丰,2021-03-01,2022-08-22,2022-08-24,2022-09-01"
LONG = "李四,2021-03-01,2022-08-22,2022-08-26,2022-09-01"


def test_lists_who_newly_fails_and_why(run: Run, ledger: Callable[..., Path]) -> None:
    """What is assumed stands first; names are masked; the article is that of the new edition."""
    code, out, err = run("impact", ledger(SHORT, LONG), *FORWARD, "--lang", "zh")

    assert (1, "") == (code, err)
    assert out.startswith("假设分析：不论何时办理，全部行为先都按2014年版、再都按2026年版判断")
    assert "2026年版第13条 · 列为发展对象前公示不少于五个工作日 [notice-five-working-days]" in out
    assert "工作日 3 个；应不少于五个工作日。\n   1 人：张**（第2行）" in out
    assert "不适用 → 不合格 1\n" in out
    assert "共 2 人，结论有变化 2 人，其中新增不合格 1 人；核查日 2026年11月21日；引擎 reference" in out
    assert "张三丰" not in out


def test_the_other_way_round_they_no_longer_fail(run: Run, ledger: Callable[..., Path]) -> None:
    """That is no finding: the exit code is 0."""
    code, out, _ = run("impact", ledger(SHORT), "--from", "xize-2026", "--to", "xize-2014", *AS_OF, "--lang", "en")

    assert 0 == code
    assert "No longer failing\n2026 ed., art. 13 · A public notice of five working days" in out
    assert "Newly failing" not in out
    assert "1 dossiers, verdicts change for 1, 0 of them newly fail" in out


@pytest.mark.parametrize(
    ("rows", "level", "code"),
    [([SHORT], "must", 1), ([SHORT], "never", 0), ([LONG], "must", 0), ([LONG], "should", 0), ([SHORT], "should", 1)],
)
def test_the_exit_code_tells_whether_somebody_newly_fails(
    run: Run, ledger: Callable[..., Path], rows: list[str], level: str, code: int
) -> None:
    """As that of an audit does, by the fail level."""
    assert code == run("impact", ledger(*rows), *FORWARD, "--fail-level", level)[0]


def test_what_could_not_be_read_counts_more(run: Run, ledger: Callable[..., Path], tmp_path: Path) -> None:
    """The rest is judged all the same; it is told once, on stderr too."""
    code, out, err = run("impact", ledger(SHORT), tmp_path / "none.csv", *FORWARD, "--lang", "zh")

    assert 4 == code
    assert "新增不合格 1 人" in out
    assert 1 == err.count("none.csv: is not a file that can be read")


def test_an_overlay_that_is_added_is_yellow(run: Run) -> None:
    """A fail by it counts at the level should."""
    words = ("impact", LEDGER, "--add-overlay", "local-example-province", *AS_OF, "--lang", "en")
    code, out, _ = run(*words)

    assert 0 == code
    assert out.startswith("What if: the rules of today against the same rules with local-example-province added")
    assert "not applicable → fail" in out
    assert 1 == run(*words, "--fail-level", "should")[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--from", "xize-2014", "--to", "xize-2025"),
            "there is no edition 'xize-2025'; there are: xize-2014, xize-2026",
        ),
        (("--add-overlay", "zzz"), "there is no overlay 'zzz'; there are: "),
        (("--from", "xize-2014"), "compare two editions (from, to), or add an overlay: one of the two"),
        ((), "compare two editions"),
    ],
)
def test_a_question_that_is_not_clear_is_refused(
    run: Run, ledger: Callable[..., Path], words: tuple[str, ...], said: str
) -> None:
    """Before anything is judged, and with what there is."""
    code, out, err = run("impact", ledger(SHORT), *words, *AS_OF)

    assert (2, "") == (code, out)
    assert said in err


def test_writes_json_to_a_file(run: Run, ledger: Callable[..., Path], tmp_path: Path) -> None:
    """Everything that changes, in the stable format."""
    target = tmp_path / "impact.json"
    code, out, _ = run("impact", ledger(SHORT), *FORWARD, "--format", "json", "--out", target)
    data = json.loads(target.read_text(encoding="utf-8"))

    assert (1, "") == (code, out)
    assert ("devrules.impact/1", "张**") == (data["format"], data["dossiers"][0]["name"])


def test_writes_csv_with_one_line_a_change(run: Run, ledger: Callable[..., Path]) -> None:
    """In full where that is asked for."""
    _, out, _ = run("impact", ledger(SHORT), *FORWARD, "--format", "csv", "--lang", "zh", "--unmask")
    lines = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    line = next(line for line in lines if line["规则"] == "notice-five-working-days")

    assert ("张三丰", "2") == (line["姓名"], line["行"])
    assert ("无", "2026年版第13条", "不适用", "不合格") == (
        line["原条文"],
        line["新条文"],
        line["原结论"],
        line["新结论"],
    )


def test_writes_text_to_a_file(run: Run, ledger: Callable[..., Path], tmp_path: Path) -> None:
    """The same as on the terminal."""
    target = tmp_path / "impact.txt"
    words = ("impact", ledger(SHORT), *FORWARD, "--lang", "zh")
    run(*words, "--out", target)

    assert run(*words)[1] == target.read_text(encoding="utf-8")


def test_a_mapping_says_what_titles_mean(run: Run, ledger: Callable[..., Path], tmp_path: Path) -> None:
    """As for an audit."""
    file, mapping = ledger(SHORT), tmp_path / "mapping.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("公示结束日期", "公示到"), encoding="utf-8")
    mapping.write_text('[columns]\n"公示到" = "public-notice.end"\n', encoding="utf-8")

    assert "工作日 3 个" not in run("impact", file, *FORWARD, "--lang", "zh")[1]
    assert "工作日 3 个" in run("impact", file, *FORWARD, "--mapping", mapping, "--lang", "zh")[1]
