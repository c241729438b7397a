"""An audit as a workbook for organisers: a summary, the list of problems, the people, what was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from tempfile import TemporaryFile

from devrules.findings import words
from devrules.findings.finding import Finding
from devrules.findings.message import sentence
from devrules.findings.model import Lamp
from devrules.law.model import Text
from devrules.mask import mask_text
from devrules.report.formats import How
from devrules.report.places import article_text
from devrules.report.remarks import remarks
from devrules.report.subject import Audited, Checked, name_of, problems_of, reason_of, text_of
from devrules.report.summary import Group, summary_of
from devrules.report.summary_text import HEADS, ON, PEOPLE, TITLES, label_of
from devrules_excel.book import Book, Cell, Column, Sheet

_LAMPS: tuple[Lamp, ...] = ("red", "yellow", "grey", "green")
_PIECE = 1 << 20
_RUN: dict[str, Text] = {
    "title": Text("发展党员核查报告", "Audit of the recruitment of Party members"),
    "as_of": Text("核查日", "As of"),
    "engine": Text("引擎", "Engine"),
    "ruleset": Text("规则", "Ruleset"),
    "sha256": Text("规则文件校验值（SHA-256）", "SHA-256 of its files"),
    "software": Text("软件", "Software"),
    "names": Text("姓名、号码", "Names and numbers"),
    "masked": Text("已脱敏", "masked"),
    "full": Text("未脱敏，请按保密要求保管", "in full: keep this file safe"),
    "lamps": Text("灯色", "Colours"),
    "own": Text(
        "红灯：违反必须做到的要求；黄灯：一般要求、地方口径、新旧衔接或临近期限；灰灯：无法判断或须人工核实；"
        "绿灯：合格。灯色是本软件的约定，法规中没有。",
        "Red: a must was not met; yellow: a should, a local rule, a transition, or nearly due; grey: unknown, or for a "
        "person to verify; green: passed. The colours are a convention of this software, not of the law.",
    ),
    "remark": Text("说明", "Remark"),
    "problem": Text("未能核查", "Could not be judged"),
    "total": Text("合计", "Total"),
}
_SHEETS: dict[str, Text] = {
    "summary": Text("汇总", "Summary"),
    "findings": Text("问题清单", "Problems"),
    "people": Text("人员", "People"),
    "unread": Text("未读单元格", "Not understood"),
    "run": Text("运行信息", "About this run"),
}
_HEADS: dict[str, Text] = {
    "lamp": Text("亮灯", "Lamp"),
    "name": Text("姓名", "Name"),
    "id": Text("编号", "Id"),
    "branch": Text("党支部", "Branch"),
    "stage": Text("阶段", "Stage"),
    "title": Text("规则", "Rule"),
    "message": Text("说明", "Finding"),
    "remedy": Text("整改建议", "Remedy"),
    "article": Text("条文", "Article"),
    "strength": Text("强度", "Strength"),
    "due": Text("应办期限", "Due"),
    "waiver": Text("豁免", "Waiver"),
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "row": Text("行", "Row"),
    "rule": Text("规则编号", "Rule id"),
    "column": Text("列", "Column"),
    "text": Text("内容", "Text"),
    "reason": Text("原因", "Reason"),
}
_WIDTHS = {"title": 28, "message": 48, "remedy": 26, "branch": 22, "article": 16, "waiver": 24, "file": 16}
_WIDTHS |= {"lamp": 8, "row": 7, "rule": 28, "id": 15, "text": 28, "reason": 44, "column": 22, "strength": 10}
_WRAPPED = frozenset(("title", "message", "remedy", "branch", "waiver", "reason", "text"))


def workbook_pieces(audit: Audited, how: How) -> Iterator[bytes]:
    """
    Yield an audit as a workbook.

    Args:
        audit: The audit.
        how: How to write it.
    """
    with TemporaryFile() as file:
        _Report(audit, how, Book(file, audit.as_of)).write()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


class _Report:
    """Writes one sheet after another."""

    def __init__(self, audit: Audited, how: How, book: Book) -> None:
        self.audit, self.how, self.book, self.lang = audit, how, book, how.lang

    def write(self) -> None:
        self.summary()
        self.findings()
        self.unread()
        self.run()
        self.book.close()

    def summary(self) -> None:
        found = summary_of(self.audit, self.lang)
        columns = [Column("", 46, "wrapped"), *[Column("", 10)] * 6]
        sheet = self.book.sheet(_SHEETS["summary"].said(self.lang), columns, bare=True)
        sheet.row([_RUN["title"].said(self.lang)], ["title"])
        sheet.row([f"{_RUN['as_of'].said(self.lang)} {self.audit.as_of}"])
        lamps = [words.LAMPS[lamp].said(self.lang) for lamp in _LAMPS]
        heads = [*lamps, ON.said(self.lang), PEOPLE.said(self.lang)]
        total, groups = found.total, found.groups
        whole = [*self._counts(total.lamps), total.on, total.people]
        self._table(sheet, None, heads, [(_RUN["total"].said(self.lang), whole)])
        for group, lines in groups.items():
            shown = lines if group in ("stage", "branch") else [line for line in lines if line.on]
            rows = [
                (label_of(group, line, self.lang), [*self._counts(line.lamps), line.on, line.people]) for line in shown
            ]
            if rows:
                self._table(sheet, group, heads, rows)

    def _counts(self, lamps: Mapping[Lamp, int]) -> list[int]:
        return [lamps[lamp] for lamp in _LAMPS]

    def _table(self, sheet: Sheet, group: Group | None, heads: list[str], rows: list[tuple[str, list[int]]]) -> None:
        sheet.row([])
        if group:
            sheet.row([TITLES[group].said(self.lang)], ["bold"])
        first = HEADS[group].said(self.lang) if group else ""
        sheet.row([first, *heads], ["heading"] * (len(heads) + 1))
        for label, counts in rows:
            styles: list[str | None] = [
                None,
                *(lamp if count else None for lamp, count in zip(_LAMPS, counts, strict=False)),
            ]
            sheet.row([label, *(count or None for count in counts)], styles)

    def findings(self) -> None:
        """Write the problems and the people in one go: judging a sentence takes longer than writing it."""
        listed = self._sheet(
            "findings",
            ("lamp", "name", "branch", "stage", "title", "message", "remedy", "article", "due", "file", "sheet", "row"),
            ("strength", "waiver", "id", "rule"),
            printed=12,
        )
        people = self._sheet(
            "people",
            ("name", "branch", "stage"),
            [Column(words.LAMPS[lamp].said(self.lang), 8) for lamp in _LAMPS],
            ("file", "sheet", "row", "id"),
        )
        for checked in self.how.track(self.audit.reports):
            who = self._who(checked)
            source = checked.dossier.source
            place: list[Cell] = [source.file, source.sheet, source.row] if source else [None] * 3
            lamps = [sum(finding.lamp == lamp for finding in checked.findings) for lamp in _LAMPS]
            counts = [count or None for count in lamps]
            people.row([*who, *counts, *place, checked.dossier.id], [None, None, None, *_LAMPS])
            for lamp in ("red", "yellow", "none"):
                for finding in checked.findings:
                    if finding.lamp == lamp and (lamp != "none" or finding.waiver is not None):
                        self._finding(listed, finding, who, place, checked.dossier.id)
        listed.end()
        people.end()

    def _who(self, checked: Checked) -> list[Cell]:
        dossier = checked.dossier
        name = name_of(checked, unmask=self.how.unmask)
        if dossier.subject == "organisation":
            name = dossier.branch.name or ""
        return [name, dossier.branch.name, checked.stage.name.said(self.lang) if checked.stage else None]

    def _finding(self, sheet: Sheet, finding: Finding, who: list[Cell], place: list[Cell], dossier: str) -> None:
        waiver, lamp = finding.waiver, finding.lamp
        shown = words.VERDICTS[finding.verdict] if waiver else words.LAMPS[lamp]
        told: list[Cell] = [
            finding.title.said(self.lang),
            sentence(finding, self.lang),
            finding.remedy.said(self.lang) or None,
            article_text(finding, self.lang),
            str(finding.due) if finding.due else None,
        ]
        rest: list[Cell] = [
            words.STRENGTHS[finding.strength].said(self.lang),
            f"{waiver.author}：{waiver.reason}（{waiver.expires}）" if waiver else None,
            dossier,
            finding.rule,
        ]
        sheet.row([shown.said(self.lang), *who, *told, *place, *rest], [lamp if lamp != "none" else "grey"])

    def unread(self) -> None:
        sheet = self._sheet("unread", ("file", "sheet", "row", "column", "text", "reason"))
        for one in self.audit.unread:
            told = [text_of(one, unmask=self.how.unmask), reason_of(one, self.lang)]
            sheet.row([one.file, one.sheet, one.row, one.column, *told])
        sheet.end()

    def run(self) -> None:
        columns = [Column("", 26), Column("", 90, "wrapped")]
        sheet = self.book.sheet(_SHEETS["run"].said(self.lang), columns, bare=True)
        for word, value in self._facts():
            sheet.row([_RUN[word].said(self.lang), value], ["bold"])

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "as_of", str(self.audit.as_of)
        yield "engine", self.audit.engine
        for one in self.audit.rulesets:
            yield "ruleset", f"{one.id} {one.version}"
            yield "sha256", one.sha256
        yield "software", f"devrules {version('devrules')}"
        yield "names", _RUN["full" if self.how.unmask else "masked"].said(self.lang)
        yield "lamps", _RUN["own"].said(self.lang)
        for told in remarks(self.audit, self.lang):
            yield "remark", told if self.how.unmask else mask_text(told)
        for told in problems_of(self.audit, unmask=self.how.unmask):
            yield "problem", told

    def _sheet(self, name: str, *parts: tuple[str, ...] | list[Column], printed: int | None = None) -> Sheet:
        columns = [column for part in parts for column in (part if isinstance(part, list) else map(self._column, part))]
        return self.book.sheet(_SHEETS[name].said(self.lang), columns, printed=printed)

    def _column(self, name: str) -> Column:
        style = "wrapped" if name in _WRAPPED else "centred" if name == "row" else "plain"
        return Column(_HEADS[name].said(self.lang), _WIDTHS.get(name, 12), style)
