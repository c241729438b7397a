"""
Make the template of forms, src/devrules/desk/forms/form.docx: `python docs/make_form.py`.

It lays out any form: what stands in double braces comes from the form that is filled in. It needs python-docx (it comes
with the extra `forms`). It can also be opened and edited in a word processor; then this script is no longer its source.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FILE = Path(__file__).parents[1] / "src/devrules/desk/forms/form.docx"
SONG, HEI = "宋体", "黑体"
MARGIN = Mm(18)
FACTS = (Mm(35), Mm(52), Mm(35), Mm(52))
SERIES = (Mm(37), Mm(28), Mm(83), Mm(26))
OPINIONS = (Mm(35), Mm(139))
SIGN = "{{ sign }}：　　　　　　　　　　　年　　月　　日"


def make() -> Written:
    """The template, as a document."""
    document = Document()
    styled(document)
    line(document.add_paragraph(), "{{ form.title }}", size=18, font=HEI, bold=True, centred=True)
    line(document.add_paragraph(), "{%p for line in form.head %}")
    line(document.add_paragraph(), "{{ line }}").space_after = Pt(4)
    line(document.add_paragraph(), "{%p endfor %}")
    facts(document)
    line(
        document.add_paragraph(), "{{ form.series_title }}", size=12, font=HEI, bold=True, before=10
    ).keep_with_next = True
    series(document)
    line(document.add_paragraph(), "", size=6)
    opinions(document)
    line(document.add_paragraph(), "{{ form.foot }}", size=9, before=6)
    footer(document)
    return document


def styled(document: Written) -> None:
    """A4, Chinese fonts, no trace of when and where it was made."""
    [section] = document.sections
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    fonts(normal, SONG)
    normal.paragraph_format.space_after = Pt(0)
    made = document.core_properties
    made.author = made.title = made.comments = ""
    made.created = made.modified = datetime(2026, 1, 1, tzinfo=UTC)


def facts(document: Written) -> None:
    """Label and value, two by two; a fact that is alone in its row takes all of it."""
    table = framed(document, FACTS)
    control(table, "{%tr for row in form.facts %}")
    control(table, "{%tr if row|length == 2 %}")
    pair = row_of(table, height=Mm(9))
    for n, text in enumerate(("row[0].label", "row[0].value", "row[1].label", "row[1].value")):
        write(pair.cells[n], f"{{{{ {text} }}}}", centred=n % 2 == 0)
    control(table, "{%tr else %}")
    alone = row_of(table, height=Mm(9))
    alone.cells[1].merge(alone.cells[3])
    write(alone.cells[0], "{{ row[0].label }}", centred=True)
    write(alone.cells[1], "{{ row[0].value }}")
    control(table, "{%tr endif %}")
    control(table, "{%tr endfor %}")


def series(document: Written) -> None:
    """The records; the titles of the columns stand on every page."""
    table = framed(document, SERIES)
    titles = row_of(table, height=Mm(9))
    mark(titles, "w:tblHeader")
    for n, cell in enumerate(titles.cells):
        write(cell, f"{{{{ form.columns[{n}] }}}}", centred=True)
    control(table, "{%tr for row in form.rows %}")
    row = row_of(table, height=Mm(10))
    for cell, text in zip(row.cells, ("day", "kind", "text", "who"), strict=True):
        write(cell, f"{{{{ row.{text} }}}}", top=True)
    control(table, "{%tr endfor %}")


def opinions(document: Written) -> None:
    """Title, what was said, room to write, who signs."""
    table = framed(document, OPINIONS)
    control(table, "{%tr for opinion in form.opinions %}")
    row = row_of(table, height=Mm(32))
    mark(row, "w:cantSplit")
    write(row.cells[0], "{{ opinion.title }}", centred=True)
    cell = row.cells[1]
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    line(cell.paragraphs[0], "{%p for line in opinion.lines %}")
    line(cell.add_paragraph(), "{{ line }}", before=2)
    line(cell.add_paragraph(), "{%p endfor %}")
    line(cell.add_paragraph(), "{%p if not opinion.lines %}")
    line(cell.add_paragraph(), "", before=36)
    line(cell.add_paragraph(), "{%p endif %}")
    line(cell.add_paragraph(), "{%p for sign in opinion.signs %}")
    sign = line(cell.add_paragraph(), SIGN, before=9)
    sign.alignment, sign.space_after = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4)
    line(cell.add_paragraph(), "{%p endfor %}")
    control(table, "{%tr endfor %}")


def framed(document: Written, widths: tuple[int, ...]) -> Table:
    """A table without rows, with lines around its cells and columns of these widths."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def row_of(table: Table, *, height: int) -> _Row:
    """A row, at least this high."""
    row = table.add_row()
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def mark(row: _Row, name: str) -> None:
    """A property of a row for which python-docx has no name: its titles repeat, or it stays on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  # as above


def control(table: Table, tag: str) -> None:
    """A row that says what happens to those after it, and is not printed."""
    row = table.add_row()
    line(row.cells[0].paragraphs[0], tag)


def write(cell: _Cell, text: str, *, centred: bool = False, top: bool = False) -> None:
    """A text in a cell."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line(cell.paragraphs[0], text, centred=centred, before=2).space_after = Pt(2)


def line(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 11,
    font: str = SONG,
    bold: bool = False,
    centred: bool = False,
    before: float = 0,
) -> Any:
    """A text in a paragraph; gives the format of the paragraph."""
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    fonts(run, font)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(0)
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return form


def fonts(styled: Any, name: str) -> None:
    """Chinese in *name*, all else in Times."""
    styled.font.name = "Times New Roman"
    styled.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)


def footer(document: Written) -> None:
    """Whose form it is, should sheets come apart, and the number of the page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    line(paragraph, "{{ form.name }}　第", size=9, centred=True)
    field(paragraph, "PAGE")
    line(paragraph, "页　共", size=9, centred=True)
    field(paragraph, "NUMPAGES")
    line(paragraph, "页", size=9, centred=True)


def field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor fills in."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size = Pt(9)
    element.append(run._r)  # noqa: SLF001  # as below
    paragraph._p.append(element)  # noqa: SLF001  # python-docx knows no fields


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    make().save(str(target))
    print(f"wrote {target}")
