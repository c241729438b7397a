"""Why a verdict is unknown: the editions that the act may fall under, or what is absent or imprecise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from devrules.findings import words
from devrules.findings.model import Found, Judgement
from devrules.law.model import Text
from devrules.program.measures import ActDay, Cells, Field, FirstKnown, IfPresent, Measure, People, Scalar
from devrules.program.model import Body


def why_unknown(finding: Found, lang: str) -> str:
    """Say why it is unknown; nothing where a note says it."""
    first, last = finding.possible_editions
    if first < 1:
        return ""
    if finding.special:
        return words.SPECIAL.said(lang)
    if finding.edition_index is None:
        editions = finding.compiled.editions[first - 1 : last]
        named = [edition.zh if lang == "zh" else edition.en for edition in editions]
        return (
            f"行为日期跨越{'与'.join(named)}"
            if lang == "zh"
            else f"the act may fall under the {' or the '.join(named)}"
        )
    judgement, body = finding.judgement, finding.body
    if body is None:
        return ""
    absent, open_ = _absent(judgement, body), [_source_name(finding, one) for one in _open(judgement, body)]
    zh = lang == "zh"
    told = []
    if absent:
        told.append(_listed("来源未登记：" if zh else "not recorded: ", absent, lang))
    if open_:
        told.append(_listed("缺少或不够精确：" if zh else "not stated or not precise enough: ", open_, lang))
    return ("；" if zh else "; ").join(told)


def _listed(head: str, names: Iterable[Text], lang: str) -> str:
    return head + ("、" if lang == "zh" else ", ").join(dict.fromkeys(name.said(lang) for name in names))


def _absent(judgement: Judgement, body: Body) -> list[Text]:
    """Name the kinds that the source does not keep, as far as none of what may stand for them is there."""
    there = {kind for one in body.wanted if (judgement.value(one.there) or (0, 0))[0] for kind in one.kinds}
    kinds = [kind for kind in body.kinds if _not_kept(judgement, kind) and kind not in there]
    return [Text(known.zh, known.en) for kind in kinds for known in [judgement.program.kinds[kind]]]


def _open(judgement: Judgement, body: Body) -> Iterator[Measure]:
    """Yield what is read from records that are there, is absent or imprecise, and would settle the verdict."""
    for shown in body.measured:
        for source in _sources(judgement, shown.measure):
            if not isinstance(source, ActDay | Field | Cells | People) or source.kind in judgement.view.records:
                yield source


def _not_kept(judgement: Judgement, kind: str) -> bool:
    return not judgement.view.keeps(kind) and kind not in judgement.view.records


def _sources(judgement: Judgement, measure: Measure) -> Iterator[Measure]:
    """Yield what *measure* is read from, as far as that leaves it open; nothing where it is known exactly."""
    value = judgement.value(measure)
    if value is not None and value[0] == value[1]:
        return
    match measure:
        case ActDay() | Field() | Scalar() | People():
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


def _source_name(finding: Found, source: Measure) -> Text:
    if not isinstance(source, ActDay | Field | Cells | People):
        path = source.path if isinstance(source, Scalar) else str(source)
        return words.PATHS.get(path, Text(path, path))
    kind = finding.judgement.program.kinds[source.kind]
    said: Text | None = None
    if isinstance(source, Field):
        said = words.FIELDS.get(source.name) or words.MEASURED.get(source.name)
    elif isinstance(source, People):
        said = words.OF_PEOPLE.get(source.test)
    return Text(f"{kind.zh}（{said.zh}）", f"{kind.en} ({said.en})") if said else Text(kind.zh, kind.en)
