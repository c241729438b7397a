"""A chart of the process to an SVG image: nothing but shapes and text, no script, no network, no library."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import attrs

from devrules.process.chart import Chart, Part
from devrules.process.words import ENDED, Words

FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',"
    "'Hiragino Sans GB',sans-serif"
)
SIZE, LINE, PAD, GAP = 14, 21, 11, 30
"""The size of letters, the height of a line, the space around the lines of a box, the space between boxes."""

INK, FAINT, STAGE, GATE, STEP, END = "#1f2933", "#52606d", "#b3261e", "#fff7e6", "#eef4fb", "#7b8794"
"""The colours: text and lines, what is beside the way, stages, gates, steps, what ends."""

STYLE = f"""
text{{font:{SIZE}px {FONTS};fill:{INK}}}
.name{{font-weight:700}}
.stage text{{fill:#fff;font-size:16px}}
.small{{font-size:12.5px;fill:{FAINT}}}
.way{{stroke:{INK};stroke-width:1.6;fill:none}}
.end{{stroke:{END};stroke-width:1.4;fill:none}}
.back{{stroke:#2f6fb0;stroke-width:1.4;fill:none;stroke-dasharray:6 4}}
.again{{stroke:#2f6fb0;stroke-width:1.4;fill:none}}
""".strip()
ARROWS: Mapping[str, str] = {"way": INK, "end": END, "back": "#2f6fb0", "again": "#2f6fb0"}


@attrs.frozen
class Box:
    """A box with its lines of text, the first of which is its name."""

    sort: str
    lines: tuple[str, ...]
    top: float

    @property
    def height(self) -> float:
        """How high it is."""
        return len(self.lines) * LINE + 2 * PAD

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Halfway between top and bottom."""
        return self.top + self.height / 2


def drawn(chart: Chart, words: Words) -> str:
    """
    Draw a chart.

    Args:
        chart: What is shown.
        words: How it is said.
    """
    return "".join(_Drawing(chart, words).image())


class _Drawing:
    """Places boxes one under another, the end beside the last of them, and draws the ways between them."""

    def __init__(self, chart: Chart, words: Words) -> None:
        self.chart, self.words = chart, words
        self.stages: dict[str, Box] = {}
        self.gates: dict[str, Box] = {}
        self.boxes: list[Box] = []
        self.y = 44.0 + GAP
        for part in chart.parts:
            self._place_part(part)
        self.notes = [f"{words.kind(step.kind)} → {stage.name.said(words.lang)}" for step, stage in chart.special]
        back = [words.said(command.name) for command in chart.back]
        again = [words.outcomes([end]) for part in chart.parts for one in part.passages for end in one.reopens]
        ends = [words.outcomes(one.ends) for part in chart.parts for one in part.passages]
        ends += [words.said(command.name) for command in chart.ending]
        self.half = max(150.0, _widest(line for box in self.boxes for line in box.lines) / 2 + 16)
        self.loop = _widest(again) + 34
        self.center = 34 + _widest(back) + 26 + self.loop + self.half
        self.left, self.right = self.center - self.half, self.center + self.half
        self.back = self.left - self.loop - 26
        self.end = self.right + _widest(ends) + 40
        self.width = self.end + max(70.0, _width(words.said(ENDED)) / 2 + 24) + 10
        self.height = self.y + 10 + LINE * len(self.notes)

    def image(self) -> Iterator[str]:
        size = f'width="{self.width:.0f}" height="{self.height:.0f}" viewBox="0 0 {self.width:.0f} {self.height:.0f}"'
        title = escape(self.words.said(self.chart.parts[0].stage.name)) if self.chart.parts else ""
        last = escape(self.words.said(self.chart.parts[-1].stage.name)) if self.chart.parts else ""
        yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title} → {last}">\n'
        yield f"<title>{title} → {last}</title>\n<style>{STYLE}</style>\n<defs>\n"
        for name, colour in ARROWS.items():
            yield (
                f'<marker id="{name}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" '
                f'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>\n'
            )
        yield f'</defs>\n<rect width="{self.width:.0f}" height="{self.height:.0f}" fill="#ffffff"/>\n'
        yield from self._ways()
        yield from self._endings()
        yield from self._ways_back()
        yield from self._again()
        for box in self.boxes:
            yield from self._box(box)
        for n, note in enumerate(self.notes):
            yield _said(self.left, self.y + 6 + n * LINE, f"※ {note}", "small")
        yield "</svg>\n"

    # Where things are

    def _place_part(self, part: Part) -> None:
        self.stages[part.stage.id] = self._place("stage", [self.words.said(part.stage.name)])
        for one in part.passages:
            self.gates[one.gate.id] = self._place("gate", self.words.gate(one))
        for step in part.brings:
            self._place("step", self.words.step(step))

    def _place(self, sort: str, lines: Iterable[str]) -> Box:
        box = Box(sort, tuple(lines), self.y)
        self.boxes.append(box)
        self.y = box.bottom + GAP
        return box

    # What is drawn

    def _box(self, box: Box) -> Iterator[str]:
        fill, line, round_ = {
            "stage": (STAGE, STAGE, 20),
            "gate": (GATE, "#c98a1b", 4),
            "step": (STEP, "#5b8bbf", 4),
        }[box.sort]
        yield (
            f'<g class="{box.sort}"><rect x="{self.left:.1f}" y="{box.top:.1f}" width="{2 * self.half:.1f}" '
            f'height="{box.height:.1f}" rx="{round_}" fill="{fill}" stroke="{line}" stroke-width="1.4"/>\n'
        )
        for n, text in enumerate(box.lines):
            y = box.top + PAD + (n + 0.72) * LINE
            yield _said(self.center, y, text, "small" if n else "name", "middle")
        yield "</g>\n"

    def _ways(self) -> Iterator[str]:
        if not self.boxes:
            return
        yield f'<circle cx="{self.center:.1f}" cy="30" r="9" fill="{INK}"/>\n'
        tops = [39.0, *(box.bottom for box in self.boxes)]
        for top, box in zip(tops, self.boxes, strict=False):
            yield _path("way", f"M{self.center:.1f} {top:.1f}V{box.top:.1f}")

    def _endings(self) -> Iterator[str]:
        """Draw what ends the process: out to the right, down to the one end."""
        starts: list[tuple[float, str]] = []
        for part in self.chart.parts:
            names = [self.words.said(one.name) for one in self.chart.ending if part.stage.id in one.stages]
            starts += [(self.stages[part.stage.id].middle, self.words.joined(names))] if names else []
            starts += [
                (self.gates[one.gate.id].middle, self.words.outcomes(one.ends)) for one in part.passages if one.ends
            ]
        if not starts:
            return
        half, top = self.width - 10 - self.end, self.boxes[-1].top
        for y, label in starts:
            yield _path("end", f"M{self.right:.1f} {y:.1f}H{self.end:.1f}", arrow=False)
            yield _said(self.right + 12, y - 6, label, "small")
        yield _path("end", f"M{self.end:.1f} {min(y for y, _ in starts):.1f}V{top:.1f}")
        yield (
            f'<rect x="{self.end - half:.1f}" y="{top:.1f}" width="{2 * half:.1f}" height="{LINE + 2 * PAD}" rx="4" '
            f'fill="#f0f2f4" stroke="{END}" stroke-width="1.4"/>\n'
        )
        yield _said(self.end, top + PAD + 0.72 * LINE, self.words.said(ENDED), "name", "middle")

    def _ways_back(self) -> Iterator[str]:
        """Draw the ways back: out to the left, along a dashed line, into any stage above."""
        stages = list(self.stages)
        for command in self.chart.back:
            sources = [self.stages[stage].middle + 9 for stage in command.stages]
            reached = stages[: max((stages.index(stage) for stage in command.stages), default=-1) + 1]
            targets = [self.stages[stage].middle - 9 for stage in reached]
            yield _path("back", f"M{self.back:.1f} {max(sources):.1f}V{min(targets):.1f}", arrow=False)
            for y in sources:
                yield _path("back", f"M{self.left:.1f} {y:.1f}H{self.back:.1f}", arrow=False)
            for y in targets:
                yield _path("back", f"M{self.back:.1f} {y:.1f}H{self.left:.1f}")
            middle = (max(sources) + min(targets)) / 2
            yield _said(self.back - 10, middle, self.words.said(command.name), "name", "end")
            for n, role in enumerate(command.roles, 1):
                yield _said(self.back - 10, middle + n * LINE, self.words.roles([role]), "small", "end")

    def _again(self) -> Iterator[str]:
        """Draw what gives the dossier back to the branch: to the left, up to the stage of the gate."""
        x = self.left - 20
        for part in self.chart.parts:
            for one in part.passages:
                if one.reopens:
                    gate, stage = self.gates[one.gate.id], self.stages[part.stage.id]
                    to = stage.bottom - 6
                    yield _path("again", f"M{self.left:.1f} {gate.middle:.1f}H{x:.1f}V{to:.1f}H{self.left:.1f}")
                    for n, outcome in enumerate(one.reopens):
                        y = gate.middle + 4 + n * LINE
                        yield _said(x - 8, y, self.words.outcomes([outcome]), "small", "end")


def _path(sort: str, path: str, *, arrow: bool = True) -> str:
    end = f' marker-end="url(#{sort})"' if arrow else ""
    return f'<path class="{sort}" d="{path}"{end}/>\n'


def _said(x: float, y: float, text: str, sort: str, anchor: str = "start") -> str:
    return f'<text class="{sort}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>\n'


def _width(text: str) -> float:
    """Estimate how wide a text is: a Chinese character is as wide as it is high, a letter about half."""
    return sum(SIZE if unicodedata.east_asian_width(one) in "WFA" else SIZE * 0.56 for one in text)


def _widest(texts: Iterable[str]) -> float:
    return max((_width(text) for text in texts), default=0.0)


__all__ = ["drawn"]
