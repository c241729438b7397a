"""
Forms that the desk prints from a dossier: as a page (HTML, A4) and as a document (docx), both by the extra ``forms``.

A form is written as data, beside this file: which fields, which kinds of record, which signatures. The two templates
lay out whatever form there is.
"""

from devrules.desk.forms.docx_file import to_docx
from devrules.desk.forms.fill import cultivation_form, fill
from devrules.desk.forms.html_page import to_html
from devrules.desk.forms.model import Fact, Form, Opinion, Row
from devrules.desk.forms.written import FormText, read_form

__all__ = [
    "Fact",
    "Form",
    "FormText",
    "Opinion",
    "Row",
    "cultivation_form",
    "fill",
    "read_form",
    "to_docx",
    "to_html",
]
