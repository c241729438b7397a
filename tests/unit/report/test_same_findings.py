"""Every format tells of the same findings: each is read back and compared with the audit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import devrules
from devrules.findings import words

Told = set[tuple[str, str, str, str]]
"""Dossier, rule, lamp, message."""
FORMATS = ("text", "json", "jsonl", "csv", "html", "xlsx", "parquet")
LIT = ("red", "yellow")


@pytest.fixture
def saved(audit: devrules.Audit, tmp_path: Path) -> Callable[..., Path]:
    """Writes the audit in one of the formats."""

    def save(form: str, **how: Any) -> Path:
        file = tmp_path / f"report.{'txt' if form == 'text' else form}"
        audit.save(file, lang="en", **how)
        return file

    return save


def expected(audit: devrules.Audit, *, lit: bool) -> Told:
    return {
        (report.dossier.id, finding.rule, finding.lamp, finding.message.en)
        for report in audit.reports
        for finding in report.findings
        if finding.lamp in LIT or not lit
    }


def from_json(file: Path) -> Told:
    data = json.loads(file.read_text(encoding="utf-8"))
    return {
        (one["id"], finding["rule"], finding["lamp"], finding["message"]["en"])
        for one in data["dossiers"]
        for finding in one["findings"]
    }


def from_jsonl(file: Path) -> Told:
    return {
        (one["id"], finding["rule"], finding["lamp"], finding["message"]["en"])
        for one in map(json.loads, file.read_text(encoding="utf-8").splitlines())
        for finding in one["findings"]
    }


def from_csv(file: Path) -> Told:
    lines = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    lamps = {text.en: lamp for lamp, text in words.LAMPS.items()}
    return {(one["id"].lstrip("'"), one["rule"], lamps[one["lamp"]], one["message"]) for one in lines}


def from_parquet(file: Path) -> Told:
    with duckdb.connect() as connection:
        return set(
            connection.execute("SELECT dossier, rule, lamp, message FROM read_parquet(?)", [str(file)]).fetchall()
        )


def from_html(file: Path) -> Told:
    text = file.read_text(encoding="utf-8")

    def data(name: str) -> Any:
        return json.loads(text.partition(f'id="{name}">')[2].partition("</script>")[0])

    listed, chunk = data("data"), data("chunk0")
    return {
        (person[1], listed["rules"][one[0]][0], LIT[one[1] - 1], chunk["t"][one[5]])
        for person, details in zip(listed["people"], chunk["p"], strict=True)
        for one in details[1]
        if one[1] in (1, 2)
    }


def from_xlsx(file: Path) -> Told:
    sheet = openpyxl.load_workbook(file)["Problems"]
    heads, *rows = sheet.iter_rows(values_only=True)
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    return {(one["Id"], one["Rule id"], one["Lamp"], one["Finding"]) for one in found if one["Lamp"] in LIT}


@pytest.mark.parametrize(
    ("form", "read"), [("json", from_json), ("jsonl", from_jsonl), ("csv", from_csv), ("parquet", from_parquet)]
)
def test_has_every_finding(
    audit: devrules.Audit, saved: Callable[..., Path], form: str, read: Callable[[Path], Told]
) -> None:
    """Also those that passed."""
    assert expected(audit, lit=False) == read(saved(form))


@pytest.mark.parametrize(("form", "read"), [("html", from_html), ("xlsx", from_xlsx)])
def test_has_every_finding_with_a_lamp_on(
    audit: devrules.Audit, saved: Callable[..., Path], form: str, read: Callable[[Path], Told]
) -> None:
    """What passed is counted."""
    assert expected(audit, lit=True) == read(saved(form))


def test_rows_are_flat(audit: devrules.Audit) -> None:
    """One a finding, as a data frame wants them."""
    rows = audit.to_rows(lang="en")

    assert expected(audit, lit=False) == {(one["dossier"], one["rule"], one["lamp"], one["message"]) for one in rows}
    waived = next(one for one in rows if one["verdict"] == "waived")
    assert ("王五", "查无", "第一支部") == (waived["waived_by"], waived["waived_because"], waived["branch"])


@pytest.mark.parametrize("form", FORMATS)
def test_names_are_masked_unless_asked_otherwise(saved: Callable[..., Path], form: str) -> None:
    """In every format."""
    masked, full = (text_of(saved(form, unmask=unmask)) for unmask in (False, True))

    assert "李四" not in masked
    assert "张三丰" not in masked
    assert "110101199001011234" not in masked
    # In text, only those with a lamp on have a name.
    assert "李四" in full


def text_of(file: Path) -> str:
    """All that a report holds, as text."""
    if file.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(file).worksheets
        return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    if file.suffix == ".parquet":
        with duckdb.connect() as connection:
            return str(connection.read_parquet(str(file)).fetchall())
    return file.read_text(encoding="utf-8")
