"""``devrules ledger``: how a ledger would be read, a mapping for it, an empty one. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import devrules
from devrules.ledger.read import read_ledger
from devrules.ledger.template import template_columns

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of which some is not understood."""
    file = tmp_path / "台账.csv"
    rows = "某支部台账,,,,\n序号,姓名,谈心日期,申请入党日期,备注\n1,张三,2021-05-20,2021.13,某\n2,李四,,2021-05-06,\n"
    file.write_bytes(rows.encode("gb18030"))
    return file


def test_inspect(run: Run, ledger: Path) -> None:
    """Each sheet with its header, each column with its field, and how many cells were read."""
    code, out, err = run("ledger", "inspect", ledger, "--lang", "en")

    assert (0, "") == (code, err)
    lines = [line.split() for line in out.splitlines()]
    assert f"{ledger} GB18030: the header is row 2; 2 people" == " ".join(lines[0])
    assert ["A", "序号", "nothing", "about", "a", "person", "2", "0", "0"] in lines
    assert ["B", "姓名", "person.name", "2", "0", "0"] in lines
    assert ["C", "谈心日期", "not", "understood"] == next(line for line in lines if "谈心日期" in line)[:4]
    assert ["0", "1", "1"] == next(line for line in lines if "谈心日期" in line)[-3:]
    assert "谈话日期" in next(line for line in out.splitlines() if "谈心日期" in line)
    assert ["D", "申请入党日期", "application.day", "1", "1", "0"] in lines
    assert "张三" not in out


def test_a_mapping_to_edit(run: Run, ledger: Path, tmp_path: Path) -> None:
    """What is written is a mapping that changes nothing until it is filled in; it is never written over a file."""
    mapping = tmp_path / "对照.toml"

    assert 0 == run("ledger", "inspect", ledger, "--write-mapping", mapping, "--lang", "zh")[0]

    text = mapping.read_text(encoding="utf-8")
    assert '"谈心日期" = ""    # 谈话日期、' in text
    assert '# "申请入党日期" = "application.day"' in text
    assert 0 == run("ledger", "inspect", ledger, "--mapping", mapping)[0]
    mapping.write_text(text.replace('"谈心日期" = ""', '"谈心日期" = "talk.day"'), encoding="utf-8")
    assert "talk.day" in run("ledger", "inspect", ledger, "--mapping", mapping)[1]
    code, _, err = run("ledger", "inspect", ledger, "--write-mapping", mapping)
    assert (2, True) == (code, "is already there" in err)


def test_an_audit_by_a_mapping(run: Run, ledger: Path, tmp_path: Path) -> None:
    """The audit takes it, too; what is wrong with it is told at once, and nothing is judged."""
    mapping = tmp_path / "对照.toml"
    mapping.write_text('[columns]\n"谈心日期" = "谈话日期"\n"备注" = "ignore"\n', encoding="utf-8")
    judged = (
        "audit",
        ledger,
        "--as-of",
        "2026-05-01",
        "--engine",
        "reference",
        "--format",
        "json",
        "--mapping",
        mapping,
    )

    code, out, _ = run(*judged)
    assert code in (0, 1)
    assert "谈心日期" not in out
    mapping.write_text('[columns]\n"谈心日期" = "talk.dya"\n"备注" = "remrk"\n', encoding="utf-8")
    code, out, err = run(*judged)
    assert (4, "") == (code, out)
    assert ["columns.谈心日期", "columns.备注"] == [line.split(" ")[2].rstrip(":") for line in err.splitlines()]


def test_what_cannot_be_inspected(run: Run, ledger: Path, tmp_path: Path) -> None:
    """A file that cannot be read names itself; the others are shown all the same."""
    (tmp_path / "坏.csv").write_bytes(b"\0")

    code, out, err = run("ledger", "inspect", tmp_path / "坏.csv", tmp_path / "none.csv", ledger, "--lang", "zh")

    assert 4 == code
    assert "表头在第2行，2 人" in out
    assert ["坏.csv", "none.csv"] == [Path(line.split(": ")[1]).name for line in err.splitlines()]


def test_a_sheet_without_a_header(run: Run, tmp_path: Path) -> None:
    """It shows nothing of what stands there, which may be people."""
    (tmp_path / "数据.csv").write_text("张三,2021\n", encoding="utf-8")

    code, out, _ = run("ledger", "inspect", tmp_path / "数据.csv", "--lang", "zh")

    assert 4 == code
    assert "没有认得的表头" in out
    assert "张三" not in out


def test_the_template(run: Run, tmp_path: Path) -> None:
    """Read back, every column of it is recognised; it has drop-downs and notes, and is never written over a file."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    out = tmp_path / "模板.xlsx"

    assert 0 == run("ledger", "template", "--out", out)[0]

    rules = devrules.load(engine="reference")
    columns = template_columns(rules.columns, rules.program.kinds)
    header = [cell.value for cell in openpyxl.load_workbook(out).active[2]]
    assert [column.title for column in columns] == header
    assert {column.path for column in rules.columns.by_name.values()} == {
        rules.columns.by_name[title].path for title in header
    }
    sheet = openpyxl.load_workbook(out).active
    assert all(cell.comment for cell in sheet[2])
    assert sum(bool(column.choices) for column in columns) == len(sheet.data_validations.dataValidation)
    code, _, err = run("ledger", "template", "--out", out)
    assert (2, True) == (code, "is already there" in err)


def test_a_template_that_was_filled_in(run: Run, tmp_path: Path) -> None:
    """Its first choices and an example of each form are understood."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    out = tmp_path / "模板.xlsx"
    run("ledger", "template", "--out", out)
    rules = devrules.load(engine="reference")
    book = openpyxl.load_workbook(out)
    forms = {"day": "2021-05-06", "days": "2021-05-06、2021-11", "number": 9, "id-number": "999999200001010003"}
    forms |= {"people": "李四、王五", "phone": "13900000000", "name": "张三", "names": "李四"}
    for at, column in enumerate(template_columns(rules.columns, rules.program.kinds), 1):
        form = rules.columns.by_name[column.title].form
        book.active.cell(3, at).value = column.choices[0] if column.choices else forms.get(form, "某")
    book.active.cell(3, 1).value = "张三"
    book.save(out)

    ledger = read_ledger(rules.sheets(out), rules.columns, rules.program.kinds)

    assert 1 == len(ledger.dossiers)
    assert ["出生日期"] == [one.column for one in ledger.unread], "the ID number has another birth"


def test_a_template_is_a_workbook(run: Run, tmp_path: Path) -> None:
    """Nothing else is written."""
    code, _, err = run("ledger", "template", "--out", tmp_path / "模板.csv")

    assert (2, True) == (code, "ends in .xlsx" in err)
