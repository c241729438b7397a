"""What is written into a diagram of the process: the names of the law, and a few words between them."""

from __future__ import annotations

from collections.abc import Iterable

from devrules.law.model import Text
from devrules.process.chart import Passage
from devrules.process.law import ProcessLaw
from devrules.ruleset.process import Need, Step

FILES = Text("上报：", "files: ")
DECIDES = Text("决定：", "decides: ")
NOBODY = Text("备案即可，不待决定", "for the record, no decision")
RECORDS = Text("录入：", "records: ")
NEEDS = Text("须先有：", "first: ")
UNLESS = Text("{kind}“{outcome}”的，不能上报", "{kind}: not with the outcome {outcome}")
ENDED = Text("流程终止", "the process has ended")
BACK = Text("退回支部：", "back to the branch: ")


class Words:
    """What is written into a diagram, in one language."""

    def __init__(self, law: ProcessLaw, lang: str) -> None:
        self.law, self.lang = law, lang

    def said(self, text: Text) -> str:
        """Say a text."""
        return text.said(self.lang)

    def roles(self, roles: Iterable[str]) -> str:
        """Name some roles."""
        return self.joined(self.law.roles[role].name.said(self.lang) for role in roles)

    def outcomes(self, outcomes: Iterable[str]) -> str:
        """Name some outcomes."""
        return self.joined(self.law.text.outcomes[outcome].said(self.lang) for outcome in outcomes)

    def kind(self, kind: str) -> str:
        """Name a kind of record."""
        found = self.law.kinds[kind]
        return found.zh if self.lang == "zh" else found.en

    def joined(self, parts: Iterable[str]) -> str:
        """Join words to a list."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def gate(self, passage: Passage) -> list[str]:
        """Tell of a gate, line by line: its name, what must be there, who files, who decides."""
        decides = self.said(DECIDES) + self.roles(passage.decided_by) if passage.decided_by else self.said(NOBODY)
        return [
            passage.gate.name.said(self.lang),
            *(self.need(need) for need in passage.needs),
            self.said(FILES) + self.roles(passage.filed_by),
            decides,
        ]

    def need(self, need: Need) -> str:
        """Tell what a gate needs."""
        if need.present:
            return self.said(NEEDS) + self.kind(need.present)
        if need.unless:
            return self.said(UNLESS).format(kind=self.kind(need.unless), outcome=self.outcomes(need.among))
        return self.law.gates[need.waiting].name.said(self.lang) if need.waiting else ""

    def step(self, step: Step) -> list[str]:
        """Tell of a record that brings to a stage."""
        return [self.kind(step.kind), self.said(RECORDS) + self.roles((*step.record, *step.decide))]


__all__ = ["BACK", "ENDED", "Words"]
