"""Two rulesets to sentences that say what changed from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from devrules.law.model import Text
from devrules.reference.lock import parameters_in, said
from devrules.ruleset.model import Case, Rule, Ruleset

FIELDS: dict[str, Text] = {
    "title": Text("内容", "what it says"),
    "strength": Text("强度", "strength"),
    "judges": Text("所判断的行为", "the act that it judges"),
    "before": Text("关口", "gate"),
    "when": Text("适用条件", "when it applies"),
    "remedy": Text("整改", "remedy"),
    "row": Text("条目", "row"),
    "also": Text("另见", "also stands in"),
    "subject": Text("对象", "subject"),
    "always": Text("特殊途径也适用", "judges special ways too"),
    "extends": Text("所扩展的规则", "extends"),
    "replaces": Text("替换的参数", "replaces"),
}
"""The parts of a rule that are compared as a whole."""


def differences(old: Ruleset, new: Ruleset) -> Iterator[Text]:
    """
    Yield a sentence for each thing that changed: rules, limits, strength, articles, checks, cases.

    Args:
        old: The ruleset as it was.
        new: The ruleset as it is.
    """
    before, after = ({rule.id: rule for rule in one.rules} for one in (old, new))
    for name, rule in after.items():
        if name not in before:
            yield Text(f"{name}：新增规则：{rule.title.zh}", f"{name}: added: {rule.title.en}")
    for name, rule in before.items():
        if name not in after:
            yield Text(f"{name}：删除规则：{rule.title.zh}", f"{name}: removed: {rule.title.en}")
        else:
            yield from _of_rule(rule, after[name], old, new)
    for name in dict.fromkeys((*before, *after)):
        yield from _of_cases(name, _cases(old, name), _cases(new, name))


def _of_rule(old: Rule, new: Rule, before: Ruleset, after: Ruleset) -> Iterator[Text]:
    name = old.id
    yield from _of_limits(name, _limits(old, before), _limits(new, after))
    yield from _of_articles(name, _articles(old, before), _articles(new, after))
    for edition in dict.fromkeys((None, *old.bodies, *new.bodies)):
        checks = [said(rule.shared if edition is None else rule.bodies.get(edition)) for rule in (old, new)]
        if checks[0] != checks[1]:
            where = edition or "*"
            yield from _changed(name, Text(f"核查方式（{where}）", f"check ({where})"), *checks)
    for field, word in FIELDS.items():
        own = said(getattr(old, field)), said(getattr(new, field))
        if own[0] != own[1]:
            yield from _changed(name, word, *own)


def _of_limits(name: str, old: Mapping[tuple[str, str], Any], new: Mapping[tuple[str, str], Any]) -> Iterator[Text]:
    for limit in dict.fromkeys((*old, *new)):
        if old.get(limit) != new.get(limit):
            parameter, edition = limit
            word = Text(f"限值 {parameter}（{edition}）", f"limit {parameter} ({edition})")
            yield from _changed(name, word, old.get(limit), new.get(limit))


def _of_articles(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Text]:
    for edition in dict.fromkeys((*old, *new)):
        if old.get(edition) != new.get(edition):
            word = Text(f"条文（{edition}）", f"articles ({edition})")
            yield from _changed(name, word, old.get(edition), new.get(edition))


def _of_cases(name: str, old: Mapping[str, Case], new: Mapping[str, Case]) -> Iterator[Text]:
    added = sum(case not in old for case in new)
    removed = sum(case not in new for case in old)
    if added:
        yield Text(f"{name}：新增案例 {added} 个", f"{name}: {added} cases added")
    if removed:
        yield Text(f"{name}：删除案例 {removed} 个", f"{name}: {removed} cases removed")
    for says, case in old.items():
        other = new.get(says)
        if other is None:
            continue
        verdicts = case.expect.verdict, other.expect.verdict
        if verdicts[0] != verdicts[1]:
            yield from _changed(name, Text(f"案例“{says}”的结论", f"the verdict of the case “{says}”"), *verdicts)
        elif said(case) != said(other):
            yield Text(f"{name}：案例“{says}”有改动", f"{name}: the case “{says}” changed")


def _changed(name: str, word: Text, old: Any, new: Any) -> Iterator[Text]:
    yield Text(
        f"{name}：{word.zh}：{_shown(old, '无')} → {_shown(new, '无')}",
        f"{name}: {word.en}: {_shown(old, 'none')} → {_shown(new, 'none')}",
    )


def _shown(value: Any, none: str) -> str:
    if value in (None, [], {}):
        return none
    match value:
        case {"zh": zh, "en": en}:
            return f"{zh} · {en}"
        case dict():
            return "; ".join(f"{key} {_shown(own, none)}" for key, own in value.items())
        case list():
            return ", ".join(_shown(one, none) for one in value)
    return str(value)


def _limits(rule: Rule, ruleset: Ruleset) -> dict[tuple[str, str], str | int]:
    return {
        (name, edition): value.value
        for name in parameters_in(rule)
        for edition, value in ruleset.parameters.get(name, {}).items()
    }


def _articles(rule: Rule, ruleset: Ruleset) -> dict[str, str]:
    """Tell where a rule stands in each edition, what comes with its parameters included, with how sure that is."""
    cited = {edition: list(own) for edition, own in rule.citations.items()}
    for name in parameters_in(rule):
        for edition, value in ruleset.parameters.get(name, {}).items():
            cited.setdefault(edition, []).append(value.citation)
    return {
        edition: ", ".join(dict.fromkeys(f"{one.article} ({one.verified})" for one in own))
        for edition, own in cited.items()
    }


def _cases(ruleset: Ruleset, rule: str) -> dict[str, Case]:
    return {case.says: case for case in ruleset.cases if case.rule == rule}
