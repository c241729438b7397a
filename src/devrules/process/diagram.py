"""The process to a diagram: Mermaid, SVG, or plain text, from the same law that decides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from devrules.process.chart import Chart, Part, chart_of
from devrules.process.law import ProcessLaw
from devrules.process.svg import drawn
from devrules.process.words import BACK, ENDED, Words


def to_mermaid(law: ProcessLaw, lang: str = "zh") -> str:
    """
    Draw the process as a Mermaid state diagram.

    Args:
        law: The process.
        lang: ``zh`` or ``en``.
    """
    return "\n".join(["stateDiagram-v2", "    direction TB", *(f"    {line}" for line in _mermaid(law, lang))]) + "\n"


def _mermaid(law: ProcessLaw, lang: str) -> Iterator[str]:
    chart, words = chart_of(law), Words(law, lang)
    for part in chart.parts:
        yield from _states(part, words)
    yield f'state "{words.said(ENDED)}" as ended'
    ways = ["[*]", *(one for part in chart.parts for one in (_id(part.stage.id), *_ways(part))), "[*]"]
    yield from (f"{one} --> {other}" for one, other in pairwise(ways if chart.parts else ()))
    for part in chart.parts:
        yield from _turns(part, words)
    yield from _commands(chart, words)
    yield "ended --> [*]"


def _states(part: Part, words: Words) -> Iterator[str]:
    yield f'state "{words.said(part.stage.name)}" as {_id(part.stage.id)}'
    yield from (f'state "{"<br/>".join(words.gate(one))}" as gate_{_id(one.gate.id)}' for one in part.passages)
    yield from (f'state "{"<br/>".join(words.step(one))}" as step_{_id(one.kind)}' for one in part.brings)


def _turns(part: Part, words: Words) -> Iterator[str]:
    """Yield where a decision leads that does not lead on."""
    for one in part.passages:
        if one.ends:
            yield f"gate_{_id(one.gate.id)} --> ended: {words.outcomes(one.ends)}"
        if one.reopens:
            yield f"gate_{_id(one.gate.id)} --> {_id(part.stage.id)}: {words.outcomes(one.reopens)}"


def _commands(chart: Chart, words: Words) -> Iterator[str]:
    """Yield the special ways, what ends, and what goes back: to the stage before, and so on to any."""
    stages = [part.stage.id for part in chart.parts]
    for step, stage in chart.special:
        yield from (f"{_id(start)} --> {_id(stage.id)}: {words.kind(step.kind)}" for start in step.stages)
    for command in chart.ending:
        yield from (f"{_id(start)} --> ended: {words.said(command.name)}" for start in command.stages)
    for command in chart.back:
        for start in command.stages:
            yield f"{_id(start)} --> {_id(stages[max(stages.index(start) - 1, 0)])}: {words.said(command.name)}"


def _ways(part: Part) -> list[str]:
    return [f"gate_{_id(one.gate.id)}" for one in part.passages] + [f"step_{_id(one.kind)}" for one in part.brings]


def _id(name: str) -> str:
    return name.replace("-", "_")


def to_text(law: ProcessLaw, lang: str = "zh") -> str:
    """
    Tell the process in lines of text.

    Args:
        law: The process.
        lang: ``zh`` or ``en``.
    """
    return "".join(f"{line}\n" for line in _text(law, lang))


def _text(law: ProcessLaw, lang: str) -> Iterator[str]:
    chart, words = chart_of(law), Words(law, lang)
    for part in chart.parts:
        yield words.said(part.stage.name)
        for one in part.passages:
            first, *rest = words.gate(one)
            yield f"  → {first}"
            yield from (f"      {line}" for line in rest)
            if one.ends:
                yield f"      {words.outcomes(one.ends)} → {words.said(ENDED)}"
            if one.reopens:
                yield f"      {words.said(BACK)}{words.outcomes(one.reopens)}"
        for step in part.brings:
            first, *rest = words.step(step)
            yield f"  → {first}"
            yield from (f"      {line}" for line in rest)
        for command in (*chart.back, *chart.ending):
            if part.stage.id in command.stages:
                yield f"  {words.said(command.name)}: {words.roles(command.roles)}"
    for step, stage in chart.special:
        first, *rest = words.step(step)
        yield f"{first} ({words.joined(rest)}) → {words.said(stage.name)}"


def to_svg(law: ProcessLaw, lang: str = "zh") -> str:
    """
    Draw the process as an SVG image: stages from the top to the bottom, the end on the right, ways back on the left.

    Args:
        law: The process.
        lang: ``zh`` or ``en``.
    """
    return drawn(chart_of(law), Words(law, lang))


__all__ = ["to_mermaid", "to_svg", "to_text"]
