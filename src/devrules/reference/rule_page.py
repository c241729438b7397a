"""A rule to its page, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.api import Rules
from devrules.findings import words
from devrules.findings.model import NOTES
from devrules.law.model import MARKS, Citation, Edition
from devrules.program.model import Body, Compiled
from devrules.program.print import rule_lines
from devrules.reference.markdown import both, code, page, table
from devrules.ruleset.cases import cases_of
from devrules.ruleset.from_toml import parameters_of


def rule_page(rules: Rules, compiled: Compiled) -> str:
    """
    Write the page of one rule.

    Args:
        rules: All rules, for the parameters, the editions and the cases.
        compiled: The rule.
    """
    rule = compiled.rule
    about = f"{both(words.STRENGTHS[rule.strength])} · {rule.row} · {_subject(compiled)}"
    return page(
        f"# {rule.id}",
        f"{rule.title.zh}\n\n{rule.title.en}",
        about,
        "## 依据 · Where it stands",
        _citations(rules, compiled),
        "## 参数 · Parameters",
        _parameters(rules, compiled),
        "## 度量与判断 · What is measured and judged",
        _measured(compiled),
        _attest(compiled),
        "## 期限 · Due day",
        _due(rules, compiled),
        "## 整改 · Remedy",
        f"{rule.remedy.zh}\n\n{rule.remedy.en}",
        "## 附注 · Notes that a finding may carry",
        "\n".join(f"- `{note}`: {both(words.NOTES[note])}" for note in possible_notes(compiled)),
        "## 案例 · Cases",
        _cases(rules, compiled),
    )


def possible_notes(compiled: Compiled) -> tuple[str, ...]:
    """List the notes that findings of a rule may carry."""
    found = {"later-record", "edition-not-encoded"}
    if any(edition.public is not None for edition in compiled.editions):
        found.add("transition")
    for group in compiled.groups:
        if group.body is not None:
            found.update(_notes_of(group.body))
            if group.first > 1 and group.body.anchors:
                found.add("transition")
    return tuple(note for note in NOTES if note in found)


def edition_names(rules: Rules) -> dict[str, str]:
    """Tell what each edition is called, its regulation included."""
    return {
        edition.id: f"{regulation.short.zh}{edition.zh} · {regulation.short.en}, {edition.en}"
        for ruleset in rules.rulesets
        for regulation in ruleset.regulations
        for edition in regulation.editions
    }


def _notes_of(body: Body) -> Iterator[str]:
    if body.close or body.other_readings:
        yield "borderline"
    if body.assumed:
        yield "assumed"
    if any(shown.type == "working_days" for shown in body.measured):
        yield "provisional"
    if body.wanted:
        yield "blank-cell"


def _subject(compiled: Compiled) -> str:
    return "组织 · organisations" if compiled.rule.subject == "organisation" else "个人 · persons"


def _citations(rules: Rules, compiled: Compiled) -> str:
    names = edition_names(rules)
    rows: list[tuple[str, ...]] = []
    for edition in compiled.editions:
        cited = compiled.rule.citations.get(edition.id, ())
        rows += [_cited(names, one) for one in cited] or [(names[edition.id], "无此要求 · asks nothing", "", "")]
    rows += [_cited(names, one, "另见 · also: ") for one in compiled.rule.also]
    return table(("版本 · edition", "条 · article", "核实 · how sure", "复核 · review by"), rows)


def _cited(names: dict[str, str], one: Citation, lead: str = "") -> tuple[str, ...]:
    mark = MARKS[one.verified]
    sure = f"{one.verified}: {mark['zh']} · {mark['en']}"
    return f"{lead}{names.get(one.edition, one.edition)}", one.article, sure, str(one.review_by or "–")


def _parameters(rules: Rules, compiled: Compiled) -> str:
    names = dict.fromkeys(name for check in compiled.rule.checks for name in parameters_of(check))
    rows = [
        (f"`{name}`", edition, f"**{value.value}**", value.citation.article, value.citation.verified)
        for ruleset in rules.rulesets
        for name in names
        for edition, value in ruleset.parameters.get(name, {}).items()
    ]
    if not rows:
        return "无 · none"
    return table(("参数 · parameter", "版本 · edition", "值 · value", "条 · article", "核实 · how sure"), rows)


def _measured(compiled: Compiled) -> str:
    """Show the sentences of the rule, without those that only a person can answer."""
    start = 2 if compiled.applies is not None else 1
    attested = {start + n for n, group in enumerate(compiled.groups) if group.body is not None and group.body.attest}
    lines = [line.strip() for n, line in enumerate(rule_lines(compiled)) if n and n not in attested]
    return code(lines) if lines else ""


def _attest(compiled: Compiled) -> str:
    lines: list[str] = []
    for group in compiled.groups:
        if group.body is not None and group.body.attest:
            lines += [
                "",
                f"{_named(compiled.editions[group.first - 1 : group.last])}，由人核实 · attested by a person:",
                "",
            ]
            lines += [f"- {both(text)}" for text in group.body.attest]
    return "\n".join(lines[1:])


def _due(rules: Rules, compiled: Compiled) -> str:
    lines = []
    for group in compiled.groups:
        if group.body is not None and group.body.due is not None:
            said = "" if group.body.due_binds else "（仅提示 · only shown）"
            more = f"; {group.body.grace}, 有理由时 · with a reason" if group.body.grace is not None else ""
            lines.append(f"- {_named(compiled.editions[group.first - 1 : group.last])}: `{group.body.due}`{said}{more}")
    if not lines:
        lines.append("- 无固定期限 · none")
    gates = {gate.id: gate.name for ruleset in rules.rulesets for gate in ruleset.gates}
    before = compiled.rule.before
    if before is not None:
        lines.append(f"- 过关口前须具备 · asked before the gate: {both(gates[before])} (`{before}`)")
    return "\n".join(lines)


def _named(editions: tuple[Edition, ...]) -> str:
    return "、".join(f"{edition.zh} · {edition.en}" for edition in editions)


def _cases(rules: Rules, compiled: Compiled) -> str:
    rows = [
        (both(words.VERDICTS[case.expect.verdict]), case.as_of, case.says)
        for case in cases_of(rules.rulesets)
        if case.rule == compiled.id
    ]
    return table(("结论 · verdict", "核查日 · as of", "案例 · case"), rows) if rows else "无 · none"
