"""A compiled rule as sentences that a lawyer can read."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.program.conditions import Compare, Condition, Every, Some
from devrules.program.measures import FirstKnown, IfPresent
from devrules.program.model import Body, Compiled, Group


def rule_lines(compiled: Compiled) -> Iterator[str]:
    """Yield the sentences of one rule."""
    rule = compiled.rule
    yield f"{rule.id} ({rule.strength}): {rule.title.en}."
    if compiled.applies is not None:
        yield f"  Applies where {condition_text(compiled.applies)}."
    for group in compiled.groups:
        yield f"  {_editions(compiled, group)}: {_body(group.body)}"
    if rule.before is not None:
        yield f"  What is missing counts as failed at the gate {rule.before}."


def condition_text(condition: Condition) -> str:
    """Write a condition as a phrase."""
    match condition:
        case Compare(measure, op, value):
            text = f"({measure})" if isinstance(measure, FirstKnown | IfPresent) else str(measure)
            return f"{text} {op} {value}"
        case Every(parts):
            return " and ".join(map(_in_brackets, parts))
        case Some(parts):
            return " or ".join(map(_in_brackets, parts))


def _in_brackets(condition: Condition) -> str:
    text = condition_text(condition)
    return text if isinstance(condition, Compare) else f"({text})"


def _editions(compiled: Compiled, group: Group) -> str:
    named = []
    for edition in compiled.editions[group.first - 1 : group.last]:
        articles = ", ".join(dict.fromkeys(cited.article for cited in compiled.rule.citations.get(edition.id, ())))
        named.append(f"{edition.id} article {articles}" if articles else edition.id)
    return "; ".join(named)


def _body(body: Body | None) -> str:
    if body is None:
        return "asks nothing."
    if body.attest:
        return f"a person attests: {'; '.join(one.en for one in body.attest)}."
    required = ", ".join(f"{name} {value}" for name, value in body.required)
    due = f"; due by {body.due}" if body.due is not None and body.due_binds else ""
    return f"{required}: passes when {condition_text(body.ok)}{due}."
