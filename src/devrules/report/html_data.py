"""An audit as compact data for the script of the HTML report: the list of people, and the details of some at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from devrules.findings.finding import Finding
from devrules.findings.message import sentence
from devrules.findings.model import LAMPS
from devrules.report.formats import How
from devrules.report.places import article_text
from devrules.report.subject import Audited, Checked, name_of

CHUNK = 100
"""How many people's details stand together: few enough to be read at a click, many enough to share their texts."""
_RANK = {"red": 1, "yellow": 2, "green": 3}
_EPOCH = 719163
"""The ordinal of 1970-01-01, from which scripts count days."""


class Index:
    """Numbers what it is asked for, in the order of asking."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {one: n for n, one in enumerate(first)}

    def __call__(self, text: str) -> int:
        """Give the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        """What it was asked for."""
        return list(self._numbers)


class People:
    """
    The list of people, and the details of some at a time.

    Args:
        how: How the report is written.
    """

    def __init__(self, how: How) -> None:
        self.how = how
        self.rows: list[list[Any]] = []
        self.rules, self.branches, self.stages, self.files = Index(), Index([""]), Index([""]), Index([""])
        self.titles: dict[str, str] = {}

    def chunks(self, audit: Audited) -> Iterator[str]:
        """Yield the details of all people, some at a time; the list is whole when the last was yielded."""
        texts, people = Index([""]), list[Any]()
        for n, report in enumerate(self.how.track(audit.reports), 1):
            self.rows.append(self._row(report))
            people.append(self._details(report, texts))
            if n % CHUNK == 0:
                yield packed({"t": texts.texts, "p": people})
                texts, people = Index([""]), []
        if people:
            yield packed({"t": texts.texts, "p": people})

    def listed(self) -> dict[str, Any]:
        """Give the list, with what its numbers stand for."""
        rules = self.rules.texts
        return {
            "chunk": CHUNK,
            "rules": [[rule, self.titles[rule]] for rule in rules],
            "branches": self.branches.texts,
            "stages": self.stages.texts,
            "files": self.files.texts,
            "people": self.rows,
        }

    def _row(self, checked: Checked) -> list[Any]:
        """Give what the list shows of a person; the rules with a red lamp come before those with a yellow one."""
        dossier, findings = checked.dossier, checked.findings
        lamps = [sum(finding.lamp == lamp for finding in findings) for lamp in LAMPS[:4]]
        on = [self._rule(finding) for lamp in ("red", "yellow") for finding in findings if finding.lamp == lamp]
        source = dossier.source
        place = " ".join(filter(None, [source.file, source.sheet])) if source else ""
        name = name_of(checked, unmask=self.how.unmask)
        if dossier.subject == "organisation":
            name = dossier.branch.name or ""
        stage = checked.stage.name.said(self.how.lang) if checked.stage else ""
        where = [self.branches(dossier.branch.name or ""), self.stages(stage)]
        return [
            name, dossier.id, *where, *lamps, self.files(place), (source.row or 0) if source else 0, on
        ]  # fmt: skip

    def _rule(self, finding: Finding) -> int:
        self.titles.setdefault(finding.rule, finding.title.said(self.how.lang))
        return self.rules(finding.rule)

    def _details(self, checked: Checked, text: Index) -> list[Any]:
        findings = checked.findings
        told = [
            self._finding(finding, text)
            for finding in sorted(findings, key=lambda one: LAMPS.index(one.lamp))
            if finding.lamp in ("red", "yellow") or finding.verdict == "waived" or finding.due is not None
        ]
        grey = [finding for finding in findings if finding.lamp == "grey"]
        unknown = [self._rule(finding) for finding in grey if finding.verdict != "manual"]
        manual = [self._rule(finding) for finding in grey if finding.verdict == "manual"]
        return [list(self._records(checked, text)), told, unknown, manual]

    def _finding(self, finding: Finding, text: Index) -> list[Any]:
        lang, waiver = self.how.lang, finding.waiver
        told = [
            article_text(finding, lang),
            sentence(finding, lang),
            finding.remedy.said(lang) if finding.verdict != "waived" else "",
            str(finding.due or ""),
            f"{waiver.author}{'：' if lang == 'zh' else ': '}{waiver.reason} ({waiver.expires})" if waiver else "",
        ]
        sort = {"pending": 3, "waived": 4}.get(finding.verdict, 0)
        return [self._rule(finding), _RANK.get(finding.lamp, 0), sort, *map(text, told)]

    def _records(self, checked: Checked, text: Index) -> Iterator[list[int | None]]:
        """Yield the records in the order of their days: the kind, the first and last possible day, the lamp."""
        if not checked.judged:
            return
        kinds = checked.judged[0].judgement.program.kinds
        lamps = _lamps_of_records(checked.findings)
        dated = [
            (record.act_day, name, n)
            for name, records in checked.dossier.records.items()
            for n, record in enumerate(records, 1)
        ]
        for day, name, n in sorted(dated, key=lambda one: one[0].low.toordinal() if one[0] else 10**7):
            kind = text(kinds[name].zh if self.how.lang == "zh" else kinds[name].en)
            ends = [one.toordinal() - _EPOCH for one in (day.low, day.high)] if day else [None, None]
            yield [kind, *ends, lamps.get(f"{name}#{n}", 0)]


def packed(data: Any) -> str:
    """Write data as JSON that may stand inside a script element: nothing in it can end that, or begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for one in "<>&\u2028\u2029":
        text = text.replace(one, f"\\u{ord(one):04x}")
    return text


def _lamps_of_records(findings: Sequence[Finding]) -> dict[str, int]:
    """Tell the worst lamp of each record: of the act that a rule judges, else of all that it reads."""
    found: dict[str, int] = {}
    for finding in findings:
        rank = _RANK.get(finding.lamp)
        if rank is None:
            continue
        records = finding.records
        judged = {path.partition(".")[0] for path in finding.compiled.rule.judges}
        for record in [one for one in records if one.partition("#")[0] in judged] or records:
            found[record] = min(rank, found.get(record, rank))
    return found
