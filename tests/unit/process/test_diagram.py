"""The diagram shows what the law says, whole and readable."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

import devrules
from devrules.process.chart import chart_of
from devrules.process.decide import Process
from devrules.process.diagram import to_mermaid, to_svg, to_text
from devrules.process.from_rulesets import process_law
from devrules.process.law import ProcessLaw
from devrules.process.svg import _width

STATE = re.compile(r'^    state "(?P<text>[^"]+)" as (?P<id>\w+)$')
ARROW = re.compile(r"^    (?P<one>\[\*\]|\w+) --> (?P<other>\[\*\]|\w+)(: (?P<label>[^:;]+))?$")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def law(process: Process) -> ProcessLaw:
    return process.law


def arrows(law: ProcessLaw) -> set[tuple[str, str, str | None]]:
    """Whence, whereto, and what it says."""
    found = [ARROW.match(line) for line in to_mermaid(law).splitlines()]
    return {(one["one"], one["other"], one["label"]) for one in found if one}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_mermaid_declares_every_state_that_it_uses(law: ProcessLaw, lang: str) -> None:
    """Each line is a state or an arrow; from the beginning everything can be reached."""
    first, second, *lines = to_mermaid(law, lang).splitlines()
    states = {one["id"] for line in lines if (one := STATE.match(line))}
    ways = [(one["one"], one["other"]) for line in lines if (one := ARROW.match(line))]

    assert ("stateDiagram-v2", "    direction TB") == (first, second)
    assert len(lines) == len(states) + len(ways)
    assert states | {"[*]"} == {one for way in ways for one in way}
    reached = {"[*]"}
    while more := {to for start, to in ways if start in reached} - reached:
        reached |= more
    assert states <= reached


def test_the_way_leads_through_the_gates_in_order(law: ProcessLaw) -> None:
    """From the applicant to the full member."""
    way = ["[*]"]
    ways = {one: other for one, other, label in arrows(law) if label is None and one != "ended"}
    while way[-1] != "[*]" or len(way) == 1:
        way.append(ways[way[-1]])

    assert [
        *(
            "[*]",
            "applicant",
            "gate_activist_filing",
            "activist",
            "gate_determination_filing",
            "step_prospect_decision",
        ),
        *("prospect", "gate_pre_examination", "gate_admission_approval", "probationary", "gate_conversion_approval"),
        *("full", "[*]"),
    ] == way


def test_what_ends_and_what_goes_back_is_drawn(law: ProcessLaw) -> None:
    """With the outcome, or the command."""
    assert {
        ("gate_determination_filing", "ended", "不同意"),
        ("gate_pre_examination", "ended", "未通过"),
        ("gate_admission_approval", "ended", "不同意"),
        ("gate_conversion_approval", "ended", "取消预备党员资格"),
        ("gate_conversion_approval", "probationary", "延长预备期、不同意"),
        ("applicant", "ended", "终止发展"),
        ("probationary", "prospect", "退回重新备案"),
        ("prospect", "probationary", "中央或省级党委直接接收"),
    } <= arrows(law)
    assert not any(one == "full" and other != "[*]" for one, other, _ in arrows(law))


def test_the_diagram_follows_the_law(law: ProcessLaw) -> None:
    """An ending that is taken out of it is not drawn."""
    endings = tuple(one for one in law.text.endings if one.by != "pre-examination")
    without = attrs.evolve(law, text=attrs.evolve(law.text, endings=endings))

    assert {("gate_pre_examination", "ended", "未通过")} == arrows(law) - arrows(without)
    assert "未通过" in to_svg(law)
    assert to_svg(law) != to_svg(without)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_image_holds_all_that_it_shows(law: ProcessLaw, lang: str) -> None:
    """Every text lies within the image, those of a box within the box; no two boxes overlap."""
    image = ET.fromstring(to_svg(law, lang))  # noqa: S314  # written a line above
    width, height = float(image.attrib["width"]), float(image.attrib["height"])
    boxes = [
        (float(rect.attrib["y"]), float(rect.attrib["height"]), float(rect.attrib["width"]), group)
        for group in image.iter(f"{SVG}g")
        for rect in group.iter(f"{SVG}rect")
    ]

    assert f"0 0 {width:.0f} {height:.0f}" == image.attrib["viewBox"]
    for text in image.iter(f"{SVG}text"):
        x, wide = float(text.attrib["x"]), _width(text.text or "")
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.attrib["text-anchor"]]
        assert 0 <= left, text.text
        assert left + wide <= width, text.text
        assert 0 < float(text.attrib["y"]) < height, text.text
    for y, high, wide, group in boxes:
        for text in group.iter(f"{SVG}text"):
            assert y < float(text.attrib["y"]) < y + high
            assert _width(text.text or "") < wide
    tops = [(y, y + high) for y, high, _, _ in boxes]
    assert all(one[1] < other[0] for one, other in pairwise(tops))
    assert len(boxes) == len(law.stages) + len(law.gates) + 1


def test_the_image_names_every_stage_gate_role_and_outcome(law: ProcessLaw) -> None:
    """Stages and gates in their order."""
    image = ET.fromstring(to_svg(law))  # noqa: S314  # written a line above
    said = [text.text or "" for text in image.iter(f"{SVG}text")]
    names = [said.index(one.name.zh) for one in law.stages.values()]

    assert names == sorted(names)
    assert {gate.name.zh for gate in law.gates.values()} <= set(said)
    assert {"上报：支部管理员", "决定：上级党委", "退回重新备案", "流程终止", "延长预备期"} <= set(said)


def test_the_image_needs_nothing_from_outside(law: ProcessLaw) -> None:
    """No script, no link, no font or image from elsewhere; a dashed line for the way back."""
    svg = to_svg(law)

    assert ["http://www.w3.org/2000/svg"] == re.findall(r"https?://[^\"']+", svg)
    assert not re.search(r"<script|href|@import|url\((?!#)|<image|<foreignObject|on\w+=", svg)
    assert "stroke-dasharray" in svg
    assert "'Noto Sans CJK SC'" in svg


def test_text_tells_the_same_in_lines(law: ProcessLaw) -> None:
    """For a terminal."""
    lines = to_text(law, "zh").splitlines()

    assert [one.name.zh for one in law.stages.values()] == [
        line for line in lines if line[0] != " " and "→" not in line
    ]
    assert "      未通过 → 流程终止" in lines
    assert "      退回支部：延长预备期、不同意" in lines
    assert "追认为党员 (录入：上级党委) → 正式党员" in lines


def test_a_process_without_stages_is_drawn_empty(club: devrules.Rules) -> None:
    """Rules without a desk have stages, but no way between them."""
    law = club.process.law
    bare = attrs.evolve(law, stages={}, gates={})

    for one in (law, bare):
        assert ET.fromstring(to_svg(one)).tag == f"{SVG}svg"  # noqa: S314  # written here
        assert to_mermaid(one).startswith("stateDiagram-v2\n")
    assert "" == to_text(bare)


def test_names_are_written_as_text_whatever_is_in_them(club_with: Callable[..., Any]) -> None:
    """Nothing in a name becomes a part of the image."""
    [club] = club_with(
        old='passed = { zh = "通过", en = "passed" }', new='passed = { zh = "<b>&", en = "<b>&" }', more=""
    )
    law = process_law([club], club.kinds)
    stages = {name: attrs.evolve(one, name=attrs.evolve(one.name, zh="<b>&amp;")) for name, one in law.stages.items()}

    image = ET.fromstring(to_svg(attrs.evolve(law, stages=stages)))  # noqa: S314  # written here
    assert "<b>&amp;" in [text.text for text in image.iter(f"{SVG}text")]


def test_the_chart_tells_what_a_gate_decides(law: ProcessLaw) -> None:
    """Who files, who decides, which outcomes end it or give it back."""
    passages = {one.gate.id: one for part in chart_of(law).parts for one in part.passages}

    assert list(law.gates) == list(passages)
    assert ((), ()) == (passages["activist-filing"].decided_by, passages["activist-filing"].ends)
    conversion = passages["conversion-approval"]
    assert (("branch",), ("committee",)) == (conversion.filed_by, conversion.decided_by)
    assert (("cancelled",), ("extended", "refused")) == (conversion.ends, conversion.reopens)
