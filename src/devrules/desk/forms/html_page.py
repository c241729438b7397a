"""A form to a page that prints on A4."""

from __future__ import annotations

from importlib.resources import files

from devrules.desk.forms.model import Form
from devrules.desk.forms.templates import environment


def to_html(form: Form) -> str:
    """
    Lay a form out as HTML: one file that loads nothing from elsewhere.

    Args:
        form: The form, filled in.

    Raises:
        MissingExtra: When the extra ``forms`` is not installed.
    """
    template = (files("devrules.desk.forms") / "form.html").read_text(encoding="utf-8")
    return environment().from_string(template).render(form=form)


__all__ = ["to_html"]
