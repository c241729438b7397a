"""What a check asks, as the ruleset writes it, to a phrase in Chinese and English."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
    "with_reason_within": Text("（写明原因的在{}内）", "within {} where a reason is stated"),
    "after": Text("应满{}", "no sooner than {} after"),
    "at_least": Text("应不少于{}", "at least {}"),
    "at_most": Text("应不超过{}", "at most {}"),
    "among": Text("应为{}", "{}"),
    "not_among": Text("不得为{}", "not {}"),
    "order": Text("前者应不晚于后者", "the first no later than the second"),
    "every": Text("应每{}一次", "one every {}"),
    "every_calendar": Text("应按日历每{}一次", "one every {} of the calendar year"),
    "more_than": Text("应超过应到会有表决权党员的{}", "more than {} of those who should vote"),
    "all": Text("应均为正式党员", "full members only"),
    "none_under": Text("应没有人受{}而未恢复权利", "nobody under {} with rights not restored"),
    "none_within": Text("应没有人在{}影响期内", "nobody within {}"),
    "none": Text("应不是本人", "not the person themselves"),
    "at_most_apart": Text("应相隔不超过{}", "at most {} apart"),
    "stated": Text("应写明{}", "{} stated"),
    "includes": Text("应包括{}", "{} included"),
    "yes": Text("应{}", "{}"),
    "no": Text("不得{}", "not {}"),
}
_SHARES = {
    "at_least": Text("实到会应不少于应到会的{}", "at least {} of those who should attend"),
    "more_than": _PHRASES["more_than"],
}
_SUM = Text("应合计不超过{}人数", "together no more than the number of: {}")
_NO_MORE = Text("应不超过{}人数", "no more than the number of: {}")
_ORDER = Text("“{}”应不晚于“{}”", "{} no later than {}")
_SHARE_OF = " of should_vote"
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
    elif lang == "zh" and [op for op, _ in asked] == [*_BOUNDS] and all(said.startswith(" ") for _, said in asked):
        phrases = [f"应为{asked[0][1].rpartition(' ')[0]} 至{asked[1][1]}"]
    else:
        phrases = [
            _phrase(op, body).said(lang).format(_listed((value for _, value in same), lang, either=either))
            for op, same in groupby(asked, key=lambda one: one[0])
        ]
    if not phrases:
        return ""
    if lang == "en":
        return f"required: {_listed(phrases, lang, either=either)}"
    if phrases[-1].startswith("（"):
        return "".join(phrases)
    return _listed([phrases[0], *(phrase.removeprefix("应") for phrase in phrases[1:])], lang, either=either)


def order_text(named: Sequence[Text], lang: str) -> str:
    """Say which of two days comes no later than the other."""
    return ("" if lang == "zh" else "required: ") + _ORDER.said(lang).format(*(one.said(lang) for one in named))


def _phrase(op: str, body: Body) -> Text:
    """Choose the phrase: a share of those who should vote, a sum, or what is asked by itself."""
    if op in _SHARES and any(value.endswith(_SHARE_OF) for _, value in body.required):
        return _SHARES[op]
    if op == "at_most" and any(value in words.MEASURED for name, value in body.required if name == op):
        return _SUM if len(body.measured) > len(_BOUNDS) else _NO_MORE
    return _PHRASES[op]


def _asked(body: Body) -> Iterator[tuple[str, str, str]]:
    """Yield the phrase, what is measured and the value of each thing that is asked."""
    names = {shown.name for shown in body.measured}
    for name, value in body.required:
        subject, op = body.measured[0].name if body.measured else "", name
        for suffix in _BOUNDS:
            if name.endswith(f"_{suffix}"):
                subject, op = name.removesuffix(f"_{suffix}"), suffix
        if name.startswith("none_within_"):
            subject, op = name.removeprefix("none_within_"), "none_within"
        elif op not in _PHRASES or op in ("stated", "includes", "yes", "no"):
            subject, op = name, _kind_of_term(name, value, names)
        if op in _PHRASES:
            yield op, subject, value


def _kind_of_term(name: str, value: str, measured: Collection[str]) -> str:
    """Tell what a term of an expression asks: that something is stated, included, so or not so."""
    if name in measured:
        return value
    if f"{name}_stated" in measured and value == "stated":
        return value
    return "includes" if f"{name}_as_required" in measured else ""


def _value(op: str, subject: str, value: str, kinds: Kinds, lang: str) -> str:
    match op:
        case "record":
            named = [kinds[kind] for kind in value.split(" or ")]
            said = _listed((kind.zh if lang == "zh" else kind.en for kind in named), lang, either=True)
        case "fields":
            said = _listed((words.field(name).said(lang) for name in value.split(", ")), lang)
        case "stated":
            said = words.field(subject).said(lang)
        case "includes":
            said = _listed(_words_for(value, lang), lang)
        case "yes" | "no":
            said = words.asked_of(subject).said(lang).removeprefix("应")
        case "among" | "not_among" | "none_under":
            said = _listed(_words_for(value, lang), lang, either=True)
        case "none_within":
            sanction, time = words.value(subject).said(lang), _period(value, lang)
            said = f"{sanction}（{time}）" if lang == "zh" else f"{time} of {sanction}"
        case _:
            said = _amount(subject, value, lang)
    return said


def _amount(subject: str, value: str, lang: str) -> str:
    """Write a share, what is measured beside, a number or a period."""
    if value.endswith(_SHARE_OF):
        return words.share(value.removesuffix(_SHARE_OF)).said(lang)
    if value in words.MEASURED:
        return words.field(value).said(lang)
    return _number(subject, value, lang) if value.isdigit() else _period(value, lang)


def _words_for(value: str, lang: str) -> Iterable[str]:
    """Give the words for each value of a list, once where several ways of writing it are accepted."""
    return dict.fromkeys(words.asked(one).said(lang) for one in value.split(", "))


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
        *most, last = said
        return f"{'、'.join(most)}{'或' if either and most else '、' if most else ''}{last}"
    return (" or " if either else " and ").join(said)
