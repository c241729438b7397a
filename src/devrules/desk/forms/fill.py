"""A form as written, and a dossier, to a form that is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs

from devrules.days import Day
from devrules.desk.forms.model import Fact, Form, Opinion, Row
from devrules.desk.forms.values import day_text, tidy, value_text
from devrules.desk.forms.written import PARTS, FactText, FormText, OpinionText, load_form
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.dossier.shapes import EFFECTIVE, Record
from devrules.errors import InvalidRuleset, Problem
from devrules.plain import nearest
from devrules.program.view import passed_over

_PAIR = 2


def cultivation_form(dossier: Dossier, kinds: Kinds, as_of: date) -> Form:
    """
    Fill in the 入党积极分子培养考察登记表.

    Args:
        dossier: The person's dossier. Nothing is masked: the form is the user's own document.
        kinds: The kinds of record that there are.
        as_of: The day until which records are printed.
    """
    return fill(load_form("cultivation"), dossier, kinds, as_of)


def fill(text: FormText, dossier: Dossier, kinds: Kinds, as_of: date) -> Form:
    """
    Fill in a form.

    Args:
        text: The form as written.
        dossier: The dossier.
        kinds: The kinds of record that there are.
        as_of: The day until which records are printed; what is not dated is printed, too.

    Raises:
        InvalidRuleset: When the form names a kind of record, or a field, that there is not.
    """
    problems = [*_problems(text, kinds)]
    if problems:
        raise InvalidRuleset(problems)
    return _Filler(dossier, kinds, as_of).form(text)


def _problems(text: FormText, kinds: Kinds) -> Iterator[Problem]:
    where = f"{text.id}.toml"
    for kind in text.kinds:
        if kind not in kinds:
            yield Problem(where, f"there is no kind {kind!r}", nearest(kind, kinds))
    for fact in (*text.head, *text.facts):
        part, _, name = fact.read.partition(".")
        known = [field.name for field in attrs.fields(kinds[part].type)] if part in kinds else _FIELDS.get(part)
        if known is not None and name not in known and (name or part in PARTS):
            yield Problem(where, f"{part!r} has no field {name!r}", nearest(name, known))


_FIELDS = {part: [field.name for field in attrs.fields(type(getattr(Dossier("-"), part)))] for part in PARTS}


class _Filler:
    """Fills in the parts of a form from one dossier, as of a day."""

    def __init__(self, dossier: Dossier, kinds: Kinds, as_of: date) -> None:
        self.dossier = dossier
        self.kinds = kinds
        self.as_of = as_of

    def form(self, text: FormText) -> Form:
        return Form(
            title=text.title,
            name=tidy(self.dossier.person.name),
            head=tuple(f"{fact.label}：{self._fact(fact).value}" for fact in text.head),
            facts=tuple(self._pairs(text.facts)),
            series_title=text.series.title,
            columns=text.series.columns,
            rows=self._rows(text) or (Row("", "", "", ""),) * text.series.blank_rows,
            opinions=tuple(map(self._opinion, text.opinions)),
            foot=text.foot.replace("{as_of}", day_text(Day.on(self.as_of))),
        )

    def _pairs(self, facts: tuple[FactText, ...]) -> Iterator[tuple[Fact, ...]]:
        """Give facts two by two; a wide one, and one that no other follows, alone."""
        row: list[Fact] = []
        for fact in facts:
            if row and (fact.wide or len(row) == _PAIR):
                yield tuple(row)
                row = []
            row.append(self._fact(fact))
            if fact.wide:
                yield tuple(row)
                row = []
        if row:
            yield tuple(row)

    def _fact(self, fact: FactText) -> Fact:
        return Fact(fact.label, value_text(self._read(fact.read), self.dossier, month=fact.month))

    def _read(self, path: str) -> Any:
        part, _, name = path.partition(".")
        if part in PARTS:
            return getattr(getattr(self.dossier, part), name)
        kind = self.kinds[part]
        found = [record for record in self._records(part) if not passed_over(kind, record)]
        record = (found[0] if kind.counts == "first" else found[-1]) if found else None
        value = getattr(record, name or "act_day", None)
        return self._read(kind.stand_in) if value is None and not name and kind.stand_in else value

    def _records(self, kind: str) -> list[Record]:
        """Give the records that count, by their days; those without one come last."""
        counting = (one for one in self.dossier.records.get(kind, ()) if one.status == EFFECTIVE)
        return sorted((one for one in counting if not self._later(one.act_day)), key=_when)

    def _later(self, day: Day | None) -> bool:
        return day is not None and day.low > self.as_of

    def _rows(self, text: FormText) -> tuple[Row, ...]:
        series = text.series
        found = [(record, kind) for kind in series.kinds for record in self._records(kind)]
        found.sort(key=lambda one: _when(one[0]))
        return tuple(
            Row(_day(record), self.kinds[kind].zh, self._says(record), self._who(record, series.who))
            for record, kind in found
        )

    def _says(self, record: Record) -> str:
        stated = [value_text(getattr(record, name, None), self.dossier) for name in ("method", "outcome")]
        lines = [record.title, *stated, record.content, record.remark]
        files = "、".join(tidy(one.name) for one in record.attachments)
        return "\n".join([*(tidy(line) for line in lines if line), *([f"附件：{files}"] if files else [])])

    def _who(self, record: Record, fields: tuple[str, ...]) -> str:
        stated = (getattr(record, name, None) for name in fields)
        return next((value_text(one, self.dossier) for one in stated if one), "")

    def _opinion(self, text: OpinionText) -> Opinion:
        lines = tuple(self._line(record) for record in self._records(text.kind))
        return Opinion(text.title, lines, text.signs)

    def _line(self, record: Record) -> str:
        who = self._who(record, ("by",))
        first = "　".join(filter(None, (_day(record), who)))
        return "\n".join(filter(None, (first, self._says(record))))


def _day(record: Record) -> str:
    return day_text(record.act_day) if record.act_day else ""


def _when(record: Record) -> tuple[date, date]:
    day = record.act_day
    return (day.low, day.high) if day else (date.max, date.max)


__all__ = ["cultivation_form", "fill"]
