"""What a check asks, as the ruleset writes it, to a phrase in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from devrules.days import Period
from devrules.dossier.kinds import Kinds
from devrules.findings import words
from devrules.law.model import Text
from devrules.program.conditions import Some
from devrules.program.model import Body

# What an agreement asks is measured: the day that it should be.
_PHRASES: dict[str, Text] = {
    "record": Text("应有“{}”的记录", "a record of {}"),
    "attached_to": Text("应有附件", "an attachment"),
    "fields": Text("应写明{}", "{} stated"),
    "within": Text("应在{}内", "within {}"),
    "with_reason_within": Text("写明原因的在{}内", "within {} where a reason is stated"),
    "after": Text("应满{}之后", "no sooner than {} after"),
    "at_least": Text("应不少于{}", "at least {}"),
    "at_most": Text("应不超过{}", "at most {}"),
    "among": Text("应为{}", "{}"),
    "not_among": Text("不得为{}", "not {}"),
    "order": Text("前者应不晚于后者", "the first no later than the second"),
    "every": Text("应每{}一次", "one every {}"),
    "more_than": Text("应超过应到会有表决权党员的{}", "more than {} of those who should vote"),
    "all": Text("应均为正式党员", "full members only"),
    "none_under": Text("应无人受{}而未恢复权利", "nobody under {} with rights not restored"),
}
_BOUNDS = ("at_least", "at_most")
_EXACTLY = Text("应为{}", "exactly {}")


def required_text(body: Body, kinds: Kinds, lang: str) -> str:
    """
    Say what is asked: ``应不少于 3 天或 24 学时``, ``required: at least 3 days or 24 hours``.

    Args:
        body: The rule in the edition that judged.
        kinds: The kinds of record, for their names.
        lang: ``zh`` or ``en``.

    Returns:
        The phrase; empty where the measured values say it already.
    """
    asked = [(op, _value(op, subject, value, kinds, lang)) for op, subject, value in _asked(body)]
    either = isinstance(body.ok, Some)
    if [op for op, _ in asked] == [*_BOUNDS] and asked[0][1] == asked[1][1]:
        phrases = [_EXACTLY.said(lang).format(asked[0][1])]
    else:
        phrases = [
            _PHRASES[op].said(lang).format(_listed((value for _, value in same), lang, either=either))
            for op, same in groupby(asked, key=lambda one: one[0])
        ]
    if not phrases:
        return ""
    if lang == "en":
        return f"required: {_listed(phrases, lang, either=either)}"
    return _listed([phrases[0], *(phrase.removeprefix("应") for phrase in phrases[1:])], lang, either=either)


def _asked(body: Body) -> Iterator[tuple[str, str, str]]:
    """Yield the phrase, what is measured and the value of each thing that is asked."""
    for name, value in body.required:
        subject, op = body.measured[0].name if body.measured else "", name
        for suffix in _BOUNDS:
            if name.endswith(f"_{suffix}"):
                subject, op = name.removesuffix(f"_{suffix}"), suffix
        if op in _PHRASES:
            yield op, subject, value


def _value(op: str, subject: str, value: str, kinds: Kinds, lang: str) -> str:
    match op:
        case "record":
            kind = kinds[value]
            return kind.zh if lang == "zh" else kind.en
        case "fields":
            return _listed((words.field(name).said(lang) for name in value.split(", ")), lang)
        case "among" | "not_among" | "none_under":
            return _listed((words.value(one).said(lang) for one in value.split(", ")), lang, either=True)
        case "more_than":
            share = value.partition(" of ")[0]
            return f" {share}" if lang == "zh" else share
    return _number(subject, value, lang) if value.isdigit() else _period(value, lang)


def _number(subject: str, value: str, lang: str) -> str:
    unit = words.UNITS.get(subject, Text("", "")).said(lang)
    if lang == "en" and value == "1":
        unit = unit.removesuffix("s")
    said = f"{value} {unit}".rstrip()
    return f" {said}" if lang == "zh" else said


def _period(value: str, lang: str) -> str:
    try:
        period = Period.parse(value)
    except ValueError:
        return value
    return period.zh() if lang == "zh" else str(period)


def _listed(said: Iterable[str], lang: str, *, either: bool = False) -> str:
    if lang == "zh":
        return ("或" if either else "、").join(said)
    return (" or " if either else " and ").join(said)
