"""Everything that is wrong with rulesets, at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from devrules.days import ChineseCalendar
from devrules.dossier.kinds import Kinds
from devrules.errors import Problem
from devrules.plugin import Plugins, RulesetSource
from devrules.process.from_rulesets import joined
from devrules.process.problems import problems_of
from devrules.program.from_ruleset import compile_what_can_be
from devrules.ruleset.from_toml import read_what_can_be
from devrules.ruleset.lint import lint
from devrules.ruleset.model import Ruleset

_STAGES = re.compile(r"^\[stages\b", re.MULTILINE)


def lint_rulesets(
    paths: Sequence[Path] = (), *, today: date | None = None, plugins: Iterable[object] = ()
) -> list[Problem]:
    """
    List everything that is wrong with rulesets: how they are written, what they refer to, which cases they lack.

    Args:
        paths: Folders of rulesets; a folder without stages of its own in ``process.toml`` is read as an overlay on the
            national rules. By default every ruleset that plugins bring.
        today: If given, citations whose day of review is past count as wrong.
        plugins: Plugins that are not installed.
    """
    sources = [one for offered in Plugins(plugins).call("devrules_rulesets") for one in offered]
    if paths:
        named = [RulesetSource(path.name, path, "0", national=_is_law(path)) for path in paths]
        law = [] if any(one.national for one in named) else [one for one in sources if one.national]
        sources = law + named
    problems: list[Problem] = []
    rulesets: list[Ruleset] = []
    for source in sorted(sources, key=lambda one: not one.national):
        ruleset, found = read_what_can_be(
            source.path, ruleset_id=source.id, version=source.version, national=source.national
        )
        rulesets.append(ruleset)
        problems += found
    program, found = compile_what_can_be(rulesets, ChineseCalendar())
    found += compile_what_can_be(rulesets, ChineseCalendar(), "organisation")[1]
    problems += found
    problems += _of_processes(rulesets, program.kinds)
    for ruleset in program.rulesets:
        problems += lint(ruleset, today=today)
    return list(dict.fromkeys(problems))


def _of_processes(rulesets: Sequence[Ruleset], kinds: Kinds) -> Iterator[Problem]:
    """Yield what is wrong with the process of the law, alone and with each overlay: a desk names one of them."""
    national = [ruleset for ruleset in rulesets if ruleset.national]
    for overlay in [[], *([ruleset] for ruleset in rulesets if not ruleset.national)]:
        group = [*national, *overlay]
        if group:
            yield from problems_of(group, joined(group, kinds))


def _is_law(path: Path) -> bool:
    """Tell whether a folder holds the law: the stages are its own, while an overlay adds guards at most."""
    file = path / "process.toml"
    return file.is_file() and _STAGES.search(file.read_text(encoding="utf-8", errors="replace")) is not None
