"""All rules to an index by article, which shows for every article its rules or why it has none."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.api import Rules
from devrules.law.model import Edition, Regulation
from devrules.reference.articles import Articles, articles_of, rules_by_article
from devrules.reference.changes_page import name_of, successions
from devrules.reference.markdown import both, link, page, table


def index_page(rules: Rules) -> str:
    """Write the index of *rules*."""
    return page(
        "# 规则目录 · The rules by article",
        f"{len(rules.compiled)} 条规则。各条文不在此抄录，以正式文本为准。\n\n"
        f"{len(rules.compiled)} rules. The text of the law is not repeated here; the official text prevails.",
        "\n".join(
            f"- [{new.in_force} 有何变化 · What changed on {new.in_force}]({name_of(new)}): {both(regulation.short)}"
            for regulation, _, new in successions(rules)
        ),
        *_editions(rules),
        "## 其他 · Cited beside",
        _beside(rules),
    )


def _editions(rules: Rules) -> Iterator[str]:
    counted = {one.edition: one for one in articles_of(rules)}
    for ruleset in rules.rulesets:
        for regulation in ruleset.regulations:
            for edition in reversed(regulation.editions):
                rows = list(_rows(rules, edition, counted.get(edition.id)))
                if rows:
                    yield _heading(regulation, edition)
                    yield table(("条 · article", "规则，或无规则的原因 · rules, or why there are none"), rows)


def _heading(regulation: Regulation, edition: Edition) -> str:
    number = f" {edition.number}" if edition.number else ""
    return f"## {regulation.zh}{edition.zh}{number} · {regulation.en}, {edition.en}"


def _rows(rules: Rules, edition: Edition, articles: Articles | None) -> Iterator[tuple[str, str]]:
    encoded = rules_by_article(rules, edition.id)
    numbers = articles.numbers if articles else tuple(sorted(encoded, key=lambda one: (len(one), one)))
    for number in numbers:
        if number in encoded:
            yield number, "<br>".join(f"{link(one.id)} {both(one.rule.title)}" for one in encoded[number])
        else:
            reason = articles.reasons.get(number) if articles else None
            yield number, f"*{both(reason)}*" if reason else "**缺 · missing**"


def _beside(rules: Rules) -> str:
    """List what rules cite in other regulations beside the article that they encode."""
    names = {
        edition.id: f"{regulation.short.zh} · {regulation.short.en}, {edition.en}"
        for ruleset in rules.rulesets
        for regulation in ruleset.regulations
        for edition in regulation.editions
    }
    found: dict[tuple[str, str], list[str]] = {}
    for compiled in rules.compiled:
        for one in compiled.rule.also:
            found.setdefault((one.edition, one.article), []).append(link(compiled.id))
    rows = [(names.get(edition, edition), article, ", ".join(found[edition, article])) for edition, article in found]
    return table(("法规 · regulation", "条 · article", "规则 · rules"), sorted(rows)) if rows else "无 · none"
