"""What was measured, in words: each value with the record it was read from, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.findings import words
from devrules.findings.model import Found, Judgement
from devrules.findings.spans import empty_spans
from devrules.findings.stated import lacking, stated
from devrules.findings.values import day_of, day_text, plain
from devrules.law.model import Text
from devrules.program.measures import (
    ActDay,
    Cells,
    Count,
    Earliest,
    Field,
    FirstKnown,
    IfPresent,
    Measure,
    Scalar,
    StageReached,
    WordNumber,
)
from devrules.program.model import Measured

NAMED_BY_RECORD = ("from", "to", "first", "then", "day")
"""The days that are called by the record they were read from; others by what they are for."""


def measured_text(finding: Found, lang: str) -> str:
    """Say all that was measured and is known."""
    return ("，" if lang == "zh" else ", ").join(_values(finding, lang))


def _values(finding: Found, lang: str) -> Iterator[str]:
    """Yield what was measured, each with its name; a text as it stands instead of whether it is as required."""
    for shown, value in finding.shown():
        text = stated(finding.judgement, shown.measure)
        if text is not None:
            name, said = text
            yield f"{name.zh}：{said.zh}" if lang == "zh" else f"{name.en}: {said.en}"
            lacks = lacking(finding.judgement, shown.measure)
            if lacks is not None:
                yield f"缺{lacks.zh}" if lang == "zh" else f"missing: {lacks.en}"
        elif shown.type == "flag":
            yield _flag(shown, value, lang)
        else:
            yield _named(finding, shown, value, lang)


def _flag(shown: Measured, value: tuple[int, int], lang: str) -> str:
    """Say whether something is so, is stated, or may be either."""
    low, high = value
    if shown.name.endswith("_stated") and low == high:
        field = words.field(shown.name.removesuffix("_stated"))
        if lang == "zh":
            return f"{'已' if low else '未'}写明{field.zh}"
        return f"{field.en} {'' if low else 'not '}stated"
    flags = {"zh": ("否", "是"), "en": ("no", "yes")}[lang]
    said = ("或" if lang == "zh" else " or ").join(flags[low : high + 1])
    return f"{words.label(shown.name).zh}：{said}" if lang == "zh" else f"{words.label(shown.name).en} {said}"


def _named(finding: Found, shown: Measured, value: tuple[int, int], lang: str) -> str:
    """Name a measured value: a day by its record, of a series how long its spans are and what they lack."""
    judgement, measure = finding.judgement, shown.measure
    said = _value_text(finding, shown, value, lang)
    if isinstance(measure, Cells):
        return _series(judgement, measure, said, lang)
    if isinstance(measure, Count):
        kind = judgement.program.kinds[measure.kind]
        return f"{kind.zh if lang == 'zh' else kind.en} {said}{_unit(shown.name, lang)}"
    source = _source(judgement, measure) if shown.type == "day" and shown.name in NAMED_BY_RECORD else None
    name = source_name(judgement, source) if source is not None else _label(finding, shown.name)
    space = "" if name.said(lang).endswith(("）", "为")) else " "
    return f"{name.said(lang)}{space}{said}{_unit(shown.name, lang)}"


def _label(finding: Found, name: str) -> Text:
    """Name a number; of a quorum by "at least" without the vote, which members of a committee have anyway."""
    body = finding.body
    attended = body is not None and any(op == "at_least" and " of " in asked for op, asked in body.required)
    return words.OF_ANY_MEETING.get(name, words.label(name)) if attended else words.label(name)


def _series(judgement: Judgement, series: Cells, said: str, lang: str) -> str:
    """Say how many spans are full, or how many lack a record, and which these are."""
    kind = judgement.program.kinds[series.kind]
    if series.count == "due":
        return f"满{series.period.zh()}的 {said} 段" if lang == "zh" else f"full spans of {series.period} {said}"
    told = f"缺“{kind.zh}”的 {said} 段" if lang == "zh" else f"spans without {kind.en} {said}"
    which = ("、" if lang == "zh" else ", ").join(day_text(span, lang) for span in empty_spans(judgement, series))
    if not which:
        return told
    return f"{told}（{which}）" if lang == "zh" else f"{told} ({which})"


def _unit(name: str, lang: str) -> str:
    """Give the measure word behind a number in Chinese."""
    unit = words.UNITS.get(name)
    return f" {unit.zh}" if unit is not None and lang == "zh" else ""


def _source(judgement: Judgement, measure: Measure) -> ActDay | Field | Scalar | None:
    """Find what a day was read from: of several records the one that gave it."""
    match measure:
        case ActDay() | Field() | Scalar():
            return measure
        case FirstKnown(options):
            known = (option for option in options if judgement.value(option) is not None)
            return _source(judgement, next(known, options[0]))
        case IfPresent(kind, then, otherwise):
            return _source(judgement, then if kind in judgement.view.records else otherwise)
        case Earliest(_, days):
            same = (day for day in days if judgement.value(day) == judgement.value(measure))
            return _source(judgement, next(same, days[0]))
    return None


def source_name(judgement: Judgement, source: ActDay | Field | Scalar) -> Text:
    """Name a record, with the field where it is not the day of the act; or a field of the person or organisation."""
    if isinstance(source, Scalar):
        return words.PATHS.get(source.path, Text(source.path, source.path))
    kind = judgement.program.kinds[source.kind]
    if isinstance(source, ActDay) or source.name == kind.act_day:
        return Text(kind.zh, kind.en)
    field = words.field(source.name)
    return Text(f"{kind.zh}（{field.zh}）", f"{kind.en} ({field.en})")


def order_of(finding: Found) -> tuple[Text, ...]:
    """Name the two days of which the first comes no later than the second; nothing where they are none of records."""
    body = finding.body
    found = [_source(finding.judgement, shown.measure) for shown in body.measured] if body is not None else []
    return tuple(source_name(finding.judgement, one) for one in found if one is not None)


def _value_text(finding: Found, shown: Measured, value: tuple[int, int], lang: str) -> str:
    """Write a measured value: days in their shortest form, ranges with both ends, the number of a stage as its name."""
    if isinstance(shown.measure, StageReached | WordNumber):
        stages = finding.judgement.program.stages
        names = [
            stages[n - 1].name.said(lang) if n else ("尚无" if lang == "zh" else "none yet")
            for n in dict.fromkeys(value)
        ]
        return (" 至 " if lang == "zh" else " to ").join(names)
    if shown.type == "day":
        return day_text(day_of(value), lang)
    written = plain(shown, value)
    return f"{value[0]}–{value[1]}" if isinstance(written, dict) else str(written)
