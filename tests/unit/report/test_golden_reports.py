"""
Every format of reports as a whole: five people of the reading club, judged on a fixed day, against ``golden/reports``.

``python tests/unit/report/test_golden_reports.py`` writes the files anew; look at what changed before it is committed.
Versions and checksums are left out. Of a workbook the cells are kept, of Parquet the rows, of a page what is read and
what its script is given.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from datetime import date
from functools import cache
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.days import ChineseCalendar
from devrules.plugin import Plugins
from devrules.program.from_ruleset import compile_rulesets
from devrules.report.formats import How
from devrules.report.impact_csv import impact_csv
from devrules.report.impact_html import impact_html
from devrules.report.impact_json import impact_json
from devrules.report.impact_text import impact_text
from devrules.ruleset.from_toml import load_ruleset

TESTS = Path(__file__).parents[2]
GOLDEN = TESTS / "golden" / "reports"
AS_OF = date(2021, 6, 1)
LEDGER, MAPPING = Path("ledger.csv"), Path("mapping.toml")


@cache
def _club() -> devrules.Rules:
    ruleset = load_ruleset(TESTS / "unit" / "ruleset" / "club", ruleset_id="club", version="1", national=True)
    return devrules.Rules({"person": compile_rulesets([ruleset], ChineseCalendar())}, Plugins(), "reference")


@cache
def _audit() -> devrules.Audit:
    # A report names the ledger as the user did.
    with chdir(GOLDEN):
        return _club().audit(LEDGER, as_of=AS_OF, mapping=MAPPING)


@cache
def _impact() -> devrules.Impact:
    with chdir(GOLDEN):
        return _club().impact(LEDGER, as_of=AS_OF, mapping=MAPPING, from_="club-2000", to="club-2020")


def _saved(form: str, lang: str = "zh") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report"
        _audit().save(path, form=form, lang=lang)
        return path.read_bytes()


def _text(form: str, lang: str = "zh") -> str:
    return _saved(form, lang).decode()


def _cells() -> str:
    """The cells of a workbook, sheet by sheet, one row a line."""
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        _audit().save(path)
        book = openpyxl.load_workbook(path)
    return "".join(
        f"[{sheet.title}]\n" + "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in sheet.values)
        for sheet in book
    )


def _rows() -> str:
    """The columns of a Parquet file with their types, and its rows."""
    duckdb = pytest.importorskip("duckdb")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.parquet"
        _audit().save(path)
        read = duckdb.read_parquet(str(path))
        types = dict(zip(read.columns, map(str, read.types), strict=True))
        lines = [types, *(dict(zip(read.columns, row, strict=True)) for row in read.fetchall())]
    return "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)


class _Page(HTMLParser):
    """What a page shows without its script, a line an element, and what the script is given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.data: dict[str, Any] = {}
        self._tag, self._id = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag, self._id = tag, dict(attrs).get("id") or ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # every end
        self._tag, self._id = "", ""

    def handle_data(self, data: str) -> None:
        if self._tag == "script" and self._id:
            self.data[self._id] = json.loads(data)
        elif self._tag not in ("script", "style") and data.strip():
            self.lines.append(data)


def _page(text: str) -> str:
    """The words of the script are the same in every page, and are left out."""
    page = _Page(text)
    page.data["data"].pop("words")
    parts = (f"[{name}]\n{_folded(data)}\n" for name, data in page.data.items())
    return "".join(f"{line}\n" for line in page.lines) + "".join(parts)


def _folded(data: Mapping[str, Any]) -> str:
    """JSON with each entry of the outer lists on a line."""

    def shown(value: Any) -> str:
        if isinstance(value, list) and value:
            return "[\n" + ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in value) + "\n ]"
        return json.dumps(value, ensure_ascii=False)

    return "{\n" + ",\n".join(f' "{name}": {shown(value)}' for name, value in data.items()) + "\n}"


FORMS: Mapping[str, Callable[[], str]] = {
    "audit.txt": lambda: _text("text"),
    "audit.en.txt": lambda: _text("text", "en"),
    "audit.json": lambda: _text("json"),
    "audit.jsonl": lambda: _text("jsonl"),
    "audit.csv": lambda: _text("csv"),
    "audit.html.txt": lambda: _page(_text("html")),
    "audit.xlsx.txt": _cells,
    "audit.parquet.txt": _rows,
    "impact.txt": lambda: impact_text(_impact()),
    "impact.json": lambda: impact_json(_impact()),
    "impact.csv": lambda: impact_csv(_impact()),
    "impact.html.txt": lambda: _page("".join(impact_html(_impact(), How()))),
}
"""The files to what writes them."""


def _stable(text: str) -> str:
    """Leave out versions and checksums."""
    named = text.replace(f"devrules {version('devrules')}", "devrules …")
    named = re.sub(r"\b(reference|durable-rules|duckdb) [0-9]+(\.[0-9]+)+", r"\1 …", named)
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=\()[0-9a-f]{12}(?=\))", "…", named)


def _write() -> Iterator[str]:
    for name, make in FORMS.items():
        made = _stable(make()).encode()
        if not (GOLDEN / name).exists() or (GOLDEN / name).read_bytes() != made:
            (GOLDEN / name).write_bytes(made)
            yield name


@pytest.mark.parametrize("name", FORMS)
def test_a_report_is_the_golden_one(name: str) -> None:
    """To the letter."""
    assert (GOLDEN / name).read_bytes().decode() == _stable(FORMS[name]())


def test_no_golden_report_is_left_over() -> None:
    """Each file is what some format writes, or what is judged."""
    assert {*FORMS, str(LEDGER), str(MAPPING)} == {path.name for path in GOLDEN.iterdir()}


def test_no_golden_report_names_anybody() -> None:
    """Whatever the format: names and numbers of the ledger are masked, but for those that are not read as such."""
    secrets = re.compile(r"张三丰|李四|王五|赵六|钱七|1390000000")
    found = {name: secrets.findall((GOLDEN / name).read_text(encoding="utf-8")) for name in FORMS}

    assert {} == {name: names for name, names in found.items() if names}


if __name__ == "__main__":
    raise SystemExit(", ".join(_write()) or 0)
