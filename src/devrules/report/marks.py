"""An audit and the sheets it was read from to marks on cells: which cell a finding is about, and what to say there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from devrules.findings import words
from devrules.findings.finding import Finding
from devrules.findings.model import Lamp
from devrules.ledger.header import Header, as_header
from devrules.ledger.model import Column, Columns, Unread
from devrules.ledger.read import header_of
from devrules.ledger.sheet import Cell, Sheet
from devrules.report.places import article_text
from devrules.report.subject import Audited, Checked, reason_of

_ON: tuple[Lamp, ...] = ("red", "yellow")
_Place = tuple[str, str | None, int]


@attrs.define
class Mark:
    """What is to be said at a cell, and its colour: the worst of what is said."""

    lamp: Lamp
    said: list[str]

    def add(self, lamp: Lamp, said: str) -> None:
        """Say one thing more."""
        if lamp == "red" or self.lamp == "grey":
            self.lamp = lamp
        self.said.append(said)


@attrs.frozen
class MarkedSheet:
    """
    A sheet with marks on its cells.

    Args:
        sheet: The sheet.
        header: Its first header; ``None`` where it has none.
        marks: Row and column, both counted from 0, to the mark.
    """

    sheet: Sheet
    header: Header | None
    marks: Mapping[tuple[int, int], Mark]


def marked_sheets(audit: Audited, sheets: Iterable[Sheet], columns: Columns, lang: str) -> Iterator[MarkedSheet]:
    """
    Mark the cells that findings are about, and those that were not understood.

    Args:
        audit: The audit.
        sheets: The sheets that it was read from.
        columns: The columns by which they were read.
        lang: ``zh`` or ``en``.
    """
    people: dict[_Place, Checked] = {}
    for report in audit.reports:
        source = report.dossier.source
        if source is not None and source.row is not None:
            people[source.file, source.sheet, source.row] = report
    unread: dict[_Place, list[Unread]] = {}
    for one in audit.unread:
        if one.row is not None:
            unread.setdefault((one.file, one.sheet, one.row), []).append(one)
    for sheet in sheets:
        marks: dict[tuple[int, int], Mark] = {}
        first = header = header_of(sheet, columns)
        for number, row in enumerate(sheet.rows, 1):
            if header is None or number < header.row:
                continue
            if number > header.row and _may_be_header(row, columns):
                header = as_header(row, number, columns) or header
            place = sheet.file, sheet.name, number
            for at, lamp, said in (
                *_of_unread(unread.get(place, ()), header, lang),
                *(_of_person(people[place], header, lang) if place in people else ()),
            ):
                mark = marks.setdefault((number - 1, at), Mark(lamp, []))
                mark.add(lamp, said)
        yield MarkedSheet(sheet, first, marks)


def _may_be_header(row: Sequence[Cell], columns: Columns) -> bool:
    return any(isinstance(cell, str) and "".join(cell.split()) in columns.by_name for cell in row)


def _of_unread(unread: Iterable[Unread], header: Header, lang: str) -> Iterator[tuple[int, Lamp, str]]:
    for one in unread:
        at = next((heading.at for heading in header.headings if heading.shown == one.column), None)
        yield _name_at(header) if at is None else at, "grey", reason_of(one, lang)


def _of_person(checked: Checked, header: Header, lang: str) -> Iterator[tuple[int, Lamp, str]]:
    for lamp in _ON:
        for finding in checked.findings:
            if finding.lamp == lamp:
                said = _said(finding, lang)
                for at in _cells(finding, header.known) or (_name_at(header),):
                    yield at, lamp, said


def _said(finding: Finding, lang: str) -> str:
    lamp, article = words.LAMPS[finding.lamp].said(lang), article_text(finding, lang)
    remedy = finding.remedy.said(lang)
    return f"{lamp} · {article}\n{finding.message.said(lang)}" + (f"\n→ {remedy}" if remedy else "")


def _cells(finding: Finding, known: Iterable[tuple[int, Column]]) -> tuple[int, ...]:
    """List the columns that a finding is about: of what is missing, else what was measured, else the act judged."""
    body = finding.body
    if body is None:
        return ()
    missing = {kind for wanted in finding.missing for kind in wanted.kinds}
    judged = {path.partition(".")[0] for path in finding.compiled.rule.judges}
    measured = set(finding.measured)
    read = [(at, column) for at, column in known if column.owner in (missing or body.kinds)]
    for wanted in (
        [at for at, column in read if column.field in measured and column.type != "day"],
        [at for at, column in read if column.owner in judged and column.type == "day"],
        [at for at, column in read if column.type == "day"],
    ):
        if wanted:
            return tuple(wanted)
    return tuple(at for at, _ in read)


def _name_at(header: Header) -> int:
    """Tell the column of names: what is said of the whole person stands there."""
    return next((at for at, column in header.known if column.names_person), 0)
