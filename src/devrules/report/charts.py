"""Charts of a summary as SVG: a funnel of the stages, bars of the lamps."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from devrules.report.markup import element
from devrules.report.summary import Reached

WIDTH, ROW, BAR = 480, 26, 15
"""The width of a chart, the height of a line and of its bar."""
_LABEL, _FIGURES = 168, 62


def funnel(stages: Sequence[Reached], labels: Sequence[str], title: str) -> Element:
    """
    Draw how many came as far as each stage.

    Args:
        stages: The stages in their order.
        labels: What to write beside each.
        title: What it shows, for those who cannot see it.
    """
    most = max((stage.reached for stage in stages), default=0) or 1
    room = WIDTH - 2 * _LABEL
    drawn: list[Element] = []
    for n, (stage, label) in enumerate(zip(stages, labels, strict=True)):
        width = max(2.0, (room + 80) * stage.reached / most)
        middle, top = WIDTH / 2 - 24, n * (ROW + 8)
        drawn += [
            _text(0, top + 20, stage.label),
            element("rect", x=_n(middle - width / 2), y=top + 2, width=_n(width), height=ROW, rx=3, class_="stage-bar"),
            _text(WIDTH, top + 20, label, class_="faint", text_anchor="end"),
        ]
    return _chart(drawn, len(stages) * (ROW + 8), title)


def bars(lines: Iterable[tuple[str, int, int]], title: str, *, wide: bool = False) -> Element:
    """
    Draw red and yellow bars, one line for each label.

    Args:
        lines: Label, number of red lamps, number of yellow ones.
        title: What it shows, for those who cannot see it.
        wide: Whether the labels are long, and the chart twice as wide for them.
    """
    width, label_width = (2 * WIDTH + 40, 3 * _LABEL) if wide else (WIDTH, _LABEL)
    shown = list(lines)
    most = max((red + yellow for _, red, yellow in shown), default=0) or 1
    room = width - label_width - _FIGURES
    drawn: list[Element] = []
    for n, (label, red, yellow) in enumerate(shown):
        top = n * ROW
        own = _text(0, top + 16, cut(label, label_width / 13.5))
        own.append(element("title", label))
        drawn.append(own)
        at = float(label_width)
        for count, colour in ((red, "red"), (yellow, "yellow")):
            length = room * count / most
            if count:
                drawn.append(
                    element("rect", x=_n(at), y=top + 4, width=_n(max(length, 1.5)), height=BAR, class_=f"bar-{colour}")
                )
            at += length
        figures = element("text", x=_n(at + 7), y=top + 16, class_="figures")
        figures.extend(_figures(red, yellow))
        drawn.append(figures)
    return _chart(drawn, len(shown) * ROW, title, width)


def cut(text: str, most: float) -> str:
    """Shorten text to about *most* Chinese characters."""
    width = 0.0
    for n, one in enumerate(text):
        width += 1 if unicodedata.east_asian_width(one) in "WFA" else 0.56
        if width > most:
            return text[:n] + "…"
    return text


def _figures(red: int, yellow: int) -> list[Element]:
    parts = [element("tspan", str(red), class_="ink-red")] if red else []
    if yellow:
        parts.append(element("tspan", str(yellow), class_="ink-yellow", **({"dx": 5} if red else {})))
    return parts


def _chart(drawn: Iterable[Element], height: float, title: str, width: int = WIDTH) -> Element:
    made = element("svg", element("title", title), viewBox=f"0 0 {width} {_n(height)}", role="img", class_="chart")
    made.extend(drawn)
    return made


def _text(x: float, y: float, said: str, **attributes: object) -> Element:
    return element("text", said, x=_n(x), y=_n(y), **attributes)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
