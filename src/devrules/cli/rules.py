"""``devrules rules``: list, show, lint, test, schema."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from devrules.api import Rules, lint_rulesets
from devrules.cli import exits, options, rules_coverage, rules_diff, rules_docs, rules_lock, rules_process
from devrules.days import to_date
from devrules.errors import InvalidRuleset
from devrules.findings import words
from devrules.findings.cited import cited_text, regulations_of
from devrules.law.model import MARKS, Edition
from devrules.program.model import Compiled
from devrules.program.print import rule_lines
from devrules.reference.lock import sources_of, stale
from devrules.ruleset.cases import cases_of
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.schema import cases_schema, rules_schema
from devrules.testing.cases import run_cases

_ARTICLES = 9
"""How wide a column of articles is at most."""


def add(parser: ArgumentParser) -> None:
    """Add the subcommands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, function, said in (
        ("list", run_list, "list the rules with their articles"),
        ("show", run_show, "show what a rule says, where it stands, what it measures, and its cases"),
        ("lint", run_lint, "look for mistakes in rulesets"),
        ("test", run_test, "run every case"),
        ("schema", run_schema, "print the JSON Schema of rule files, or of case files"),
    ):
        command = commands.add_parser(name, help=said, description=said)
        command.set_defaults(run=function)
        if name != "schema":
            options.add_rules(command)
            options.add_lang(command)
        if name == "show":
            command.add_argument("rule", help="the rule's id")
        if name == "lint":
            command.add_argument("path", nargs="*", type=Path, help="folders of rulesets; default: those installed")
        if name == "schema":
            command.add_argument("--cases", action="store_true", help="the schema of case files")
        if name == "test":
            command.add_argument("--engine", default="auto", metavar="NAME", help="the engine that judges the cases")
    for name, module, said in (
        ("docs", rules_docs, "write the reference pages of the rules"),
        ("coverage", rules_coverage, "show which verdicts and which sides of limits the cases exercise"),
        ("lock", rules_lock, "note what each rule says now, so that later changes are told"),
        ("diff", rules_diff, "say what changed between two rulesets"),
        ("process", rules_process, "draw the process: stages, gates, who files and who decides"),
    ):
        command = commands.add_parser(name, help=said, description=said)
        command.set_defaults(run=module.run)
        options.add_lang(command)
        module.add(command)


def run_list(chosen: Namespace) -> int:
    """List the rules."""
    rules, lang = options.rules_of(chosen), options.lang_of(chosen)
    options.show([_listed(rules, lang)])
    return exits.CLEAN


def run_show(chosen: Namespace) -> int:
    """Show one rule."""
    rules = options.rules_of(chosen)
    options.show(_shown(rules, rules.rule(chosen.rule), options.lang_of(chosen)))
    return exits.CLEAN


def run_lint(chosen: Namespace) -> int:
    """Report everything that is wrong with rulesets."""
    problems = lint_rulesets(chosen.path, today=to_date(options.now()))
    problems += stale(sources_of(chosen.path))
    if problems:
        raise InvalidRuleset(problems)
    print("规则集没有问题" if options.lang_of(chosen) == "zh" else "the rulesets are sound")  # noqa: T201
    return exits.CLEAN


def run_test(chosen: Namespace) -> int:
    """Run every case."""
    rules = options.rules_of(chosen)
    results = list(run_cases(rules))
    wrong = [result for result in results if not result.passed]
    for result in wrong:
        print(f"{result.case.place}: {result.case.says}")  # noqa: T201
        for line in result.wrong:
            print(f"    {line}")  # noqa: T201
    passed = len(results) - len(wrong)
    said = (
        f"{passed} 个案例通过，{len(wrong)} 个不通过"
        if options.lang_of(chosen) == "zh"
        else f"{passed} passed, {len(wrong)} failed"
    )
    print(f"{said} ({rules.engine})")  # noqa: T201
    return exits.INVALID_RULESET if wrong or not results else exits.CLEAN


def run_schema(chosen: Namespace) -> int:
    """Print the schema."""
    schema = cases_schema() if chosen.cases else rules_schema()
    print(json.dumps(schema, ensure_ascii=False, indent=1))  # noqa: T201
    return exits.CLEAN


def _listed(rules: Rules, lang: str) -> Table:
    """Make the table of rules: a column for each edition of the main regulation, one for all other regulations."""
    main = next(regulations_of(rules.rulesets))
    own = [edition.id for edition in main.editions]
    names = [edition.zh if lang == "zh" else edition.en.removesuffix(" edition") for edition in main.editions]
    zh = ("规则", "强度", *names, "其他法规", "内容")
    en = ("rule", "strength", *names, "others", "what it says")
    table = Table(box=None, pad_edge=False)
    for n, heading in enumerate(zh if lang == "zh" else en):
        # What is searched for stays in one piece; articles may take several lines.
        table.add_column(
            heading, overflow="fold", no_wrap=n == 0, max_width=_ARTICLES if 1 < n <= len(own) + 2 else None
        )
    for compiled in rules.compiled:
        cited = compiled.rule.citations
        table.add_row(
            compiled.id,
            words.STRENGTHS[compiled.rule.strength].said(lang),
            *(", ".join(dict.fromkeys(one.article for one in cited.get(edition, ()))) for edition in own),
            ", ".join(_elsewhere(rules, compiled, own, lang)),
            compiled.rule.title.said(lang),
        )
    return table


def _elsewhere(rules: Rules, compiled: Compiled, own: Sequence[str], lang: str) -> Iterable[str]:
    """Give where a rule stands beside the editions that have a column, each place once."""
    cited = [one for found in compiled.rule.citations.values() for one in found]
    others = [one for one in (*cited, *compiled.rule.also) if one.edition not in own]
    return dict.fromkeys(cited_text(rules.rulesets, one.edition, one.article, lang) for one in others)


def _shown(rules: Rules, compiled: Compiled, lang: str) -> Iterator[RenderableType]:
    rule, zh = compiled.rule, lang == "zh"
    yield f"[bold]{rule.id}[/bold] · {words.STRENGTHS[rule.strength].said(lang)} · {rule.row}"
    yield rule.title.said(lang)
    yield ("依据" if zh else "Where it stands") + ":"
    for edition in compiled.editions:
        name = _edition_name(rules, edition, lang)
        cited = rule.citations.get(edition.id, ())
        for one in cited:
            article = f"第{one.article}条" if zh else f"article {one.article}"
            review = f"; {'复核期限' if zh else 'review by'} {one.review_by}" if one.review_by else ""
            yield f"  {name} {article} ({one.verified}: {MARKS[one.verified][lang]}{review})"
        if not cited:
            yield f"  {name}: " + ("无此要求" if zh else "asks nothing")
    for one in rule.also:
        place = cited_text(rules.rulesets, one.edition, one.article, lang)
        yield f"  {place} ({one.edition}; {one.verified}: {MARKS[one.verified][lang]})"
    yield ("参数" if zh else "Parameters") + ":"
    yield from _parameters(rules, compiled)
    yield ("度量与判断" if zh else "What is measured and judged") + ":"
    yield from (line for line in list(rule_lines(compiled))[1:])
    yield from _attested(compiled, lang)
    yield ("整改" if zh else "Remedy") + f": {rule.remedy.said(lang)}"
    yield ("案例" if zh else "Cases") + ":"
    for case in cases_of(rules.rulesets):
        if case.rule == rule.id:
            yield f"  {words.VERDICTS[case.expect.verdict].said(lang)}: {case.says}"


def _edition_name(rules: Rules, edition: Edition, lang: str) -> str:
    """Name an edition; one of another regulation than the main one with the regulation's short name."""
    name = edition.zh if lang == "zh" else edition.en
    main, *others = regulations_of(rules.rulesets)
    own = next((one for one in others if edition in one.editions and edition not in main.editions), None)
    return f"{own.short.said(lang)} {name}" if own else name


def _attested(compiled: Compiled, lang: str) -> Iterator[str]:
    """List what a person must attest, where nothing can be measured."""
    asked = dict.fromkeys(one.said(lang) for group in compiled.groups if group.body for one in group.body.attest)
    if asked:
        yield ("须人工核实" if lang == "zh" else "To be attested by a person") + ":"
    yield from (f"  {one}" for one in asked)


def _parameters(rules: Rules, compiled: Compiled) -> Iterator[str]:
    names = dict.fromkeys(name for check in compiled.rule.checks for name in parameters_of(check))
    for ruleset in rules.rulesets:
        for name in names:
            for edition, value in ruleset.parameters.get(name, {}).items():
                yield f"  {name} ({edition}): {value.value}"
