"""Codes as images, read back by a decoder that is not ours."""

from __future__ import annotations

import importlib.util
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from devrules.desk import qr
from devrules.errors import MissingExtra, UsageError

SECRET = "ABCD-EFGH-2345-6789"  # noqa: S105  # an example
ADDRESS = "https://party.example.cn/register?from=branch&code={code}"
TEXTS = [SECRET, qr.payload(SECRET, ADDRESS), "小程序/注册?码=" + SECRET]
BLOCKS = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}


def read(image: Image.Image) -> str:
    """What a telephone would read."""
    [found] = zxingcpp.read_barcodes(image)
    return str(found.text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_png_says_the_text(text: str) -> None:
    """An address, a bare secret, Chinese."""
    assert text == read(Image.open(BytesIO(qr.to_png(text))))


def test_the_png_is_as_large_as_asked() -> None:
    """Twice the scale, twice the width."""
    small, large = (Image.open(BytesIO(qr.to_png(SECRET, scale=scale))) for scale in (4, 8))

    assert 2 * small.width == large.width


@pytest.mark.parametrize("text", TEXTS)
def test_the_terminal_shows_the_text(text: str) -> None:
    """Each character is two dots, light on dark."""
    lines = qr.to_terminal(text).splitlines()
    rows = [[BLOCKS[block][half] for block in line] for line in lines for half in (0, 1)]
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([dot for row in rows for dot in row])

    assert text == read(image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST))


def test_the_svg_draws_the_same_dots() -> None:
    """It is drawn in strokes: of each row, from where and how far."""
    root = ET.fromstring(qr.to_svg(SECRET, scale=1))  # noqa: S314  # we wrote it ourselves
    png = Image.open(BytesIO(qr.to_png(SECRET, scale=1))).convert("L")

    assert f"{png.width}" == root.get("width")
    drawn = Image.new("L", png.size, 255)
    x = y = 0.0
    for command, numbers in strokes(root.findall(".//{*}path")[-1].get("d") or ""):
        if command == "h":
            drawn.paste(0, (int(x), int(y), int(x + numbers[0]), int(y) + 1))
            x += numbers[0]
        else:
            x, y = numbers if command == "M" else (x + numbers[0], y + numbers[1])
    assert png.tobytes() == drawn.tobytes()


def strokes(path: str) -> list[tuple[str, list[float]]]:
    """The commands of a path with their numbers: ``M4 4.5h7m5 0h1``."""
    spaced = path
    for command in "Mmh":
        spaced = spaced.replace(command, f"|{command} ")
    return [(part[0], [*map(float, part[1:].split())]) for part in spaced.split("|") if part]


def test_the_svg_can_stand_in_a_page() -> None:
    """No declaration before it, nothing loaded from elsewhere."""
    svg = qr.to_svg(SECRET)

    assert svg.startswith("<svg")
    assert 1 == svg.count("http")


def test_an_address_takes_the_code_in() -> None:
    """Nothing else in it is replaced; without an address the image says the bare secret."""
    assert SECRET == qr.payload(SECRET)
    assert "https://x.cn/{0}?c=AB" == qr.payload("AB", "https://x.cn/{0}?c={code}")


def test_an_address_needs_a_place_for_the_code() -> None:
    """Or everyone would be sent to the same page."""
    with pytest.raises(UsageError, match=r"\{code\}"):
        qr.payload(SECRET, "https://party.example.cn/register")


@pytest.mark.parametrize("draw", [qr.to_png, qr.to_svg, qr.to_terminal])
def test_without_segno_the_extra_is_named(draw: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk works without images."""
    monkeypatch.setattr(qr, "find_spec", lambda name: None if name == "segno" else importlib.util.find_spec(name))

    with pytest.raises(MissingExtra, match=r"devrules\[qr\]"):
        draw(SECRET)  # type: ignore[operator]  # one of the three
