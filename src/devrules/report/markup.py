"""Elements of HTML and SVG, in which whatever was written by others is text and nothing else."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring


def element(tag: str, /, *inside: Element | str | None, **attributes: object) -> Element:
    """
    Make an element.

    Args:
        tag: Its name.
        inside: Elements and texts, in their order; ``None`` is left out.
        attributes: Its attributes; ``class_`` is written ``class``, ``text_anchor`` as ``text-anchor``.
    """
    made = Element(tag, {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()})
    last: Element | None = None
    for one in inside:
        if isinstance(one, str):
            if last is None:
                made.text = (made.text or "") + one
            else:
                last.tail = (last.tail or "") + one
        elif one is not None:
            made.append(one)
            last = one
    return made


def written(made: Element) -> str:
    """Write an element as HTML."""
    return tostring(made, encoding="unicode", method="html")
