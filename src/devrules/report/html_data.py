"""What a page shows of people as compact data for its script: the list, and the details of some at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from devrules.findings.finding import Finding
from devrules.report.formats import How
from devrules.report.subject import Checked, name_of

CHUNK = 100
"""How many people's details stand together: few enough to be read at a click, many enough to share their texts."""
RANKS = {"red": 1, "yellow": 2, "green": 3}
"""The colours as the script knows them; 0 is any other."""
_EPOCH = 719163
"""The ordinal of 1970-01-01, from which scripts count days."""


@attrs.frozen(eq=False)
class Told:
    """
    A finding as the page of a person tells it.

    Args:
        finding: The finding.
        rank: Its colour, of :data:`RANKS`.
        part: Under which heading it stands, by the headings' numbers.
        mark: A word or two in that colour.
        article: Where the rule stands.
        message: What was found.
        lines: What else there is to say, each with what stands before it; those without a text are left out.
    """

    finding: Finding
    rank: int
    part: int
    mark: str
    article: str
    message: str
    lines: Sequence[tuple[str, str]] = ()


@attrs.frozen(eq=False)
class Shown:
    """
    What a page shows of one dossier.

    Args:
        checked: The dossier.
        counts: The four numbers of the list, in the order of the colours.
        listed: The findings whose rules the list names.
        findings: The findings whose colours the records take.
        told: The findings that are told one by one.
        unknown: The findings of which only the rule is named, because nothing is known.
        manual: Those of which only the rule is named, because a person must look.
    """

    checked: Checked
    counts: Sequence[int]
    listed: Sequence[Finding]
    findings: Sequence[Finding]
    told: Sequence[Told]
    unknown: Sequence[Finding] = ()
    manual: Sequence[Finding] = ()


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
        how: How the page is written.
    """

    def __init__(self, how: How) -> None:
        self.how = how
        self.rows: list[list[Any]] = []
        self.rules, self.branches, self.stages, self.files = Index(), Index([""]), Index([""]), Index([""])
        self.titles: dict[str, str] = {}

    def chunks(self, people: Iterable[Shown]) -> Iterator[str]:
        """Yield the details of all people, some at a time; the list is whole when the last was yielded."""
        texts, details = Index([""]), list[Any]()
        for n, shown in enumerate(people, 1):
            self.rows.append(self._row(shown))
            details.append(self._details(shown, texts))
            if n % CHUNK == 0:
                yield packed({"t": texts.texts, "p": details})
                texts, details = Index([""]), []
        if details:
            yield packed({"t": texts.texts, "p": details})

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

    def _row(self, shown: Shown) -> list[Any]:
        checked = shown.checked
        dossier, source = checked.dossier, checked.dossier.source
        place = " ".join(filter(None, [source.file, source.sheet])) if source else ""
        name = name_of(checked, unmask=self.how.unmask)
        if dossier.subject == "organisation":
            name = dossier.branch.name or ""
        stage = checked.stage.name.said(self.how.lang) if checked.stage else ""
        where = [self.branches(dossier.branch.name or ""), self.stages(stage)]
        row = (source.row or 0) if source else 0
        return [name, dossier.id, *where, *shown.counts, self.files(place), row, [*map(self._rule, shown.listed)]]

    def _rule(self, finding: Finding) -> int:
        self.titles.setdefault(finding.rule, finding.title.said(self.how.lang))
        return self.rules(finding.rule)

    def _details(self, shown: Shown, text: Index) -> list[Any]:
        told = [self._told(one, text) for one in shown.told]
        unknown, manual = ([*map(self._rule, findings)] for findings in (shown.unknown, shown.manual))
        return [list(self._records(shown, text)), told, unknown, manual]

    def _told(self, told: Told, text: Index) -> list[Any]:
        lines = [[text(label), text(said)] for label, said in told.lines if said]
        about = map(text, (told.mark, told.article, told.message))
        return [self._rule(told.finding), told.rank, told.part, *about, lines]

    def _records(self, shown: Shown, text: Index) -> Iterator[list[int | None]]:
        """Yield the records in the order of their days: the kind, the first and last possible day, the lamp."""
        checked = shown.checked
        if not checked.judged:
            return
        kinds = checked.judged[0].judgement.program.kinds
        lamps = _lamps_of_records(shown.findings)
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
        rank = RANKS.get(finding.lamp)
        if rank is None:
            continue
        records = finding.records
        judged = {path.partition(".")[0] for path in finding.compiled.rule.judges}
        for record in [one for one in records if one.partition("#")[0] in judged] or records:
            found[record] = min(rank, found.get(record, rank))
    return found
