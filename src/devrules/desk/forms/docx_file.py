"""A form to a document for word processors."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

from devrules.desk.forms.model import Form
from devrules.desk.forms.templates import environment


def to_docx(form: Form) -> bytes:
    """
    Lay a form out as docx.

    Args:
        form: The form, filled in.

    Raises:
        MissingExtra: When the extra ``forms`` is not installed.
    """
    jinja = environment()
    from docxtpl import DocxTemplate  # noqa: PLC0415  # an extra: the desk works without it

    document = DocxTemplate(BytesIO((files("devrules.desk.forms") / "form.docx").read_bytes()))
    document.render({"form": form}, jinja, autoescape=True)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


__all__ = ["to_docx"]
