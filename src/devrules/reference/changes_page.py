"""Two editions of a regulation to a page of what changed between them, as the rules see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from devrules.api import Rules
from devrules.law.model import Edition, Regulation
from devrules.program.model import Body, Compiled, Group
from devrules.program.print import rule_lines
from devrules.reference.markdown import both, code, link, page, table


def name_of(new: Edition) -> str:
    """Give the file of the page on what changed when *new* came into force."""
    return f"changed-{new.in_force}.md"


def successions(rules: Rules) -> Iterator[tuple[Regulation, Edition, Edition]]:
    """Yield each edition that another one followed, with that one."""
    for ruleset in rules.rulesets:
        for regulation in ruleset.regulations:
            for old, new in zip(regulation.editions, regulation.editions[1:], strict=False):
                yield regulation, old, new


def changes_page(rules: Rules, regulation: Regulation, old: Edition, new: Edition) -> str:
    """
    Write what changed when *new* followed *old*: what is new, what was dropped, what is asked otherwise, what moved.

    Args:
        rules: All rules.
        regulation: Whose editions they are.
        old: The earlier edition.
        new: The one that followed.
    """
    own = [compiled for compiled in rules.compiled if compiled.regulation == regulation.id]
    pairs = [(one, _body(one, old), _body(one, new)) for one in own]
    added = [one for one, before, after in pairs if before is None and after is not None]
    dropped = [one for one, before, after in pairs if before is not None and after is None]
    both_have = [(one, a, b) for one, a, b in pairs if a is not None and b is not None]
    moved = [one for one, *_ in both_have if _articles(one, old) != _articles(one, new)]
    public = f"，{new.public} 公开 · public on {new.public}" if new.public else ""
    return page(
        f"# {new.in_force} 有何变化 · What changed on {new.in_force}",
        f"{regulation.zh}：{old.zh} → {new.zh}{public}\n\n{regulation.en}: {old.en} → {new.en}",
        "行为日在此日之前的按旧版判断，自此日起的按新版判断；期限起于旧版的新要求只作提醒。\n\n"
        "An act before this day is judged by the old edition, one from this day on by the new one; a new demand whose"
        " time began under the old edition gives a warning only.",
        f"## 新增 · New ({len(added)})",
        _list(added, new),
        f"## 取消 · Dropped ({len(dropped)})",
        _list(dropped, old),
        *_otherwise([(one, a, b) for one, a, b in both_have if a != b], old, new),
        f"## 条号变动 · Moved to another article ({len(moved)})",
        table(
            ("规则 · rule", f"{old.zh} · {old.en}", f"{new.zh} · {new.en}", "内容 · what it says"),
            ((link(one.id), _articles(one, old), _articles(one, new), both(one.rule.title)) for one in moved),
        ),
    )


def _list(rules: Iterable[Compiled], edition: Edition) -> str:
    rows = []
    for one in rules:
        body = _body(one, edition)
        limits = "; ".join(f"{name} {value}" for name, value in body.required) if body else ""
        rows.append((link(one.id), _articles(one, edition), limits or "–", both(one.rule.title)))
    if not rows:
        return "无 · none"
    return table(("规则 · rule", "条 · article", "要求 · limit", "内容 · what it says"), rows)


def _otherwise(changed: list[tuple[Compiled, Body, Body]], old: Edition, new: Edition) -> Iterator[str]:
    yield f"## 要求不同 · Asked otherwise ({len(changed)})"
    if not changed:
        yield "无 · none"
    for one, before, after in changed:
        yield f"### {link(one.id)}\n\n{both(one.rule.title)}"
        if before.attest or after.attest:
            yield "\n".join(_attested(before, after))
        else:
            yield code(_line(one, edition) for edition in (old, new))


def _attested(before: Body, after: Body) -> Iterator[str]:
    for text in before.attest:
        if text not in after.attest:
            yield f"- 不再要求 · no longer: {both(text)}"
    for text in after.attest:
        if text not in before.attest:
            yield f"- 新增 · new: {both(text)}"


def _line(compiled: Compiled, edition: Edition) -> str:
    """Give the sentence that says what the rule means in *edition*."""
    lines = [*rule_lines(compiled)][2 if compiled.applies is not None else 1 :]
    group = _group(compiled, edition)
    return lines[compiled.groups.index(group)].strip() if group is not None else ""


def _articles(compiled: Compiled, edition: Edition) -> str:
    return ", ".join(dict.fromkeys(one.article for one in compiled.rule.citations.get(edition.id, ())))


def _group(compiled: Compiled, edition: Edition) -> Group | None:
    return compiled.group(compiled.editions.index(edition) + 1)


def _body(compiled: Compiled, edition: Edition) -> Body | None:
    group = _group(compiled, edition)
    return group.body if group is not None else None
