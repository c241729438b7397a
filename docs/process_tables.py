"""The tables of the page about the process, and its image; ``make_tables.py`` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from devrules.process.chart import chart_of
from devrules.process.diagram import to_mermaid, to_svg
from devrules.process.law import ProcessLaw
from devrules.ruleset.process import Need, Opening, Step

Table = Callable[[Iterable[str], Iterable[Iterable[object]]], str]


class ProcessTables:
    """
    Writes the tables.

    Args:
        law: The process.
        table: What makes a table of headings and rows.
    """

    def __init__(self, law: ProcessLaw, table: Table) -> None:
        self.law, self.table = law, table

    def tables(self) -> Mapping[str, Callable[[], str]]:
        """By the name that stands in the page."""
        return {
            "process-mermaid": lambda: f"```mermaid\n{to_mermaid(self.law)}```\n",
            "process-stages": self.stages,
            "process-gates": self.gates,
            "process-steps": self.steps,
            "process-commands": self.commands,
            "process-roles": self.roles,
            "process-hearings": self.hearings,
            "process-refusals": self.refusals,
        }

    def image(self) -> str:
        """The diagram."""
        return to_svg(self.law)

    def stages(self) -> str:
        brings = self.law.text.stages_by
        rows = (
            (f"`{one.id}`", one.name.zh, one.name.en, _codes(brings.get(one.id, ())) or "–")
            for one in self.law.stages.values()
        )
        return self.table(("stage", "中文", "English", "brought about by a record of"), rows)

    def gates(self) -> str:
        rows = (
            (
                f"`{one.gate.id}`",
                one.gate.name.zh,
                f"`{one.gate.submission}`",
                _codes(one.filed_by),
                "; ".join(map(_need, one.needs)) or "–",
                f"{_codes(one.decided_by)}: {_codes(one.gate.decided_by)}" if one.decided_by else "–",
                _codes(one.ends) or "–",
                _codes(one.reopens) or "–",
            )
            for part in chart_of(self.law).parts
            for one in part.passages
        )
        headings = ("gate", "中文", "passed by", "filed by", "needs", "decided by", "ends with", "opens again with")
        return self.table(headings, rows)

    def steps(self) -> str:
        rows = (
            (
                f"`{step.kind}`",
                self.law.kinds[step.kind].zh,
                _codes(step.stages)
                + "".join(f"; from `{name}`: {_opening(one)}" for name, one in step.editions.items()),
                "; ".join(_who(step)),
                "; ".join(map(_need, step.needs)),
                ", ".join(f"{one}{_kept(step, one)}" for one in step.outcomes),
                _codes(step.locked_by),
            )
            for step in self.law.steps.values()
        )
        return self.table(("kind", "中文", "stages", "who", "needs", "outcomes", "locked by"), rows)

    def commands(self) -> str:
        rows = (
            (
                f"`{one.id}`",
                one.name.zh,
                one.name.en,
                _codes(one.roles) or "each step says who",
                _codes(one.stages) or ("all" if one.roles else ""),
                ", ".join(one.asks),
                "yes" if one.after_end else "",
            )
            for one in self.law.text.commands
        )
        return self.table(("command", "中文", "English", "who", "stages", "asks for", "after the end"), rows)

    def roles(self) -> str:
        rows = (
            (
                f"`{one.id}`",
                one.name.zh,
                one.name.en,
                _codes(one.reaches) + (f" ({_codes(one.named_in)})" if one.named_in else ""),
                _codes(one.sees) or "everything",
            )
            for one in self.law.roles.values()
        )
        return self.table(("role", "中文", "English", "reach", "sees"), rows)

    def hearings(self) -> str:
        rows = (
            (
                f"`{one.on}`{', lamps on' if one.lamps else ''}",
                _codes(one.kinds) or "all",
                _codes(one.who) + (", where the person goes" if one.receiving else ""),
                one.says.zh,
                one.says.en,
            )
            for one in self.law.text.hearings
        )
        return self.table(("when", "kinds", "who hears", "中文", "English"), rows)

    def refusals(self) -> str:
        rows = ((f"`{name}`", text.zh, text.en) for name, text in self.law.text.refusals.items())
        return self.table(("what does not hold", "中文", "English"), rows)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _who(step: Step) -> Iterable[str]:
    for said, roles in (
        ("hands in", step.hand_in),
        ("reviews", step.review),
        ("records", step.record),
        ("files", step.file),
        ("decides", step.decide),
    ):
        if roles:
            yield f"{_codes(roles)} {said}"
    if step.members_from:
        yield f"members of the {step.members_from}"
    if step.asks:
        yield f"states {', '.join(step.asks)}"


def _need(need: Need) -> str:
    where = f" (as {_codes(need.stages)})" if need.stages else ""
    if need.present:
        so = f", or the last: {_codes(need.among)}" if need.among else ""
        return f"`{need.present}`{so}{where}"
    if need.unless:
        return f"last `{need.unless}`: not {_codes(need.among)}{where}"
    return f"`{need.waiting}` awaits a decision{where}" if need.waiting else f"a {need.owed} is owed{where}"


def _opening(opening: Opening) -> str:
    needs = "; ".join(map(_need, opening.needs))
    return _codes(opening.stages) + (f", needs {needs}" if needs else "")


def _kept(step: Step, outcome: str) -> str:
    return f" (kept as `{step.recorded_as[outcome]}`)" if outcome in step.recorded_as else ""
