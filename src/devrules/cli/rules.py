"""``devrules rules``: list, show, lint, test, schema."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from devrules.api import Rules, lint_rulesets
from devrules.cli import exits, options
from devrules.days import to_date
from devrules.errors import InvalidRuleset
from devrules.findings import words
from devrules.law.model import MARKS
from devrules.program.model import Compiled
from devrules.program.print import rule_lines
from devrules.ruleset.from_toml import parameters_of
from devrules.ruleset.schema import rules_schema
from devrules.testing.cases import run_cases


def add(parser: ArgumentParser) -> None:
    """Add the subcommands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, function, said in (
        ("list", run_list, "list the rules with their articles"),
        ("show", run_show, "show what a rule says, where it stands, what it measures, and its cases"),
        ("lint", run_lint, "look for mistakes in rulesets"),
        ("test", run_test, "run every case"),
        ("schema", run_schema, "print the JSON Schema of rule files"),
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
        if name == "test":
            command.add_argument("--engine", default="auto", metavar="NAME", help="the engine that judges the cases")


def run_list(chosen: Namespace) -> int:
    """List the rules."""
    rules, lang = options.rules_of(chosen), options.lang_of(chosen)
    editions = list(dict.fromkeys(edition.id for compiled in rules.program.rules for edition in compiled.editions))
    table = Table(box=None, pad_edge=False)
    for heading in (
        ("规则", "强度", *editions, "内容") if lang == "zh" else ("rule", "strength", *editions, "what it says")
    ):
        table.add_column(heading, overflow="fold")
    for compiled in rules.program.rules:
        rule = compiled.rule
        articles = [
            ", ".join(dict.fromkeys(one.article for one in rule.citations.get(edition, ()))) for edition in editions
        ]
        table.add_row(rule.id, words.STRENGTHS[rule.strength].said(lang), *articles, rule.title.said(lang))
    options.show([table])
    return exits.CLEAN


def run_show(chosen: Namespace) -> int:
    """Show one rule."""
    rules = options.rules_of(chosen)
    options.show(_shown(rules, rules.rule(chosen.rule), options.lang_of(chosen)))
    return exits.CLEAN


def run_lint(chosen: Namespace) -> int:
    """Report everything that is wrong with rulesets."""
    problems = lint_rulesets(chosen.path, today=to_date(options.now()))
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


def run_schema(_: Namespace) -> int:
    """Print the schema."""
    print(json.dumps(rules_schema(), ensure_ascii=False, indent=1))  # noqa: T201
    return exits.CLEAN


def _shown(rules: Rules, compiled: Compiled, lang: str) -> Iterator[RenderableType]:
    rule, zh = compiled.rule, lang == "zh"
    yield f"[bold]{rule.id}[/bold] · {words.STRENGTHS[rule.strength].said(lang)} · {rule.row}"
    yield rule.title.said(lang)
    yield ("依据" if zh else "Where it stands") + ":"
    for edition in compiled.editions:
        name = edition.zh if zh else edition.en
        cited = rule.citations.get(edition.id, ())
        for one in cited:
            article = f"第{one.article}条" if zh else f"article {one.article}"
            review = f"; {'复核期限' if zh else 'review by'} {one.review_by}" if one.review_by else ""
            yield f"  {name} {article} ({one.verified}: {MARKS[one.verified][lang]}{review})"
        if not cited:
            yield f"  {name}: " + ("无此要求" if zh else "asks nothing")
    yield ("参数" if zh else "Parameters") + ":"
    yield from _parameters(rules, compiled)
    yield ("度量与判断" if zh else "What is measured and judged") + ":"
    yield from (line for line in list(rule_lines(compiled))[1:])
    yield ("整改" if zh else "Remedy") + f": {rule.remedy.said(lang)}"
    yield ("案例" if zh else "Cases") + ":"
    for ruleset in rules.rulesets:
        for case in ruleset.cases:
            if case.rule == rule.id:
                yield f"  {words.VERDICTS[case.expect.verdict].said(lang)}: {case.says}"


def _parameters(rules: Rules, compiled: Compiled) -> Iterator[str]:
    names = dict.fromkeys(name for check in compiled.rule.bodies.values() for name in parameters_of(check))
    for ruleset in rules.rulesets:
        for name in names:
            for edition, value in ruleset.parameters.get(name, {}).items():
                yield f"  {name} ({edition}): {value.value}"
