"""CSV files as spreadsheets and portals write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from devrules.errors import InvalidInput
from devrules.ledger.csv_file import read_csv

TEXT = "姓名,谈话日期\n张三,2023-05-01\n"
ROWS = [["姓名", "谈话日期"], ["张三", "2023-05-01"]]


def written(folder: Path, data: bytes) -> Path:
    """Write a file."""
    path = folder / "台账.csv"
    path.write_bytes(data)
    return path


def refusal(folder: Path, data: bytes) -> str:
    """Tell why a file is refused; the error names it."""
    path = written(folder, data)
    with pytest.raises(InvalidInput) as caught:
        read_csv(path)
    [problem] = caught.value.problems
    assert str(path) == problem.where
    assert problem.remedy
    return problem.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, newline: str, delimiter: str) -> None:
    """Each encoding, line end and delimiter gives the same sheet."""
    path = written(tmp_path, TEXT.replace("\n", newline).replace(",", delimiter).encode(encoding))

    [sheet] = read_csv(path)

    assert (str(path), None, ROWS) == (sheet.file, sheet.name, sheet.rows)


def test_characters_beyond_gbk(tmp_path: Path) -> None:
    """GB18030 has the rare characters of names."""
    [sheet] = read_csv(written(tmp_path, "姓名,谈话日期\n张𬱖,2023\n".encode("gb18030")))

    assert "张𬱖" == sheet.rows[1][0]


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    """Blank lines count, and a line break within a cell does not."""
    [sheet] = read_csv(written(tmp_path, '某台账\n\n"姓\n名",谈话日期\n张三,"2023-01,2023-02"'.encode()))

    assert [["某台账"], [], ["姓\n名", "谈话日期"], ["张三", "2023-01,2023-02"]] == sheet.rows


def test_lists_within_cells(tmp_path: Path) -> None:
    """The delimiter is that of the header, whatever lists of days say."""
    [sheet] = read_csv(written(tmp_path, "姓名,思想汇报日期\n张三,2023-01;2023-04;2023-07;2023-10\n".encode()))

    assert ["张三", "2023-01;2023-04;2023-07;2023-10"] == sheet.rows[1]


def test_one_column(tmp_path: Path) -> None:
    """A file may have one column."""
    [sheet] = read_csv(written(tmp_path, "姓名\n张三".encode()))

    assert [["姓名"], ["张三"]] == sheet.rows


def test_figures_only(tmp_path: Path) -> None:
    """Without any line free of figures the delimiter is still found."""
    [sheet] = read_csv(written(tmp_path, b"1;2,3;4\n"))

    assert [["1", "2,3", "4"]] == sheet.rows


def test_text_as_a_formula(tmp_path: Path) -> None:
    """A code that was made a formula to keep its figures is the code."""
    [sheet] = read_csv(written(tmp_path, '姓名,身份证号\n张三,"=""999999200001010003"""\n李四,="0012"\n'.encode()))

    assert ["999999200001010003", "0012"] == [row[1] for row in sheet.rows[1:]]


def test_a_month_that_may_be_two(tmp_path: Path) -> None:
    """2023.1 may have been the number 2023.10, which a spreadsheet writes so; no other text becomes a number."""
    [sheet] = read_csv(written(tmp_path, "姓名,申请入党日期\n张三,2023.1\n李四,2023.10\n王五,2023.5\n".encode()))

    assert [2023.1, "2023.10", "2023.5"] == [row[1] for row in sheet.rows[1:]]


def test_a_stray_quotation_mark(tmp_path: Path) -> None:
    """A quotation mark within a cell is a character."""
    [sheet] = read_csv(written(tmp_path, '姓名,备注\n张三,身高5"\n李四,"完"成\n'.encode()))

    assert ['身高5"', "完成"] == [row[1] for row in sheet.rows[1:]]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  ", "\ufeff".encode()])
def test_empty(tmp_path: Path, data: bytes) -> None:
    """A file without any text is refused."""
    assert "is empty" == refusal(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode("utf-16"), "is UTF-16, as its first byte tells"),
        (TEXT.encode("utf-16-be"), "is no text: there is a NUL at byte 4"),
        (b"a,b\n\x00", "is no text: there is a NUL at byte 4"),
        (TEXT.encode("utf-8-sig") + b"\xff", "is UTF-8 and broken at byte 41"),
        (TEXT.encode()[:-15] + b"\xff\xff", "is UTF-8 and broken at byte 23"),
        (b"a,b\n\x80\x20", "is neither UTF-8 (wrong at byte 4) nor GB18030 (wrong at byte 4)"),
    ],
)
def test_other_encodings(tmp_path: Path, data: bytes, expected: str) -> None:
    """Another encoding is refused, with the byte that tells so."""
    assert expected == refusal(tmp_path, data)


def test_an_open_quotation_mark(tmp_path: Path) -> None:
    """A quotation mark that swallows the rest of the file is refused, with its line."""
    text = '姓名,谈话日期\n张三,"2023-05-01\n李四,2023-05-02\n'

    assert "a quotation mark that is opened in the row at line 2 is not closed" == refusal(tmp_path, text.encode())
    assert refusal(tmp_path, text.rstrip().encode()).endswith("line 2 is not closed")


def test_a_cell_without_end(tmp_path: Path) -> None:
    """A cell that is longer than any cell is refused."""
    assert "is no CSV at line 2: field larger than field limit (131072)" == refusal(
        tmp_path, f"姓名,备注\n张三,{'某' * 140_000}\n".encode()
    )


def test_no_file(tmp_path: Path) -> None:
    """A file that cannot be opened is named."""
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_csv(tmp_path / "none.csv")
