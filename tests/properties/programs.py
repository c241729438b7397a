"""Programs: the national one, and random rules over the national kinds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import attrs
from dossiers import SANCTIONS

import devrules_xize
from devrules.days import ChineseCalendar
from devrules.dossier.kinds import Kind, field_types
from devrules.law.model import Citation, Edition, Regulation, Text
from devrules.program.from_ruleset import compile_rulesets, compile_what_can_be
from devrules.program.program import Program
from devrules.ruleset import checks as c
from devrules.ruleset.from_toml import load_ruleset
from devrules.ruleset.model import Rule, Ruleset, Subject, Value, When

EDITIONS = {"first": date(2014, 5, 28), "second": date(2019, 10, 1), "third": date(2026, 5, 11)}
PERIODS = ("1 month", "3 months", "6 months", "1 year", "3 days", "1 month, 3 days")
WORDS = ("passed", "not-passed", "refused", "clear", "qualified", "basic-committee", "general-branch")


@cache
def national_ruleset() -> Ruleset:
    """The national rules, as written."""
    return load_ruleset(Path(devrules_xize.__file__).parent, ruleset_id="xize", version="0", national=True)


@cache
def national_program(subject: Subject = "person") -> Program:
    """The national rules on a subject, compiled."""
    return compile_rulesets([national_ruleset()], ChineseCalendar(), subject)


def random_program(random: Random, rules: int = 12) -> Program:
    """Compile as many random rules, less those that cannot be compiled."""
    maker = _Rules(random)
    made = tuple(maker.rule(n) for n in range(rules))
    regulation = Regulation("law", "法", "law", "someone", Text("法", "law"), tuple(map(_edition, EDITIONS)))
    ruleset = attrs.evolve(
        national_ruleset(), rules=made, parameters=maker.parameters, regulations=(regulation,), read_cases=tuple
    )
    return compile_what_can_be([ruleset], ChineseCalendar())[0]


def _edition(name: str) -> Edition:
    return Edition(name, name, name, EDITIONS[name], "none", "C")


class _Rules:
    """Makes rules, one of every check in turn."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.parameters: dict[str, dict[str, Value]] = {}
        self.kinds: list[Kind] = list(national_ruleset().kinds.values())
        self.makers: tuple[Callable[[], c.Check], ...] = (
            lambda: c.Present(self.kind(), random.choice((None, self.kind()))),
            lambda: c.Complete(self.kind()),
            lambda: c.Count(self.kind(), *self.bounds("1", "2")),
            self.within,
            lambda: c.After(self.period(), self.start(), self.days()),
            self.lasts,
            lambda: c.InOrder(self.days(), self.days()),
            lambda: c.Every(
                self.period(), self.kind(), self.days(), self.days(), random.choice(("anchor", "calendar"))
            ),
            lambda: c.Quorum(self.kind("meeting"), self.share()),
            lambda: c.Majority(self.kind("meeting"), self.share()),
            self.people,
            lambda: c.Attached(self.kind()),
            self.agrees,
            lambda: c.Sums(self.kind("meeting"), ("votes_for", "votes_against"), "present_vote"),
            lambda: c.Gap(self.period(), self.kind(), self.days(), self.days()),
            lambda: c.Manual((Text("属实", "it is true"),)),
            self.expression,
        )

    def rule(self, n: int) -> Rule:
        random, names = self.random, list(EDITIONS)
        make = self.makers[random.randrange(len(self.makers))]
        same = make()
        bodies = {name: random.choice((same, same, make())) for name in names if random.random() < 0.8}
        placed = [kind.id for kind in self.kinds]
        judges = tuple(random.sample(placed, random.choice((1, 1, 1, 2))))
        before = random.choice((None, None, *(gate.id for gate in national_ruleset().gates)))
        text = Text("规则", "rule")
        return Rule(f"rule-{n}", text, judges, "must", text, bodies or {names[0]: same}, {}, "", before, self.when())

    def kind(self, shape: str | None = None) -> str:
        return self.random.choice([one.id for one in self.kinds if shape is None or one.shape == shape])

    def field(self, of: str) -> str:
        """The path of a field of some kind, with or without a pick."""
        kind = self.random.choice([one for one in self.kinds if of in field_types(one.type).values()])
        name = self.random.choice([name for name, found in field_types(kind.type).items() if found == of])
        return f"{kind.id}{self.random.choice(('', '', '.first', '.last'))}.{name}"

    def day(self) -> str:
        if self.random.random() < 0.5:
            kind = self.random.choice(self.kinds)
            return f"{kind.id}{self.random.choice(('', '', '.first', '.last'))}.{kind.act_day}"
        return self.field("day")

    def days(self) -> tuple[str, ...]:
        return tuple(self.day() for _ in range(self.random.choice((1, 1, 2))))

    def start(self) -> tuple[str, ...]:
        return ("person.birth",) if self.random.random() < 0.2 else self.days()

    def parameter(self, *values: str | int) -> str:
        """Name a new parameter that has a value in every edition, often the same."""
        first = self.random.choice(values)
        name = f"p{len(self.parameters)}"
        cited = {one: Citation(one, "1", "C") for one in EDITIONS}
        self.parameters[name] = {
            one: Value(self.random.choice((first, first, *values)), cited[one]) for one in EDITIONS
        }
        return name

    def period(self) -> str:
        return self.parameter(*PERIODS, "18 years") if self.random.random() < 0.2 else self.parameter(*PERIODS)

    def share(self) -> str:
        return self.parameter("1/2", "2/3", "4/5")

    def bounds(self, least: str, most: str) -> tuple[str | None, str | None]:
        low, high = self.parameter(int(least)), self.parameter(int(most), int(most) + 1)
        return self.random.choice(((low, None), (None, high), (low, high)))

    def within(self) -> c.Check:
        if self.random.random() < 0.5:
            return c.Within(self.period(), self.start(), self.days())
        fields = [self.field("text").split(".") for _ in range(self.random.choice((1, 1, 2)))]
        reasons = tuple(f"{field[0]}.{field[-1]}" for field in fields)
        also = (self.day(),) if self.random.random() < 0.5 else ()
        extended = self.parameter("1 year", "2 years")
        return c.Within(self.period(), self.start(), self.days(), extended, reasons, also)

    def lasts(self) -> c.Check:
        lengths = [self.parameter("3 working days", "5 working days", "10 working days"), self.period()]
        least, most = self.random.choice(lengths), self.random.choice((None, *lengths))
        kind = self.random.choice([one for one in self.kinds if one.shape in ("notice", "training", "extension")])
        if self.random.random() < 0.7:
            return c.Lasts((f"{kind.id}.start",), (f"{kind.id}.end",), least, most)
        return c.Lasts(self.start(), self.days(), least, most)

    def people(self) -> c.Check:
        least, most = self.random.choice(((None, None), self.bounds("1", "2")))
        under = self.random.choice(((), SANCTIONS[:1], SANCTIONS))
        return c.People(self.kind("assignment"), least, most, self.random.random() < 0.5 or least is most, under)

    def agrees(self) -> c.Check:
        plus = self.random.choice((None, self.period()))
        unless = self.random.choice((None, self.day()))
        return c.Agrees(self.days(), self.start(), plus, unless, self.random.random() < 0.5)

    def expression(self) -> c.Check:
        terms = tuple(self.term() for _ in range(self.random.choice((1, 2, 2))))
        return c.Expression(any=terms) if self.random.random() < 0.5 else c.Expression(all=terms)

    def term(self) -> c.Term:
        if self.random.random() < 0.5:
            least, most = self.bounds("3", "24")
            return c.Term(self.field("number"), least, most)
        words = tuple(self.random.sample(WORDS, 2))
        path = self.random.choice((self.field("text"), "branch.kind", "superior.kind", "person.political_status"))
        return self.random.choice((c.Term(path, among=words), c.Term(path, not_among=words)))

    def when(self) -> tuple[When, ...]:
        """Ask for nothing, for one thing, or for two."""
        return tuple(self.asked() for _ in range(self.random.choice((0, 0, 1, 1, 1, 2))))

    def asked(self) -> When:
        random = self.random
        return random.choice(
            (
                When(present=self.kind()),
                When(value="person.floating", is_=random.choice((True, False)), assume=random.choice((None, False))),
                When(value="branch.has_committee", is_=random.choice((True, False))),
                When(value="superior.kind", among=("general-branch",), is_=random.choice((None, False))),
                When(value=self.field("text"), among=tuple(random.sample(WORDS, 2))),
            )
        )
