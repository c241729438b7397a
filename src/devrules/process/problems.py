"""What is wrong with a process that could be read: names that lead nowhere, guards that allow, sentences that fail."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence

from devrules.errors import Problem
from devrules.law.model import Text
from devrules.plain import nearest
from devrules.process.law import ProcessLaw
from devrules.ruleset.model import Ruleset
from devrules.ruleset.process import Guard, Need, ProcessText, Step, Verb
from devrules.ruleset.process_toml import BESIDE, SECTIONS

REFUSAL_WORDS = (
    *("deed", "role", "kind", "stage", "stages", "gate", "needed", "outcome", "outcomes", "members", "count"),
)
"""What the sentences of refusals may name."""

HEARING_WORDS = ("person", "kind", "branch", "reason", "outcome", "stage")
"""What messages may name."""


def problems_of(rulesets: Sequence[Ruleset], law: ProcessLaw) -> Iterator[Problem]:
    """
    Yield what is wrong.

    Args:
        rulesets: The rulesets, each of which has its own part of the process.
        law: All parts together.
    """
    for ruleset in rulesets:
        yield from _Part(ruleset, law).problems()


class _Part:
    """Looks at what one ruleset says of the process."""

    def __init__(self, ruleset: Ruleset, law: ProcessLaw) -> None:
        self.ruleset = ruleset
        self.text: ProcessText = ruleset.process
        self.law = law
        self.file = ruleset.path / "process.toml"
        self.national = {step.kind: step for step in law.text.steps}
        self.known: Mapping[str, Iterable[str]] = {
            "kind": law.kinds,
            "stage": law.stages,
            "gate": law.gates,
            "role": law.roles,
            "command": law.commands,
            "outcome": law.text.outcomes,
            "edition": law.in_force,
        }

    def problems(self) -> Iterator[Problem]:
        if not self.ruleset.national:
            yield from self.beside_guards()
        yield from self.roles()
        yield from self.commands()
        for step in self.text.steps:
            yield from self.step(step)
        for guard in self.text.guards:
            yield from self.guard(guard)
        yield from self.gates()
        yield from self.stages_and_endings()
        yield from self.hearings()
        yield from self.sentences()

    def problem(self, place: str, what: str, remedy: str = "") -> Problem:
        return Problem(f"{self.file} {place}", what, remedy)

    def names(self, what: str, names: Iterable[str], place: str) -> Iterator[Problem]:
        known = self.known[what]
        for name in names:
            if name not in known:
                hint = nearest(name, known) or f"there are {', '.join(known) or 'none'}"
                yield self.problem(place, f"there is no {what} {name!r}", hint)

    def beside_guards(self) -> Iterator[Problem]:
        of_law = {name: getattr(self.text, name) for name in SECTIONS if name != "guards"}
        of_law |= {name: getattr(self.ruleset, name) for name in BESIDE}
        for section, stated in of_law.items():
            if stated:
                yield self.problem(section, "an overlay may hold only guards", "leave the rest to the law")

    def roles(self) -> Iterator[Problem]:
        for role in self.text.roles:
            yield from self.names("kind", (*role.sees, *role.named_in), f"roles.{role.id}")

    def commands(self) -> Iterator[Problem]:
        for command in self.text.commands:
            place = f"commands.{command.id}"
            yield from self.names("role", command.roles, place)
            yield from self.names("stage", (*command.stages, *command.kind_in), place)
            kinds = (*((command.kind,) if command.kind else ()), *command.kind_in.values())
            yield from self.names("kind", kinds, place)
            yield from self.needs(command.needs, place)

    def step(self, step: Step) -> Iterator[Problem]:
        place = f"steps.{step.kind}"
        yield from self.names("kind", (step.kind, *step.recorded_as.values()), place)
        roles = (*step.hand_in, *step.review, *step.record, *step.file, *step.decide)
        yield from self.names("role", roles, place)
        yield from self.names("stage", (*step.stages, *step.review_stages), place)
        yield from self.names("gate", step.locked_by, place)
        yield from self.names("outcome", (*step.outcomes, *step.recorded_as), place)
        yield from self.names("command", _verbs(step), place)
        yield from self.needs(step.needs, place)
        yield from self.stated(step, place)
        if step.review and not step.hand_in:
            yield self.problem(f"{place}.review", "nobody hands in what is reviewed", "state hand_in")
        for edition, opening in step.editions.items():
            yield from self.names("edition", [edition], f"{place}.editions")
            yield from self.names("stage", opening.stages, f"{place}.editions.{edition}")
            yield from self.needs(opening.needs, f"{place}.editions.{edition}")

    def guard(self, guard: Guard) -> Iterator[Problem]:
        place = f"guards.{guard.kind}"
        yield from self.names("kind", [guard.kind], place)
        yield from self.names("role", (*guard.record, *guard.review), place)
        yield from self.names("stage", guard.review_stages, place)
        yield from self.needs(guard.needs, place)
        yield from self.stated(guard, place)
        step = self.national.get(guard.kind)
        if step is None:
            if guard.kind in self.law.kinds:
                yield self.problem(place, "the process has no step for this kind", nearest(guard.kind, self.national))
            return
        yield from self.only_fewer(guard, step, place)
        if guard.review and not step.hand_in:
            yield self.problem(f"{place}.review", "nobody hands in what is reviewed", "leave it out")
        if self.law.steps[guard.kind].leaves and not self.law.steps[guard.kind].review:
            yield self.problem(f"{place}.leaves", "nothing is approved here", "state who reviews it")

    def only_fewer(self, guard: Guard, step: Step, place: str) -> Iterator[Problem]:
        """A guard takes away, so it can leave only those whom the law lets; and somebody must be left."""
        left = self.law.steps[guard.kind]
        for key, asked, lets, rest in (
            ("record", guard.record, step.record, left.record),
            ("review", guard.review, step.review, left.review),
        ):
            if asked and lets and (set(asked) - set(lets) or not rest):
                yield self.problem(
                    f"{place}.{key}", f"nobody is left of {', '.join(lets)}" if not rest else _more(lets)
                )
            if asked and not lets and key == "record":
                yield self.problem(f"{place}.{key}", "nobody records this: it is handed in, filed or decided")

    def stated(self, asked: Step | Guard, place: str) -> Iterator[Problem]:
        yield from self.names("kind", [asked.leaves] if asked.leaves else [], place)
        kind = self.law.kinds.get(asked.kind)
        for field in asked.asks:
            if kind is not None and kind.field_type(field) is None:
                yield self.problem(f"{place}.asks", f"records of {asked.kind!r} have no field {field!r}")
        if asked.members_from and kind is not None and kind.shape != "assignment":
            yield self.problem(f"{place}.members_from", f"records of {asked.kind!r} name no members")

    def needs(self, needs: Iterable[Need], place: str) -> Iterator[Problem]:
        for need in needs:
            yield from self.names("kind", (one for one in (need.present, need.unless) if one), place)
            yield from self.names("gate", [need.waiting] if need.waiting else [], place)
            yield from self.names("outcome", need.among, place)
            yield from self.names("stage", need.stages, place)

    def gates(self) -> Iterator[Problem]:
        for gate in self.ruleset.gates:
            yield from self.names("kind", (gate.submission, *gate.decided_by), f"gates.{gate.id}")
            # Without a word on outcomes there is no desk, and gates are only looked at.
            if self.law.text.outcomes:
                yield from self.names("outcome", gate.reopened_by, f"gates.{gate.id}")

    def stages_and_endings(self) -> Iterator[Problem]:
        for stage, brought in self.text.stages_by.items():
            yield from self.names("stage", [stage], "stages_by")
            yield from self.names("kind", brought, f"stages_by.{stage}")
        for n, ending in enumerate(self.text.endings):
            yield from self.names("kind", [ending.by, *ending.unless], f"endings[{n}]")
            yield from self.names("outcome", ending.among, f"endings[{n}]")

    def hearings(self) -> Iterator[Problem]:
        for n, hearing in enumerate(self.text.hearings):
            yield from self.names("command", [hearing.on], f"hearings[{n}]")
            yield from self.names("role", hearing.who, f"hearings[{n}]")
            yield from self.names("kind", hearing.kinds, f"hearings[{n}]")
            yield from self.words(hearing.says, HEARING_WORDS, f"hearings[{n}]")

    def sentences(self) -> Iterator[Problem]:
        for name, text in self.text.refusals.items():
            yield from self.words(text, REFUSAL_WORDS, f"refusals.{name}")

    def words(self, text: Text, known: Sequence[str], place: str) -> Iterator[Problem]:
        for lang in ("zh", "en"):
            try:
                named = [name for _, name, _, _ in string.Formatter().parse(text.said(lang)) if name is not None]
            except ValueError as error:
                yield self.problem(f"{place}.{lang}", f"cannot be filled in: {error}", "write braces in pairs")
                continue
            for name in named:
                if name not in known:
                    hint = nearest(name, known) or f"there are {', '.join(known)}"
                    yield self.problem(f"{place}.{lang}", f"nothing stands for {{{name}}}", hint)


def _verbs(step: Step) -> Iterator[Verb]:
    """Yield the commands that a step makes use of."""
    said: tuple[tuple[Sequence[str], tuple[Verb, ...]], ...] = (
        (step.hand_in, ("hand-in",)),
        (step.review, ("approve", "return")),
        (step.record, ("record", "edit", "delete")),
        (step.file, ("file",)),
        (step.decide, ("decide",)),
    )
    return (verb for roles, verbs in said if roles for verb in verbs)


def _more(lets: Sequence[str]) -> str:
    return f"lets someone do what the law does not: it lets only {', '.join(lets)}"


__all__ = ["HEARING_WORDS", "REFUSAL_WORDS", "problems_of"]
