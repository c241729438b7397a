"""
Workbooks, CSV and JSON files, damaged in every way that a seed makes up: ``python -m properties.damage FIRST COUNT``.

Each is read as a ledger or a dossier, in the folder ``tests``. What is no answer and no clear error is listed, and so
is what takes long; a file that hangs ends the process, and the last line on standard error tells its seed.
"""

from __future__ import annotations

import csv
import faulthandler
import io
import json
import random
import resource
import struct
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
from adapters.test_excel import OLD_WORKBOOK, cell, record, row, wide
from unit.ledger.shape_files import FOLDER, shapes

import devrules_excel
import devrules_xize
from devrules.dossier.convert import load_dossier
from devrules.errors import InvalidInput
from devrules.ledger.columns import Columns, read_columns
from devrules.ledger.csv_file import read_csv
from devrules.ledger.read import read_ledger
from devrules.ruleset.from_toml import load_ruleset

SECONDS = 30
"""No file may take longer, on a machine that has other things to do."""

MEMORY = 3 * 2**30
HEADER = ["序号", "姓名", "公民身份号码", "出生日期", "申请入党日期"]
HEADER += ["谈话日期", "谈话人", "培养联系人", "考察日期", "赞成票"]
PERSON = ["张三", "999999200001010003", "2000-01-01", "2021.5.6", "2021年5月", "李四", "王五、赵六", "", 9]
ODD: list[Any] = [
    *("", " ", "-", "无", "\0", "\ufeff", "=1+1", '"', "'", "\r\n", "，", "、、", "1e400", "9" * 400, "张" * 9000),
    *(
        "1.10101E+17",
        "2021-02-30",
        "０",
        "<c>",
        "&amp;",
        "]]>",
        "\ud7ff\uffff",
        "姓名",
        "合计",
        "null",
        "1,2;3\t4",
        "٣",
    ),
    *(0, -1, 1e308, 1e-308, 2958466, 10**18, True, 0.1, 44322.5, 60, -44322),
]
Change = Callable[[random.Random, bytes], bytes]
SHAPES = shapes()
OLD_WORKBOOKS = [OLD_WORKBOOK, (FOLDER / "desktop.xls").read_bytes()]
DOSSIER = Path(__file__).parents[2] / "docs" / "examples" / "dossier.json"


def people(rng: random.Random) -> list[list[Any]]:
    """Invent the rows of a ledger, some of their cells odd."""
    if rng.random() < 0.4:  # as ledgers arrive
        rows: list[list[Any]] = [list(line) for line in rng.choice(SHAPES).rows]
    else:
        rows = [list(HEADER), *([number, *PERSON] for number in range(rng.randint(1, 12)))]
    for _ in range(rng.randint(0, 9)):
        line = rng.choice([line for line in rows if line])
        line[rng.randrange(len(line))] = rng.choice(ODD)
    if rng.random() < 0.2:  # seldom
        rows.insert(rng.randrange(len(rows)), [rng.choice(ODD)] * rng.choice([0, 1, 30, 300]))
    return rows


def new_workbook(rng: random.Random) -> bytes:
    """Write an .xlsx."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        for _ in range(rng.choice([1, 1, 3])):
            sheet = book.add_worksheet()
            for at, line in enumerate(people(rng)):
                for column, value in enumerate(line):
                    sheet.write(at, column, value)
            if rng.random() < 0.3:  # sometimes
                sheet.merge_range(20, 0, 20 + rng.randint(1, 9), rng.randint(0, 30), rng.choice(ODD))
    return file.getvalue()


def open_document(rng: random.Random) -> bytes:
    """Write an .ods."""
    lines = [[_escaped(value) for value in line] for line in people(rng)]
    table = "".join(row(*map(cell, line)) for line in lines)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="甲">{table}</table:table></office:spreadsheet>'
    content = f'<?xml version="1.0"?><office:document-content{names}>{body}</office:body></office:document-content>'
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": b"<manifest/>"}
    return _zipped([*parts.items(), ("content.xml", content.encode("utf-8", "replace"))])


def binary_workbook(rng: random.Random) -> bytes:
    """Write an .xlsb."""
    cells = [record(6, struct.pack("<II", at, 0) + wide(title)) for at, title in enumerate(HEADER)]
    inside = record(145) + record(0, struct.pack("<I", rng.choice([0, 3])) + bytes(13)) + b"".join(cells) + record(146)
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("名单"))
    size = record(148, struct.pack("<IIII", 0, 9, 0, len(cells)))
    relation = b'<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.bin"/>'
    return _zipped(
        [
            ("xl/_rels/workbook.bin.rels", b"<Relationships>" + relation + b"</Relationships>"),
            ("xl/workbook.bin", record(131) + record(143) + sheet + record(144) + record(132)),
            ("xl/worksheets/sheet1.bin", record(129) + size + inside + record(130)),
        ]
    )


def text(rng: random.Random) -> bytes:
    """Write a CSV."""
    file = io.StringIO()
    csv.writer(file, delimiter=rng.choice(",,;\t"), quoting=rng.choice([0, 1]), escapechar="\\").writerows(people(rng))
    return file.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), "replace")


def dossier(rng: random.Random) -> bytes:
    """Write a dossier in JSON, some of its values odd or gone."""
    data = json.loads(DOSSIER.read_bytes())
    for _ in range(rng.choice([0, 1, 1, 2, 4])):
        place: Any = data
        key: Any = rng.choice(list(data))
        while isinstance(place[key], dict | list) and place[key] and rng.random() < 0.8:  # mostly go deeper
            place = place[key]
            key = rng.choice(list(place)) if isinstance(place, dict) else rng.randrange(len(place))
        match rng.choice(["odd", "odd", "drop", "deep", "key"]):
            case "odd":
                place[key] = rng.choice([*ODD, None, [], {}, float("nan"), float("inf")])
            case "drop":
                del place[key]
            case "deep":
                place[key] = rng.choice([[place[key]], {"day": place[key]}, {str(n): n for n in range(99)}])
            case _ if isinstance(place, dict):
                place[str(rng.choice(ODD))] = place[key]
    return json.dumps(data, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def flipped(rng: random.Random, data: bytes) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 8, 64])):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(rng: random.Random, data: bytes) -> bytes:
    """Lose the end, the beginning or the middle."""
    first, last = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice([data[:first], data[last:], data[:first] + data[last:]])


def doubled(rng: random.Random, data: bytes) -> bytes:
    """Repeat a piece."""
    first, last = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:last] + data[first:last] * rng.choice([1, 1, 20]) + data[last:]


def blanked(rng: random.Random, data: bytes) -> bytes:
    """Write noughts over a piece."""
    first, last = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + bytes(last - first) + data[last:]


def renumbered(rng: random.Random, data: bytes) -> bytes:
    """Change a number in a text: an index, a row, a count, a size."""
    at = [n for n, byte in enumerate(data) if 48 <= byte <= 57]  # figures
    if not at:
        return flipped(rng, data)
    n = rng.choice(at)
    return data[:n] + rng.choice([b"0", b"-1", b"9", b"99999", b"1048576", b"4294967296", b"1e9"]) + data[n + 1 :]


def parted(rng: random.Random, data: bytes) -> bytes:
    """Take an archive apart, damage a part, or mix them up, and put it together so that it can be opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    n, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    name, content = parts[n]
    match rng.choice(["swap", "drop", "twice", "inside", "inside", "inside", "inside", "inside", "rename"]):
        case "swap":
            parts[n], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case "drop":
            del parts[n]
        case "twice":
            parts.append((f"{name}.copy", content))
        case "rename":
            parts[n] = (parts[other][0] + "x", content)
        case _:
            parts[n] = (name, rng.choice(ANYWHERE)(rng, content))
    return _zipped(parts)


ANYWHERE: list[Change] = [flipped, cut, doubled, blanked, renumbered, renumbered]
BASES: dict[str, Callable[[random.Random], bytes]] = {
    ".xlsx": new_workbook,
    ".ods": open_document,
    ".xls": lambda rng: rng.choice(OLD_WORKBOOKS),
    ".xlsb": binary_workbook,
    ".csv": text,
    ".json": dossier,
}


def damaged(seed: int) -> tuple[str, bytes]:
    """Make the file of a seed: its suffix and its bytes."""
    rng = random.Random(seed)  # noqa: S311  # nothing is kept secret
    suffix = rng.choice([".xlsx", ".xlsx", *BASES])
    data = BASES[suffix](rng)
    is_zip = data.startswith(b"PK")
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
        # Most damage to an archive is found by its checksums; what lies behind them is reached by taking it apart.
        if is_zip and rng.random() < 0.7:  # mostly
            data = parted(rng, data)
        else:
            data, is_zip = rng.choice(ANYWHERE)(rng, data), False
    return suffix, data


def read(path: Path, columns: Columns, kinds: Any) -> str:
    """Read a file as a ledger or a dossier and tell what came of it."""
    try:
        if path.suffix == ".json":
            return "read" if load_dossier(path, kinds).recorded_kinds else "nobody"
        sheets = devrules_excel.devrules_read_sheets(path) or read_csv(path)
        ledger = read_ledger(sheets, columns, kinds)
    except InvalidInput as error:
        assert all(problem.where.startswith(str(path)) for problem in error.problems)  # noqa: PT017  # the rest is no test
        return "refused"
    return "read" if ledger.dossiers else "nobody"


def main(first: int, count: int) -> dict[str, Any]:
    """Read the files of some seeds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    folder = Path(devrules_xize.__file__).parent
    kinds = load_ruleset(folder, ruleset_id="xize", version="1", national=True).kinds
    columns = read_columns(folder / "columns.toml", kinds)
    came, failed, slowest, largest = {"read": 0, "nobody": 0, "refused": 0}, [], (0.0, -1), (0, -1)
    with tempfile.TemporaryDirectory() as place:
        for seed in range(first, first + count):
            suffix, data = damaged(seed)
            path = Path(place) / f"ledger{suffix}"
            path.write_bytes(data)
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            start, memory = time.perf_counter(), _megabytes()
            print("seed", seed, file=sys.stderr)  # noqa: T201
            try:
                came[read(path, columns, kinds)] += 1
            except Exception:  # noqa: BLE001  # that is what is looked for
                failed.append((seed, suffix, traceback.format_exc()))
            slowest = max(slowest, (time.perf_counter() - start, seed))
            largest = max(largest, (_megabytes() - memory, seed))
            faulthandler.cancel_dump_traceback_later()
    return {"came": came, "failed": failed, "slowest": slowest, "largest": largest, "megabytes": _megabytes()}


def _megabytes() -> int:
    """Tell the most memory that was taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in dict(parts).items():
            archive.writestr(name, content)
    return file.getvalue()


def _escaped(value: Any) -> str:
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace("\0", "")


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2])), indent=1))  # noqa: T201
