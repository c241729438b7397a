from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest

import devrules_xize
from devrules.days import ChineseCalendar
from devrules.dossier.convert import read_dossier
from devrules.engine.reference import Reference
from devrules.law.model import Citation, Edition, Regulation, Text
from devrules.program.evaluate import Evaluator
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.program import Program
from devrules.program.view import View
from devrules.ruleset import checks as c
from devrules.ruleset.from_toml import load_ruleset
from devrules.ruleset.model import Rule, Ruleset, Value

AS_OF = date(2026, 11, 21)
TEXT = Text("规则", "rule")
LAW = Regulation(
    "law",
    "法",
    "law",
    "someone",
    TEXT,
    tuple(
        Edition(name, name, name, day, "none", "C")
        for name, day in (("xize-2014", date(2014, 5, 28)), ("xize-2026", AS_OF))
    ),
)
TERMS = (
    c.Term("training.days", at_least="three"),
    c.Term("training.organiser", among=("basic-committee",)),
    c.Term("contact-opinion.outcome", stated=True),
    c.Term("person.floating", is_=True),
    c.Term("branch.kind", not_among=("general-branch",)),
)


@cache
def national() -> Ruleset:
    """The national rules, for their kinds."""
    return load_ruleset(Path(devrules_xize.__file__).parent, ruleset_id="xize", version="0", national=True)


def compiled(*rules: Rule) -> Program:
    """Compile some rules over the kinds of the national ruleset."""
    values = {"three": 3, "half": "1/2", "since": "2018-01-01"}
    parameters = {
        name: {edition: Value(value, Citation(edition, "1", "C")) for edition in ("xize-2014", "xize-2026")}
        for name, value in values.items()
    }
    made = attrs.evolve(national(), rules=rules, parameters=parameters, regulations=(LAW,), read_cases=tuple)
    return compile_rulesets([made], ChineseCalendar())


def rule(name: str, bodies: dict[str, c.Check]) -> Rule:
    """A rule on the training."""
    cited = {edition: (Citation(edition, "1", "C"),) for edition in bodies}
    return Rule(name, TEXT, ("training",), "must", TEXT, bodies, cited, "")


def judged(program: Program, reference: Reference, plain: dict[str, Any]) -> dict[str, str]:
    """Judge a dossier by the reference, which refuses two verdicts of one rule."""
    dossier = read_dossier({"subject": "person", **plain}, program.kinds, recorded="all")
    values = Evaluator(program.measures, program.kinds, program.calendar).values(View(dossier, AS_OF, program.kinds))
    fact = {
        f"{program.names[one]}.{end}": ends[at]
        for one, ends in zip(program.measures, values, strict=True)
        if ends is not None
        for at, end in enumerate(("low", "high"))
    }
    return reference.judge(fact)


def dossier(random: Random) -> dict[str, Any]:
    """Anything that the terms read, or not."""
    days = ("2026-06-01", "2026-06", None, "2026-06-20")
    trainings = [
        {"start": random.choice(days), "days": random.choice((None, 1, 5)), "organiser": random.choice((None, "x"))}
        for _ in range(random.choice((0, 1, 2)))
    ]
    opinions = [{"outcome": random.choice((None, "x"))} for _ in range(random.choice((0, 1)))]
    later = [{"day": "2026-08-01"}] * random.choice((0, 1))
    records = {"training": trainings, "contact-opinion": opinions, "general-meeting": later}
    kept = random.choice(([*records], ["training.start", "contact-opinion"], ["general-meeting", "training"]))
    read = {kind: made for kind, made in records.items() if made and any(one.startswith(kind) for one in kept)}
    plain = {
        "person": {"floating": random.choice((None, True, False))},
        "branch": {"kind": random.choice((None, "general-branch", "x"))},
        "records": {
            kind: [{k: v for k, v in one.items() if v is not None} for one in made] for kind, made in read.items()
        },
    }
    return plain if random.random() < 0.4 else {**plain, "recorded_kinds": [*kept, *read]}


@pytest.mark.parametrize("seed", range(4))
def test_comparisons_of_records_and_of_the_person_end_in_one_way(seed: int) -> None:
    """Whatever is recorded of either, no two outcomes hold at once."""
    random = Random(seed)  # noqa: S311  # no secret
    rules = []
    for n in range(12):
        terms = tuple(random.sample(TERMS, random.choice((2, 3))))
        check = c.Expression(any=terms) if random.random() < 0.7 else c.Expression(all=terms)
        rules.append(rule(f"rule-{n}", {"xize-2014": check, "xize-2026": check}))
    program = compiled(*rules)
    reference = Reference(program.outcomes)

    for _ in range(60):
        assert judged(program, reference, dossier(random)).keys() <= {one.id for one in rules}


def test_a_doubt_of_one_edition_does_not_part_them() -> None:
    """The verdict is the same in both; only in the older one is a fail in doubt."""
    checks: dict[str, c.Check] = {
        "xize-2014": c.Quorum("general-meeting", "half", in_doubt_since="since"),
        "xize-2026": c.Quorum("general-meeting", "half"),
    }
    [group] = compiled(rule("quorum", checks)).rules[0].groups

    assert (1, 2) == (group.first, group.last)
    assert [(1, 1), (2, 0)] == [(edition, len(conditions)) for edition, conditions in group.softened]
