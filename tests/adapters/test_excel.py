"""Workbooks in every form are read to sheets, or refused with what is wrong and what to do. All people are invented."""

from __future__ import annotations

import base64
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

import devrules_excel
from devrules.errors import InvalidInput
from devrules.ledger.sheet import CellError, Sheet

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
PROTECTED = "is protected by a password"

# An .xls of two sheets. 名单: 姓名, 谈话日期, 支部; 张三, #REF!, 某支部 (merged down); 李四, 2023-05-01.
OLD_WORKBOOK = zlib.decompress(
    base64.b85decode(
        "c-rk)O-NKx6#nj=c{(#Vzm0_kHV9dn64Azuy$Z@zgO&Xfm^RZ8rpD057G>G2tPoliZ3J7ivD)-Q(a)|$pyVPb45tu+R)Ikao!7bN"
        "y=S9M;6M#byzg<(z31F}-aYT0bAR5QoCwd1KB&!N8MecPoZ&@9o=i~k+Dr&kZy2g*=N?LigR+9xLyoM_@YMgNQu$E%I}3^X?pH*C"
        "Pn3@1EaLrr$yf=oi*4u<%7#|qrr49XO(}pHwkyK)B-2$)?{V8_On0#48q-#4J0p%^LXS7LSaEzr)^lBesK6uEdC!uqsK#p*#}`M0"
        "*;d2O^y#iMWmZw=uEH3|rEST+WLoh-+<^}mAT;;(HYXA@h?2X<@ZE?3bN0M`8FS>Nl?#yk$5MIaALJf#;&S;7=>`U2oDeFQGpIs~"
        "Th&N0Hyk*n`0JX<`#TOEn1`;yf)lk@O(>f>>hGXQ=D9jOJeypXBFUEIml4Who!+<$Vlrj%@zjSyKD7_<x)EBkZuogNRS``f$mKB4"
        "sSuexfA`zlz1{74Crbu-uP}F%^~!u0xTG{lIj~q`(ni+U%=9w9buE``nMNt#DQ{@6whDWOxXl%=ZJ>U(F{bnldF72%&V1eXxGwWq"
        "-$do{w(R-n_&a?R^|Zq!NMAieXcA50)=h;cx}6Ja?U`m;^V>S)ks-@=!`e23SWq*M5H|N#8Nox<l-8+VD8;C{7HPSTs;l6rsxLM<"
        "dvr`r66dnCMFDNW+G?aU>0#@_SR>3DrK?%GvVg8+UFD$*(#N9{!N(U8&*{r0YfH@Xn*{UH^g9aq-GKuK4jede;GlF6d`dFUgnSON"
        "PMww3z0LxqoO4a`-(o-d={ZNgl)KSKc^U&n#m{PJ!hV-np^klDsBoBiPooFjY)4Pg@k@UVBL90<tQh)xQ>fVfbH&*CkNf`#3A7Dt"
    )
)

SHORT_WORKBOOK = Path(__file__).parents[1] / "unit" / "ledger" / "shapes" / "desktop.xls"


def sheets(path: Path) -> list[Sheet]:
    """Read a workbook as the hook does."""
    found = devrules_excel.devrules_read_sheets(path)
    assert found is not None
    return found


def rows(path: Path) -> list[list[Any]]:
    """Read the one sheet of a workbook."""
    [sheet] = sheets(path)
    return [list(row) for row in sheet.rows]


def refusal(path: Path) -> str:
    """Tell why a workbook is refused; the error names it and says what to do."""
    with pytest.raises(InvalidInput) as caught:
        sheets(path)
    [problem] = caught.value.problems
    assert str(path) == problem.where
    assert problem.remedy
    return problem.what


def workbook(path: Path, *lines: list[Any]) -> Path:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def with_parts(path: Path, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> Path:
    """Add parts to a workbook, or change them."""
    with zipfile.ZipFile(path) as archive:
        content: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        content[name] = part if isinstance(part, bytes) else part(content[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def replacing(old: str, new: str) -> Callable[[bytes], bytes]:
    """Change a part by replacing a text that stands in it."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    return change


SHEET = "xl/worksheets/sheet1.xml"


def renamed_stream(name: str) -> bytes:
    """Give the stream of the old workbook another name."""
    at = OLD_WORKBOOK.index("Workbook".encode("utf-16-le"))
    text = name.encode("utf-16-le")
    return OLD_WORKBOOK[:at] + text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2) + OLD_WORKBOOK[at + 66 :]


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.XLSX", "台账.xlsm"])
def test_values(tmp_path: Path, name: str) -> None:
    """Cells keep their types; blank ones are None; rows are those of the spreadsheet, blank ones included."""
    path = workbook(
        tmp_path / name,
        [],
        [None, "姓名", "谈话日期"],
        [1, "张三", date(2023, 5, 1), datetime(2023, 5, 1, 12, 30), 2.5, True],  # noqa: DTZ001  # as a workbook has it
        [time(1, 2), timedelta(hours=30)],
    )

    [sheet] = sheets(path)

    assert (str(path), "Sheet") == (sheet.file, sheet.name)
    assert [
        [None] * 6,
        [None, "姓名", "谈话日期", None, None, None],
        [1, "张三", date(2023, 5, 1), datetime(2023, 5, 1, 12, 30), 2.5, True],  # noqa: DTZ001  # the same
        ["01:02:00", "1 day, 6:00:00", None, None, None, None],
    ] == sheet.rows


def test_sheets_in_their_order(tmp_path: Path) -> None:
    """Every sheet is read, hidden and empty ones too."""
    book = openpyxl.Workbook()
    for name in ("乙", "甲", "空"):
        book.create_sheet(name)["A1"] = None if name == "空" else name
    book["甲"].sheet_state = "hidden"
    book.save(tmp_path / "台账.xlsx")

    assert [("Sheet", []), ("乙", [["乙"]]), ("甲", [["甲"]]), ("空", [])] == [
        (sheet.name, sheet.rows) for sheet in sheets(tmp_path / "台账.xlsx")
    ]


def test_merged_cells(tmp_path: Path) -> None:
    """A merged cell stands in each of its places, as far as the sheet is filled."""
    book = openpyxl.Workbook()
    for cell, text in {"A1": "姓名", "B1": "培养联系人", "A3": "张三", "B3": "李四", "C3": "王五"}.items():
        book.active[cell] = text
    for merged in ("A1:A2", "B1:C2", "C3:F9", "H5:H9"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "台账.xlsx")

    assert [
        ["姓名", "培养联系人", "培养联系人"],
        ["姓名", "培养联系人", "培养联系人"],
        ["张三", "李四", "王五"],
    ] == [row[:3] for row in rows(tmp_path / "台账.xlsx")][:3]


def test_formulas(tmp_path: Path) -> None:
    """A formula is its cached value; an error, or no cached value, is told from a blank cell."""
    path = workbook(tmp_path / "台账.xlsx", ["=A9", "=B9", "=C9", "=D9", "#N/A", "", "某"])
    cached = {
        '<c r="A1"><f>A9</f><v />': '<c r="A1"><f>A9</f><v>45047</v>',
        '<c r="B1"><f>B9</f><v />': '<c r="B1" t="e"><f>B9</f><v>#REF!</v>',
        '<c r="C1"><f>C9</f><v />': '<c r="C1" t="str"><f>C9</f><v></v>',
    }
    for old, new in cached.items():
        with_parts(path, {SHEET: lambda data, old=old, new=new: _loose(data).replace(old.encode(), new.encode())})

    assert [[45047, CellError("#REF!"), None, CellError("="), CellError("#N/A"), None, "某"]] == rows(path)


def _loose(data: bytes) -> bytes:
    """Write an empty value in one way, whichever way the library has of writing it."""
    return data.replace(b"<v></v>", b"<v />").replace(b"<v/>", b"<v />")


def test_errors_at_the_edge(tmp_path: Path) -> None:
    """An error outside of all that is filled is there all the same."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"], ["张三", "#N/A"], [None, None, "#DIV/0!"])

    assert [["姓名"], ["张三", CellError("#N/A")], [None, None, CellError("#DIV/0!")]] == [
        row[: n + 1] for n, row in enumerate(rows(path))
    ]


def test_an_error_in_the_second_sheet(tmp_path: Path) -> None:
    """Errors are placed in the sheet in which they stand."""
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.create_sheet("乙")["A1"] = "#N/A"
    book.save(tmp_path / "台账.xlsx")

    assert [[["姓名"]], [[CellError("#N/A")]]] == [sheet.rows for sheet in sheets(tmp_path / "台账.xlsx")]


def test_other_files_are_left_to_others(tmp_path: Path) -> None:
    """A file of another form is not answered for."""
    assert None is devrules_excel.devrules_read_sheets(tmp_path / "台账.csv")


def test_old_workbooks(tmp_path: Path) -> None:
    """An .xls is read in the same way, errors and merged cells included."""
    path = tmp_path / "台账.xls"
    path.write_bytes(OLD_WORKBOOK)

    assert [
        ("说明", [["说明"]]),
        (
            "名单",
            [
                ["姓名", "谈话日期", "支部"],
                ["张三", CellError("#REF!"), "某支部"],
                ["李四", date(2023, 5, 1), "某支部"],
            ],
        ),
    ] == [(sheet.name, sheet.rows) for sheet in sheets(path)]


def test_errors_in_short_old_workbooks(tmp_path: Path) -> None:
    """An .xls of less than 4,096 bytes keeps its cells elsewhere; an error in it is found, and a blank is no error."""
    data = SHORT_WORKBOOK.read_bytes()
    text, error = struct.pack("<HHHH", 0x00FD, 10, 1, 2), struct.pack("<HHHH", 0x0205, 10, 1, 2)
    assert 1 == data.count(text)
    at = data.index(text) + len(text) + 2
    changed = data[:at] + b"\x17\x01" + data[at + 2 :]
    (tmp_path / "台账.xls").write_bytes(changed.replace(text, error))

    assert [CellError("#REF!"), "男"] == rows(tmp_path / "台账.xls")[1][2:4]


def open_document(path: Path, table: str) -> Path:
    """Write an .ods with these rows."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="名单">{table}</table:table>'
    content = f'<office:document-content{names} xmlns:calcext="urn:calcext">{body}</office:spreadsheet></office:body>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f'<?xml version="1.0"?>{content}</office:document-content>')
    return path


def cell(text: str, more: str = "") -> str:
    """Write a cell of an .ods."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    """Write a row of an .ods."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def test_open_documents(tmp_path: Path) -> None:
    """An .ods is read; the blanks that fill it up to its last row are not."""
    filler = row(
        '<table:table-cell table:number-columns-repeated="16384"/>', more=' table:number-rows-repeated="1048000"'
    )
    day = '<table:table-cell office:value-type="date" office:date-value="2023-05-01"/>'
    path = open_document(tmp_path / "台账.ods", row(cell("姓名"), cell("谈话日期")) + row(cell("张三"), day) + filler)

    assert [["姓名", "谈话日期"], ["张三", date(2023, 5, 1)]] == rows(path)


@pytest.mark.parametrize(
    ("old", "new"), [("</table:table>", "</tble:table>"), ("</table:table>", ""), ("<text:p>", "<text:p<")]
)
def test_open_documents_that_are_no_xml(tmp_path: Path, old: str, new: str) -> None:
    """An .ods whose tables do not end is refused: whoever looks for their end would look for ever."""
    path = open_document(tmp_path / "台账.ods", row(cell("姓名"), cell("谈话日期")))

    assert refusal(with_parts(path, {"content.xml": replacing(old, new)})).startswith(
        "is damaged: content.xml cannot be read: "
    )


def test_errors_in_open_documents(tmp_path: Path) -> None:
    """Where it cannot be told which cell ended in an error, the file is refused rather than read as blank."""
    path = open_document(tmp_path / "台账.ods", row(cell("姓名"), cell("#REF!", ' calcext:value-type="error"')))

    assert "has 1 formula(s) that ended in an error, which would look like blank cells in an .ods file" == refusal(path)


@pytest.mark.parametrize(
    "table",
    [
        row(cell("某", ' table:number-columns-repeated="999999"')),
        row(cell("某"), more=' table:number-rows-repeated="9999999"'),
        row(cell("某", ' table:number-columns-repeated="16000"'), more=' table:number-rows-repeated="16000"'),
    ],
)
def test_cells_repeated_without_end(tmp_path: Path, table: str) -> None:
    """A filled cell that is repeated beyond any ledger is refused before it is unfolded."""
    assert "sheet 1 reaches to row" in refusal(open_document(tmp_path / "台账.ods", table))


def record(kind: int, content: bytes = b"") -> bytes:
    """Write a record of an .xlsb."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(content) & 0x7F | 0x80, len(content) >> 7]) + content


def wide(text: str) -> bytes:
    """Write a text of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(path: Path, *cells: bytes, line: int = 0) -> Path:
    """Write an .xlsb with one row of cells."""
    relation = '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.bin"/>'
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("名单"))
    inside = record(145) + record(0, struct.pack("<I", line) + bytes(13)) + b"".join(cells) + record(146)
    size = record(148, struct.pack("<IIII", line, line, 0, len(cells)))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("xl/workbook.bin", record(131) + record(143) + sheet + record(144) + record(132))
        archive.writestr("xl/worksheets/sheet1.bin", record(129) + size + inside + record(130))
    return path


def test_binary_workbooks(tmp_path: Path) -> None:
    """An .xlsb is read."""
    cells = [record(6, struct.pack("<II", at, 0) + wide(text)) for at, text in enumerate(["姓名", "谈话日期"])]

    assert [["姓名", "谈话日期"]] == rows(binary_workbook(tmp_path / "台账.xlsb", *cells))


def test_errors_in_binary_workbooks(tmp_path: Path) -> None:
    """An .xlsb with errors is refused, as an .ods is."""
    path = binary_workbook(tmp_path / "台账.xlsb", record(3, struct.pack("<IIB", 0, 0, 0x17)))

    assert refusal(path).startswith("has 1 formula(s) that ended in an error")


def test_binary_workbooks_that_reach_too_far(tmp_path: Path) -> None:
    """An .xlsb is refused before a cell far outside takes all memory."""
    path = binary_workbook(tmp_path / "台账.xlsb", record(6, struct.pack("<II", 16000, 0) + wide("某")), line=1048575)

    assert "reaches to row 1048576 and column 16001" in refusal(path)


@pytest.mark.parametrize(
    ("cell_xml", "expected"),
    [
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "row 1048577 and column 1"),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "row 1048576 and column 16384"),
        ('<row r="2"><c r="ZZZ2"><v>1</v></c></row>', "row 2 and column 18278"),
        ('<row r="9999999"><c><v>1</v></c></row>', "row 9999999 and column 1"),
        ('<row r="2"><c r="zzz2"><v>1</v></c></row>', "row 2 and column 18278"),
    ],
)
def test_sheets_that_reach_too_far(tmp_path: Path, cell_xml: str, expected: str) -> None:
    """More rows, columns or cells than a spreadsheet or a computer has room for are refused."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    with_parts(path, {SHEET: replacing("</sheetData>", f"{cell_xml}</sheetData>")})

    assert f"sheet 'Sheet' reaches to {expected}, which is more than can be read" == refusal(path)


def test_formatted_cells_reach_nowhere(tmp_path: Path) -> None:
    """A cell that is only formatted, at the end of the sheet, is nothing."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    formatted = "".join(f'<c r="{letter}1048576" s="0"/>' for letter in "ABCDEFGHIJKLMNOP")
    end = f'<row r="1048576">{formatted}<c r="XFD1048576" s="0"/></row></sheetData>'
    with_parts(path, {SHEET: replacing("</sheetData>", end)})

    assert [["姓名"]] == rows(path)


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.xlsm", "台账.xlsb", "台账.ods"])
def test_protected(tmp_path: Path, name: str) -> None:
    """A workbook with a password is an old container under a new name."""
    (tmp_path / name).write_bytes(OLE + bytes(504))

    assert PROTECTED == refusal(tmp_path / name)


def test_protected_in_other_ways(tmp_path: Path) -> None:
    """The container says so; an .xls says so in its first records; an archive says so of its parts."""
    container, old, new = tmp_path / "甲.xlsx", tmp_path / "乙.xls", tmp_path / "丙.xlsx"
    container.write_bytes(renamed_stream("EncryptedPackage"))
    size = struct.unpack_from("<H", OLD_WORKBOOK, 514)[0]
    old.write_bytes(OLD_WORKBOOK[: 516 + size] + b"\x2f\x00" + OLD_WORKBOOK[518 + size :])
    with zipfile.ZipFile(workbook(new, ["姓名"]), "a") as archive:
        archive.filelist[0].flag_bits |= 1
        archive.writestr("x", "")

    assert [PROTECTED] * 3 == [refusal(path) for path in (container, old, new)]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("台账.xlsx", b"", "is empty: it has no bytes"),
        ("台账.xlsx", OLD_WORKBOOK, "is an old .xls workbook under another name"),
        ("台账.xlsx", "姓名,谈话日期".encode(), "is no .xlsx: it begins with other bytes"),
        ("台账.ods", b"<html>", "is no .ods: it begins with other bytes"),
        ("台账.xls", b"<html><table>", "is no .xls, but text or a web page under that name"),
        ("台账.xls", b"PK\3\4", "is no .xls: it is a newer workbook under that name"),
        ("台账.xlsx", b"PK\3\4" + bytes(100), "is damaged: File is not a zip file"),
        ("台账.xlsb", b"PK\3\4" + bytes(100), "is damaged: File is not a zip file"),
    ],
)
def test_what_is_no_such_file(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    """A file is what its name says, or is refused with what it is."""
    (tmp_path / name).write_bytes(data)

    assert expected == refusal(tmp_path / name)


@pytest.mark.parametrize("data", [OLE + bytes(504), OLD_WORKBOOK[:2000], OLE, OLE + b"\xff" * 3000])
def test_damaged_old_workbooks(tmp_path: Path, data: bytes) -> None:
    """A cut or overwritten .xls is refused."""
    (tmp_path / "台账.xls").write_bytes(data)

    assert refusal(tmp_path / "台账.xls").startswith("is damaged: ")


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that cannot be opened is named."""
    with pytest.raises(InvalidInput, match=r"none\.xlsx: cannot be read: "):
        sheets(tmp_path / "none.xlsx")


def test_a_part_that_cannot_be_unpacked(tmp_path: Path) -> None:
    """A bad byte within a part is found before the part is read."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 40
    data[at : at + 8] = bytes(8)
    path.write_bytes(data)

    assert refusal(path).startswith("is damaged: ")


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": b"<workbook"},
        {SHEET: b"<worksheet><sheetData><row><c r='A1' t='s'><v>99</v></c></row></sheetData></worksheet>"},
        {"xl/_rels/workbook.xml.rels": b"<Relationships"},
    ],
)
def test_parts_that_do_not_fit(tmp_path: Path, parts: Mapping[str, bytes]) -> None:
    """Parts that cannot be understood make the file a damaged one."""
    assert refusal(with_parts(workbook(tmp_path / "台账.xlsx", ["姓名"]), parts)).startswith("is damaged: ")


def test_a_part_that_is_not_there(tmp_path: Path) -> None:
    """An archive that is no workbook is refused."""
    with zipfile.ZipFile(tmp_path / "台账.xlsx", "w") as archive:
        archive.writestr("readme.txt", "")

    assert refusal(tmp_path / "台账.xlsx").startswith("is damaged: ")


def test_an_empty_workbook(tmp_path: Path) -> None:
    """A workbook in which nothing is written is refused."""
    assert "is empty: no sheet has a cell with a value" == refusal(workbook(tmp_path / "台账.xlsx"))


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
@pytest.mark.parametrize("name", ["台账.xlsm", "台账.xlsx"])
def test_macros(tmp_path: Path, name: str, part: str) -> None:
    """A workbook with macros is refused."""
    assert "holds macros" == refusal(with_parts(workbook(tmp_path / name, ["姓名"]), {part: b""}))


def test_macros_elsewhere(tmp_path: Path) -> None:
    """So are an old one and an .ods."""
    old = tmp_path / "台账.xls"
    old.write_bytes(renamed_stream("_VBA_PROJECT_CUR"))
    document = with_parts(open_document(tmp_path / "台账.ods", row(cell("姓名"))), {"Basic/script-lc.xml": b""})

    assert ["holds macros"] * 2 == [refusal(old), refusal(document)]


def test_links_to_other_files(tmp_path: Path) -> None:
    """A workbook that takes values from other files is refused."""
    path = with_parts(workbook(tmp_path / "台账.xlsx", ["姓名"]), {"xl/externalLinks/externalLink1.xml": b"<x/>"})

    assert "holds links to other files, whose values may be out of date" == refusal(path)


def swollen(path: Path, unpacked: int, packed: int = 0) -> Path:
    """Write a workbook with a part that says it would unpack to so many megabytes."""
    workbook(path, ["姓名"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.bin", b"")
        archive.filelist[-1].file_size = unpacked * 2**20
        archive.filelist[-1].compress_size = packed * 2**20
    return path


@pytest.mark.parametrize(("unpacked", "packed"), [(101, 0), (600, 0), (513, 513), (300, 1)])
def test_zip_bombs(tmp_path: Path, unpacked: int, packed: int) -> None:
    """A file that says it would unpack to far more than a ledger has is refused before it is unpacked."""
    path = swollen(tmp_path / "台账.xlsx", unpacked, packed)

    assert refusal(path).startswith(f"would unpack to {unpacked} MB from {packed}.0 MB")


@pytest.mark.parametrize(("unpacked", "packed"), [(99, 0), (500, 5)])
def test_large_files_are_no_bombs(tmp_path: Path, unpacked: int, packed: int) -> None:
    """A large part is read, unless it is larger than its file."""
    path = swollen(tmp_path / "台账.xlsx", unpacked, packed)

    if packed:
        assert refusal(path).startswith("is damaged: ")
    else:
        assert [["姓名"]] == rows(path)


def test_too_many_sheets(tmp_path: Path) -> None:
    """Hundreds of sheets are no ledger."""
    book = openpyxl.Workbook()
    for _ in range(200):
        book.create_sheet()["A1"] = "姓名"
    book.save(tmp_path / "台账.xlsx")

    assert "has 201 sheets, as no ledger does" == refusal(tmp_path / "台账.xlsx")


def test_large_and_nearly_blank(tmp_path: Path) -> None:
    """A few cells far apart would take the memory of all that lie between them."""
    far = '<row r="1500000"/><row r="99999"><c r="ZZ99999"><v>1</v></c></row>'
    path = with_parts(
        workbook(tmp_path / "台账.xlsx", ["姓名"]), {SHEET: replacing("</sheetData>", f"{far}</sheetData>")}
    )
    document = open_document(
        tmp_path / "台账.ods",
        row(cell("某"), '<table:table-cell table:number-columns-repeated="999"/>', cell("某"))
        + row("<table:table-cell/>", more=' table:number-rows-repeated="50000"')
        + row(cell("某")),
    )

    assert "sheet 'Sheet' reaches to row 99999 and column 702, which is more than can be read" == refusal(path)
    assert "sheet 1 reaches to row 50002 and column 1001, which is more than can be read" == refusal(document)


def test_rows_repeated_again_and_again(tmp_path: Path) -> None:
    """No row is repeated too often by itself; all of them are."""
    document = open_document(tmp_path / "台账.ods", row(cell("某"), more=' table:number-rows-repeated="900000"') * 100)

    assert "sheet 1 reaches to row 90000000 and column 1" in refusal(document)


def test_merged_cells_upon_each_other(tmp_path: Path) -> None:
    """Merged cells that overlap are written into their places once, not for hours."""
    path = workbook(tmp_path / "台账.xlsx", *[["姓名"] * 20] * 500)
    merged = "".join(f'<mergeCell ref="A{n}:T500"/>' for n in range(1, 400))
    with_parts(path, {SHEET: replacing("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")})

    assert "is damaged: merged cells lie upon each other" == refusal(path)


def test_links_in_other_forms(tmp_path: Path) -> None:
    """Links are found in an .ods, too, and connections to databases in an .xlsx."""
    formula = " table:formula=\"of:=['file:///c:/a.ods'#$A.A1]\""
    document = open_document(tmp_path / "台账.ods", row(cell("姓名"), cell("1", formula)))
    path = with_parts(workbook(tmp_path / "台账.xlsx", ["姓名"]), {"xl/connections.xml": b"<x/>"})

    assert ["holds links to other files, whose values may be out of date"] * 2 == [refusal(document), refusal(path)]


@pytest.mark.parametrize("at", [0x2C, 0x30, 0x3C, 0x44, 0x4C])
def test_old_workbooks_that_lead_astray(tmp_path: Path, at: int) -> None:
    """An .xls that points out of itself is refused before room is made for what is not there."""
    data = bytearray(OLD_WORKBOOK)
    struct.pack_into("<I", data, at, 0x00FFFFFF)
    (tmp_path / "台账.xls").write_bytes(data)

    assert "is damaged: its parts do not fit together" == refusal(tmp_path / "台账.xls")


def test_old_workbooks_that_are_cut_off(tmp_path: Path) -> None:
    """An .xls that ends too soon, also in the middle of a number, is refused."""
    for end in range(513, SHORT_WORKBOOK.stat().st_size, 301):
        (tmp_path / "台账.xls").write_bytes(SHORT_WORKBOOK.read_bytes()[:end])
        assert refusal(tmp_path / "台账.xls").startswith("is damaged")


def test_old_workbooks_in_a_circle(tmp_path: Path) -> None:
    """An .xls whose sectors follow each other in a circle is refused: it would have no end."""
    data = bytearray(OLD_WORKBOOK)
    table = 512 * (struct.unpack_from("<I", data, 0x4C)[0] + 1)
    first = struct.unpack_from("<I", data, 0x30)[0]
    struct.pack_into("<I", data, table + 4 * first, first)
    (tmp_path / "台账.xls").write_bytes(data)

    assert "is damaged: its parts do not fit together" == refusal(tmp_path / "台账.xls")


def test_old_workbooks_that_make_too_much_room(tmp_path: Path) -> None:
    """An .xls that says its sheet is larger than any can be is refused: room would be made for all of it."""
    data = bytearray(OLD_WORKBOOK)
    said = struct.pack("<HHIIHH", 0x0200, 14, 0, 3, 0, 3)
    assert 1 == data.count(said)
    struct.pack_into("<I", data, data.index(said) + 4, 0xC800)
    (tmp_path / "台账.xls").write_bytes(data)

    assert "is damaged: sheet 2 says that it has rows 51201 to 3 and 3 columns" == refusal(tmp_path / "台账.xls")


HOSTILE = {
    "far apart": '<row r="99999"><c r="ZZ99999"><v>1</v></c></row>',
    "the whole sheet": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "many": "".join(f'<row r="{n}"><c r="ZZ{n}"><v>1</v></c></row>' for n in range(2, 99999, 7)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_memory_is_bounded(tmp_path: Path, name: str) -> None:
    """A small file that unfolds to a sheet without end is refused within half a gigabyte of memory."""
    pytest.importorskip("resource", reason="memory is bounded as POSIX does it")
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    with_parts(path, {SHEET: replacing("</sheetData>", f"{HOSTILE[name]}</sheetData>")})
    code = (
        "import resource, sys, pathlib; resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))\n"
        "import devrules_excel\n"
        "try: devrules_excel.devrules_read_sheets(pathlib.Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__)"
    )

    ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)

    assert (0, "InvalidInput") == (ran.returncode, ran.stdout.strip()), ran.stderr


def test_a_sheet_that_says_it_is_larger(tmp_path: Path) -> None:
    """What a sheet says of its size does not matter; what is in it does."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    with_parts(path, {SHEET: replacing('<dimension ref="A1:A1"', '<dimension ref="A1:XFD1048576"')})

    assert [["姓名"]] == rows(path)


@pytest.mark.parametrize("count", ["42949672962", "9" * 30])
def test_texts_without_end(tmp_path: Path, count: str) -> None:
    """A workbook that says it has more texts than it has room for is refused before room is made for them."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    with_parts(path, {"xl/sharedStrings.xml": f'<sst count="1" uniqueCount="{count}"></sst>'.encode()})

    assert f"is damaged: it says that it has {count} texts, and has no room for them" == refusal(path)


def test_texts_without_end_in_other_forms(tmp_path: Path) -> None:
    """So is an .xlsb."""
    path = binary_workbook(tmp_path / "台账.xlsb", record(6, struct.pack("<II", 0, 0) + wide("姓名")))
    with_parts(path, {"xl/sharedStrings.bin": record(159, struct.pack("<II", 2**32 - 1, 2**32 - 1))})

    assert "it says that it has 4294967295 texts" in refusal(path)


def test_a_part_whose_name_is_no_text(tmp_path: Path) -> None:
    """The table of contents may be damaged, too."""
    path = workbook(tmp_path / "台账.xlsx", ["姓名"])
    with_parts(path, {"xl/甲.xml": b""})
    path.write_bytes(path.read_bytes().replace("xl/甲.xml".encode(), b"xl/\xb4\xff\xff.xml"))

    assert refusal(path).startswith("is damaged: ")
