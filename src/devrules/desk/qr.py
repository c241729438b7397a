"""A code to an image that a telephone reads, by segno (the extra ``qr``)."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from devrules.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    import segno

PLACE = "{code}"
"""Stands for the code in the address of a host."""

_BORDER = 4  # what the standard asks for; with less, some telephones find nothing


def payload(secret: str, address: str | None = None) -> str:
    """
    Give what the image says.

    Args:
        secret: The secret of a code; it needs no escaping in an address.
        address: Where the host takes registrations, with ``{code}`` in the place of the secret; by default the image
            says the bare secret.

    Raises:
        UsageError: When the address has no place for the code.
    """
    if address is None:
        return secret
    if PLACE not in address:
        raise UsageError(f"the address {address!r} has no place for the code: write {PLACE} where it belongs")
    return address.replace(PLACE, secret)


def to_svg(text: str, *, scale: int = 8) -> str:
    """
    Draw the image as SVG, to stand in a page or in a file.

    Args:
        text: What the image says.
        scale: How large a dot is.

    Raises:
        MissingExtra: When segno is not installed.
    """
    written = BytesIO()
    _made(text).save(written, kind="svg", scale=scale, border=_BORDER, xmldecl=False, light="#fff")
    return written.getvalue().decode("utf-8")


def to_png(text: str, *, scale: int = 8) -> bytes:
    """
    Draw the image as PNG.

    Args:
        text: What the image says.
        scale: How large a dot is, in pixels.

    Raises:
        MissingExtra: When segno is not installed.
    """
    written = BytesIO()
    _made(text).save(written, kind="png", scale=scale, border=_BORDER)
    return written.getvalue()


def to_terminal(text: str) -> str:
    """
    Draw the image with half blocks, for a terminal.

    Args:
        text: What the image says.

    Raises:
        MissingExtra: When segno is not installed.
    """
    written = StringIO()
    _made(text).terminal(written, border=_BORDER, compact=True)
    return written.getvalue()


def _made(text: str) -> segno.QRCode:
    if find_spec("segno") is None:
        raise MissingExtra("drawing a code as an image", "qr")
    import segno  # noqa: PLC0415  # an extra: the desk works without it

    return segno.make(text, error="m", micro=False)


__all__ = ["PLACE", "payload", "to_png", "to_svg", "to_terminal"]
