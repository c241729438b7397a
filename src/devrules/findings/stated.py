"""The text behind a measure that only tells whether it is one of some: what it is called, and what it says."""

from __future__ import annotations

from devrules.findings import words
from devrules.findings.model import Judgement
from devrules.law.model import Text
from devrules.mask import mask_text
from devrules.program.measures import Field, Measure, Scalar


def stated(judgement: Judgement, measure: Measure) -> tuple[Text, Text] | None:
    """
    Find the text that *measure* asks about.

    Returns:
        What it is called and what it says; ``None`` where the measure asks about no text, none is stated, or imprecise
        days leave open which record counts and these differ.
    """
    if not isinstance(measure, Field | Scalar) or not (
        measure.among or (isinstance(measure, Field) and measure.includes)
    ):
        return None
    ends = judgement.value(measure)
    if ends is None or ends[0] != ends[1]:
        return None
    text = _of_record(judgement, measure) if isinstance(measure, Field) else _of_owner(judgement, measure)
    if text == ():
        return _name(judgement, measure), Text("未列", "none listed")
    if isinstance(text, tuple):
        said = [words.value(mask_text(str(one))) for one in text]
        return _name(judgement, measure), Text("、".join(one.zh for one in said), ", ".join(one.en for one in said))
    if not isinstance(text, str):
        return None
    # Hosts may write what they like here, so it is masked as the rest of a report is.
    return _name(judgement, measure), words.value(mask_text(" ".join(text.split())))


def lacking(judgement: Judgement, measure: Measure) -> Text | None:
    """Name what a list should include and does not; ``None`` where it is complete, or *measure* asks for nothing so."""
    if not isinstance(measure, Field) or not measure.includes or judgement.value(measure) != (0, 0):
        return None
    text = _of_record(judgement, measure)
    lacks = [words.value(one) for one in measure.includes if not isinstance(text, tuple) or one not in text]
    return Text("、".join(one.zh for one in lacks), ", ".join(one.en for one in lacks))


def _of_record(judgement: Judgement, field: Field) -> object:
    found = judgement.view.records[field.kind]
    if field.pick == "first":
        counting = min(found, key=lambda dated: dated.first_key[0])
    else:
        counting = max(found, key=lambda dated: dated.first_key[1])
    found_text: object = getattr(counting.record, field.name)
    return found_text


def _of_owner(judgement: Judgement, scalar: Scalar) -> object:
    owner, _, name = scalar.path.partition(".")
    found_text: object = getattr(getattr(judgement.dossier, owner), name)
    return found_text


def _name(judgement: Judgement, measure: Field | Scalar) -> Text:
    if isinstance(measure, Scalar):
        return words.PATHS.get(measure.path, Text(measure.path, measure.path))
    kind = judgement.program.kinds[measure.kind]
    field = words.EVENT_FIELDS.get(measure.name) if kind.shape == "event" else None
    field = field or words.field(measure.name)
    # 审批前谈话的谈话人, not 审批前谈话谈话人.
    of = "的" if kind.zh.endswith(field.zh[:2]) else ""
    return Text(f"{kind.zh}{of}{field.zh}", f"{field.en} of the {kind.en}")
