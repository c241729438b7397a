"""A finding in a sentence, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.days import Day
from devrules.findings import words
from devrules.findings.cited import regulations_of
from devrules.findings.model import Found
from devrules.findings.required import order_text, required_text
from devrules.findings.shown import measured_text, order_of
from devrules.findings.unsettled import why_unknown
from devrules.findings.values import day_of, day_text
from devrules.law.model import Text
from devrules.program.measures import Field
from devrules.program.model import Body, Measured

LANGS = ("zh", "en")


def message_of(finding: Found) -> Text:
    """Say what was found: what is missing, or what was measured, and what that means."""
    return Text(*(sentence(finding, lang) for lang in LANGS))


def sentence(finding: Found, lang: str) -> str:
    """Say what was found, in one language: where there are many findings, half the work."""
    parts = [part for part in _parts(finding, lang) if part]
    stop, comma = ("。", "；") if lang == "zh" else (".", "; ")
    head = f"{finding.title.said(lang)}{'：' if lang == 'zh' else ': '}{words.VERDICTS[finding.verdict].said(lang)}"
    if finding.verdict == "manual" and lang == "zh":
        head = f"{head}：{parts.pop(0)}"
    return comma.join([head, *parts]) + stop


def _parts(finding: Found, lang: str) -> Iterator[str]:
    if finding.verdict == "not_applicable":
        return
    yield _missing(finding, lang)
    if finding.verdict == "pending" and finding.due is not None:
        yield f"最迟{day_text(finding.due, lang)}" if lang == "zh" else f"due {day_text(finding.due, lang)}"
    elif not finding.missing:
        yield measured_text(finding, lang)
        if finding.verdict == "fail" and finding.body is not None:
            yield _required(finding, finding.body, lang)
    if finding.verdict == "manual" and finding.body is not None:
        yield _attest(finding.body, lang)
    if finding.verdict == "unknown":
        yield why_unknown(finding, lang)
    if _in_doubt(finding):
        yield words.IN_DOUBT.said(lang)
    for note in finding.notes:
        yield note_text(finding, note, lang)


def _required(finding: Found, body: Body, lang: str) -> str:
    """Say what is asked, unless what was measured says it already."""
    if [name for name, _ in body.required] == ["order"] and len(set(named := order_of(finding))) > 1:
        return order_text(named, lang)
    if all(map(_says_itself, body.measured)):
        return ""
    return required_text(body, finding.judgement.program.kinds, lang)


def _says_itself(shown: Measured) -> bool:
    """Tell whether a measured value says what is asked: something is not so, is not stated, or is lacking."""
    lacks = isinstance(shown.measure, Field) and bool(shown.measure.includes)
    return shown.type == "flag" and (lacks or not shown.name.endswith("as_required"))


def _in_doubt(finding: Found) -> bool:
    """Tell whether a fail is but a warning since another regulation would have been content."""
    softer = finding.verdict == "fail" and finding.lamp == "yellow" and finding.strength == "must"
    return softer and not {"transition", "assumed"} & {*finding.notes}


def _attest(body: Body, lang: str) -> str:
    """List what a person must attest."""
    asked = [one.said(lang) for one in body.attest]
    if len(asked) > 1:
        asked = [f"（{n}）{one}" if lang == "zh" else f"({n}) {one}" for n, one in enumerate(asked, start=1)]
    listed = ("" if lang == "zh" else ", ").join(asked) if len(asked) > 1 else "".join(asked)
    return listed if lang == "zh" else f"to be attested: {listed}"


def note_text(finding: Found, note: str, lang: str) -> str:
    """Say a note; that the edition is not encoded with the name of the first one that is."""
    if note == "transition":
        return _transition(finding, lang)
    said = words.NOTES[note].said(lang)
    if note != "edition-not-encoded":
        return said
    first = finding.compiled.editions[0]
    known = list(regulations_of(finding.judgement.program.rulesets))
    own = next((one for one in known if one.id == finding.compiled.regulation), None)
    if own is None or own == known[0]:
        return said.format(first.zh if lang == "zh" else first.en)
    return said.format(f"{own.short.zh}（{first.zh}）" if lang == "zh" else f"{own.short.en}, {first.en}")


def _transition(finding: Found, lang: str) -> str:
    """Say whether the edition was not yet public, or what it limits began before it."""
    edition = finding.compiled.editions[finding.possible_editions[1] - 1]
    day = finding.judgement.value(finding.compiled.day)
    hidden = edition.public is not None and day is not None and day_of(day).low < edition.public
    said = words.NOT_PUBLIC if hidden else words.BEGAN_BEFORE
    return said.said(lang).format(edition.zh if lang == "zh" else edition.en)


def _missing(finding: Found, lang: str) -> str:
    if not finding.missing or finding.verdict not in ("fail", "pending"):
        return ""
    names = missing_names(finding, lang)
    if finding.verdict == "pending":
        return f"尚无{names}" if lang == "zh" else f"no {names} yet"
    due = _was_due(finding)
    if lang == "zh":
        return f"没有{names}的记录" + (f"，最迟应于{day_text(due, lang)}办理" if due else "")
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
