"""A finding in a sentence, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.days import Day
from devrules.findings import words
from devrules.findings.cited import regulations_of
from devrules.findings.model import Found, Judgement
from devrules.findings.required import order_of, required_text
from devrules.findings.stated import stated
from devrules.findings.values import day_of, plain
from devrules.law.model import Text
from devrules.program.measures import (
    ActDay,
    Cells,
    Field,
    FirstKnown,
    IfPresent,
    Measure,
    Scalar,
    StageReached,
    WordNumber,
)
from devrules.program.model import Body, Measured

LANGS = ("zh", "en")


def message_of(finding: Found) -> Text:
    """Say what was found: what is missing, or what was measured, and what that means."""
    return Text(*(_sentence(finding, lang) for lang in LANGS))


def _sentence(finding: Found, lang: str) -> str:
    parts = [part for part in _parts(finding, lang) if part]
    stop, comma = ("。", "；") if lang == "zh" else (".", "; ")
    head = f"{finding.title.said(lang)}{'：' if lang == 'zh' else ': '}{words.VERDICTS[finding.verdict].said(lang)}"
    return comma.join([head, *parts]) + stop


def _parts(finding: Found, lang: str) -> Iterator[str]:
    if finding.verdict == "not_applicable":
        return
    yield _missing(finding, lang)
    if finding.verdict == "pending" and finding.due is not None:
        yield f"最迟 {day_text(finding.due, lang)}" if lang == "zh" else f"due {day_text(finding.due, lang)}"
    elif not finding.missing:
        yield _measured(finding, lang)
        if finding.verdict == "fail" and finding.body is not None:
            yield required_text(finding.body, finding.judgement.program.kinds, lang)
    if finding.verdict == "manual" and finding.body is not None:
        yield _attest(finding.body, lang)
    if finding.verdict == "unknown":
        yield _why_unknown(finding, lang)
    for note in finding.notes:
        yield _note(finding, note, lang)


def _attest(body: Body, lang: str) -> str:
    """List what a person must attest."""
    asked = [one.said(lang) for one in body.attest]
    if len(asked) > 1:
        asked = [f"（{n}）{one}" if lang == "zh" else f"({n}) {one}" for n, one in enumerate(asked, start=1)]
    listed = ("" if lang == "zh" else ", ").join(asked) if len(asked) > 1 else "".join(asked)
    return f"请核实：{listed}" if lang == "zh" else f"to be attested: {listed}"


def _note(finding: Found, note: str, lang: str) -> str:
    """Say a note; that the edition is not encoded with the name of the first one that is."""
    said = words.NOTES[note].said(lang)
    if note != "edition-not-encoded":
        return said
    first = finding.compiled.editions[0]
    known = list(regulations_of(finding.judgement.program.rulesets))
    own = next((one for one in known if one.id == finding.compiled.regulation), None)
    if own is None or own == known[0]:
        return said.format(first.zh if lang == "zh" else first.en)
    return said.format(f"{own.short.zh}（{first.zh}）" if lang == "zh" else f"{own.short.en}, {first.en}")


def _missing(finding: Found, lang: str) -> str:
    if not finding.missing or finding.verdict not in ("fail", "pending"):
        return ""
    names = missing_names(finding, lang)
    if finding.verdict == "pending":
        return f"尚无{names}" if lang == "zh" else f"no {names} yet"
    due = _was_due(finding)
    if lang == "zh":
        return f"没有{names}的记录" + (f"，应于 {day_text(due, lang)} 前办理" if due else "")
    return f"no record of {names}" + (f", which was due by {day_text(due, lang)}" if due else "")


def missing_names(finding: Found, lang: str) -> str:
    """Name the records that are wanted and known not to be there; in Chinese in quotation marks."""
    kinds = finding.judgement.program.kinds
    wanted = [kinds[one.kinds[0]] for one in finding.missing]
    if lang == "zh":
        return f"“{'、'.join(dict.fromkeys(kind.zh for kind in wanted))}”"
    return ", ".join(dict.fromkeys(kind.en for kind in wanted))


def _was_due(finding: Found) -> Day | None:
    """Tell by when the record that is missing was due, if it is the one that has a due day."""
    body = finding.body
    if body is None or body.due is None or body.wanted[0] not in finding.missing:
        return None
    value = finding.judgement.value(body.due)
    return None if value is None else day_of(value)


def _measured(finding: Found, lang: str) -> str:
    return ("，" if lang == "zh" else ", ").join(_values(finding, lang))


def _values(finding: Found, lang: str) -> Iterator[str]:
    """Yield what was measured, each with its name; a text as it stands instead of whether it is as required."""
    for shown, value in finding.shown():
        text = stated(finding.judgement, shown.measure)
        if text is not None:
            name, said = text
            yield f"{name.zh} {said.zh}" if lang == "zh" else f"{name.en}: {said.en}"
        else:
            yield f"{_label(finding, shown, lang)} {_value_text(finding, shown, value, lang)}"


def _label(finding: Found, shown: Measured, lang: str) -> str:
    """Name a measured value: of an order, its record; of a series, how long its spans are and what they lack."""
    measure = shown.measure
    if shown.name in ("first", "then"):
        named = order_of(finding.body, finding.judgement.program.kinds, lang) if finding.body else ()
        if named:
            return named[("first", "then").index(shown.name)]
    if not isinstance(measure, Cells):
        return words.label(shown.name).said(lang)
    if measure.count == "due":
        return f"满{measure.period.zh()}的段数" if lang == "zh" else f"full spans of {measure.period}"
    kind = finding.judgement.program.kinds[measure.kind]
    return f"缺“{kind.zh}”的段数" if lang == "zh" else f"spans without {kind.en}"


def _value_text(finding: Found, shown: Measured, value: tuple[int, int], lang: str) -> str:
    """Write a measured value; the number of a stage as its name."""
    stages = finding.judgement.program.stages
    if not isinstance(shown.measure, StageReached | WordNumber):
        return value_text(shown, value, lang)
    names = [
        stages[n - 1].name.said(lang) if n else ("尚无" if lang == "zh" else "none yet") for n in dict.fromkeys(value)
    ]
    return (" 至 " if lang == "zh" else " to ").join(names)


def day_text(day: Day, lang: str) -> str:
    """Write a day for readers: in its shortest form, a span with both ends."""
    return str(day).replace("/", " 至 " if lang == "zh" else " to ")


def value_text(shown: Measured, value: tuple[int, int], lang: str) -> str:
    """Write a measured value for readers: imprecise days in their shortest form, ranges with both ends."""
    if shown.type == "day":
        return day_text(day_of(value), lang)
    if shown.type == "flag":
        flags = {"zh": ("否", "是"), "en": ("no", "yes")}[lang]
        return ("或" if lang == "zh" else " or ").join(flags[value[0] : value[1] + 1])
    written = plain(shown, value)
    return f"{value[0]}–{value[1]}" if isinstance(written, dict) else str(written)


def _why_unknown(finding: Found, lang: str) -> str:
    first, last = finding.possible_editions
    if first < 1:
        return ""
    if finding.edition_index is None:
        editions = finding.compiled.editions[first - 1 : last]
        named = [edition.zh if lang == "zh" else edition.en for edition in editions]
        return (
            f"行为日期跨越{'与'.join(named)}"
            if lang == "zh"
            else f"the act may fall under the {' or the '.join(named)}"
        )
    unsettled = list(dict.fromkeys(_unsettled(finding, lang)))
    if not unsettled:
        return ""
    listed = ("、" if lang == "zh" else ", ").join(unsettled)
    return f"缺少或不够精确：{listed}" if lang == "zh" else f"not recorded or not precise enough: {listed}"


def _unsettled(finding: Found, lang: str) -> Iterator[str]:
    """Name what is absent or imprecise, and would settle the verdict."""
    body, judgement = finding.body, finding.judgement
    if body is None:
        return
    for shown in body.measured:
        for source in _sources(judgement, shown.measure):
            yield _source_name(finding, source, lang)
    there = {kind for one in body.wanted if (judgement.value(one.there) or (0, 0))[0] for kind in one.kinds}
    for kind in body.kinds:
        if not judgement.view.keeps(kind) and kind not in judgement.view.records and kind not in there:
            known = judgement.program.kinds[kind]
            yield known.zh if lang == "zh" else known.en


def _sources(judgement: Judgement, measure: Measure) -> Iterator[Measure]:
    """Yield what *measure* is read from, as far as that leaves it open; nothing where it is known exactly."""
    value = judgement.value(measure)
    if value is not None and value[0] == value[1]:
        return
    match measure:
        case ActDay() | Field() | Scalar():
            yield measure
        case FirstKnown(options) if value is not None:
            # Those after the first that is known are not read.
            known = next(option for option in options if judgement.value(option) is not None)
            yield from _sources(judgement, known)
        case IfPresent(kind, then, otherwise):
            yield from _sources(judgement, then if kind in judgement.view.records else otherwise)
        case _:
            for part in measure.parts():
                yield from _sources(judgement, part)
            if isinstance(measure, Cells) and _undated(judgement, measure.kind):
                yield measure


def _undated(judgement: Judgement, kind: str) -> bool:
    """Tell whether some record of *kind* may lie in one span or another."""
    dated = judgement.view.records.get(kind, ())
    return any(one.ends is None or one.ends[0] != one.ends[1] for one in dated)


def _source_name(finding: Found, source: Measure, lang: str) -> str:
    if isinstance(source, ActDay | Field | Cells):
        kind = finding.judgement.program.kinds[source.kind]
        name = kind.zh if lang == "zh" else kind.en
        field = source.name if isinstance(source, Field) else None
        said = (words.FIELDS.get(field) or words.MEASURED.get(field)) if field else None
        return (
            f"{name}（{said.said(lang)}）" if said and lang == "zh" else f"{name} ({said.said(lang)})" if said else name
        )
    path = source.path if isinstance(source, Scalar) else str(source)
    return words.PATHS.get(path, Text(path, path)).said(lang)
